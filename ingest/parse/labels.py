"""Labels of headings and marks of bullets: what stands at the start of a printed line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from ...dictionaries import pattern
from ..text.romans import roman, roman_value, value_of_strokes

LabelKind = Literal[
    "annex",
    "part",
    "article",
    "roman",
    "capital",
    "number",
    "dotted",
    "letter",
    "letter_number",
    "bullet",
]

_HEADING_KINDS: tuple[LabelKind, ...] = (
    "annex",
    "part",
    "article",
    "dotted",
    "letter_number",
    "number",
    "capital",
    "letter",
)
_CAPITAL_OF_STROKES = "H"
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LAST_NUMBER = re.compile(r"(\d+|[IVXL]+)\W*$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label or bullet mark: `text` as the record has it, `end` where the text after it begins.

    `value` is its place among its siblings (None where it has none); `mended` tells that OCR had broken it; `style` is
    the sign of a bullet, the dash before a number in brackets too.
    """

    kind: LabelKind
    text: str
    end: int
    value: int | None = None
    mended: bool = False
    style: str = ""


def value_of_letter(letter: str) -> int | None:
    """Place of a letter among those that label items (a, b, c, d, đ, e, g …)."""
    return _LETTERS.find(letter.lower()) + 1 or None


def _value(kind: LabelKind, text: str) -> int | None:
    if kind in ("letter", "capital"):
        return value_of_letter(text)
    if kind == "roman":
        return roman_value(text)
    match = _LAST_NUMBER.search(text)
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else roman_value(match[1])


def read_bullet(text: str) -> Label | None:
    """The bullet mark at the start of a cleaned line; a number in brackets wins over the dash before it."""
    match = pattern("labels", "bullet").match(text)
    if match is not None:
        if match["number"]:
            return Label("bullet", f"({match['number']})", match.end(), style=match["mark"])
        return Label("bullet", match["plain"] or match["mark"], match.end(), style=match["mark"])
    match = pattern("labels", "bracketed").match(text)
    return Label("bullet", f"({match['number']})", match.end(), style="(") if match else None


@dataclass(frozen=True, slots=True)
class Expected:
    """What would come next; decides what broken labels are.

    `ones` tells that the document prints its Roman numbers as `1`, `11`, `111`.
    """

    roman: int = 1
    number: int = 1
    ones: bool = False
    capital: int = 1


def _is_roman(printed: str, value: int, expected: Expected) -> bool:
    """Whether a label of strokes is a Roman number and not the number or letter that it also spells."""
    if printed == _CAPITAL_OF_STROKES:
        return expected.capital != value_of_letter(printed)
    if not printed.isdigit() or len(printed) > 2:
        return True
    if value != expected.roman:
        return False
    return expected.ones if len(printed) == 1 else int(printed) != expected.number


def _read_roman(text: str, expected: Expected) -> Label | None:
    match = pattern("labels", "roman").match(text)
    if match is not None and "L" not in match["label"]:
        return Label("roman", match["label"], match.end(), roman_value(match["label"]))
    match = pattern("labels", "broken_roman").match(text)
    if match is None:
        return None
    value = value_of_strokes(match["label"], expected.roman)
    if value is None or not _is_roman(match["label"], value, expected):
        return None
    return Label("roman", roman(value), match.end(), value, mended=True)


def _read(text: str, expected: Expected) -> Label | None:
    found = _read_roman(text, expected)
    if found is not None:
        return found
    for kind in _HEADING_KINDS:
        match = pattern("labels", kind).match(text)
        if match is not None:
            label = re.sub(r"\s*\.\s*", ".", match["label"]) if kind == "dotted" else match["label"].rstrip(" .:)-–")
            return Label(kind, label, match.end(), _value(kind, label))
    match = pattern("labels", "comma_closed").match(text) or pattern("labels", "before_figure").match(text)
    if match is None:
        return None
    kind = "dotted" if "." in match["label"] else "number"
    return Label(kind, match["label"], match.end(), _value(kind, match["label"]), mended=True)


def read_label(text: str, expected: Expected | None = None) -> Label | None:
    """The heading label at the start of a cleaned line, or None; specks that OCR read before it are passed over."""
    expected = expected or Expected()
    speck = pattern("labels", "specks").match(text)
    if speck is None:
        return _read(text, expected)
    found = _read(text[speck.end() :], expected)
    return replace(found, end=found.end + speck.end(), mended=True) if found else None


def parts(label: str) -> tuple[str, ...]:
    """The numbers of a dotted label."""
    return tuple(label.split("."))
