"""Ruling lines into a grid of cells: the same for lines drawn in a PDF and lines found in a scan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..values import Box

_SNAP = 3.5  # points: lines nearer than this are one
_REACH = 4.0  # points: how far a line may miss another that it meets
_OVERHANG = 14.0  # points: a line reaching so far past the outermost crossing line has an open side there
_COVER = 0.6  # share of a cell's side that must be drawn


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line: `at` on one axis, from `start` to `end` on the other."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, merged cells as one: its box, and the rows and columns that it spans (end excluded)."""

    box: Box
    row: int
    row_end: int
    column: int
    column_end: int


@dataclass(frozen=True, slots=True)
class CellGrid:
    """A printed table (or its part on one page): its box, upright and level lines, cells in row order."""

    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Lines snapped to common positions, touching pieces joined."""
    ordered = sorted(rules, key=lambda r: (r.at, r.start, r.end))
    groups: list[list[Rule]] = []
    for rule in ordered:
        if groups and rule.at - groups[-1][-1].at <= _SNAP and rule.at - groups[-1][0].at <= 2 * _SNAP:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    found: list[Rule] = []
    for group in groups:
        at = sum(r.at for r in group) / len(group)
        pieces = sorted(group, key=lambda r: (r.start, r.end))
        current = replace(pieces[0], at=at)
        for piece in pieces[1:]:
            if piece.start <= current.end + _REACH:
                current = replace(current, end=max(current.end, piece.end))
            else:
                found.append(current)
                current = replace(piece, at=at)
        found.append(current)
    return found


def _split(rules: Iterable[Box]) -> tuple[list[Rule], list[Rule]]:
    level: list[Rule] = []
    upright: list[Rule] = []
    for box in rules:
        if box.x1 - box.x0 >= box.bottom - box.top:
            level.append(Rule((box.top + box.bottom) / 2, box.x0, box.x1))
        else:
            upright.append(Rule((box.x0 + box.x1) / 2, box.top, box.bottom))
    return _merged(level), _merged(upright)


def _meet(level: Rule, upright: Rule) -> bool:
    across = level.start - _REACH <= upright.at <= level.end + _REACH
    return across and upright.start - _REACH <= level.at <= upright.end + _REACH


class _Union:
    """Which items belong together."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def find(self, item: int) -> int:
        """The first item of the set that holds `item`."""
        while self._parents[item] != item:
            self._parents[item] = self._parents[self._parents[item]]
            item = self._parents[item]
        return item

    def join(self, a: int, b: int) -> None:
        """Make two sets one."""
        first, second = sorted((self.find(a), self.find(b)))
        self._parents[second] = first


def _components(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    union = _Union(len(level) + len(upright))
    for i, h in enumerate(level):
        for j, v in enumerate(upright):
            if _meet(h, v):
                union.join(i, len(level) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(level):
        groups.setdefault(union.find(i), ([], []))[0].append(h)
    for j, v in enumerate(upright):
        groups.setdefault(union.find(len(level) + j), ([], []))[1].append(v)
    return list(groups.values())


def _positions(along: list[Rule], across: list[Rule]) -> list[float]:
    """Positions of the lines `along`, with the open sides that the lines `across` reach out to."""
    found = sorted({round(rule.at, 2) for rule in along})
    if across and found:
        low, high = min(r.start for r in across), max(r.end for r in across)
        if found[0] - low > _OVERHANG:
            found.insert(0, round(low, 2))
        if high - found[-1] > _OVERHANG:
            found.append(round(high, 2))
    return found


def _drawn(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Whether enough of a cell's side is drawn."""
    covered = sum(max(0.0, min(r.end, end) - max(r.start, start)) for r in rules if abs(r.at - at) < _SNAP)
    return covered >= _COVER * (end - start)


def _grid(level: list[Rule], upright: list[Rule]) -> CellGrid | None:
    xs, ys = _positions(upright, level), _positions(level, upright)
    if len(xs) < 3 or len(ys) < 2:
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    union = _Union(rows * columns)
    for i in range(rows):
        for j in range(columns):
            if j + 1 < columns and not _drawn(upright, xs[j + 1], ys[i], ys[i + 1]):
                union.join(i * columns + j, i * columns + j + 1)
            if i + 1 < rows and not _drawn(level, ys[i + 1], xs[j], xs[j + 1]):
                union.join(i * columns + j, (i + 1) * columns + j)
    members: dict[int, list[tuple[int, int]]] = {}
    for at in range(rows * columns):
        members.setdefault(union.find(at), []).append(divmod(at, columns))
    cells = []
    for group in members.values():
        top, bottom = min(i for i, _ in group), max(i for i, _ in group) + 1
        left, right = min(j for _, j in group), max(j for _, j in group) + 1
        cells.append(Cell(Box(xs[left], ys[top], xs[right], ys[bottom]), top, bottom, left, right))
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    return CellGrid(box, tuple(xs), tuple(ys), tuple(cells)) if len(cells) > 1 else None


def find_grids(rules: Iterable[Box]) -> list[CellGrid]:
    """Tables drawn by ruling lines (thin boxes), from the top down; at least two columns each.

    A single line, a frame around text and a line under a heading are no tables.
    """
    level, upright = _split(rules)
    grids = [grid for h, v in _components(level, upright) if h and v and (grid := _grid(h, v)) is not None]
    return sorted(grids, key=lambda grid: (grid.box.top, grid.box.x0))
