"""Numbers as Vietnamese documents write them: digits with dots for thousands, and number words."""

from __future__ import annotations

import decimal
import re
from collections.abc import Sequence
from functools import cache

from ...dictionaries import Entry, index
from ...schemas import Decimal

_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){2,}")
_DECIMAL_COMMA = re.compile(r"\d+(?:,\d+)?")
_DECIMAL_POINT = re.compile(r"\d+\.\d{1,2}|0\.\d+")


def tidy(value: float) -> Decimal:
    """The number as a record holds it: whole where it is whole, without the dust of binary fractions."""
    rounded = round(value, 9)
    return int(rounded) if rounded == int(rounded) else rounded


def times(value: Decimal, factor: int) -> Decimal:
    """`value` × `factor` without the dust of binary fractions: 16.257 × 10⁹ is 16257000000."""
    return tidy(float(decimal.Decimal(str(value)) * factor))


def parse_digits(text: str) -> Decimal | None:
    """The value of digits read as Vietnamese writes them: `1.417` 1417, `400,5` 400.5, `02` 2; None when unclear."""
    text = text.strip()
    if len(text) > 24:
        return None
    if text.startswith("0.") and _DECIMAL_POINT.fullmatch(text):
        return tidy(float(text))
    if _THOUSANDS.fullmatch(text):
        return tidy(float(text.replace(".", "").replace(",", ".")))
    if _ENGLISH_THOUSANDS.fullmatch(text):
        return int(text.replace(",", ""))
    if _DECIMAL_COMMA.fullmatch(text):
        return tidy(float(text.replace(",", ".")))
    if _DECIMAL_POINT.fullmatch(text):
        return tidy(float(text))
    return None


# After which kinds of word a number word adds its value: `mười` after `trăm`, `lăm` after `mươi`.
_AFTER = {
    "ten": ("", "hundred"),
    "digit": ("", "ten", "tens", "hundred", "odd"),
    "tail": ("ten", "tens", "odd"),
}


@cache
def _words() -> dict[str, Entry]:
    return dict(index("number_words"))


def _below_thousand(entries: Sequence[Entry]) -> int | None:
    """Value of the words of a number under 1,000, or None when they do not make one."""
    total, last = 0, ""
    for entry in entries:
        role, value = entry.fields["role"], int(entry.fields["value"])
        if role == "hundred" and last == "digit" and total < 10:
            total *= 100
        elif role == "tens" and last == "digit":
            total += 9 * (total % 10)
        elif last in _AFTER.get(role, ()):
            total += value
        elif role != "odd" or last != "hundred":
            return None
        last = role
    return total if last not in ("", "odd") else None


def parse_words(text: str) -> int | None:
    """The value of number words (`hai mươi lăm` 25, `một trăm hai mươi` 120), or None when they make no number."""
    total = 0
    part: list[Entry] = []
    known = _words()
    for word in text.lower().split():
        entry = known.get(word)
        if entry is None:
            return None
        if entry.fields["role"] != "scale":
            part.append(entry)
            continue
        value = _below_thousand(part)
        if value is None:
            return None
        total += value * int(entry.fields["value"])
        part = []
    rest = _below_thousand(part) if part else 0
    return None if rest is None or total + rest == 0 else total + rest


def parse_number(text: str) -> Decimal | None:
    """The value of digits or number words, or None."""
    return parse_digits(text) if text[:1].isdigit() else parse_words(text)
