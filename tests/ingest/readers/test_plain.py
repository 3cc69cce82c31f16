"""Plain text and Markdown: physical lines one for one, tables as rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.readers.plain import lines_of_text, looks_markdown, read_plain

ROWS = [("TT", "Chỉ tiêu", "Giá trị"), ("1", "Lúa", "12"), ("2", "Ngô", "")]


def rows_of(text: str) -> list[tuple[str, ...] | None]:
    return [line.cells for line in lines_of_text(text)]


@given(st.lists(st.text(alphabet=st.sampled_from("ab ế|\t-1:.*#"), max_size=10), max_size=12))
def test_lines_are_numbered_one_for_one(texts: list[str]) -> None:
    lines = lines_of_text("".join(f"{text}\n" for text in texts))
    assert [line.number for line in lines] == list(range(1, len(texts) + 1))
    assert all(line.text == "\t".join(line.cells) for line in lines if line.cells is not None)
    assert all((line.zone == "table") == (line.cells is not None) == (line.table is not None) for line in lines)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_parts_lines(end: str) -> None:
    assert [line.text for line in lines_of_text(f"một{end}{end}hai ")] == ["một", "", "hai"]


def test_decomposed_letters_and_form_feeds_are_cleaned() -> None:
    assert [line.text for line in lines_of_text("\fKê\u0301 hoạch\u200b\n")] == ["Kế hoạch"]


def test_tab_and_pipe_tables_give_the_same_rows() -> None:
    tabs = "\n".join("\t".join(row) for row in ROWS)
    pipes = "\n".join("| " + " | ".join(row) + " |" for row in ROWS)
    assert rows_of(tabs) == rows_of(pipes) == ROWS
    assert [line.text for line in lines_of_text(pipes)] == ["\t".join(row) for row in ROWS]


def test_a_rule_of_a_markdown_table_is_an_empty_line_of_no_table() -> None:
    head, *body = lines_of_text("| TT | Chỉ tiêu | Giá trị |\n| --- | :--- | ---: |\n| 1 | Lúa | 12 |")
    assert (body[0].text, body[0].cells) == ("", None)
    assert head.table == body[1].table == 1


def test_an_escaped_pipe_belongs_to_its_cell() -> None:
    assert rows_of("| a \\| b | c | d |\n| 1 | 2 | 3 |")[0] == ("a | b", "c", "d")


def test_lone_lines_with_a_tab_or_pipes_are_no_table() -> None:
    assert rows_of("| một | hai\n| ba | bốn") == [None, None]
    assert rows_of("||\n||") == [None, None]
    assert rows_of("\tthụt vào\nSố: 12/KH\tĐồng Vọng, ngày 5\nmột | hai") == [None, None, None]


def test_two_lines_with_a_tab_are_a_table() -> None:
    assert rows_of("Lúa\t12\nNgô\t7") == [("Lúa", "12"), ("Ngô", "7")]


def test_text_between_parts_tables_and_blank_lines_do_not() -> None:
    row = "1\tLúa\t12"
    lines = lines_of_text("\n".join([row, "", row, "Đoạn văn", row]))
    assert [line.table for line in lines] == [1, None, 1, None, 2]


def test_a_row_that_begins_with_a_tab_has_an_empty_first_cell() -> None:
    assert rows_of("1\tLúa\t12\n\tvụ xuân\t")[1] == ("", "vụ xuân", "")


def test_bytes_are_read_in_their_encoding() -> None:
    assert [line.text for line in read_plain("Kế hoạch\r\nnăm 2031".encode("utf-16"))] == ["Kế hoạch", "năm 2031"]


def test_markdown_is_told_from_text() -> None:
    assert looks_markdown("# KẾ HOẠCH\n")
    assert looks_markdown("**Nơi nhận:**")
    assert not looks_markdown("* Đối với thôn\n3 * 4")
