"""One page image to words: turned upright, levelled, read once; boxes in points."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..errors import DamagedInputError
from ..text.quality import score
from ..values import Box, Word
from .clean import clean_lines, without_doubles
from .engine import Image, OcrEngine
from .prepare import CLEAR, enlarge, ink_of, is_noisy, level, lies_sideways, skew, turn, unread, without_specks
from .reread import reread_bare_lines, reread_columns
from .stamps import Plain, without_stamps

_POINTS = 72.0
# A reading below this is tried the other way up before it is believed.
_POOR = 0.55
_SURE_REST = 0.7
_SHARP_DPI = 140.0
_SMALLEST = 16  # pixels
_TOUCHED = 0.03  # share of a word's box
_UNDER_INK = 0.8  # the greatest confidence in a word that ink of a seal or pen was taken off
_STEEP = 2.5  # degrees: beyond it the lines are levelled before they are read


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as read: lines of words and page size in points, the image that they were read from and its ink mask.

    `unsure`: grain or a low resolution can hide points and commas, so no number of the page is certain. `turned` is how
    far the image was turned counter-clockwise, `skew` the small angle after that.
    """

    lines: tuple[tuple[Word, ...], ...]
    width: float
    height: float
    image: Image
    ink: Image
    dpi: float
    unsure: bool
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


def _levelled(box: Box, degrees: float, size: tuple[int, int], dpi: float) -> Box:
    """A box in pixels of the crooked image as a box in points of the level page: its middle turned, its size kept."""
    height, width = size
    angle = math.radians(degrees)
    dx, dy = (box.x0 + box.x1 - width) / 2, (box.top + box.bottom - height) / 2
    x = width / 2 + dx * math.cos(angle) + dy * math.sin(angle)
    y = height / 2 - dx * math.sin(angle) + dy * math.cos(angle)
    half_width, half_height = (box.x1 - box.x0) / 2, (box.bottom - box.top) / 2
    sides = (x - half_width, y - half_height, x + half_width, y + half_height)
    return Box(*(round(side * _POINTS / dpi, 2) for side in sides))


def _read_all(image: Image, dpi: float, engine: OcrEngine) -> tuple[tuple[Word, ...], ...]:
    """Lines of a page image; what a first reading leaves out is looked at once more."""
    first = without_doubles(clean_lines(engine.read(image, dpi)))
    boxes = [word.box for line in first for word in line]
    rest = unread(image, ink_of(image, dpi, CLEAR), boxes, dpi) if boxes else None
    if rest is None:
        return first
    # What lies outside the words is mostly stamps and pens: only what the engine is sure of counts.
    second = clean_lines(engine.read(rest, dpi, "sparse"))
    sure = (tuple(word for word in line if (word.confidence or 0.0) >= _SURE_REST) for line in second)
    return first + tuple(line for line in sure if line)


def _marked(lines: Iterable[Sequence[Word]], taken: Image, dpi: float) -> tuple[tuple[Word, ...], ...]:
    """Lines with the words less certain that stand where a seal or signature was taken off a level page."""
    scale = dpi / _POINTS

    def touched(word: Word) -> bool:
        x0, top, x1, bottom = (max(0, round(side * scale)) for side in word.box)
        part = taken[top:bottom, x0:x1]
        return bool(part.size and part.mean() > 255 * _TOUCHED)

    def less_certain(word: Word) -> Word:
        return replace(word, confidence=min(_UNDER_INK, 1.0 if word.confidence is None else word.confidence))

    return tuple(tuple(less_certain(word) if touched(word) else word for word in line) for line in lines)


def _read(page: Plain, dpi: float, degrees: int, engine: OcrEngine) -> ScannedPage:
    upright = turn(page.grey, degrees)
    angle = skew(upright)
    large, reading_dpi = enlarge(upright, dpi)
    clean = without_specks(large, ink_of(large, reading_dpi, CLEAR), reading_dpi)
    straight = level(clean, angle)
    # Turning by a small angle blurs the marks over vowels, and Tesseract follows crooked lines by itself: it reads the
    # page as it was scanned, and only the boxes are levelled.
    is_steep = abs(angle) > _STEEP
    read = _read_all(straight if is_steep else clean, reading_dpi, engine)
    rest = 0.0 if is_steep or straight is clean else angle
    height, width = straight.shape[:2]
    lines = tuple(
        tuple(replace(word, box=_levelled(word.box, rest, (height, width), reading_dpi)) for word in line)
        for line in read
    )
    ink = ink_of(straight, reading_dpi, CLEAR)
    lines = reread_columns(lines, straight, ink, reading_dpi, engine)
    lines = reread_bare_lines(lines, straight, ink, reading_dpi, engine)
    if page.taken is not None:
        lines = _marked(lines, level(turn(page.taken, degrees), angle), dpi)
    return ScannedPage(
        lines=lines,
        width=width * _POINTS / reading_dpi,
        height=height * _POINTS / reading_dpi,
        image=straight,
        ink=ink,
        dpi=reading_dpi,
        unsure=dpi < _SHARP_DPI or is_noisy(upright),
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
    holds more Vietnamese wins. Raises DamagedInputError for an image of a few pixels.
    """
    if min(image.shape[:2]) < _SMALLEST:
        raise DamagedInputError("the page image is too small to hold text; scan the page again")
    plain = without_stamps(image, dpi)
    sideways = lies_sideways(plain.grey)
    first = 0
    if sideways:
        first = engine.orientation(plain.grey, dpi)
    page = _read(plain, dpi, first, engine)
    if score(page.text).value >= _POOR:
        return page
    others = [0 if first else engine.orientation(plain.grey, dpi)]
    readings = [page, *(_read(plain, dpi, degrees, engine) for degrees in others if degrees != first)]
    return max(readings, key=_worth)
