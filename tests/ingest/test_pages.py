"""From bytes to lines: what each page is read with, and errors that say the way out."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from kehoach.ingest.errors import DamagedInputError, EncryptedInputError, MissingInputError, TooLargeError
from kehoach.ingest.ocr.engine import RecordedEngine
from kehoach.ingest.options import Options
from kehoach.ingest.pages import read_document
from kehoach.ingest.tables.join import grids
from kehoach.ingest.values import Box, Word
from PIL import Image as Pillow
from reportlab.pdfgen.canvas import Canvas

MakePdf = Callable[..., bytes]
TEXT = ("ỦY BAN NHÂN DÂN XÃ ĐỒNG VỌNG", "Các thôn phát động phong trào thi đua xây dựng nông thôn mới.")
READ = tuple(Word(text, Box(50 + 70 * k, 100, 110 + 70 * k, 120), 0.95) for k, text in enumerate(TEXT[1].split()))


def typed(canvas: Canvas) -> None:
    for k, text in enumerate(TEXT):
        canvas.drawString(80, 760 - 20 * k, text)


def texts(data: bytes, name: str = "plan.pdf") -> list[str]:
    return [line.text for line in read_document(data, name, Options(), RecordedEngine()).lines]


def test_typed_text_is_kept_with_its_reason(make_pdf: MakePdf) -> None:
    document = read_document(make_pdf(typed), "plan.pdf", Options(), RecordedEngine())
    assert tuple(line.text for line in document.lines) == TEXT
    assert [line.number for line in document.lines] == [1, 2]
    assert document.pages[0].method == "text_layer"
    assert "typed text" in document.pages[0].reason


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_pages_that_viewers_turn_read_the_same(make_pdf: MakePdf, rotation: int) -> None:
    assert texts(make_pdf(typed, rotation=rotation)) == list(TEXT)


def test_junk_before_the_header_is_passed_over(make_pdf: MakePdf) -> None:
    assert texts(b"X-Junk: 1\r\n\r\n" + make_pdf(typed)) == list(TEXT)


def test_the_content_tells_the_kind_not_the_name(make_pdf: MakePdf) -> None:
    assert texts(make_pdf(typed), "plan.txt") == list(TEXT)


def test_a_page_without_text_is_read_as_an_image() -> None:
    out = io.BytesIO()
    Pillow.fromarray(np.full((1169, 827), 250, np.uint8)).save(out, "PNG", dpi=(100, 100))
    document = read_document(out.getvalue(), "scan.png", Options(), RecordedEngine(default=(READ,)))
    assert document.pages[0].method == "ocr"
    assert document.pages[0].ocr_confidence == 0.95
    assert document.lines[0].text == TEXT[1]


def test_an_empty_page_is_reported_and_has_no_lines(make_pdf: MakePdf) -> None:
    document = read_document(make_pdf(typed, lambda _: None), "plan.pdf", Options(), RecordedEngine())
    assert document.pages[1].reason == "nothing on the page"
    assert {line.page for line in document.lines} == {1}


def test_a_ruled_table_gives_rows_with_cells(make_pdf: MakePdf) -> None:
    rows = (("TT", "Chỉ tiêu", "Mục tiêu"), ("1", "Trồng cây", "500"), ("2", "Thu phí", "97,5"))

    def draw(canvas: Canvas) -> None:
        canvas.grid([80, 120, 400, 500], [700, 680, 660, 640])
        for i, row in enumerate(rows):
            for x, cell in zip((85, 125, 405), row, strict=True):
                canvas.drawString(x, 685 - 20 * i, cell)

    document = read_document(make_pdf(draw), "plan.pdf", Options(), RecordedEngine())
    (grid,) = grids(document.lines)
    assert tuple(row.cells for row in grid.rows) == rows


def test_plain_text_keeps_its_lines_one_for_one() -> None:
    document = read_document("một\n\nba\n".encode(), "plan.txt", Options(), RecordedEngine())
    assert [(line.number, line.text, line.page) for line in document.lines] == [
        (1, "một", None),
        (2, "", None),
        (3, "ba", None),
    ]


def test_an_empty_file_a_password_and_damage_have_their_own_errors(make_pdf: MakePdf) -> None:
    with pytest.raises(MissingInputError, match="empty"):
        texts(b"")
    with pytest.raises(EncryptedInputError, match="password"):
        texts(make_pdf(typed, encrypt="secret"))
    with pytest.raises(DamagedInputError, match="damaged"):
        texts(b"%PDF-1.4\nnothing of a PDF")


def test_limits_are_checked_before_anything_is_drawn(make_pdf: MakePdf) -> None:
    with pytest.raises(TooLargeError, match="limit of 1"):
        read_document(make_pdf(typed, typed), "plan.pdf", Options(max_pages=1), RecordedEngine())


def test_the_same_bytes_give_the_same_document(make_pdf: MakePdf) -> None:
    data = make_pdf(typed, typed)
    first, second = (read_document(data, "plan.pdf", Options(), RecordedEngine()) for _ in range(2))
    assert first == second
