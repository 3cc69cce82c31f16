"""PDF files: opening, words, ruling lines, images, turned pages, limits."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

import numpy as np
import pytest
from kehoach.ingest.errors import DamagedInputError, EncryptedInputError, TooLargeError
from kehoach.ingest.options import Options
from kehoach.ingest.readers.pdf import PdfFile, PdfPage, render_dpi
from kehoach.ingest.readers.pdf_text import Turn
from kehoach.ingest.values import Box
from PIL import Image as Pillow
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

MakePdf = Callable[..., bytes]


def words_of(page: PdfPage) -> list[str]:
    return [found.word.text for found in page.words]


def first_page(data: bytes, options: Options | None = None) -> PdfPage:
    with PdfFile(data, "plan.pdf", options or Options()) as pdf:
        return pdf.page(1)


def text(canvas: Canvas) -> None:
    canvas.drawString(100, 700, "Trồng cây ven đường")


def hidden(canvas: Canvas) -> None:
    layer = canvas.beginText(100, 700)
    layer.setTextRenderMode(3)
    layer.setFont("test-serif", 12)
    layer.textOut("Trồng cây")
    canvas.drawText(layer)


def picture(canvas: Canvas, width: float, height: float) -> None:
    pixels = np.full((300, 200, 3), 128, np.uint8)
    canvas.drawImage(ImageReader(Pillow.fromarray(pixels)), 0, 0, width, height)


def test_words_come_with_their_boxes_and_font(make_pdf: MakePdf) -> None:
    page = first_page(make_pdf(text))
    assert words_of(page) == ["Trồng", "cây", "ven", "đường"]
    boxes = [found.word.box for found in page.words]
    assert all(a.x1 < b.x0 for a, b in pairwise(boxes))
    assert boxes[0].x0 == pytest.approx(100, abs=1)
    assert all(box.top < 842 - 700 < box.bottom for box in boxes)
    assert len({found.font for found in page.words}) == 1
    assert (round(page.width), round(page.height), page.turned, page.blank) == (595, 842, 0, False)


def test_a_wide_gap_parts_words_without_a_blank(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "12")
        canvas.drawString(140, 700, "345")
        canvas.drawString(100, 680, "67")

    assert words_of(first_page(make_pdf(draw))) == ["12", "345", "67"]


def test_bold_type_made_by_printing_twice_is_read_once(make_pdf: MakePdf) -> None:
    def twice(canvas: Canvas) -> None:
        for at, letter in enumerate("155"):
            canvas.drawString(100 + 6 * at, 700, letter)
            canvas.drawString(100.3 + 6 * at, 700, letter)

    assert words_of(first_page(make_pdf(twice))) == ["155"]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_text_is_read_as_it_stands_on_a_page_however_turned(make_pdf: MakePdf, quarter: int, rotation: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 300)
        canvas.rotate(90 * quarter)
        canvas.drawString(0, 0, "Trồng cây ven đường")
        canvas.drawString(0, -20, "năm 2031")

    page = first_page(make_pdf(draw, rotation=rotation))
    words = sorted((found.word for found in page.words), key=lambda word: (round(word.box.top), word.box.x0))
    boxes = [word.box for word in words]
    assert [word.text for word in words] == ["Trồng", "cây", "ven", "đường", "năm", "2031"]
    assert all(a.x1 < b.x0 and abs(a.top - b.top) < 1 for a, b in pairwise(boxes[:4]))
    assert boxes[4].top == pytest.approx(boxes[0].top + 20, abs=1)
    assert page.turned == (rotation - 90 * quarter) % 360
    assert all(0 <= box.x0 < box.x1 <= page.width and 0 <= box.top < box.bottom <= page.height for box in boxes)


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_turning_keeps_the_size_of_boxes_and_stays_on_the_page(quarter: int) -> None:
    turn = Turn(quarter, 10, 20, 100, 200)
    box = turn.box(30, 50, 40, 80)
    sides = (box.x1 - box.x0, box.bottom - box.top)
    assert sides == ((10, 30) if quarter % 2 == 0 else (30, 10))
    width, height = turn.size()
    assert turn.box(10, 20, 110, 220) == Box(0, 0, width, height)
    assert 0 <= box.x0 < box.x1 <= width
    assert 0 <= box.top < box.bottom <= height


def test_lines_rectangles_and_thin_bars_are_rules(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(100, 500, 300, 500)
        canvas.rect(100, 300, 200, 100)
        canvas.rect(100, 250, 200, 1, stroke=0, fill=1)

    rules = first_page(make_pdf(draw)).rules
    level = [rule for rule in rules if rule.x1 - rule.x0 > rule.bottom - rule.top]
    assert len(level) == 4
    assert len(rules) == 6
    assert sorted(round(rule.top) for rule in level) == [342, 442, 542, 591]


def test_pale_thick_and_curved_drawings_are_no_rules(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.circle(300, 300, 50)
        canvas.setStrokeGray(1.0)
        canvas.line(100, 500, 300, 500)
        canvas.rect(100, 100, 200, 50, stroke=0, fill=1)

    page = first_page(make_pdf(draw))
    assert page.rules == ()
    assert not page.blank


def test_a_scan_shows_its_cover_resolution_and_hidden_layer(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        picture(canvas, 595, 842)
        hidden(canvas)

    page = first_page(make_pdf(draw))
    assert page.image_cover > 0.99
    assert page.hidden == 1.0
    assert page.image_pixels == 60_000
    assert page.image_dpi == pytest.approx(72 * (200 / 595 * 300 / 842) ** 0.5, rel=0.01)
    assert words_of(page) == ["Trồng", "cây"]


def test_a_small_picture_covers_its_share(make_pdf: MakePdf) -> None:
    page = first_page(make_pdf(lambda canvas: picture(canvas, 595, 84.2)))
    assert page.image_cover == pytest.approx(0.1, abs=0.01)
    assert page.hidden == 0.0


def test_an_empty_page_is_blank(make_pdf: MakePdf) -> None:
    page = first_page(make_pdf(lambda _: None))
    assert page.blank
    assert page.words == ()
    assert page.rules == ()


@pytest.mark.parametrize(
    ("cover", "dpi", "expected"),
    [(0.0, 150.0, 300), (1.0, None, 300), (1.0, 250.0, 250.0), (1.0, 72.0, 200), (1.0, 1200.0, 400)],
)
def test_a_scan_is_drawn_at_its_own_resolution_within_bounds(cover: float, dpi: float | None, expected: float) -> None:
    page = PdfPage(1, 595, 842, (), (), cover, 0.0, False, dpi, 0)
    assert render_dpi(page, Options(render_dpi=300)) == expected


def test_a_page_is_drawn_in_rgb(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, 595, 842, stroke=0, fill=1)

    with PdfFile(make_pdf(draw), "plan.pdf", Options()) as pdf:
        image = pdf.render(1, 72)
    assert image.shape in ((842, 596, 3), (842, 595, 3))
    assert image[400, 300].tolist() == [255, 0, 0]


def test_a_page_of_too_many_pixels_is_not_drawn(make_pdf: MakePdf) -> None:
    with PdfFile(make_pdf(text), "plan.pdf", Options(max_pixels=500_000)) as pdf:
        with pytest.raises(TooLargeError, match=r"plan\.pdf: page 1 is larger than 500000 pixels"):
            pdf.render(1, 72.5)
        assert pdf.render(1, 71).size > 0


def test_a_poster_is_not_drawn(make_pdf: MakePdf) -> None:
    with PdfFile(make_pdf(text, size=(14_000, 14_000)), "plan.pdf", Options()) as pdf, pytest.raises(TooLargeError):
        pdf.render(1, 300)


def test_too_many_pages_are_refused_on_opening(make_pdf: MakePdf) -> None:
    data = make_pdf(text, text, text)
    assert PdfFile(data, "plan.pdf", Options(max_pages=3)).page_count == 3
    with pytest.raises(TooLargeError, match=r"plan\.pdf: 3 pages, more than the limit of 2; split it"):
        PdfFile(data, "plan.pdf", Options(max_pages=2))


def test_an_encrypted_file_needs_its_password(make_pdf: MakePdf) -> None:
    with pytest.raises(EncryptedInputError, match=r"plan\.pdf: the PDF needs a password"):
        PdfFile(make_pdf(text, encrypt="secret"), "plan.pdf", Options())


@pytest.mark.parametrize("junk", [b"From: office\r\n", b"\x00" * 3000, b"<html>" * 400])
def test_junk_before_the_header_is_skipped(make_pdf: MakePdf, junk: bytes) -> None:
    assert words_of(first_page(junk + make_pdf(text))) == ["Trồng", "cây", "ven", "đường"]


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.4\n" + b"x" * 3000, b"junk%PDF-", b"nothing at all"])
def test_a_damaged_file_is_told_in_one_line(data: bytes) -> None:
    with pytest.raises(DamagedInputError, match=r"plan\.pdf: the PDF is damaged") as caught:
        PdfFile(data, "plan.pdf", Options())
    assert "\n" not in str(caught.value)


def test_a_cut_file_is_mended_or_damaged(make_pdf: MakePdf) -> None:
    data = make_pdf(text, text)
    with suppress(DamagedInputError), PdfFile(data[: len(data) * 2 // 3], "plan.pdf", Options()) as pdf:
        assert pdf.page_count <= 2


def test_a_page_that_is_not_there_is_damaged_input(make_pdf: MakePdf) -> None:
    broken = make_pdf(text, text).replace(b"/Type /Page\n", b"/Type /Pxge\n").replace(b"/Type /Page ", b"/Type /Pxge ")
    with PdfFile(broken, "plan.pdf", Options()) as pdf, pytest.raises(DamagedInputError, match="page 1 is damaged"):
        pdf.page(1)
