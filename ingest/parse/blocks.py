"""Units of the body: headings, bullets and paragraphs joined from their printed lines, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache

from ...dictionaries import alternation, entries, pattern
from ..text.normalize import fold, squeeze
from ..text.romans import repaired, roman
from ..values import Grid, Line, Passage
from .labels import Expected, Label, read_bullet, read_label
from .printed import Measure, Printed, ends_sentence, folded, is_upper, left_open

_MOST_CHAPTERS = 200
_MOST_WORDS_OF_HEAD, _MOST_WORDS_OF_RUN_IN = 10, 6


@dataclass(slots=True)
class Unit:
    """A heading, bullet or paragraph in the making, or a table."""

    label: Label | None = None
    printed: list[Printed] = field(default_factory=list)
    grid: Grid | None = None

    def whole(self) -> Passage:
        """Its text with the label."""
        return Passage.of_lines([Line(p.line.number, p.line.page, p.text) for p in self.printed])

    def passage(self) -> Passage:
        """Its text after the label."""
        whole = self.whole()
        return whole.slice(self.label.end).stripped() if self.label else whole


def _scanned_labels(printed: Sequence[Printed]) -> dict[int, Label]:
    """Labels of scanned lines, by line: what OCR leaves of Roman numbers is read as a list that counts up."""
    found: list[tuple[int, re.Match[str]]] = []
    for item in printed:
        match = pattern("labels", "roman_like").match(item.text) if item.line.words else None
        if match is not None and any(word.confidence is not None for word in item.line.words):
            found.append((item.line.number, match))
    if len(found) > _MOST_CHAPTERS:
        return _scanned_numbers(printed)
    values = repaired([match["label"] for _, match in found])
    return _scanned_numbers(printed) | {
        number: Label("roman", roman(value), match.end(), value, mended=match["label"] != roman(value))
        for (number, match), value in zip(found, values, strict=True)
    }


def _scanned_numbers(printed: Sequence[Printed]) -> dict[int, Label]:
    """Numbers of scanned items that their neighbours tell (4, 9, 6 is 4, 5, 6), by line."""
    found: list[tuple[int, Label]] = []
    for item in printed:
        label = read_label(item.text) if item.line.words and item.text[:1].isdigit() else None
        if label is not None and label.kind == "number" and label.value is not None:
            found.append((item.line.number, label))
    told: dict[int, Label] = {}
    for (_, before), (number, label), (_, after) in zip(found, found[1:], found[2:], strict=False):
        due = (before.value or 0) + 1
        if after.value == due + 1 and label.value != due:
            told[number] = replace(label, text=str(due), value=due, mended=True)
    return told


class _Sequence:
    """Which labels would come next; decides what broken labels are."""

    def __init__(self, printed: Sequence[Printed]) -> None:
        self.roman = 0
        self.number = 0
        self.capital = 0
        self.letter = 0
        self._ones = any(pattern("labels", "ones").match(item.text) for item in printed)
        self._scanned = _scanned_labels(printed)

    def read(self, item: Printed, text: str) -> Label | None:
        """The heading label at the start of a line's text."""
        scanned = self._scanned.get(item.line.number)
        if scanned is not None and item.text.startswith(text[: scanned.end]):
            return scanned
        return read_label(text, Expected(self.roman + 1, self.number + 1, self._ones, self.capital + 1))

    def expects(self, label: Label) -> bool:
        if label.kind == "number":
            return label.value in (1, self.number + 1)
        if label.kind == "roman":
            return label.value in (1, self.roman + 1)
        return label.kind != "letter" or label.value in (1, self.letter + 1)

    def accept(self, label: Label) -> None:
        self.letter = (label.value or 0) if label.kind == "letter" else self.letter * (label.kind == "bullet")
        if label.kind == "roman":
            self.roman, self.number = label.value or self.roman, 0
        elif label.kind == "number":
            self.number = label.value or self.number
        elif label.kind == "capital":
            self.capital = label.value or self.capital
        elif label.kind in ("annex", "part"):
            self.roman = self.number = 0


@cache
def _verbs() -> re.Pattern[str]:
    spellings = [fold(spelling) for entry in entries("action_verbs") for spelling in entry.spellings]
    return re.compile(alternation(spellings) + r"\b")


def _starts_with_verb(text: str) -> bool:
    return _verbs().match(folded(text)) is not None


def _begins_low(text: str) -> bool:
    """Whether a line begins as the middle of a sentence does: small letter or closing sign."""
    return text[:1].islower() or text[:1] in ",.;:)%/”…"


def _opens_matter(text: str) -> bool:
    """Whether a line begins with a head before a colon (`Thời gian thực hiện: …`), or is one for the list below it."""
    head, colon, rest = text.partition(":")
    return bool(colon) and len(head.split()) <= (_MOST_WORDS_OF_RUN_IN if rest else _MOST_WORDS_OF_HEAD)


def _is_full(last: Printed, item: Printed, measure: Measure) -> bool:
    """Whether a line ends where it does because the next word did not fit."""
    return measure.is_full(last, item) and not (measure.is_indented(item) and item.gap == "none")


def _continues(unit: Unit, item: Printed, measure: Measure) -> bool:
    """Whether an unlabelled line goes on with `unit`: a blank line proves no end, its absence no continuation."""
    last = unit.printed[-1]
    text = last.text
    if unit.label and not text[unit.label.end if last is unit.printed[0] else 0 :].strip():
        return True
    if ends_sentence(text):
        if _begins_low(item.text):
            return (item.gap == "page" and text.endswith(";")) or _is_full(last, item, measure)
        return item.gap == "none" and not _opens_matter(item.text) and _is_full(last, item, measure)
    if is_upper(text) and unit.label is not None:
        return is_upper(item.text)
    if _begins_low(item.text) or text.endswith((",", "-", "–", "(", "“")):
        return True
    if pattern("outline", "unfinished").search(folded(text[-16:])):
        return True
    one_line_heading = unit.label is not None and unit.label.kind != "bullet" and len(unit.printed) == 1
    if one_line_heading and item.text[:1].isupper() and (item.gap == "blank" or _starts_with_verb(item.text)):
        return False
    if left_open(" ".join(part.text for part in unit.printed[-6:])):
        return True
    if one_line_heading and item.gap == "blank":
        return False
    if not item.text[:1].isalpha() and not (one_line_heading and len(text.split()) < 15):
        return True
    return (measure.spaced and item.gap == "none") or _is_full(last, item, measure)


def _is_label(label: Label, unit: Unit | None, item: Printed, sequence: _Sequence, measure: Measure) -> bool:
    """Whether a label at the start of a line is one, and not a number or letter inside a broken sentence."""
    if label.mended and label.kind == "number" and not sequence.expects(label):
        return False
    if unit is None or not unit.printed or ends_sentence(unit.printed[-1].text) or sequence.expects(label):
        return True
    if label.kind in ("annex", "part", "dotted", "roman", "bullet"):
        return True
    return item.gap == "blank" or not measure.is_full(unit.printed[-1], item)


def _starts(item: Printed, unit: Unit | None, sequence: _Sequence, measure: Measure) -> Label | None:
    """The label or bullet with which a line starts a unit of its own."""
    if item.star:
        return Label("bullet", "*", 0, style="*")
    bullet = read_bullet(item.text)
    if bullet is not None and bullet.text.startswith("(") and unit is not None and item.text.startswith("("):
        cut_short = unit.printed and not ends_sentence(unit.printed[-1].text) and item.gap == "none"
        bullet = None if cut_short and measure.is_full(unit.printed[-1], item) else bullet
    if bullet is not None:
        broken = unit is not None and unit.printed and _is_broken_dash(unit, item, measure)
        return None if broken else bullet
    label = sequence.read(item, item.text)
    if label is not None and _is_label(label, unit, item, sequence, measure):
        return label
    return None


def _is_broken_dash(unit: Unit, item: Printed, measure: Measure) -> bool:
    """Whether a dash at the start of a line belongs to the sentence before (`kinh tế` / `- xã hội`)."""
    last = unit.printed[-1]
    if ends_sentence(last.text) or item.gap != "none" or not measure.is_full(last, item):
        return False
    return item.text[:1] in "-–—" and item.text.lstrip("-–— ")[:1].islower()


def _inline_starts(text: str, label: Label | None) -> Iterator[int]:
    """Where list items begin inside a line: bullets after an end sign, and the labels that follow its own."""
    for match in pattern("labels", "inline_bullet").finditer(text):
        yield match.end()
    if label is None or label.value is None or label.kind not in ("number", "letter"):
        return
    value = label.value
    for match in pattern("labels", f"inline_{label.kind}").finditer(text, label.end):
        following = read_label(text[match.end() : match.end() + 40])
        if following is not None and following.kind == label.kind and following.value == value + 1:
            value += 1
            yield match.end()


def _single_items(printed: Sequence[Printed], rows: Set[int], sequence: _Sequence) -> Iterator[Printed]:
    """The lines, those that hold several list items taken apart; rows that belong to no table as plain lines."""
    for item in printed:
        if item.line.number in rows:
            yield item
            continue
        text = squeeze(item.text) if item.is_row else item.text
        starts = sorted({0, *_inline_starts(text, sequence.read(item, text))})
        for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
            part = text[start:stop].strip()
            gap = item.gap if start == 0 else "none"
            yield Printed(replace(item.line, cells=None), part, gap, item.star and start == 0)


def _numbers_inside(printed: Sequence[Printed], grids: Sequence[Grid]) -> set[int]:
    """Numbers of the lines that tables are made of, heads that return inside them among these."""
    inside: set[int] = set()
    for grid in grids:
        own = [line.number for row in grid.rows for line in row.lines]
        inside.update(own)
        if own:
            inside.update(i.line.number for i in printed if i.is_row and min(own) < i.line.number < max(own))
    return inside


def units(printed: Sequence[Printed], grids: Sequence[Grid]) -> Iterator[Unit]:
    """The units of the body in order. A joined table stands where its first row stands."""
    first = {row.lines[0].number: grid for grid in grids for row in grid.rows[:1] if row.lines}
    inside = _numbers_inside(printed, grids)
    measure = Measure(printed)
    sequence = _Sequence(printed)
    unit: Unit | None = None
    for item in _single_items(printed, inside, sequence):
        number = item.line.number
        if number in inside:
            grid = first.get(number)
            if grid is not None:
                if unit is not None:
                    yield unit
                    unit = None
                yield Unit(grid=grid, printed=[item])
            continue
        label = _starts(item, unit, sequence, measure)
        if unit is not None and label is None and _continues(unit, item, measure):
            unit.printed.append(item)
            continue
        if unit is not None:
            yield unit
        if label is not None:
            sequence.accept(label)
        unit = Unit(label, [item])
    if unit is not None:
        yield unit
