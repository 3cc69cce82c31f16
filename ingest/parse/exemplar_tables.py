"""Exemplars in tables: a column of movements or models, with columns of leads, partners, terms and criteria."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...dictionaries import pattern
from ..text.normalize import fold_signs, plain
from ..values import Grid, Passage


@dataclass(frozen=True, slots=True)
class TableExemplar:
    """A row's cells; None where the table has no such column or the cell is empty."""

    ordinal: str | None
    movement: str
    lead: str
    partners: str | None
    term: str | None
    criteria: str | None
    passage: Passage


def _titles(grid: Grid) -> list[str]:
    header = grid.rows[: grid.header_rows]
    width = len(grid.rows[0].cells) if grid.rows else 0
    return [fold_signs(" ".join(plain(row.cells[i]) for row in header)).strip() for i in range(width)]


def _column(titles: list[str], file: str, name: str, taken: set[int | None]) -> int | None:
    searched = pattern(file, name)
    return next((i for i, title in enumerate(titles) if i not in taken and searched.search(title)), None)


def read_table(grid: Grid) -> Iterator[TableExemplar]:
    """The exemplars of a table that names movements and who leads them; another table gives none."""
    titles = _titles(grid)
    movement = _column(titles, "exemplars", "movement_column", set())
    partners = _column(titles, "exemplars", "partner_column", {movement})
    lead = _column(titles, "exemplars", "leading_column", {movement, partners})
    if movement is None or lead is None:
        return
    term = _column(titles, "deadlines", "time_column", {movement, lead, partners})
    criteria = _column(titles, "exemplars", "criteria_column", {movement, lead, partners, term})
    for row in grid.rows[grid.header_rows :]:
        cells = [plain(cell) for cell in row.cells]
        if not cells[movement] or not cells[lead]:
            continue
        partner, when, wanted = (cells[i] or None if i is not None else None for i in (partners, term, criteria))
        ordinal = cells[0] if movement > 0 and cells[0].strip(".").isdigit() else None
        passage = Passage.of_lines(row.lines)
        yield TableExemplar(ordinal, cells[movement], cells[lead], partner, when, wanted, passage)
