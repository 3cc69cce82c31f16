"""What annotations show on a page is read with it: filled-in forms whole, of digital signatures the number and day."""

from __future__ import annotations

import io

import pytest
from kehoach.ingest.options import Options
from kehoach.ingest.readers.pdf import PdfFile
from reportlab.pdfgen.canvas import Canvas


def document(shown: str, signature: bool) -> bytes:
    """A page with `Số:      /KH-UBND` and a field over the blank that shows a text, of a `signature` or filled in."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300))
    canvas.setFont("Helvetica", 12)
    canvas.drawString(50, 200, "So:")
    canvas.drawString(120, 200, "/KH-UBND")
    canvas.acroForm.textfield(value=shown, x=70, y=196, width=45, height=16, fontSize=10, borderWidth=0)
    canvas.showPage()
    canvas.save()
    data = out.getvalue()
    assert b"/FT /Tx" in data
    return data.replace(b"/FT /Tx", b"/FT/Sig") if signature else data


def read(data: bytes, times: int = 1) -> list[str]:
    with PdfFile(data, "a.pdf", Options()) as pdf:
        pages = [pdf.page(1) for _ in range(times)]
    return [found.word.text for found in pages[-1].words]


def test_the_number_that_a_signature_stamps_is_read_in_its_place() -> None:
    with PdfFile(document("2046", signature=True), "a.pdf", Options()) as pdf:
        (number,) = [found.word for found in pdf.page(1).words if found.word.text == "2046"]
    assert 70 <= number.box.x0 < number.box.x1 <= 115
    assert 85 <= number.box.top < number.box.bottom <= 106


@pytest.mark.parametrize("shown", ["Ky boi UBND", "Ngay 05", "x"])
def test_who_signed_and_when_is_no_text_of_the_document(shown: str) -> None:
    assert read(document(shown, signature=True)) == ["So:", "/KH-UBND"]


def test_what_somebody_wrote_into_a_form_is_read() -> None:
    assert read(document("Ban Mo", signature=False)) == ["So:", "/KH-UBND", "Ban", "Mo"]


def test_a_page_reads_the_same_each_time() -> None:
    data = document("15", signature=True)
    assert read(data, times=2) == read(data) == ["So:", "/KH-UBND", "15"]


def test_a_page_with_nothing_but_filled_in_fields_is_not_blank() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300))
    canvas.acroForm.textfield(value="Ban Mo", x=70, y=196, width=80, height=16, fontSize=10, borderWidth=0)
    canvas.showPage()
    canvas.save()
    with PdfFile(out.getvalue(), "a.pdf", Options()) as pdf:
        page = pdf.page(1)
    assert [found.word.text for found in page.words] == ["Ban", "Mo"]
    assert not page.blank
