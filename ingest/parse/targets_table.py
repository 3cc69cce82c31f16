"""Reads the targets of a table, row by row: groups, parts, units and values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...dictionaries import pattern
from ...schemas import Change, Comparator, Decimal
from ..text.normalize import plain, squeeze
from ..text.numbers import parse_digits, times
from ..text.quantities import Quantity, Unit, find_quantities, read_unit
from ..values import Grid, GridRow
from .targets_columns import Columns, ValueColumn, read_columns, with_whole_head
from .targets_scope import Scope, matches
from .targets_words import capitalised, tidy_name

_LEVELS = (
    (re.compile(r"[A-HĐ]"), 1),
    (re.compile(r"[IVX]+"), 2),
    (re.compile(r"\d+"), 3),
    (re.compile(r"\d+(?:\.\d+)+"), 4),
    (re.compile(r"[a-zđ]"), 5),
    (re.compile(r"[-–—*•]"), 6),
    (re.compile(r"\+"), 7),
)
_NO_ORDINAL = 9
_FRACTION = re.compile(r"(\d[\d.,]*)\s*/\s*(\d[\d.,]*)")
_SIGNED = re.compile(r"\s*[-–−]\s*(?=\d)")


@dataclass(frozen=True, slots=True)
class RowFact:
    """A target of a table's row; `parent` is the index of the target it is part of, `group` the heading row above."""

    row: GridRow
    ordinal: str | None
    group: str | None
    parent: int | None
    name: str
    comparator: Comparator | None
    change: Change
    value: Decimal | None
    value_max: Decimal | None
    unit: Unit | None
    status: str | None
    value_text: str
    year: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class _Cell:
    """A value cell as read: a number or a word."""

    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: Unit | None = None
    comparator: Comparator = "eq"
    change: Change = "level"
    status: str | None = None
    doubtful: bool = False


def _level(ordinal: str) -> int:
    mark = ordinal.strip(" .)(:/")
    return next((level for pattern, level in _LEVELS if pattern.fullmatch(mark)), _NO_ORDINAL)


def _read_cell(text: str) -> _Cell | None:
    """What a value cell says; None when it says nothing."""
    value = parse_digits(text)
    if value is not None:
        return _Cell(value, doubtful=pattern("quantities", "doubtful_comma").fullmatch(text.strip()) is not None)
    fraction = _FRACTION.fullmatch(text.strip())
    if fraction is not None and (part := parse_digits(fraction.group(1))) is not None:
        return _Cell(part)
    negative = _SIGNED.match(text)
    if negative is not None and (value := parse_digits(text[negative.end() :])) is not None:
        return _Cell(-value)
    found = find_quantities(text)
    if found:
        first = found[0]
        return _Cell(first.value, first.value_max, first.unit, first.comparator, first.change)
    word = plain(text).strip(" .,;")
    return _Cell(status=word) if len(word) > 1 and any(sign.isalpha() for sign in word) else None


def _stated_in_name(name: str, cell: _Cell, unit: Unit | None) -> Quantity | None:
    """The figure of the cell, where the indicator's own text says it, too (`đạt từ 70% trở lên`)."""
    for quantity in find_quantities(name):
        same = quantity.unit is None or unit is None or quantity.unit.name == unit.name
        if quantity.value == cell.value and same:
            return quantity
    return None


def _name_without(name: str, quantity: Quantity) -> str:
    noun = quantity.unit.name.split("/")[0] if quantity.unit and quantity.unit.kind == "count" else ""
    tail = name[quantity.end :]
    return squeeze(f"{name[: quantity.lead]} {noun}{'' if not noun and tail.startswith(('/', ',')) else ' '}{tail}")


def _change(name: str, cell: _Cell) -> tuple[Comparator, Change]:
    """Comparator and change that name and cell tell together."""
    comparator, change = cell.comparator, cell.change
    if matches("reached_name", name):
        return ("le" if comparator == "eq" else comparator), "level"
    difference = matches("difference_name", name)
    if matches("speed", name):
        return comparator, "level"
    if difference is not None:
        change = "increase" if difference["up"] else "decrease"
    elif matches("falling", name) or matches("poverty", name):
        change = "decrease"
    return comparator, change


def _confidence(cell: _Cell, unit: Unit | None) -> float:
    if cell.doubtful:
        return 0.4
    return 0.95 if unit is not None or cell.unit is not None or cell.status else 0.75


def _counted_thousands(cell: _Cell, unit: Unit | None) -> Decimal | None:
    """The value of a cell; nobody counts 12.5 animals, so a lone comma before three digits means thousands there."""
    whole = unit is not None and unit.kind == "count" and "/" not in unit.name
    return times(cell.value, 1000) if cell.value is not None and cell.doubtful and whole else cell.value


class _Rows:
    """Walks the rows of a table and remembers what stands above: groups, parents, units."""

    def __init__(self, columns: Columns, caption: Unit | None, group: str | None) -> None:
        self.columns = columns
        self.caption = caption
        self.above = group
        self.groups: list[tuple[int, str]] = []
        self.found: list[RowFact] = []
        self.unit: Unit | None = None
        self.group_unit: Unit | None = None
        self.rows: list[dict[int, int]] = []
        self.parent: int | None = None

    def add(self, row: GridRow) -> None:
        cells = row.cells
        ordinal = cells[self.columns.ordinal].strip() if self.columns.ordinal is not None else ""
        printed = cells[self.columns.name].strip()
        if not printed and len(ordinal) > 3 and any(sign.isalpha() for sign in ordinal):
            ordinal, printed = "", ordinal  # a merged cell: `Tổng cộng`
        values = [(column, cells[column.at].strip()) for column in self.columns.values]
        filled = [(column, text) for column, text in values if text and _read_cell(text) is not None]
        unit_text = cells[self.columns.unit].strip() if self.columns.unit is not None else ""
        if not filled:
            self._heading(ordinal, printed, unit_text)
            return
        self._leave(_level(ordinal) if ordinal else _NO_ORDINAL)
        name = self._part(printed)
        if not any(sign.isalpha() for sign in name):
            return
        unit = self._unit(unit_text, name)
        places: dict[int, int] = {}
        for column, text in filled:
            places[column.at] = len(self.found)
            shown = column if len(filled) > 1 else replace(column, label=None)
            self._value(row, ordinal, name, unit, unit_text, shown, text)
        self.rows.append(places)

    def _heading(self, ordinal: str, printed: str, unit_text: str) -> None:
        text = printed or ordinal
        merged = matches("merged_heading", text)
        label = ordinal if printed else (merged["label"] if merged else "")
        title = plain(merged["title"] if merged and not printed else text).strip(" :.;,")
        part = matches("part_row", text)
        if part is not None and part.end() >= len(text.rstrip()):
            self.parent = len(self.rows) - 1
            return
        if not any(sign.isalpha() for sign in title):
            return
        level = _level(label) if label else _NO_ORDINAL - 1
        self.parent = None
        self.groups = [group for group in self.groups if group[0] < level] + [(level, title)]
        self.group_unit = read_unit(unit_text) if unit_text else None

    def _leave(self, level: int) -> None:
        """Leave the groups that a row of this level is not part of."""
        if level < _NO_ORDINAL:
            self.groups = [group for group in self.groups if group[0] < level or group[0] == _NO_ORDINAL - 1]
        if self.parent is not None and self.found and not self._inside(level):
            self.parent = None

    def _inside(self, level: int) -> bool:
        """Whether a row of this level is still part of the parent row."""
        if self.parent is None or self.parent < 0:
            return False
        owner = self.found[next(iter(self.rows[self.parent].values()))].ordinal
        return level > (_level(owner) if owner else 0)

    def _parent_of(self, column: ValueColumn) -> int | None:
        if self.parent is None or self.parent < 0:
            return None
        places = self.rows[self.parent]
        return places.get(column.at, next(iter(places.values())))

    def _part(self, printed: str) -> str:
        """The name without `Trong đó`, which makes the row a part of the one above."""
        part = matches("part_row", printed)
        if part is None or part.end() >= len(printed):
            return printed
        if self.parent is None:
            self.parent = len(self.rows) - 1
        return printed[part.end() :]

    def _unit(self, text: str, name: str) -> Unit | None:
        if text and matches("same_unit", text):
            return self.unit
        if text:
            known = read_unit(text)
            self.unit = known or Unit(plain(text).lower(), "count")
            return self.unit
        if self.columns.unit is None:
            match = matches("unit_in_head", name)
            own = read_unit(match["unit"].strip()) if match else None
            return own or self.caption
        return self.group_unit or self.caption

    def _value(
        self, row: GridRow, ordinal: str, name: str, unit: Unit | None, unit_text: str, column: ValueColumn, text: str
    ) -> None:
        cell = _read_cell(text)
        if cell is None:
            return
        parent = self._parent_of(column)
        stated = _stated_in_name(name, cell, unit) if cell.value is not None else None
        comparator, change = _change(name, cell)
        value_text = squeeze(text)
        if stated is not None:
            value_text = squeeze(name[stated.start : stated.end])
            comparator = stated.comparator if comparator == "eq" else comparator
            change = stated.change if change == "level" else change
            name = _name_without(name, stated)
        value, value_max = _counted_thousands(cell, unit), cell.value_max
        if value is not None and value < 0 and change == "decrease":
            value = -value
        if value_max is not None:
            comparator = "range"
        elif comparator == "range":
            comparator = "eq"
        if not unit_text and column.unit is not None:
            unit = column.unit
        shown = capitalised(tidy_name(name)) or plain(name)
        if column.thing:
            _, change = _change(column.thing, cell)
            thing = capitalised(column.thing)
            shown = thing if matches("row_total", name) else f"{thing} - {plain(name)}"
        elif column.label is not None:
            shown = f"{shown} ({plain(column.label)})"
        self.found.append(
            RowFact(
                row=row,
                ordinal=ordinal.strip(" .") or None,
                group=self.groups[-1][1] if self.groups else self.above,
                parent=parent,
                name=shown,
                comparator=None if cell.status else comparator,
                change="level" if cell.status else change,
                value=value,
                value_max=value_max,
                unit=None if cell.status else (unit or cell.unit),
                status=cell.status,
                value_text=value_text,
                year=column.year,
                confidence=_confidence(cell, unit),
            )
        )


def read_table(grid: Grid, scope: Scope, year: int | None, caption: str | None) -> Iterator[RowFact]:
    """The targets of a table. `caption`: the text before it, which may name the unit of all values."""
    if scope.kind == "closed":
        return
    grid = with_whole_head(grid)
    columns = read_columns(grid, scope, year)
    if columns is None:
        return
    match = matches("caption_unit", caption) if caption else None
    unit = read_unit(match["unit"].strip()) if match else None
    rows = _Rows(columns, unit, scope.group)
    for row in grid.rows[grid.header_rows :]:
        rows.add(row)
    yield from rows.found
