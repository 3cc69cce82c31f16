"""What may be taken for furniture and what may not: a figure of the text is never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.layout.furniture import mark_footnotes, mark_page_numbers, mark_running_heads
from kehoach.ingest.values import Box, Line, Word, Zone

HEIGHT, WIDTH = 842.0, 595.0


def line(text: str, top: float, x: float = 70.0, size: float = 12.0, cells: tuple[str, ...] | None = None) -> Line:
    box = Box(x, top, x + 5 * len(text), top + size)
    zone: Zone = "body" if cells is None else "table"
    return Line(0, 1, text, box, (Word(text, box),), zone, cells)


def numbered(*pages: list[Line]) -> list[list[str]]:
    """Texts that are taken for page numbers, page by page."""
    marked = mark_page_numbers(pages, [HEIGHT] * len(pages))
    return [[found.text for found in lines if found.zone == "furniture"] for lines in marked]


@pytest.mark.parametrize("text", ["2", "- 2 -", "Trang 2/5", "2.", "[2]"])
@pytest.mark.parametrize("top", [20.0, 810.0])
def test_the_number_of_the_page_is_furniture_at_either_edge(text: str, top: float) -> None:
    body = [line("Trồng cây", 100), line("Thu phí", 700)]
    second = [line(text, top, 290), *body] if top < 100 else [*body, line(text, top, 290)]
    assert numbered(body, second) == [[], [text]]


@pytest.mark.parametrize(
    ("text", "top"), [("7", 20.0), ("2031", 20.0), ("1.250", 810.0), ("2", 90.0), ("2. Yêu cầu", 20.0), ("2 ha", 20.0)]
)
def test_other_numbers_stay(text: str, top: float) -> None:
    assert numbered([line("Trồng cây", 100)], [line(text, top), line("Thu phí", 400)])[1] == []


def test_a_number_beside_other_words_stays() -> None:
    assert numbered([line("a", 100)], [line("2", 20, 290), line("ngày 5", 22, 400), line("b", 300)])[1] == []


def test_a_number_that_another_line_barely_touches_stands_alone() -> None:
    assert numbered([line("a", 100)], [line("2", 20, 290), line("ngày 5", 31, 70), line("b", 300)])[1] == ["2"]


def test_a_number_below_the_first_line_stays() -> None:
    assert numbered([line("a", 100)], [line("Thu phí", 10), line("2", 40), line("b", 300)])[1] == []


def test_a_row_of_a_table_is_no_page_number() -> None:
    assert numbered([line("a", 100)], [line("2", 20, cells=("2", "")), line("b", 300)])[1] == []


def test_a_line_without_a_box_is_body() -> None:
    assert numbered([Line(0, 1, "1")]) == [[]]


@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from(["12", "1.417", "2", "Thu phí 5%", "- 3 -"]), st.integers(0, 82)), max_size=6
        ),
        max_size=5,
    )
)
def test_a_page_loses_one_line_at_most_and_never_one_from_its_middle(drawn: list[list[tuple[str, int]]]) -> None:
    pages = [[line(text, 10.0 * top) for text, top in texts] for texts in drawn]
    marked = mark_page_numbers(pages, [HEIGHT] * len(pages))
    for before, after in zip(pages, marked, strict=True):
        assert [found.text for found in before] == [found.text for found in after]
        lost = [found.box for found in after if found.zone == "furniture" and found.box]
        assert len(lost) <= 1
        assert all(box.bottom < 0.09 * HEIGHT or box.top > 0.91 * HEIGHT for box in lost)


def heads(*texts: str, top: float = 20.0) -> list[str]:
    pages = [[line(text, top), line("Trồng cây", 300)] for text in texts]
    return [lines[0].zone for lines in mark_running_heads(pages, [HEIGHT] * len(pages))]


def test_a_running_head_repeats_on_most_pages() -> None:
    head = "Chương trình phát triển rừng"
    assert heads(head, head) == ["body"] * 2
    assert heads(head, head, head) == ["furniture"] * 3
    assert heads("KẾ HOẠCH", head, head, head) == ["body", "furniture", "furniture", "furniture"]
    assert heads(head, "a", head, "b", head, "c", "d") == ["body"] * 7


def test_what_repeats_in_the_middle_of_pages_is_text() -> None:
    assert heads("Chủ trì: thôn Bãi", "Chủ trì: thôn Bãi", "Chủ trì: thôn Bãi", top=200) == ["body"] * 3


def test_rows_of_a_table_are_no_running_heads() -> None:
    pages = [[line("TT\tChỉ tiêu", 20, cells=("TT", "Chỉ tiêu"))] for _ in range(4)]
    assert all(lines[0].zone == "table" for lines in mark_running_heads(pages, [HEIGHT] * 4))


def notes(rule: Box, *below: Line) -> list[str]:
    body = [line("Các thôn trồng cây", 100), line("ven đường", 120), line("mười hai hàng", 140), line("cây", 160)]
    marked = mark_footnotes([*body, *below], [rule], WIDTH, HEIGHT)
    return [found.zone for found in marked[len(body) :]]


SMALL = line("1 Theo báo cáo của thôn", 720, size=9)
RULE = Box(70, 710, 210, 710.5)


def test_a_footnote_may_have_more_lines() -> None:
    assert notes(RULE, SMALL, line("năm trước", 732, size=9)) == ["footnote", "footnote"]


@pytest.mark.parametrize(
    "rule",
    [Box(70, 710, 110, 710.5), Box(70, 710, 520, 710.5), Box(70, 300, 210, 300.5), Box(70, 710, 210, 716)],
)
def test_too_short_too_long_too_high_and_too_thick_rules_part_no_footnotes(rule: Box) -> None:
    assert notes(rule, SMALL) == ["body"]


def test_text_below_a_rule_that_is_as_large_or_has_no_mark_is_body() -> None:
    assert notes(RULE, line("1 Theo báo cáo của thôn", 720, size=12)) == ["body"]
    assert notes(RULE, line("Theo báo cáo của thôn", 720, size=9)) == ["body"]
    assert notes(RULE, line("1 Theo báo cáo của thôn", 705, size=9)) == ["body"]
    assert notes(RULE, SMALL, line("CHỦ TỊCH", 740, size=13)) == ["body", "body"]


def test_a_page_without_words_has_no_footnotes() -> None:
    assert mark_footnotes([], [RULE], WIDTH, HEIGHT) == []


def test_on_scans_a_footnote_that_lost_its_mark_is_told_by_the_rule_at_its_margin() -> None:
    body = [line("dòng chữ của thân trang", 100 + 20 * k) for k in range(20)]
    note = line("Theo báo cáo của năm trước", 720, size=9)
    rule = RULE._replace(x0=70.0)
    marked = mark_footnotes([*body, note], [rule], WIDTH, HEIGHT, scanned=True)
    assert marked[-1].zone == "footnote"
    beside = mark_footnotes([*body, note], [rule._replace(x0=150.0)], WIDTH, HEIGHT, scanned=True)
    assert beside[-1].zone == "body"
