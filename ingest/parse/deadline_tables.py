"""Deadlines in tables: a column with the term, one with the task, one with the body in charge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...dictionaries import pattern
from ..text.normalize import fold_signs, plain
from ..text.terms import Term, find_terms
from ..values import Grid, GridRow, Passage


@dataclass(frozen=True, slots=True)
class TableTerm:
    """A row's task, body in charge and term."""

    what: str
    body: str | None
    term: Term
    passage: Passage


@dataclass(frozen=True, slots=True)
class _Columns:
    time: int
    task: int
    lead: int | None
    label: str


def _column(titles: list[str], name: str, taken: set[int]) -> int | None:
    searched = pattern("deadlines", name)
    return next((i for i, title in enumerate(titles) if i not in taken and searched.search(title)), None)


def _columns(grid: Grid) -> _Columns | None:
    width = len(grid.rows[0].cells) if grid.rows else 0
    header = grid.rows[: grid.header_rows]
    titles = [fold_signs(" ".join(plain(row.cells[i]) for row in header)).strip() for i in range(width)]
    time = _column(titles, "time_column", set())
    if time is None:
        return None
    partners = {i for i, title in enumerate(titles) if pattern("deadlines", "partner_column").search(title)}
    leads = {i for i, title in enumerate(titles) if pattern("deadlines", "lead_column").search(title)}
    task = _column(titles, "task_column", partners | {time})
    if task is None or (task in leads and len(titles) > 2 and task != 1):
        task = next((i for i in range(1, width) if i not in partners | leads | {time}), None)
    lead = _column(titles, "lead_column", partners | {time} | ({task} if task is not None else set()))
    return None if task is None else _Columns(time, task, lead, plain(header[-1].cells[time]) if header else "")


def _passage(row: GridRow) -> Passage:
    return Passage.of_lines(row.lines)


def read_table(grid: Grid, year: int | None) -> Iterator[TableTerm]:
    """The terms of a table's rows; a table without a column of terms gives none."""
    columns = _columns(grid)
    if columns is None:
        return
    for row in grid.rows[grid.header_rows :]:
        what = plain(row.cells[columns.task])
        if not what:
            continue
        body = plain(row.cells[columns.lead]) if columns.lead is not None else ""
        # what the column is called bounds its dates: `Thời hạn hoàn thành: 15/3/2026`
        terms = find_terms(f"{columns.label}: {plain(row.cells[columns.time])}", year)
        for term in terms:
            if not (term.first or term.last or term.recurrence) and term.possible:
                continue
            yield TableTerm(what, body or None, term, _passage(row))
