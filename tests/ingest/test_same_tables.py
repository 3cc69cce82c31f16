"""The same plan as tab text, Markdown, Word file and HTML page gives the same lines."""

from __future__ import annotations

import io

import docx
import pytest
from kehoach.ingest.ocr.engine import RecordedEngine
from kehoach.ingest.options import Options
from kehoach.ingest.pages import read_document
from kehoach.ingest.readers.media import DOCX, HTML, MARKDOWN, PLAIN
from kehoach.ingest.tables.join import grids
from kehoach.ingest.values import ReadDocument

TITLE = "KẾ HOẠCH trồng cây năm 2031"
ROWS = (("TT", "Chỉ tiêu", "ĐVT", "KH"), ("1", "Lúa <vụ xuân>", "ha", "1.250"), ("2", "Ngô", "%", ""))
END = "Giao các thôn thực hiện."


def tabs() -> bytes:
    return "\n".join([TITLE, *("\t".join(row) for row in ROWS), END]).encode()


def pipes() -> bytes:
    head, *rows = ("| " + " | ".join(row) + " |" for row in ROWS)
    return "\n".join([TITLE, head, "| --- | --- | --- | ---: |", *rows, END]).encode()


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(0, 4, "Table Grid")
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph(END)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def web() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell.replace('<', '&lt;')}</td>" for cell in row) for row in ROWS)
    return f"<html><p>{TITLE}</p><table border=1>{rows}</table><p>{END}</p></html>".encode()


KINDS = [
    ("plan.txt", tabs(), PLAIN),
    ("plan.md", pipes(), MARKDOWN),
    ("plan.docx", word(), DOCX),
    ("a.html", web(), HTML),
]


def read(name: str, data: bytes) -> ReadDocument:
    return read_document(data, name, Options(), RecordedEngine())


@pytest.mark.parametrize(("name", "data", "kind"), KINDS)
def test_every_kind_gives_the_same_rows_and_text(name: str, data: bytes, kind: str) -> None:
    document = read(name, data)
    shown = [(line.text, line.zone, line.cells, line.table) for line in document.lines if line.text]
    assert document.media_type == kind
    assert shown == [
        (TITLE, "body", None, None),
        *(("\t".join(row), "table", row, 1) for row in ROWS),
        (END, "body", None, None),
    ]
    assert [line.number for line in document.lines] == list(range(1, len(document.lines) + 1))
    (grid,) = grids(document.lines)
    assert (grid.header_rows, grid.rows[1].cells) == (1, ("1", "Lúa <vụ xuân>", "ha", "1.250"))


@pytest.mark.parametrize(("name", "data", "kind"), KINDS)
def test_files_without_pages_are_one_page_of_plain_text(name: str, data: bytes, kind: str) -> None:
    document = read(name, data)
    assert [(page.page, page.method, page.error) for page in document.pages] == [(1, "plain_text", None)]
    assert 0.0 < document.pages[0].quality <= 1.0
    assert document == read(name, data)
    assert kind == document.media_type
