"""Laws of joining tables: no figure is lost or doubled, rows have equal widths, lines keep their order."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.tables.join import across_pages, grids
from kehoach.ingest.values import Grid, Line

HEAD = ("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch")
ORDINALS = st.sampled_from(["1", "2", "-", "II", "", "a)"])
NAMES = st.sampled_from(["Trồng cây", "tán ven đường", "Thu phí", ""])
UNITS = st.sampled_from(["ha", "%", ""])
VALUES = st.sampled_from(["12", "1.417", "97,5", "Đạt", ""])
ROWS = st.one_of(st.just(HEAD), st.tuples(ORDINALS, NAMES, UNITS, VALUES))
PARTS = st.lists(st.lists(ROWS, min_size=1, max_size=4), max_size=4)
FIGURE = re.compile(r"\d[\d.,]*")


def document(parts: list[list[tuple[str, ...]]]) -> list[Line]:
    """Each part on a page of its own, after each other."""
    lines: list[Line] = []
    for page, part in enumerate(parts, 1):
        lines += [
            Line(len(lines) + at, page, "\t".join(cells), zone="table", cells=cells, table=page)
            for at, cells in enumerate(part, 1)
        ]
    return lines


def figures(texts: list[str]) -> Counter[str]:
    return Counter(found for text in texts for found in FIGURE.findall(text))


def text_of(found: tuple[Grid, ...]) -> list[str]:
    return [cell for grid in found for row in grid.rows for cell in row.cells]


@given(PARTS)
def test_no_figure_is_lost_or_doubled(parts: list[list[tuple[str, ...]]]) -> None:
    lines = document(parts)
    expected = figures([line.text for line in lines])
    assert figures(text_of(grids(lines))) == expected
    assert figures([line.text for line in across_pages(lines)]) == expected


@given(PARTS)
def test_rows_have_equal_widths_and_know_their_lines(parts: list[list[tuple[str, ...]]]) -> None:
    lines = document(parts)
    seen = [line.number for grid in grids(lines) for row in grid.rows for line in row.lines]
    assert seen == sorted(set(seen))
    for grid in grids(lines):
        assert {len(row.cells) for row in grid.rows} == {4}
        assert 0 <= grid.header_rows <= min(3, len(grid.rows))
        assert all(row.lines for row in grid.rows)


@given(PARTS)
def test_lines_stay_in_order_and_their_text_is_their_cells(parts: list[list[tuple[str, ...]]]) -> None:
    kept = across_pages(document(parts))
    assert [line.number for line in kept] == sorted({line.number for line in kept})
    assert all(line.cells is not None and line.text == "\t".join(line.cells) for line in kept)


def test_text_between_tables_is_left_alone() -> None:
    lines = [Line(1, 1, "Mở đầu"), *document([[HEAD, ("1", "Trồng cây", "ha", "12")]]), Line(9, 1, "Kết")]
    assert across_pages(lines) == lines


def test_a_header_of_two_rows_that_a_page_repeats_vanishes() -> None:
    head = [("TT", "Chỉ tiêu", "Năm 2031", ""), ("", "", "Kế hoạch", "Ước đạt")]
    lines = document([[*head, ("1", "Trồng cây", "12", "11")], [*head, ("2", "Thu phí", "90", "91")]])
    (grid,) = grids(lines)
    assert grid.header_rows == 2
    assert [row.cells[0] for row in grid.rows] == ["TT", "", "1", "2"]
    assert [line.number for line in across_pages(lines)] == [1, 2, 3, 6]


def test_a_row_of_column_numbers_is_header() -> None:
    (grid,) = grids(document([[HEAD, ("(1)", "(2)", "(3)", "(4)"), ("1", "Trồng cây", "ha", "12")]]))
    assert grid.header_rows == 2


def test_a_header_that_ocr_reads_a_little_differently_is_the_same() -> None:
    other = ("TT", "Chi tiêu", "ĐVT", "Kê hoach")
    (grid,) = grids(document([[HEAD, ("1", "Trồng cây", "ha", "12")], [other, ("2", "Thu phí", "%", "90")]]))
    assert [row.cells[0] for row in grid.rows] == ["TT", "1", "2"]


def test_a_table_with_another_header_is_another_table() -> None:
    other = ("TT", "Đơn vị", "Người chủ trì", "Thời gian")
    found = grids(document([[HEAD, ("1", "Trồng cây", "ha", "12")], [other, ("1", "Thôn Bãi", "Tổ ba", "tháng 5")]]))
    assert [grid.rows[0].cells for grid in found] == [HEAD, other]


def test_a_part_with_other_columns_is_another_table() -> None:
    lines = document([[HEAD, ("1", "Trồng cây", "ha", "12")], [("2", "Thu phí", "90")]])
    assert len(grids(lines)) == 2
    assert across_pages(lines) == lines


def test_a_cut_row_takes_the_rest_of_each_cell() -> None:
    lines = document([[HEAD, ("1", "Trồng cây", "", "")], [("", "ven đường", "ha", "12"), ("2", "Thu phí", "%", "90")]])
    whole = ("1", "Trồng cây ven đường", "ha", "12")
    (grid,) = grids(lines)
    assert [row.cells for row in grid.rows[1:]] == [whole, ("2", "Thu phí", "%", "90")]
    assert [line.number for line in grid.rows[1].lines] == [2, 3]
    assert [(line.cells, line.page) for line in across_pages(lines)][1:] == [
        (whole, 1),
        (("2", "Thu phí", "%", "90"), 2),
    ]


@pytest.mark.parametrize("second", [("", "ven đường", "", "7"), ("2", "ven đường", "", ""), ("", "Ven đường", "", "")])
def test_what_has_a_value_an_ordinal_or_a_capital_begins_a_row(second: tuple[str, ...]) -> None:
    lines = document([[HEAD, ("1", "Trồng cây", "ha", "12")], [second]])
    (grid,) = grids(lines)
    assert [row.cells for row in grid.rows[1:]] == [("1", "Trồng cây", "ha", "12"), second]
    assert across_pages(lines) == lines
