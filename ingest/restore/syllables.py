"""Where the tone mark of a Vietnamese syllable is written: the old way (`hòa`) and the new (`hoà`)."""

from __future__ import annotations

import re
from functools import lru_cache

_OPEN = {"oa": "òa óa ỏa õa ọa", "oe": "òe óe ỏe õe ọe", "uy": "ùy úy ủy ũy ụy"}
_LATE = {"oa": "oà oá oả oã oạ", "oe": "oè oé oẻ oẽ oẹ", "uy": "uỳ uý uỷ uỹ uỵ"}
_OLD = {late: old for key in _OPEN for late, old in zip(_LATE[key].split(), _OPEN[key].split(), strict=True)}
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
