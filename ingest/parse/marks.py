"""What single lines of letterhead and closing are: marks by patterns, positions, powers, names of persons."""

from __future__ import annotations

from ...dictionaries import pattern
from ..text.fuzzy import fuzzy_index
from .printed import folded, is_upper


def marked(name: str, text: str) -> bool:
    """Whether the partition pattern `name` is found in a text."""
    return pattern("partition", name).search(folded(text)) is not None


def is_position(text: str) -> bool:
    """Whether a text in capitals is a position that signs documents."""
    if not is_upper(text):
        return False
    listed = fuzzy_index("positions")
    text = text.strip(" .:,;")
    unit = pattern("header", "unit_name").search(folded(text)) or pattern("header", "unit_at_end").search(folded(text))
    return listed.exact(text) is not None or (unit is not None and listed.exact(text[: unit.start()]) is not None)


def is_power(text: str) -> bool:
    """Whether a text in capitals begins with a signing power (TM., KT., TL., TUQ., Q.)."""
    return is_upper(text) and marked("power", text)


def is_person(text: str) -> bool:
    """Whether a text reads as the name of a person."""
    return pattern("closing", "person").match(text) is not None and not is_position(text) and not is_power(text)
