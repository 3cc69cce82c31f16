"""The second opinion on ruling lines."""

from __future__ import annotations

import io

import pytest
from kehoach.ingest.readers.pdf_edges import edges_of_page
from reportlab.pdfgen.canvas import Canvas

SIZE = (595.0, 842.0)


def ruled_pdf(rotation: int = 0) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=SIZE)
    canvas.setPageRotation(rotation)
    for at in (100, 200, 300):
        canvas.line(50, 842 - at, 500, 842 - at)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_ruling_lines_are_found_from_the_top() -> None:
    tops = sorted(round(box.top) for box in edges_of_page(ruled_pdf(), 1, SIZE))
    assert tops == [100, 200, 300]


@pytest.mark.parametrize("rotation", [90, 180])
def test_turned_pages_are_left_out(rotation: int) -> None:
    assert edges_of_page(ruled_pdf(rotation), 1, SIZE) == ()


def test_a_page_of_another_size_is_left_out() -> None:
    assert edges_of_page(ruled_pdf(), 1, (400.0, 400.0)) == ()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\nnothing", ruled_pdf()[:300]])
def test_a_damaged_file_gives_none(data: bytes) -> None:
    assert edges_of_page(data, 1, SIZE) == ()
