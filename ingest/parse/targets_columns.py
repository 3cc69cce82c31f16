"""Which column of a table is what: ordinal, indicator, unit, and the columns whose values are targets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...dictionaries import pattern
from ..text.dates import stated_year
from ..text.normalize import squeeze
from ..text.numbers import parse_digits
from ..text.quantities import Unit, read_unit
from ..values import Grid
from .targets_scope import Scope, loosely

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_BRACKET = re.compile(r"\(([^()]+)\)\s*\Z")
_HEAD_ROWS = 3
_NUMBERING = re.compile(r"\(?(?:[A-Z]|[\d=+:/()*%x-]{1,12})\)?")


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of target values: its place, the year it speaks of, its unit, what tells it from its neighbours, and
    the indicator that its head names (of a table of bodies only)."""

    at: int
    year: int | None = None
    unit: Unit | None = None
    label: str | None = None
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table of targets; `ordinal` and `unit` are None where the table has no such column.

    Where the rows are bodies or places, the `thing` of a value column is what they shall reach.
    """

    ordinal: int | None
    name: int
    unit: int | None
    values: tuple[ValueColumn, ...]


def with_whole_head(grid: Grid) -> Grid:
    """The table with all rows of its head: one that fills nothing but value columns, and with words, belongs to it."""
    count = grid.header_rows
    while 0 < count < min(_HEAD_ROWS, len(grid.rows)):
        cells = grid.rows[count].cells
        filled = [cell for cell in cells if cell]
        if any(cells[:2]) or not filled or any(_is_value(cell) for cell in filled):
            break
        count += 1
    return replace(grid, header_rows=count)


def _heads(grid: Grid) -> list[str]:
    """The head of each column; a head that covers several columns stands before each of theirs."""
    width = len(grid.rows[0].cells) if grid.rows else 0
    heads = [""] * width
    rows = [
        row.cells
        for number, row in enumerate(grid.rows[: grid.header_rows])
        if not number or not all(_NUMBERING.fullmatch(cell) for cell in row.cells if cell)
    ]
    for number, cells in enumerate(rows):
        above = ""
        for at, cell in enumerate(cells):
            above = cell or above
            below = number + 1 < len(rows) and bool(rows[number + 1][at])
            text = cell or (above if below and not heads[at] else "")
            heads[at] = f"{heads[at]} {text}".strip()
    return heads


def _year(head: str) -> int | None:
    stated = stated_year(head)
    if stated is not None:
        return stated
    found = _YEAR.findall(head)
    return int(found[0]) if len(found) == 1 else None


def _head_unit(head: str) -> Unit | None:
    match = _BRACKET.search(head)
    return read_unit(match.group(1)) if match else None


def _is_unit_column(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    known = [c for c in filled if read_unit(c) or loosely("status_unit", c) or loosely("same_unit", c)]
    return len(filled) > 0 and 2 * len(known) > len(filled)


def _is_value(cell: str) -> bool:
    return parse_digits(cell.strip(" %<>≥≤")) is not None


def _numeric(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and 2 * sum(map(_is_value, filled)) > len(filled)


def _without_head(grid: Grid) -> Columns | None:
    """Columns of a table without a header row: units and numbers tell them."""
    body = grid.rows
    width = len(body[0].cells)
    columns = [[row.cells[at] for row in body] for at in range(width)]
    unit = next((at for at in range(1, width) if _is_unit_column(columns[at])), None)
    if unit is None or unit + 1 >= width:
        return None
    values = [at for at in range(unit + 1, width) if _numeric(columns[at])]
    if not values:
        return None
    name = unit - 1
    return Columns(name - 1 if name else None, name, unit, (ValueColumn(values[-1]),))


def _plan_columns(heads: Sequence[str], taken: set[int], year: int | None, grid: Grid) -> tuple[ValueColumn, ...]:
    """The columns whose values are targets."""
    plain: list[int] = []
    named: list[int] = []
    quarters: list[int] = []
    for at, head in enumerate(heads):
        stated = _year(head)
        if at in taken or not head or loosely("column_compare", head) or loosely("column_note", head):
            continue
        if stated is not None and year is not None and stated < year:
            continue
        if loosely("column_plan", head):
            quarters.append(at) if loosely("column_quarter", head) else named.append(at)
        elif loosely("column_past", head):
            continue
        elif loosely("column_quarter", head):
            quarters.append(at)
        elif stated is not None:
            named.append(at)
        elif _numeric([row.cells[at] for row in grid.rows[grid.header_rows :]]):
            plain.append(at)
    chosen = _not_superseded(named, heads) or quarters or plain[:1]
    if not chosen and len(heads) > max(taken, default=0) + 1:
        chosen = [at for at in range(max(taken) + 1, len(heads)) if at not in taken and not heads[at]][:1]
    years = [_year(heads[at]) for at in chosen]
    apart = len(chosen) == 1 or (len(set(years)) == len(years) and None not in years)
    labels = [None] * len(chosen) if apart else _labels([heads[at] for at in chosen])
    return tuple(
        ValueColumn(at, _year(heads[at]), _head_unit(heads[at]), label)
        for at, label in zip(chosen, labels, strict=True)
    )


def _thing(head: str) -> str:
    """The indicator that the head of a column names, without the words that every such head has."""
    rest = squeeze(pattern("targets", "column_thing").sub(" ", head)).strip(" ,;:-–")
    return rest if any(sign.isalpha() for sign in rest) else ""


def _not_superseded(columns: Sequence[int], heads: Sequence[str]) -> list[int]:
    """The plan columns without those of a year that another column tells the results of, or that stands, without a
    word of planning, before the years that are planned."""
    results = {_year(head) for head in heads if loosely("column_past", head)}
    planned = [year for at in columns if (year := _year(heads[at])) is not None and loosely("column_plan", heads[at])]
    kept = []
    for at in columns:
        year = _year(heads[at])
        later = [other for other in planned if year is not None and other > year]
        if not later or (year not in results and loosely("column_plan", heads[at])):
            kept.append(at)
    return kept


def _labels(heads: Sequence[str]) -> list[str | None]:
    """What tells the heads of several columns apart: each without the words that all begin with."""
    words = [head.split() for head in heads]
    shared = 0
    while all(len(w) > shared + 1 and w[shared] == words[0][shared] for w in words):
        shared += 1
    return [" ".join(w[shared:]) for w in words]


def _unit_column(heads: Sequence[str], grid: Grid) -> int | None:
    """The column of units; under a bare `Đơn vị` only where units stand in it, not bodies."""
    for at, head in enumerate(heads):
        if loosely("column_unit", head):
            cells = [row.cells[at] for row in grid.rows[grid.header_rows :]]
            if not loosely("column_body", head) or _is_unit_column(cells):
                return at
    return None


def read_columns(grid: Grid, scope: Scope, year: int | None) -> Columns | None:
    """The columns of a table of targets; None when it is none."""
    if not grid.rows or len(grid.rows[0].cells) < 2:
        return None
    if grid.header_rows == 0:
        return _without_head(grid) if scope.kind == "target" or scope.plan else None
    heads = _heads(grid)
    if any(loosely("no_target_table", head) for head in heads):
        return None
    ordinal = next((at for at, head in enumerate(heads) if loosely("column_ordinal", head)), None)
    unit = _unit_column(heads, grid)
    body = grid.rows[grid.header_rows :]
    named = [
        at
        for at, head in enumerate(heads)
        if loosely("column_name", head) and at not in (ordinal, unit) and not _numeric([row.cells[at] for row in body])
    ]
    first = next((at for at in range(len(heads)) if at not in (ordinal, unit)), None)
    name = named[0] if named else first
    if name is None:
        return None
    values = _plan_columns(heads, {at for at in (ordinal, unit, name) if at is not None}, year, grid)
    speaks = scope.kind == "target" or any(loosely("target_table", head) for head in heads)
    if loosely("column_of_bodies", heads[name]):
        values = tuple(replace(column, thing=_thing(heads[column.at])) for column in values)
    return Columns(ordinal, name, unit, values) if values and speaks else None
