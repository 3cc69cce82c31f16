"""Cells of a column of units, alone without any neighbour that a language model could ask: known units or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ...dictionaries import entries, index, pattern
from ..text.normalize import fold
from ..values import Line


@cache
def _by_letters() -> dict[str, tuple[str, ...]]:
    """The units of each spelling without marks."""
    found: dict[str, list[str]] = {}
    for entry in entries("units"):
        for spelling in entry.spellings:
            found.setdefault(fold(spelling), []).append(spelling)
    return {key: tuple(dict.fromkeys(spellings)) for key, spellings in found.items()}


def _column(cells: Sequence[str]) -> int | None:
    """Which of the cells heads the units."""
    return next((k for k, cell in enumerate(cells) if pattern("targets", "column_unit").search(cell)), None)


def _mended(cell: str) -> str:
    """The one unit of these letters (`Tân` is `Tấn`); the cell itself where it is one already, or may be several."""
    if cell.lower() in index("units"):
        return cell
    known = _by_letters().get(fold(cell), ())
    if len(known) != 1:
        return cell
    return known[0].capitalize() if cell[:1].isupper() and known[0].islower() else known[0]


def mended_units(lines: Sequence[Line], texts: Sequence[str], read: Sequence[int]) -> list[str]:
    """The texts of the lines; units in the tables of lines (by number) that an engine has `read` get their marks."""
    result = list(texts)
    column, width = None, 0
    for number in read:
        line = lines[number]
        if line.cells is None:
            if line.zone == "body" and line.text.strip():
                column = None  # text parts two tables
            continue
        cells = texts[number].split("\t")
        headed = _column(cells)
        if headed is not None:
            column, width = headed, len(cells)
        elif column is not None and len(cells) == width:
            cells[column] = _mended(cells[column])
            result[number] = "\t".join(cells)
    return result
