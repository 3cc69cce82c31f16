"""Words of a PDF page's text layer, upright, in the order of the file."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from typing import Any, NamedTuple

from pypdfium2 import raw

from ..text.encodings import hints_at_glyphs
from ..values import Box, Word

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
        x0, x1, y0, y1 = x0 - self.left, x1 - self.left, y0 - self.bottom, y1 - self.bottom
        if self.quarter == 0:
            return Box(x0, self.height - y1, x1, self.height - y0)
        if self.quarter == 1:
            return Box(y0, x0, y1, x1)
        if self.quarter == 2:
            return Box(self.width - x1, y0, self.width - x0, y1)
        return Box(self.height - y1, self.width - x1, self.height - y0, self.width - x0)


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


def _breaks(before: Box, after: Box) -> bool:
    """Whether two letters in the order of the file belong to different words."""
    _, top, right, bottom = before
    left, other_top, _, other_bottom = after
    height = bottom - top if bottom - top < other_bottom - other_top else other_bottom - other_top
    height = max(height, 1.0)
    # Spelt out: this runs for every letter of a document.
    common = (bottom if bottom < other_bottom else other_bottom) - (top if top > other_top else other_top)
    return common <= 0.5 * height or not -0.6 * height < left - right < 0.22 * height


def _font(textpage: Any, index: int, buffer: Any) -> str:
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(textpage.raw, index, buffer, len(buffer), ctypes.byref(flags))
    return str(buffer.value.decode("utf-8", "replace")) if 0 < length <= len(buffer) else ""


def _letter(textpage: Any, char: Char) -> str:
    """The letter, or nothing for a blank. Control characters stay: in glyph-index text they are digits."""
    if char.code == _HYPHEN and raw.FPDFText_IsHyphen(textpage.raw, char.at) == 1:
        return "-"
    if char.code in (0, 9, 10, 13, 32, 0xA0, 0xFFFE, 0xFFFF) or 0xD800 <= char.code <= 0xDFFF:
        return ""
    return chr(char.code)


def _hull(boxes: list[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return Box(round(min(left), 2), round(min(top), 2), round(max(right), 2), round(max(bottom), 2))


class _Words:
    """Joins letters into words; with `fine`, a change of font inside a word begins a joined piece."""

    def __init__(self, textpage: Any, fine: bool) -> None:
        self._textpage = textpage
        self._fine = fine
        self._buffer = ctypes.create_string_buffer(128)
        self._letters: list[str] = []
        self._boxes: list[Box] = []
        self._name = ""
        self._joined = False
        self.found: list[FontWord] = []

    def close(self, joined: bool = False) -> None:
        """End the word; the next letter begins another, or a `joined` piece."""
        if self._letters:
            self.found.append(FontWord(Word("".join(self._letters), _hull(self._boxes)), self._name, self._joined))
            self._letters, self._boxes = [], []
        self._joined = joined

    def add(self, letter: str, box: Box, at: int) -> None:
        """Add a letter, after a break where it stands apart."""
        if self._letters:
            last = self._boxes[-1]
            if letter == self._letters[-1] and abs(box.x0 - last.x0) + abs(box.top - last.top) < 0.6:
                return  # bold made by printing twice
            if _breaks(last, box):
                self.close()
            elif self._fine and _font(self._textpage, at, self._buffer) != self._name:
                self.close(joined=True)
        if not self._letters:
            self._name = _font(self._textpage, at, self._buffer)
        self._letters.append(letter)
        self._boxes.append(box)


def read_words(textpage: Any, chars: list[Char], turn: Turn) -> list[FontWord]:
    """Letters joined into words: a blank, a gap or a jump ends a word.

    Where letters hint at broken encodings, which are a matter of fonts, words are cut where the font changes.
    """
    words = _Words(
        textpage, hints_at_glyphs("".join(chr(char.code) for char in chars if char.code not in (2, 9, 10, 13)))
    )
    for char in chars:
        letter = _letter(textpage, char)
        if letter:
            words.add(letter, turn.box(char.left, char.bottom, char.right, char.top), char.at)
        else:
            words.close()
    words.close()
    return words.found
