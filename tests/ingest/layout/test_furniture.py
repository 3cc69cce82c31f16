"""Page numbers, running heads and footnotes are told from the body; values are not."""

from __future__ import annotations

from kehoach.ingest.layout.furniture import mark_footnotes, mark_page_numbers, mark_running_heads
from kehoach.ingest.values import Box, Line, Word

HEIGHT = 800.0


def line(text: str, top: float, x: float = 60.0, height: float = 12.0) -> Line:
    box = Box(x, top, x + 6 * len(text), top + height)
    return Line(0, 1, text, box, (Word(text, box),))


def zones(pages: list[list[Line]]) -> list[list[str]]:
    return [[found.zone for found in lines] for lines in mark_page_numbers(pages, [HEIGHT] * len(pages))]


def test_the_number_of_its_page_is_furniture() -> None:
    pages = [[line("Kế hoạch", 100)], [line("2", 30, 300), line("Mục tiêu", 100)]]
    assert zones(pages) == [["body"], ["furniture", "body"]]


def test_numbers_that_run_on_are_furniture_whatever_they_begin_with() -> None:
    pages = [[line(str(17 + k), 30, 300), line("Mục tiêu", 100)] for k in range(3)]
    assert [lines[0] for lines in zones(pages)] == ["furniture"] * 3


def test_a_year_at_the_top_of_a_page_is_text() -> None:
    pages = [[line("phát triển kinh tế năm", 700)], [line("2024.", 40), line("Các thôn thực hiện", 100)]]
    assert zones(pages)[1][0] == "body"


def test_a_number_in_the_middle_of_a_page_is_text() -> None:
    assert zones([[line("Mục tiêu", 100), line("1", 400)]]) == [["body", "body"]]


def test_what_repeats_at_the_edge_of_most_pages_is_a_running_head() -> None:
    pages = [[line(f"Kế hoạch số 5, trang {k}", 20), line(f"nội dung {k}", 300)] for k in range(1, 5)]
    marked = mark_running_heads(pages, [HEIGHT] * 4)
    assert [[found.zone for found in lines] for lines in marked] == [["furniture", "body"]] * 4


def test_small_lines_below_a_short_rule_are_footnotes() -> None:
    lines = [line("Các thôn thực hiện", 100), line("nhiệm vụ được giao", 120), line("1 Nghị quyết", 700, height=9)]
    marked = mark_footnotes(lines, [Box(60, 690, 200, 690)], 600.0, HEIGHT)
    assert [found.zone for found in marked] == ["body", "body", "footnote"]


def test_a_signature_below_a_rule_is_no_footnote() -> None:
    lines = [line("Các thôn thực hiện", 100), line("CHỦ TỊCH", 700)]
    assert [f.zone for f in mark_footnotes(lines, [Box(60, 690, 200, 690)], 600.0, HEIGHT)] == ["body", "body"]
