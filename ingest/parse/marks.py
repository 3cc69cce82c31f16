"""What single lines of letterhead and closing are: marks by patterns, positions, powers, names of persons."""

from __future__ import annotations

from functools import cache

from ...dictionaries import entries, pattern
from ..text.fuzzy import fuzzy_index
from ..text.normalize import fold
from ..text.quality import is_syllable
from .printed import folded, is_upper

_SURE_LENGTH = 10
_NEAR = 88.0
_LONGEST_POSITION = 5
_SPECKS = " .:,;\"'“”0123456789"


def marked(name: str, text: str) -> bool:
    """Whether the partition pattern `name` is found in a text."""
    return pattern("partition", name).search(folded(text)) is not None


def position_of(text: str) -> str | None:
    """The position in a text in capitals: as printed, or the listed one that OCR's reading is nearest to."""
    text = text.strip(_SPECKS)
    if not text or not (is_upper(text) or text.split()[-1].isupper()):
        return None
    listed = fuzzy_index("positions")
    unit = pattern("header", "unit_name").search(folded(text)) or pattern("header", "unit_at_end").search(folded(text))
    if listed.exact(text) or (unit is not None and listed.exact(text[: unit.start()])):
        return text
    if not is_upper(text) or len(text) < _SURE_LENGTH or all(is_syllable(word) for word in text.split()):
        return None
    near = listed.nearest(text, _NEAR)
    return near[0].form.upper() if near else None


def begins_with_position(text: str) -> bool:
    """Whether a text in capitals begins with a position, its body after it (`CHỦ TỊCH UBND XÃ …`)."""
    words = text.split()
    starts = (" ".join(words[:count]) for count in range(2, min(_LONGEST_POSITION, len(words)) + 1))
    return is_upper(text) and any(fuzzy_index("positions").exact(start) for start in starts)


def is_position(text: str) -> bool:
    """Whether a text in capitals is a position that signs documents."""
    return position_of(text) is not None


def is_power(text: str) -> bool:
    """Whether a text in capitals begins with a signing power (TM., KT., TL., TUQ., Q.)."""
    return is_upper(text) and marked("power", text)


@cache
def _surnames() -> frozenset[str]:
    """Family names as they are spelled and without marks, lower case."""
    spelled = {spelling.lower() for entry in entries("surnames") for spelling in entry.spellings}
    return frozenset(spelled | {fold(spelling) for spelling in spelled})


def is_known_person(text: str) -> bool:
    """Whether a text reads as the name of a person of a known family name."""
    return is_person(text) and text.split(maxsplit=1)[0].lower() in _surnames()


def is_person(text: str) -> bool:
    """Whether a text reads as the name of a person; one in capitals begins with a known family name."""
    match = pattern("closing", "person").match(text)
    if match is None or (is_upper(match["name"]) and match["name"].split()[0].lower() not in _surnames()):
        return False
    return not is_position(text) and not is_power(text)
