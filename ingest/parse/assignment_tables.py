"""Assignments in tables: a column of tasks and one of the bodies in charge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...dictionaries import pattern
from ..text.normalize import fold_signs, plain
from ..values import Grid, Passage


@dataclass(frozen=True, slots=True)
class TableTask:
    """A row's body in charge and task."""

    body: str
    task: str
    passage: Passage


def read_table(grid: Grid) -> Iterator[TableTask]:
    """The tasks of a table's rows; none without both columns, nor for a row that names no body."""
    header = grid.rows[: grid.header_rows]
    width = len(grid.rows[0].cells) if header else 0
    titles = [fold_signs(" ".join(plain(row.cells[i]) for row in header)) for i in range(width)]

    def columns(name: str, taken: set[int]) -> set[int]:
        return {i for i, title in enumerate(titles) if i not in taken and pattern("deadlines", name).search(title)}

    other = columns("partner_column", set()) | columns("time_column", set())
    leads = columns("lead_column", other)
    tasks = columns("task_column", other | leads)
    if not leads or not tasks:
        return
    lead, task = min(leads), min(tasks)
    for row in grid.rows[grid.header_rows :]:
        body, text = plain(row.cells[lead]), plain(row.cells[task])
        if body and text:
            yield TableTask(body, text, Passage.of_lines(row.lines, "\n"))
