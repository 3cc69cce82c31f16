"""Parts of a table on several pages become one table."""

from __future__ import annotations

from kehoach.ingest.tables.join import across_pages, grids
from kehoach.ingest.values import Line

HEAD = ("TT", "Chỉ tiêu", "ĐVT", "Mục tiêu")


def rows(*cells: tuple[str, ...], page: int | None = 1, table: int = 1, first: int = 1) -> list[Line]:
    return [Line(first + k, page, "\t".join(c), zone="table", cells=c, table=table) for k, c in enumerate(cells)]


def cells_of(lines: list[Line]) -> list[tuple[str, ...]]:
    (grid,) = grids(lines)
    return [row.cells for row in grid.rows]


def test_a_repeated_header_vanishes() -> None:
    lines = rows(HEAD, ("1", "Trồng cây", "Cây", "500")) + rows(HEAD, ("2", "Thu phí", "%", "90"), page=2, table=2)
    assert cells_of(lines) == [HEAD, ("1", "Trồng cây", "Cây", "500"), ("2", "Thu phí", "%", "90")]


def test_a_part_without_header_goes_on_with_the_table() -> None:
    lines = rows(HEAD, ("1", "Trồng cây", "Cây", "500")) + rows(("2", "Thu phí", "%", "90"), page=2, table=2)
    assert len(cells_of(lines)) == 3


def test_a_row_cut_by_the_page_break_is_joined_and_covers_both_lines() -> None:
    lines = rows(HEAD, ("1", "Trồng cây phân", "Cây", "500"))
    lines += rows(HEAD, ("", "tán quanh trường", "", ""), ("2", "Thu phí", "%", "90"), page=2, table=2, first=3)
    (grid,) = grids(lines)
    assert grid.rows[1].cells == ("1", "Trồng cây phân tán quanh trường", "Cây", "500")
    assert [line.number for line in grid.rows[1].lines] == [2, 4]


def test_a_heading_row_at_the_top_of_a_page_is_not_joined_to_the_row_above() -> None:
    lines = rows(HEAD, ("1", "Trồng cây", "Cây", "500"))
    lines += rows(("", "Văn hóa - xã hội", "", ""), ("2", "Thu phí", "%", "90"), page=2, table=2)
    assert ("", "Văn hóa - xã hội", "", "") in cells_of(lines)


def test_a_row_with_a_second_value_is_never_joined() -> None:
    lines = rows(HEAD, ("1", "Trồng cây", "Cây", "500")) + rows(("", "tại thôn", "Cây", "70"), page=2, table=2)
    assert cells_of(lines)[-1] == ("", "tại thôn", "Cây", "70")


def test_text_between_parts_keeps_tables_apart() -> None:
    lines = rows(HEAD, ("1", "Trồng cây", "Cây", "500"))
    lines.append(Line(3, 1, "Các thôn thực hiện:"))
    lines += rows(HEAD, ("1", "Thu phí", "%", "90"), table=2)
    assert len(grids(lines)) == 2


def test_a_header_over_two_rows_is_header() -> None:
    lines = rows(("TT", "Chỉ tiêu", "Năm nay", ""), ("", "", "Kế hoạch", "Thực hiện"), ("1", "Trồng cây", "500", "450"))
    (grid,) = grids(lines)
    assert grid.header_rows == 2


def test_a_table_that_begins_with_data_has_no_header() -> None:
    (grid,) = grids(rows(("1", "Trồng cây", "Cây", "500"), ("2", "Thu phí", "%", "90")))
    assert grid.header_rows == 0


def test_markup_and_short_rows_are_evened_out() -> None:
    (grid,) = grids(rows(HEAD, ("<b>1</b>", "**Trồng cây**")))
    assert grid.rows[1].cells == ("1", "Trồng cây", "", "")


def test_lines_of_pages_lose_the_repeated_header_and_the_cut() -> None:
    lines = rows(HEAD, ("1", "Trồng cây phân", "Cây", "500"))
    lines += rows(HEAD, ("", "tán quanh trường", "", ""), page=2, table=2, first=3)
    kept = across_pages(lines)
    assert [line.cells for line in kept] == [HEAD, ("1", "Trồng cây phân tán quanh trường", "Cây", "500")]
