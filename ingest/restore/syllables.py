"""Where the tone mark of a Vietnamese syllable is written: the old way (`hòa`) and the new (`hoà`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_OPEN = {"oa": "òa óa ỏa õa ọa", "oe": "òe óe ỏe õe ọe", "uy": "ùy úy ủy ũy ụy"}
_LATE = {"oa": "oà oá oả oã oạ", "oe": "oè oé oẻ oẽ oẹ", "uy": "uỳ uý uỷ uỹ uỵ"}
_OLD = {late: old for key in _OPEN for late, old in zip(_LATE[key].split(), _OPEN[key].split(), strict=True)}
_WORD = re.compile(r"[^\W\d_]+")
_LATE_END = re.compile("(" + "|".join(_OLD) + ")$")


@lru_cache(100_000)
def old_tone(word: str) -> str:
    """The lower-case syllable with the tone mark of a final `oa`, `oe`, `uy` on the first vowel (`hoà` is `hòa`)."""
    if word.startswith("qu"):
        return word
    return _LATE_END.sub(lambda m: _OLD[m[1]], word)


@lru_cache(100_000)
def new_tone(word: str) -> str:
    """The syllable with that mark on the second vowel (`hòa` is `hoà`)."""
    if word.startswith("qu"):
        return word
    for late, old in _OLD.items():
        if word.endswith(old):
            return word[: -len(old)] + late
    return word


def written_late(lines: Iterable[str]) -> bool:
    """Whether good text writes such marks on the second vowel more often than on the first."""
    late = early = 0
    for word in _WORD.findall(" ".join(lines).lower()):
        late += old_tone(word) != word
        early += new_tone(word) != word
    return late > early


def with_late_tones(text: str) -> str:
    """The text with those marks on the second vowel, its case kept."""
    return _WORD.sub(lambda match: _late_as_written(match.group()), text)


def _late_as_written(word: str) -> str:
    late = new_tone(word.lower())
    return "".join(sign.upper() if old.isupper() else sign for sign, old in zip(late, word, strict=True))
