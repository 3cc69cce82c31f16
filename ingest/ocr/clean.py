"""What an engine makes of dust, stamps and pen strokes, told from words; bullets mended by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from ..text.quality import is_syllable
from ..values import Line, Word

_LETTERS = re.compile(r"[^\W\d_]+")
_DASHES = frozenset("~—–_¬‐―−")
_FLAT = 0.35  # share of the letter height: a mark as flat is a dash whatever it was read as
_STRAY_AT_START = "'`‘’|_¦"
_SURE = 0.6
_DOUBTFUL = 0.3


def _has_syllable(text: str) -> bool:
    return any(len(part) > 1 and is_syllable(part) for part in _LETTERS.findall(text))


def is_junk(word: Word) -> bool:
    """Whether a word is dust: hardly any confidence, no syllable, no number."""
    confidence = 1.0 if word.confidence is None else word.confidence
    if confidence >= _DOUBTFUL or _has_syllable(word.text):
        return False
    return sum(character.isdigit() for character in word.text) < 2


def _mended(word: Word, height: float) -> Word:
    flat = word.box.bottom - word.box.top < _FLAT * height
    if flat and len(word.text) == 1 and word.text in _DASHES:
        return replace(word, text="-")
    stripped = word.text.lstrip(_STRAY_AT_START)
    closes = any(mark in word.text[1:] for mark in "'’")
    if stripped != word.text and len(stripped) > 1 and not closes:
        return replace(word, text=stripped)
    return word


def clean_words(words: Iterable[Word]) -> tuple[Word, ...]:
    """Words without dust; lone flat marks become `-`, strokes stuck to the front of a word come off."""
    kept = [word for word in words if not is_junk(word)]
    if not kept:
        return ()
    height = median(word.box.bottom - word.box.top for word in kept)
    return tuple(_mended(word, height) for word in kept)


def _certain(word: Word) -> bool:
    return word.confidence is None or word.confidence >= _SURE


def is_junk_line(line: Line) -> bool:
    """Whether a line holds nothing but marks: no sure syllable, number or acronym of two characters or more."""
    for word in line.words:
        characters = sum(character.isalnum() for character in word.text)
        if (
            characters > 1
            and _certain(word)
            and (_has_syllable(word.text) or characters == len(word.text.strip(".,;:/-")))
        ):
            return False
    return all(not (_certain(word) and any(c.isdigit() for c in word.text)) for word in line.words)


def without_junk(lines: Sequence[Line]) -> list[Line]:
    """Lines of a scanned page that hold words."""
    return [line for line in lines if line.cells is not None or not is_junk_line(line)]


def low_confidence(words: Sequence[Word]) -> float | None:
    """Confidence of the page: the lowest tenth of its words, not the mean, which hides what is wrong."""
    known = sorted(word.confidence for word in words if word.confidence is not None)
    return known[len(known) // 10] if known else None
