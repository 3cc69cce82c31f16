"""HTML pages as a browser shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.readers.blocks import Paragraph, Table, lines_of_blocks
from kehoach.ingest.readers.html import read_html

PIECES = "<table> </table> <tr> <td_colspan=3> <td_rowspan=2> </td> a <p> <ol> </ul> <li> <table_border=1>"


def texts(html: str) -> list[str]:
    return [line.text for line in lines_of_blocks(read_html(html.encode()))]


def cells(html: str) -> list[tuple[str, ...] | None]:
    return [line.cells for line in lines_of_blocks(read_html(html.encode()))]


def test_paragraphs_breaks_and_headings_end_lines() -> None:
    assert texts("<h1>KẾ HOẠCH</h1>Trồng <b>cây</b>\n xanh<br>năm 2031<p>Một<div>Hai</div>") == [
        "KẾ HOẠCH",
        "Trồng cây xanh",
        "năm 2031",
        "Một",
        "Hai",
    ]


def test_scripts_styles_and_head_are_not_shown() -> None:
    html = "<head><title>x</title></head><style>p{}</style><script>var a = '<p>b</p>'</script><p>Cây</p>"
    assert texts(html) == ["Cây"]


def test_entities_and_wide_blanks_are_decoded() -> None:
    assert texts("<p>Tỷ lệ &ge;&nbsp;90&#37; &lt;Lúa&gt;</p>") == ["Tỷ lệ ≥ 90% <Lúa>"]


def test_lists_keep_their_numbers_and_bullets() -> None:
    html = "<ol start=3><li>Một<ul><li>Con</ul><li>Hai</ol><ul><li>Ba</ul><ol><li>Bốn</ol>"
    assert texts(html) == ["3. Một", "- Con", "4. Hai", "- Ba", "1. Bốn"]


def test_a_ruled_table_gives_rows_of_cells() -> None:
    html = "<table border=1><tr><th>TT<th>Chỉ tiêu<th>KH<tr><td>1<td><p>Lúa<p>vụ xuân<td>12</table>"
    assert cells(html) == [("TT", "Chỉ tiêu", "KH"), ("1", "Lúa vụ xuân", "12")]


def test_merged_cells_stand_in_their_first_place() -> None:
    html = (
        "<table border=1><tr><td rowspan=2>TT<td colspan=2>Kế hoạch<tr><td>2030<td>2031<tr><td>1<td>5<td>6</table><p>x"
    )
    assert cells(html)[:3] == [("TT", "Kế hoạch", ""), ("", "2030", "2031"), ("1", "5", "6")]


def test_short_rows_are_filled_up_and_empty_ones_left_out() -> None:
    html = "<table border=1><tr><td>1<td>Lúa<td>12<tr><td><td><td><tr><td>2<td>Ngô</table>"
    assert cells(html) == [("1", "Lúa", "12"), ("2", "Ngô", "")]


@pytest.mark.parametrize("attributes", ["border=0", "", 'style="border: none"'])
def test_a_table_without_lines_only_sets_apart(attributes: str) -> None:
    html = f"<table {attributes}><tr><td>UBND XÃ<br>Số: 5/KH<td>CỘNG HÒA<br>Đồng Vọng, ngày 5 tháng 2 năm 2031</table>"
    assert texts(html) == ["UBND XÃ", "CỘNG HÒA", "Số: 5/KH", "Đồng Vọng, ngày 5 tháng 2 năm 2031"]
    assert cells(html) == [None] * 4


def test_lines_drawn_by_style_make_a_table() -> None:
    html = '<table><tr><td style="border: 1px solid">1<td>Lúa</table>'
    assert cells(html) == [("1", "Lúa")]


def test_a_table_inside_a_cell_is_its_text() -> None:
    inner = "<table border=1><tr><td>a<td>b</table>"
    assert cells(f"<table border=1><tr><td>1<td>{inner}<td>2</table>") == [("1", "a b", "2")]


def test_an_unclosed_table_is_not_lost() -> None:
    assert read_html(b"<table border=1><tr><td>1<td>Lua") == [Table(((("1",), ("Lua",)),), True)]


def test_the_stated_charset_is_used_and_a_wrong_one_is_not() -> None:
    page = '<meta charset="{}"><p>Đồng Vọng</p>'
    assert read_html(page.format("utf-16-le").encode()) == [Paragraph("Đồng Vọng")]
    assert read_html(page.format("unheard-of").encode()) == [Paragraph("Đồng Vọng")]
    assert read_html(b'<meta charset="windows-1252"><p>caf\xe9 \x96 5</p>') == [Paragraph("café – 5")]


@given(st.lists(st.sampled_from(PIECES.split()), max_size=14))
def test_broken_markup_gives_rows_of_equal_width(parts: list[str]) -> None:
    lines = lines_of_blocks(read_html("".join(parts).replace("_", " ").encode()))
    widths: dict[int, set[int]] = {}
    for line in lines:
        if line.cells is not None and line.table is not None:
            widths.setdefault(line.table, set()).add(len(line.cells))
    assert all(len(found) == 1 for found in widths.values())
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
