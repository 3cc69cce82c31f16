"""Ruling lines make cells; lines that make no table make none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.tables.rules import find_grids
from kehoach.ingest.values import Box


def level(y: float, x0: float, x1: float) -> Box:
    return Box(x0, y, x1, y)


def upright(x: float, y0: float, y1: float) -> Box:
    return Box(x, y0, x, y1)


def ruled(xs: list[float], ys: list[float]) -> list[Box]:
    return [level(y, xs[0], xs[-1]) for y in ys] + [upright(x, ys[0], ys[-1]) for x in xs]


def test_a_full_grid_has_a_cell_for_each_row_and_column() -> None:
    (grid,) = find_grids(ruled([50, 80, 300, 400], [100, 120, 150]))
    assert (len(grid.xs), len(grid.ys), len(grid.cells)) == (4, 3, 6)


def test_lines_in_pieces_are_one_line() -> None:
    pieces = [level(y, x, x + 51) for y in (100, 120, 140) for x in (50, 100, 150)]
    (grid,) = find_grids(pieces + [upright(x, 100, 140) for x in (50, 120, 200)])
    assert len(grid.cells) == 4


def test_a_missing_side_merges_its_cells() -> None:
    sides = [level(y, 50, 300) for y in (100, 120, 140)] + [upright(50, 100, 140), upright(300, 100, 140)]
    (grid,) = find_grids([*sides, upright(150, 120, 140)])
    heading = next(cell for cell in grid.cells if cell.row == 0)
    assert (heading.column, heading.column_end) == (0, 2)


def test_open_sides_are_closed_where_the_lines_reach_out() -> None:
    (grid,) = find_grids([level(y, 50, 400) for y in (100, 120, 140)] + [upright(x, 100, 140) for x in (150, 300)])
    assert grid.xs == (50, 150, 300, 400)


def test_a_line_under_a_heading_and_a_frame_are_no_tables() -> None:
    assert find_grids([level(100, 200, 300)]) == []
    assert find_grids(ruled([50, 500], [50, 700])) == []


def test_two_tables_on_a_page_come_from_the_top_down() -> None:
    grids = find_grids(ruled([50, 100, 200], [400, 420, 440]) + ruled([50, 100, 200], [100, 120, 140]))
    assert [grid.box.top for grid in grids] == [100, 400]


@given(st.integers(2, 6), st.integers(1, 8))
def test_cells_fill_the_table_without_overlap(columns: int, rows: int) -> None:
    (grid,) = find_grids(ruled([50.0 + 60 * k for k in range(columns + 1)], [100.0 + 20 * k for k in range(rows + 1)]))
    area = sum((c.box.x1 - c.box.x0) * (c.box.bottom - c.box.top) for c in grid.cells)
    assert len(grid.cells) == columns * rows
    assert abs(area - (grid.box.x1 - grid.box.x0) * (grid.box.bottom - grid.box.top)) < 1e-6
