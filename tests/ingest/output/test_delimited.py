"""CSV that Excel shows and does not calculate; JSON that any program reads."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.output.columns import Column
from kehoach.ingest.output.delimited import write_csv, write_json, write_jsonl

COLUMNS = (Column("file", "text"), Column("name", "text"), Column("value", "number"))


def csv_text(*rows: tuple[str | float | None, ...], excel_vi: bool = False) -> str:
    stream = io.BytesIO()
    write_csv(stream, COLUMNS, rows, excel_vi=excel_vi)
    return stream.getvalue().decode("utf-8")


def test_csv_begins_with_a_byte_order_mark_and_the_names() -> None:
    assert csv_text() == "\ufefffile,name,value\r\n"


def test_numbers_are_numbers_and_nothing_is_empty() -> None:
    assert csv_text(("a.pdf", None, 1250.5), ("a.pdf", "Đạt", 3.0)).splitlines()[1:] == ["a.pdf,,1250.5", "a.pdf,Đạt,3"]


def test_vietnamese_excel_gets_semicolons_and_decimal_commas() -> None:
    assert csv_text(("a.pdf", "x,y", -1250.5), excel_vi=True).splitlines()[1] == "a.pdf;x,y;-1250,5"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])))
def test_no_text_is_a_formula_and_all_text_comes_back(text: str) -> None:
    content = csv_text(("a.pdf", text, 1))
    cell = list(csv.reader(io.StringIO(content, newline="")))[1][1]
    assert cell in (text, "'" + text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_json_and_json_lines_hold_the_same_rows() -> None:
    rows = [("a.pdf", "- Đạt", 1.5), ("b.pdf", None, None)]
    array, lines = io.BytesIO(), io.BytesIO()
    write_json(array, COLUMNS, rows)
    write_jsonl(lines, COLUMNS, rows)
    expected = [
        {"file": "a.pdf", "name": "- Đạt", "value": 1.5},
        {"file": "b.pdf", "name": None, "value": None},
    ]
    assert json.loads(array.getvalue()) == expected
    assert [json.loads(line) for line in lines.getvalue().splitlines()] == expected


def test_json_without_rows_is_an_empty_list() -> None:
    stream = io.BytesIO()
    write_json(stream, COLUMNS, [])
    assert json.loads(stream.getvalue()) == []
