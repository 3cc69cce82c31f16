"""One page image to words: turned upright, levelled, read once; boxes in points."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..text.quality import score
from ..values import Box, Word
from .clean import clean_lines
from .engine import Image, OcrEngine
from .prepare import enlarge, level, lies_sideways, skew, to_grey, turn

_POINTS = 72.0
# A reading below this is tried the other way up before it is believed.
_POOR = 0.55


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as read: lines of words with boxes in points, page size in points, and the image that they were read from.

    `turned` is how far the image was turned counter-clockwise, `skew` the small angle after that.
    """

    lines: tuple[tuple[Word, ...], ...]
    width: float
    height: float
    image: Image
    dpi: float
    turned: int
    skew: float

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in the engine's order."""
        return tuple(word for line in self.lines for word in line)

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)


def _points(box: Box, dpi: float) -> Box:
    return Box(*(round(side * _POINTS / dpi, 2) for side in box))


def _read(image: Image, dpi: float, degrees: int, engine: OcrEngine) -> ScannedPage:
    upright = turn(image, degrees)
    angle = skew(upright)
    straight, reading_dpi = enlarge(level(upright, angle), dpi)
    lines = clean_lines(engine.read(straight, reading_dpi))
    height, width = straight.shape[:2]
    return ScannedPage(
        lines=tuple(tuple(replace(word, box=_points(word.box, reading_dpi)) for word in line) for line in lines),
        width=width * _POINTS / reading_dpi,
        height=height * _POINTS / reading_dpi,
        image=straight,
        dpi=reading_dpi,
        turned=degrees,
        skew=angle,
    )


def _worth(page: ScannedPage) -> float:
    """How much Vietnamese a reading holds: its score weighted by its words."""
    found = score(page.text)
    return found.value * found.words


def read_scan(image: Image, dpi: float, engine: OcrEngine) -> ScannedPage:
    """Read a page image (grey or RGB, rows x columns x 3) at `dpi` dots per inch.

    An image that lies sideways or reads badly is turned as the engine's orientation detection says; the reading that
    holds more Vietnamese wins.
    """
    grey = to_grey(image)
    sideways = lies_sideways(grey)
    first = 0
    if sideways:
        first = engine.orientation(grey, dpi)
    page = _read(grey, dpi, first, engine)
    if score(page.text).value >= _POOR:
        return page
    others = [0 if first else engine.orientation(grey, dpi)]
    readings = [page, *(_read(grey, dpi, degrees, engine) for degrees in others if degrees != first)]
    return max(readings, key=_worth)
