"""Cells filled with words; rows as lines."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.tables.rules import Cell, CellGrid, find_grids
from kehoach.ingest.tables.typed import cell_words, fill, table_lines
from kehoach.ingest.values import Box, Word


def word(text: str, x: float, top: float, height: float = 12.0) -> Word:
    return Word(text, Box(x, top, x + 6 * len(text), top + height))


def grid(xs: tuple[float, ...], ys: tuple[float, ...]) -> CellGrid:
    level = [Box(xs[0], y, xs[-1], y) for y in ys]
    (found,) = find_grids(level + [Box(x, ys[0], x, ys[-1]) for x in xs])
    return found


GRID = grid((50, 100, 300, 400), (100, 140, 180))


def rows(words: list[Word], table: CellGrid = GRID) -> list[tuple[str, ...] | None]:
    filled, _ = fill(table, words)
    return [line.cells for line in table_lines(table, filled, 3, 0)]


def test_words_stand_in_the_cell_of_their_middle() -> None:
    words = [
        word("1", 60, 110),
        word("Trồng", 110, 110),
        word("500", 292, 110),
        word("2", 60, 150),
        word("Thu", 96, 150),
    ]
    assert rows(words) == [("1", "Trồng", "500"), ("2", "Thu", "")]


def test_lines_of_a_cell_are_read_from_the_top() -> None:
    words = [word("tán", 110, 124), word("cây", 150, 111), word("Trồng", 110, 112)]
    assert rows(words) == [("", "Trồng cây tán", "")]


def test_low_marks_join_the_line_that_they_stand_in() -> None:
    words = [word("-", 110, 118, 2), word("xã", 120, 112), word("hội", 140, 112), word("năm", 110, 127)]
    assert [found.text for found in cell_words(words)] == ["-", "xã", "hội", "năm"]


@given(st.lists(st.tuples(st.integers(0, 45), st.integers(8, 20)), max_size=20))
def test_each_word_is_in_a_cell_or_left_over(places: list[tuple[int, int]]) -> None:
    words = [word(f"w{at}", 10.0 * x, 10.0 * y) for at, (x, y) in enumerate(places)]
    filled, left = fill(GRID, words)
    assert Counter([*left, *(found for _, inside in filled for found in inside)]) == Counter(words)
    box = GRID.box
    assert all(not (box.x0 < w.box.x0 < w.box.x1 < box.x1 and 100 < w.box.top < w.box.bottom < 180) for w in left)


def test_a_row_is_a_line_with_its_box_words_page_and_table() -> None:
    words = [word("1", 60, 110), word("2", 60, 150)]
    filled, _ = fill(GRID, words)
    first, second = table_lines(GRID, filled, 3, 7)
    assert (first.page, first.table, first.zone, first.text) == (3, 7, "table", "1\t\t")
    assert first.box == Box(50, 100, 400, 140)
    assert second.words == (words[1],)


def test_a_row_without_text_is_left_out() -> None:
    assert rows([word("2", 60, 150)]) == [("2", "", "")]


def test_a_merged_cell_stands_in_its_first_row_and_column() -> None:
    whole = Cell(Box(100, 100, 400, 180), 0, 2, 1, 3)
    sides = [Cell(Box(50, 100, 100, 140), 0, 1, 0, 1), Cell(Box(50, 140, 100, 180), 1, 2, 0, 1)]
    merged = CellGrid(GRID.box, GRID.xs, GRID.ys, (*sides, whole))
    words = [word("1", 60, 110), word("Chung", 200, 150), word("2", 60, 150)]
    assert rows(words, merged) == [("1", "Chung", ""), ("2", "", "")]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Triệu đồng/ng ười/năm", "Triệu đồng/người/năm"),
        ("Triệu đồng/ng ười/“năm", "Triệu đồng/người/năm"),
        ("tấn/h a", "tấn/ha"),
        ("Tạ/ha", "Tạ/ha"),
        ("trđ/ha", "trđ/ha"),
        ("kiốt/xã", "kiốt/xã"),
        ("thôn / bản", "thôn / bản"),
        ("đạt/ không đạt", "đạt/ không đạt"),
        ("02/5 xã", "02/5 xã"),
    ],
)
def test_a_unit_that_a_narrow_column_breaks_is_whole_again(words: str, text: str) -> None:
    cell = Cell(Box(0, 0, 50, 20), 0, 1, 0, 1)
    grid = CellGrid(cell.box, (0, 50), (0, 20), (cell,))
    (line,) = table_lines(grid, [(cell, [Word(word, cell.box) for word in words.split()])], 1, 0)
    assert line.cells == (text,)
