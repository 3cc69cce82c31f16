"""Award tiers in tables: a column of prizes or forms, with columns of numbers, sums and recipients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...dictionaries import pattern
from ...schemas.values import AwardForm, Decimal
from ..text.normalize import fold_signs, plain
from ..text.quantities import find_quantities
from ..values import Grid, Passage
from .award_forms import opens_with_form
from .award_prizes import find_prizes


@dataclass(frozen=True, slots=True)
class TableTier:
    """A row's prize or form."""

    name: str
    form: AwardForm
    rank: int | None
    authority: str | None
    quantity: int | None
    amount: Decimal | None
    recipient: str | None
    passage: Passage


def _titles(grid: Grid) -> list[str]:
    header = grid.rows[: max(1, grid.header_rows)]
    width = len(grid.rows[0].cells) if grid.rows else 0
    return [fold_signs(" ".join(plain(row.cells[i]) for row in header)) for i in range(width)]


def _column(titles: list[str], name: str) -> int | None:
    searched = pattern("awards", name)
    return next((i for i, title in enumerate(titles) if searched.search(title)), None)


def _cell(cells: tuple[str, ...], column: int | None) -> str:
    return plain(cells[column]) if column is not None else ""


def _amount(cell: str, title: str) -> Decimal | None:
    found = next(iter(find_quantities(cell)), None)
    if found is None:
        return None
    if found.vnd is not None:
        return found.vnd
    scale = 1_000_000 if "trieu" in title else 1_000 if "nghin" in title or "ngan" in title else 1
    value = found.value * scale
    return int(value) if value == int(value) else value


def _count(cell: str) -> int | None:
    found = next(iter(find_quantities(cell)), None)
    return int(found.value) if found is not None and found.value == int(found.value) and found.vnd is None else None


def read_table(grid: Grid) -> Iterator[TableTier]:
    """The tiers of a table with a column of prizes or forms and a column of sums; another table gives none."""
    titles = _titles(grid)
    name, total = _column(titles, "award_column"), _column(titles, "sum_column")
    if name is None or total is None or name == total:
        return
    count, whom = _column(titles, "count_column"), _column(titles, "whom_column")
    for row in grid.rows[grid.header_rows :]:
        text = _cell(row.cells, name)
        amount, number = _amount(_cell(row.cells, total), titles[total]), _count(_cell(row.cells, count))
        recipient = _cell(row.cells, whom) or None if whom != name else None
        passage = Passage.of_lines(row.lines)
        prize, form = next(iter(find_prizes(text)), None), opens_with_form(text)
        if form is not None:
            yield TableTier(form.name, form.form, None, form.authority, number, amount, recipient, passage)
        elif prize is not None:
            yield TableTier(
                prize.name, "giai_thuong", prize.rank, None, number or prize.quantity, amount, recipient, passage
            )
