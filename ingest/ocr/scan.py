"""One page image to words: turned upright, levelled, read once; boxes in points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..errors import DamagedInputError
from ..text.quality import score
from ..values import Box, Word
from .clean import clean_lines, without_doubles
from .engine import Image, OcrEngine
from .level_page import LevelPage
from .pieces import Pieces, level_point, pieces_of, unread, without_specks
from .prepare import (
    CLEAR,
    SMALLEST_SKEW,
    SmallInk,
    enlarge,
    ink_of,
    is_noisy,
    level,
    lies_sideways,
    skew,
    small_ink,
    turn,
)
from .reread import Lines, reread_bare_lines, reread_columns
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
    """A page as read: lines of words and page size in points, and the page itself made level.

    `unsure`: grain or a low resolution can hide points and commas, so no number of the page is certain. `turned` is how
    far the image was turned counter-clockwise, `skew` the small angle after that.
    """

    lines: Lines
    width: float
    height: float
    level: LevelPage
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
    x, y = level_point((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2, degrees, size)
    half_width, half_height = (box.x1 - box.x0) / 2, (box.bottom - box.top) / 2
    sides = (x - half_width, y - half_height, x + half_width, y + half_height)
    return Box(*(round(side * _POINTS / dpi, 2) for side in sides))


def _moved(word: Word, right: int, down: int) -> Word:
    x0, top, x1, bottom = word.box
    return replace(word, box=Box(x0 + right, top + down, x1 + right, bottom + down))


def _read_all(page: LevelPage) -> tuple[Lines, list[Box]]:
    """Lines of a page as it was scanned, and the boxes of words that were seen and not believed, in its pixels.

    What a first reading leaves out is looked at once more. There are mostly stamps and pens: only what the engine is
    sure of counts.
    """
    first = without_doubles(clean_lines(page.engine.read(page.crooked, page.dpi)))
    boxes = [word.box for line in first for word in line]
    rest = unread(page.crooked, page.pieces, boxes, page.dpi) if boxes else None
    if rest is None:
        return first, []
    second = [
        [_moved(word, rest.left, rest.top) for word in line]
        for line in clean_lines(page.engine.read(rest.image, page.dpi, "sparse"))
    ]
    sure = (tuple(word for word in line if (word.confidence or 0.0) >= _SURE_REST) for line in second)
    unsure = [word.box for line in second for word in line if (word.confidence or 0.0) < _SURE_REST]
    return first + tuple(line for line in sure if line), unsure


def _marked(lines: Iterable[Sequence[Word]], taken: Image, dpi: float) -> Lines:
    """Lines with the words less certain that stand where a seal or signature was taken off a level page."""
    scale = dpi / _POINTS

    def touched(word: Word) -> bool:
        x0, top, x1, bottom = (max(0, round(side * scale)) for side in word.box)
        part = taken[top:bottom, x0:x1]
        return bool(part.size and part.mean() > 255 * _TOUCHED)

    def less_certain(word: Word) -> Word:
        return replace(word, confidence=min(_UNDER_INK, 1.0 if word.confidence is None else word.confidence))

    return tuple(tuple(less_certain(word) if touched(word) else word for word in line) for line in lines)


def _level_page(clean: Image, pieces: Pieces, degrees: float, dpi: float, engine: OcrEngine) -> LevelPage:
    """The page as it is read.

    Turning by a small angle blurs the marks over vowels, and Tesseract follows crooked lines by itself: it reads the
    page as it was scanned, and only the boxes are levelled.
    """
    if abs(degrees) > _STEEP:
        straight = level(clean, degrees)
        return LevelPage(straight, pieces_of(ink_of(straight, dpi, CLEAR)), 0.0, dpi, engine)
    return LevelPage(clean, pieces, degrees if abs(degrees) >= SMALLEST_SKEW else 0.0, dpi, engine)


def _lines(page: LevelPage) -> Lines:
    """Lines of a page, boxes in points of the level page; columns and bare lines read once more."""
    read, seen = _read_all(page)
    height, width = page.crooked.shape

    def on_level(box: Box) -> Box:
        return _levelled(box, page.degrees, (height, width), page.dpi)

    lines: Lines = tuple(tuple(replace(word, box=on_level(word.box)) for word in line) for line in read)
    return reread_bare_lines(reread_columns(lines, [on_level(box) for box in seen], page), page)


def _read(plain: Plain, faint: SmallInk, dpi: float, degrees: int, engine: OcrEngine) -> ScannedPage:
    upright = turn(plain.grey, degrees)
    angle = skew(np.ascontiguousarray(np.rot90(faint, degrees // 90 % 4)))
    grainy = is_noisy(upright)
    large, reading_dpi = enlarge(upright, dpi)
    spotted = ink_of(large, reading_dpi, CLEAR)
    pieces = pieces_of(spotted)
    clean = without_specks(large, spotted, pieces, reading_dpi, grainy=grainy)
    page = _level_page(clean, pieces, angle, reading_dpi, engine)
    lines = _lines(page)
    if plain.taken is not None:
        lines = _marked(lines, level(turn(plain.taken, degrees), angle), dpi)
    height, width = large.shape
    return ScannedPage(
        lines=lines,
        width=width * _POINTS / reading_dpi,
        height=height * _POINTS / reading_dpi,
        level=page,
        unsure=dpi < _SHARP_DPI or grainy,
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
    faint = small_ink(plain.grey)
    first = engine.orientation(plain.grey, dpi) if lies_sideways(faint) else 0
    page = _read(plain, faint, dpi, first, engine)
    if score(page.text).value >= _POOR:
        return page
    others = [0 if first else engine.orientation(plain.grey, dpi)]
    readings = [page, *(_read(plain, faint, dpi, degrees, engine) for degrees in others if degrees != first)]
    return max(readings, key=_worth)
