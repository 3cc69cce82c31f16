"""How far a text reads as Vietnamese: the score that decides whether a text layer is kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ...dictionaries import pattern

_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile("[\u1ea0-\u1ef9ăâđêôơưĂÂĐÊÔƠƯàáãèéìíòóõùúýÀÁÃÈÉÌÍÒÓÕÙÚÝ]")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOP_TONES = {"\u0301", "\u0323"}
# Of the letters of running Vietnamese, 15 % are in U+1EA0-1EF9 and some 30 % carry a mark of any kind; a text has
# the full share long before that, since names, numbers and headings hold fewer.
_FULL_MARK_RATE = 0.12
_ENOUGH_WORDS = 8


@dataclass(frozen=True, slots=True)
class TextScore:
    """`words` counted, the share of them that are `legal` syllables, `marked` letters' share, `value` 0..1."""

    words: int
    legal: float
    marked: float
    value: float


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether a word has the shape of a Vietnamese syllable; a stopped syllable needs its acute or dot."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in letters if c in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    if pattern("syllables", "open").search(bare):
        return True
    return bool(tones and tones[0] in _STOP_TONES and pattern("syllables", "stopped").search(bare))


def _countable(word: str) -> bool:
    """Single letters and acronyms (UBND, THPT) say nothing about a text."""
    return len(word) > 1 and not (word.isupper() and len(word) <= 6 and word.isascii())


def score(text: str) -> TextScore:
    """Score a passage. Few words say little: the score of a short text leans to the middle."""
    words = [word for word in _WORD.findall(text) if _countable(word)]
    letters = sum(map(len, words))
    legal = sum(map(is_syllable, words)) / len(words) if words else 0.0
    marked = sum(len(_MARKED.findall(word)) for word in words) / letters if letters else 0.0
    value = legal * min(1.0, marked / _FULL_MARK_RATE)
    if len(words) < _ENOUGH_WORDS:
        weight = len(words) / _ENOUGH_WORDS
        value = weight * value + (1 - weight) * 0.5
    return TextScore(len(words), round(legal, 4), round(marked, 4), round(value, 4))
