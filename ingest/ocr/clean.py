"""What an engine makes of dust, stamps and pen strokes, told from words; bullets mended by their shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from statistics import median

from ..text.quality import is_syllable
from ..values import Box, Line, Word
from .engine import Image, Mode, OcrEngine

_LETTERS = re.compile(r"[^\W\d_]+")
_DASHES = frozenset("~—–_¬‐―−")
_DASH = 1.5  # of its height: a dash is as wide
_FLAT = 0.35  # share of the letter height: a mark as flat is a dash whatever it was read as
_WRITTEN = re.compile(r"(?:[^\W_]|[.,;:/&()-])+")
# An engine that cannot tell the letter Đ from Eth writes both.
_BOTH_LETTERS = re.compile("ĐÐ|ÐĐ")
_STRAY_AT_START = "'`‘’|_¦"
_STRAY_BEFORE_LETTERS = re.compile(r"^[:;\\>=~^]+(?=[^\W\d_]{2})")
_SURE = 0.6
_DOUBTFUL = 0.3
_SURE_ENOUGH = 0.7
_DOUBLE = 0.35  # share of a word's box that lies on another word
_SPECK = 0.4  # share of the letter height
_FIGURES = 3  # digits on a line that no stroke of a stamp is read as


def _has_syllable(text: str) -> bool:
    return any(len(part) > 1 and is_syllable(part) for part in _LETTERS.findall(text))


def is_junk(word: Word) -> bool:
    """Whether a word is a stroke of a stamp or pen: hardly any confidence, no syllable, no figure."""
    confidence = 1.0 if word.confidence is None else word.confidence
    if confidence >= _DOUBTFUL or _has_syllable(word.text):
        return False
    return not any(character.isdigit() for character in word.text)


def _is_dust(word: Word, height: float) -> bool:
    """Whether a word is a speck: a mark without letter or figure, hardly higher or wider than a full stop."""
    if any(character.isalnum() for character in word.text) or (word.confidence or 0.0) >= _SURE:
        return False
    low, wide = word.box.bottom - word.box.top, word.box.x1 - word.box.x0
    is_dash = word.text in _DASHES | {"-"} and wide >= _DASH * low
    return max(low, wide) < _SPECK * height and not is_dash


def _mended(word: Word, height: float) -> Word:
    if _BOTH_LETTERS.search(word.text):
        word = replace(word, text=_BOTH_LETTERS.sub("Đ", word.text))
    flat = word.box.bottom - word.box.top < _FLAT * height
    if flat and len(word.text) == 1 and word.text in _DASHES:
        return replace(word, text="-")
    stripped = _STRAY_BEFORE_LETTERS.sub("", word.text.lstrip(_STRAY_AT_START))
    closes = any(mark in word.text[1:] for mark in "'’")
    if stripped != word.text and len(stripped) > 1 and not closes:
        return replace(word, text=stripped)
    return word


def _share_inside(box: Box, other: Box) -> float:
    width = min(box.x1, other.x1) - max(box.x0, other.x0)
    height = min(box.bottom, other.bottom) - max(box.top, other.top)
    area = max(1.0, (box.x1 - box.x0) * (box.bottom - box.top))
    return max(0.0, width) * max(0.0, height) / area


def is_double(word: Word, others: Iterable[Sequence[Word]], below: float) -> bool:
    """Whether a word with less confidence than `below` lies on a surer one of other lines: it is a part of that."""
    confidence = word.confidence or 0.0
    return confidence < below and any(
        (other.confidence or 0.0) > confidence and _share_inside(word.box, other.box) > _DOUBLE
        for line in others
        for other in line
    )


def without_doubles(lines: Sequence[tuple[Word, ...]]) -> tuple[tuple[Word, ...], ...]:
    """Lines without words that an engine made a second time of parts of letters that it is surer of."""
    found = []
    for at, line in enumerate(lines):
        others = (*lines[:at], *lines[at + 1 :])
        found.append(tuple(word for word in line if not is_double(word, others, _SURE_ENOUGH)))
    return tuple(line for line in found if line)


def clean_lines(lines: Iterable[Sequence[Word]]) -> tuple[tuple[Word, ...], ...]:
    """Lines of words without specks; lone flat marks become `-`, strokes stuck to the front of a word come off."""
    found = [tuple(line) for line in lines]
    heights = [word.box.bottom - word.box.top for line in found for word in line]
    if not heights:
        return ()
    height = median(heights)
    cleaned = (tuple(_mended(word, height) for word in line if not _is_dust(word, height)) for line in found)
    return tuple(line for line in cleaned if line)


def clean_reader(engine: OcrEngine) -> Callable[..., tuple[tuple[Word, ...], ...]]:
    """The engine's `read` (see OcrEngine) without what it makes of dust."""

    def read(image: Image, dpi: float, mode: Mode = "page", alphabet: str = "") -> tuple[tuple[Word, ...], ...]:
        return clean_lines(engine.read(image, dpi, mode, alphabet))

    return read


def _certain(word: Word) -> bool:
    return word.confidence is None or word.confidence >= _SURE


def is_junk_line(line: Line) -> bool:
    """Whether a line holds nothing but marks: no sure syllable, number or acronym of two characters or more.

    A line with several digits is kept whatever its confidence: a figure must not be lost without a trace.
    """
    if sum(character.isdigit() for word in line.words for character in word.text) >= _FIGURES:
        return False
    for word in line.words:
        characters = sum(character.isalnum() for character in word.text)
        written = _WRITTEN.fullmatch(word.text) is not None and 2 * characters >= len(word.text)
        if characters > 1 and _certain(word) and (written or _has_syllable(word.text)):
            return False
    return all(not (_certain(word) and any(c.isdigit() for c in word.text)) for word in line.words)


def _without_ends(line: Line) -> Line | None:
    """A line without junk at its ends; junk between words stands for something and stays, with its low confidence."""
    words = list(line.words)
    while words and is_junk(words[-1]):
        words.pop()
    while words and is_junk(words[0]):
        words.pop(0)
    if len(words) == len(line.words):
        return line
    return replace(line, text=" ".join(word.text for word in words), words=tuple(words)) if words else None


def without_junk(lines: Sequence[Line]) -> list[Line]:
    """Lines of a scanned page that hold words, without the strokes of stamps and pens around them."""
    trimmed = (_without_ends(line) if line.cells is None else line for line in lines)
    return [line for line in trimmed if line is not None and (line.cells is not None or not is_junk_line(line))]


def low_confidence(words: Sequence[Word]) -> float | None:
    """Confidence of the page: the lowest tenth of its words, not the mean, which hides what is wrong."""
    known = sorted(word.confidence for word in words if word.confidence is not None)
    return known[len(known) // 10] if known else None
