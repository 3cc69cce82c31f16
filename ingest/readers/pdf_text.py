"""Words of a PDF page's text layer, upright, in the order of the file."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from pypdfium2 import raw

from ..text.encodings import hints_at_glyphs
from ..values import Box, Word

_Floats = npt.NDArray[np.float64]
_Flags = npt.NDArray[np.bool_]

_BLANKS = frozenset((0, 9, 10, 13, 32, 0xA0, 0xFFFE, 0xFFFF))
_TWICE, _TWICE_SHARE = 0.6, 0.4  # points, and share of its width, that a letter printed twice is moved at most
_HYPHEN = 2  # PDFium's sign for a hyphen at a line end
_MAX_CHARS = 200_000


class FontWord(NamedTuple):
    """A word of the text layer and the name of its font; `joined` to the one before where a font changes inside it."""

    word: Word
    font: str
    joined: bool = False


class Char(NamedTuple):
    """A letter of the text layer with its font-high box in raw page coordinates."""

    code: int
    at: int
    left: float
    bottom: float
    right: float
    top: float


class Turn(NamedTuple):
    """Turns raw page coordinates (origin lower left) so that the text stands upright (origin upper left).

    `quarter` is the direction of the text, counter-clockwise; the sides are those of the page's raw box.
    """

    quarter: int
    left: float
    bottom: float
    width: float
    height: float

    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        return (self.width, self.height) if self.quarter % 2 == 0 else (self.height, self.width)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The upright box of a raw rectangle."""
        return Box(*self.boxes(np.array([[x0, y0, x1, y1]]))[0].tolist())

    def boxes(self, raw_boxes: _Floats) -> _Floats:
        """Upright boxes (rows of left, top, right, bottom) of raw rectangles (rows of left, bottom, right, top)."""
        x0, y0, x1, y1 = (raw_boxes - (self.left, self.bottom, self.left, self.bottom)).T
        if self.quarter == 0:
            sides = (x0, self.height - y1, x1, self.height - y0)
        elif self.quarter == 1:
            sides = (y0, x0, y1, x1)
        elif self.quarter == 2:
            sides = (self.width - x1, y0, self.width - x0, y1)
        else:
            sides = (self.height - y1, self.width - x1, self.height - y0, self.width - x0)
        return np.column_stack(sides)


def read_chars(textpage: Any) -> list[Char]:
    """All letters of a text page, in the order of the file; generated blanks have an empty box."""
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    unicode_of, box_of, handle = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, textpage.raw
    found: list[Char] = []
    for index in range(min(textpage.count_chars(), _MAX_CHARS)):
        if box_of(handle, index, reference):
            found.append(Char(unicode_of(handle, index), index, box.left, box.bottom, box.right, box.top))
    return found


def text_quarter(textpage: Any, chars: list[Char]) -> int:
    """The direction of most of the text in quarter turns counter-clockwise."""
    votes: Counter[int] = Counter()
    for char in chars[:: max(1, len(chars) // 60)]:
        angle = raw.FPDFText_GetCharAngle(textpage.raw, char.at)
        if char.code > 32 and angle >= 0:  # PDFium counts clockwise
            votes[-round(angle / (math.pi / 2)) % 4] += 1
    return votes.most_common(1)[0][0] if votes else 0


def _font(textpage: Any, index: int, buffer: Any) -> str:
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(textpage.raw, index, buffer, len(buffer), ctypes.byref(flags))
    return str(buffer.value.decode("utf-8", "replace")) if 0 < length <= len(buffer) else ""


def _letter(textpage: Any, char: Char) -> str:
    """The letter, or nothing for a blank. Control characters stay: in glyph-index text they are digits."""
    if char.code == _HYPHEN and raw.FPDFText_IsHyphen(textpage.raw, char.at) == 1:
        return "-"
    if char.code in _BLANKS or 0xD800 <= char.code <= 0xDFFF:
        return ""
    return chr(char.code)


class _Letters(NamedTuple):
    """Letters in the order of the file: the letter, its place there, and left, top, right, bottom of its box (rows)."""

    letters: list[str]
    places: list[int]
    boxes: _Floats
    after_blank: _Flags

    def only(self, kept: _Flags) -> _Letters:
        """The letters that are kept; a blank before one that is not stands before the next."""
        blanks = np.cumsum(self.after_blank)[kept]
        numbers = np.flatnonzero(kept).tolist()
        return _Letters(
            [self.letters[k] for k in numbers],
            [self.places[k] for k in numbers],
            self.boxes[kept],
            np.diff(blanks, prepend=-1) > 0,
        )


def _printed(textpage: Any, chars: Sequence[Char], turn: Turn) -> _Letters:
    """The letters of a page without blanks, those that were printed twice for bold type once."""
    letters = [_letter(textpage, char) for char in chars]
    raw_boxes = np.array(chars, np.float64).reshape(-1, 6)[:, 2:]
    found = _Letters(
        letters,
        [char.at for char in chars],
        turn.boxes(raw_boxes),
        np.array([not letter for letter in letters], np.bool_),
    ).only(np.array([bool(letter) for letter in letters], np.bool_))
    moved = np.abs(np.diff(found.boxes[:, :2], axis=0)).sum(axis=1)
    beside = _TWICE_SHARE * (found.boxes[1:, 2] - found.boxes[1:, 0])
    same = np.array([a == b for a, b in pairwise(found.letters)], np.bool_)
    twice = np.concatenate(([False], same & (moved < np.minimum(_TWICE, beside)) & ~found.after_blank[1:]))
    return found.only(~twice) if twice.any() else found


def _breaks(boxes: _Floats) -> _Flags:
    """Whether two letters that follow each other in the file belong to different words: for all but the first."""
    _, top, right, bottom = boxes[:-1].T
    left, other_top, _, other_bottom = boxes[1:].T
    height = np.maximum(np.minimum(bottom - top, other_bottom - other_top), 1.0)
    common = np.minimum(bottom, other_bottom) - np.maximum(top, other_top)
    gap = left - right
    flags: _Flags = (common <= 0.5 * height) | ~((-0.6 * height < gap) & (gap < 0.22 * height))
    return flags


def read_words(textpage: Any, chars: Sequence[Char], turn: Turn) -> list[FontWord]:
    """Letters joined into words: a blank, a gap or a jump ends a word.

    Where letters hint at broken encodings, which are a matter of fonts, words are cut where the font changes.
    """
    found = _printed(textpage, chars, turn)
    if not found.letters:
        return []
    begins = found.after_blank.copy()
    begins[0] = True
    begins[1:] |= _breaks(found.boxes)
    joined = np.zeros_like(begins)
    buffer = ctypes.create_string_buffer(128)
    if hints_at_glyphs("".join(chr(char.code) for char in chars if char.code not in (2, 9, 10, 13))):
        fonts = [_font(textpage, at, buffer) for at in found.places]
        joined = ~begins & np.array([False, *(a != b for a, b in pairwise(fonts))], np.bool_)
        begins |= joined
    starts = np.flatnonzero(begins)
    hulls = np.column_stack(
        [np.minimum.reduceat(found.boxes[:, side], starts) for side in (0, 1)]
        + [np.maximum.reduceat(found.boxes[:, side], starts) for side in (2, 3)]
    )
    words: list[FontWord] = []
    for (start, end), hull in zip(pairwise([*starts.tolist(), len(begins)]), np.round(hulls, 2).tolist(), strict=True):
        word = Word("".join(found.letters[start:end]), Box(*hull))
        words.append(FontWord(word, _font(textpage, found.places[start], buffer), bool(joined[start])))
    return words
