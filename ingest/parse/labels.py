"""Labels of headings and marks of bullets: what stands at the start of a printed line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ...dictionaries import pattern

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
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN_SIGNS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_WORD = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_LAST_NUMBER = re.compile(r"(\d+|[IVXL]+)\W*$")
# what OCR makes of the strokes of a Roman number
_STROKES = str.maketrans(dict.fromkeys("1l|!][TÍÌi", "I") | {"v": "V", "x": "X", "L": "I"})


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


def roman_value(text: str) -> int | None:
    """Value of a Roman number up to 39, None for other text."""
    if not text or not _ROMAN_WORD.fullmatch(text):
        return None
    values = [_ROMAN_SIGNS[sign] for sign in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def _value(kind: LabelKind, text: str) -> int | None:
    if kind == "letter":
        return _LETTERS.find(text) + 1 or None
    if kind == "capital":
        return _LETTERS.find(text.lower()) + 1 or None
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


def _is_roman(printed: str, value: int, expected: Expected) -> bool:
    """Whether a label of strokes is a Roman number and not the number that its digits make."""
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
    printed = match["label"]
    mended = printed.translate(_STROKES)
    value = roman_value(mended)
    if value is None or not _is_roman(printed, value, expected):
        return None
    return Label("roman", mended, match.end(), value, mended=True)


def read_label(text: str, expected: Expected | None = None) -> Label | None:
    """The heading label at the start of a cleaned line, or None."""
    found = _read_roman(text, expected or Expected())
    if found is not None:
        return found
    for kind in _HEADING_KINDS:
        match = pattern("labels", kind).match(text)
        if match is not None:
            label = re.sub(r"\s*\.\s*", ".", match["label"]) if kind == "dotted" else match["label"].rstrip(" .:)-–")
            return Label(kind, label, match.end(), _value(kind, label))
    return None


def parts(label: str) -> tuple[str, ...]:
    """The numbers of a dotted label."""
    return tuple(label.split("."))
