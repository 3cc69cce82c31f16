"""The numbers and bullets that Word generates before paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_ROMAN_LOW = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """A positive number in capital Roman figures."""
    parts: list[str] = []
    for value, sign in (*_ROMAN, *_ROMAN_LOW):
        count, number = divmod(number, value)
        parts.append(sign * count)
    return "".join(parts)


def _letters(number: int) -> str:
    """a … z, aa, bb …, as Word counts with letters."""
    turn, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (turn + 1)


def shown(number: int, style: str) -> str:
    """A count in Word's number format."""
    if style == "upperRoman":
        return roman(number)
    if style == "lowerRoman":
        return roman(number).lower()
    if style == "upperLetter":
        return _letters(number).upper()
    if style == "lowerLetter":
        return _letters(number)
    return f"{number:02d}" if style == "decimalZero" else str(number)


@dataclass(frozen=True, slots=True)
class _Level:
    style: str
    text: str
    start: int


def _value(element: Any, tag: str, default: str = "") -> str:
    found = element.find(f"{W}{tag}") if element is not None else None
    return str(found.get(f"{W}val", default)) if found is not None else default


def _integer(text: str, default: int) -> int:
    return int(text) if text.lstrip("-").isdigit() else default


@dataclass(slots=True)
class Numbering:
    """Counts paragraphs by list and level, as Word shows them."""

    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Any | None) -> Numbering:
        """From the root of numbering.xml (None where the file has none)."""
        found = cls()
        if root is None:
            return found
        for abstract in root.iterfind(f"{W}abstractNum"):
            for level in abstract.iterfind(f"{W}lvl"):
                key = (abstract.get(f"{W}abstractNumId", ""), _integer(level.get(f"{W}ilvl", "0"), 0))
                start = _integer(_value(level, "start", "1"), 1)
                found.levels[key] = _Level(_value(level, "numFmt", "decimal"), _value(level, "lvlText"), start)
        for number in root.iterfind(f"{W}num"):
            name = number.get(f"{W}numId", "")
            found.lists[name] = _value(number, "abstractNumId")
            for override in number.iterfind(f"{W}lvlOverride"):
                start_at = _integer(_value(override, "startOverride", ""), -1)
                if start_at >= 0:
                    found.starts[name, _integer(override.get(f"{W}ilvl", "0"), 0)] = start_at
        return found

    def label(self, name: str, depth: int) -> str:
        """The label of the next paragraph of list `name` at level `depth`, with a blank after it; may be empty."""
        abstract = self.lists.get(name)
        level = self.levels.get((abstract or "", depth))
        if abstract is None or level is None or level.style == "none":
            return ""
        if level.style == "bullet":
            return "- "
        start = self.starts.pop((name, depth), None)
        key = (abstract, depth)
        self.counts[key] = start if start is not None else self.counts.get(key, level.start - 1) + 1
        for deeper in [k for k in self.counts if k[0] == abstract and k[1] > depth]:
            del self.counts[deeper]
        text = _PLACE.sub(lambda m: self._at(abstract, int(m[1]) - 1), level.text)
        return f"{text} " if text else ""

    def _at(self, abstract: str, depth: int) -> str:
        level = self.levels.get((abstract, depth))
        if level is None:
            return ""
        return shown(self.counts.get((abstract, depth), level.start), level.style)
