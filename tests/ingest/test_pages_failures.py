"""Pages that fail, limits and time: the rest goes on, and a document of which nothing was read says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pytest
from kehoach.ingest import pages as pages_module
from kehoach.ingest.errors import DamagedInputError, MissingToolError, TimeLimitError, TooLargeError
from kehoach.ingest.ocr.engine import Mode, RecordedEngine, TextLine
from kehoach.ingest.options import Options
from kehoach.ingest.pages import PageText, read_document
from kehoach.ingest.values import Box, ReadDocument, Word
from PIL import Image as Pillow
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

Image = npt.NDArray[np.uint8]
MakePdf = Callable[..., bytes]
MakeFile = Callable[..., bytes]

SENTENCE = "Các thôn phát động phong trào trồng cây ven đường"
READ = tuple(Word(text, Box(100 + 70 * k, 100, 160 + 70 * k, 120), 0.95) for k, text in enumerate(SENTENCE.split()))
PAGE = np.full((1169, 827), 250, np.uint8)


@dataclass
class FailingEngine:
    """Reads the sentence from every page but those whose reading (counted from 1) fails."""

    failing: tuple[int, ...]
    error: type[Exception] = DamagedInputError
    count: int = field(default=0)

    def read(self, image: Image, dpi: float, mode: Mode = "page", alphabet: str = "") -> tuple[TextLine, ...]:  # noqa: ARG002
        if mode != "page":
            return ()
        self.count += 1
        if self.count in self.failing:
            raise self.error("Tesseract cannot read the page image (1)")
        return (READ,)

    def orientation(self, image: Image, dpi: float) -> int:  # noqa: ARG002
        return 0


def typed(text: str) -> Callable[[Canvas], None]:
    return lambda canvas: canvas.drawString(80, 700, text)


def scanned(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Pillow.fromarray(PAGE)), 0, 0, 595, 842)


def texts(document: ReadDocument) -> list[tuple[int | None, str]]:
    return [(line.page, line.text) for line in document.lines]


def test_a_scanned_page_that_fails_stays_with_its_error_and_the_rest_is_read(make_pdf: MakePdf) -> None:
    data = make_pdf(scanned, scanned, typed(SENTENCE))
    document = read_document(data, "plan.pdf", Options(), FailingEngine((1,)))
    assert [page.error is None for page in document.pages] == [False, True, True]
    assert document.pages[0].error == "Tesseract cannot read the page image (1)"
    assert document.pages[0].quality == 0.0
    assert [page.method for page in document.pages[1:]] == ["ocr", "text_layer"]
    assert texts(document) == [(2, SENTENCE), (3, SENTENCE)]
    assert [line.number for line in document.lines] == [1, 2]


def test_a_page_of_an_image_file_that_fails_stays_too(image_bytes: MakeFile) -> None:
    data = image_bytes(PAGE, PAGE, PAGE, kind="TIFF", dpi=100)
    document = read_document(data, "scan.tif", Options(), FailingEngine((2,)))
    assert [page.error is None for page in document.pages] == [True, False, True]
    assert texts(document) == [(1, SENTENCE), (3, SENTENCE)]


def test_when_every_page_fails_the_document_fails_with_the_first_error(make_pdf: MakePdf) -> None:
    with pytest.raises(DamagedInputError, match="Tesseract cannot read"):
        read_document(make_pdf(scanned, scanned), "plan.pdf", Options(), FailingEngine((1, 2)))


def test_a_missing_tool_stops_the_document_at_once(make_pdf: MakePdf) -> None:
    engine = FailingEngine((1,), MissingToolError)
    with pytest.raises(MissingToolError):
        read_document(make_pdf(scanned, scanned), "plan.pdf", Options(), engine)
    assert engine.count == 1


def test_a_typed_page_needs_no_engine(make_pdf: MakePdf) -> None:
    engine = FailingEngine((1,))
    assert texts(read_document(make_pdf(typed(SENTENCE)), "plan.pdf", Options(), engine)) == [(1, SENTENCE)]
    assert engine.count == 0


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_an_image_of_too_many_pixels_is_too_large(image_bytes: MakeFile, kind: str) -> None:
    with pytest.raises(TooLargeError, match="more than 900000") as caught:
        read_document(image_bytes(PAGE, kind=kind), "scan.png", Options(max_pixels=900_000), RecordedEngine())
    assert str(caught.value).startswith("scan.png: page 1 has 827 x 1169 pixels")


def test_a_scan_too_large_to_draw_fails_alone_and_typed_pages_are_kept(make_pdf: MakePdf) -> None:
    options = Options(max_pixels=900_000)
    document = read_document(make_pdf(scanned, typed(SENTENCE)), "plan.pdf", options, RecordedEngine())
    assert [page.error is None for page in document.pages] == [False, True]
    assert (document.pages[0].error or "").startswith("too_large: plan.pdf: page 1 is larger than 900000 pixels")
    with pytest.raises(TooLargeError, match=r"^plan\.pdf: page 1 is larger"):
        read_document(make_pdf(scanned), "plan.pdf", options, RecordedEngine())


class Clock:
    """Time that goes on by one second with each look."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        self.now += 1.0
        return self.now


def test_pages_read_before_the_time_limit_are_kept(make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_module, "time", Clock())
    data = make_pdf(typed("một"), typed("hai"), typed("ba"), typed("bốn"))
    document = read_document(data, "plan.pdf", Options(timeout=3.0), RecordedEngine())
    assert [page.error is None for page in document.pages] == [True, True, False, False]
    assert (document.pages[2].error or "").startswith("timeout: plan.pdf: page 3 was not begun in time")
    assert "--timeout" in (document.pages[2].error or "")
    assert texts(document) == [(1, "một"), (2, "hai")]


def test_without_time_for_any_page_the_document_fails(make_pdf: MakePdf) -> None:
    with pytest.raises(TimeLimitError, match="not begun in time") as caught:
        read_document(make_pdf(typed("một")), "plan.pdf", Options(timeout=0.0), RecordedEngine())
    assert "\n" not in str(caught.value)


def test_each_page_is_shown_when_it_is_read(make_pdf: MakePdf) -> None:
    shown: list[tuple[int, int]] = []

    def watch(page: PageText) -> None:
        shown.append((page.report.page, len(page.lines)))

    read_document(make_pdf(typed("một"), lambda _: None, typed("hai")), "plan.pdf", Options(), None, watch)
    assert shown == [(1, 1), (2, 0), (3, 1)]


def test_of_a_bad_layer_and_a_worse_image_the_layer_is_kept(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        scanned(canvas)
        for at in range(5):
            canvas.drawString(80, 700 - 20 * at, "Các thon trồng cdy ven đưdng, hd nghèo")

    rubbish = (tuple(Word("xqzt", word.box, 0.9) for word in READ),)
    document = read_document(make_pdf(draw), "plan.pdf", Options(), RecordedEngine(default=rubbish))
    assert document.pages[0].method == "text_layer"
    assert document.pages[0].reason.endswith("the page image reads worse")
    better = read_document(make_pdf(draw), "plan.pdf", Options(), RecordedEngine(default=(READ,) * 4))
    assert better.pages[0].method == "ocr"
    assert better.pages[0].reason.startswith("text layer over a scan reads badly")


def test_page_numbers_and_running_heads_are_taken_off_and_figures_are_not(make_pdf: MakePdf) -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.drawCentredString(297, 810, str(number))
            canvas.drawString(80, 790, "Chương trình phát triển rừng")
            canvas.drawString(80, 700, f"Trồng {number} ha")
            canvas.drawString(80, 400, "2031")

        return draw

    document = read_document(make_pdf(*map(page, (1, 2, 3))), "plan.pdf", Options(), RecordedEngine())
    assert texts(document) == [(at, text) for at in (1, 2, 3) for text in (f"Trồng {at} ha", "2031")]


def test_a_table_cut_by_the_page_break_is_one_table_with_whole_rows(make_pdf: MakePdf) -> None:
    head = ("TT", "Chỉ tiêu", "ĐVT", "KH")

    def table(*rows: tuple[str, ...]) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.grid([80, 120, 300, 400, 500], [700 - 20 * at for at in range(len(rows) + 1)])
            for at, row in enumerate(rows):
                for x, cell in zip((85, 125, 305, 405), row, strict=True):
                    canvas.drawString(x, 685 - 20 * at, cell)

        return draw

    data = make_pdf(
        table(head, ("1", "Trồng cây", "", "")),
        table(head, ("", "ven đường", "ha", "12"), ("2", "Thu phí", "%", "97,5")),
    )
    document = read_document(data, "plan.pdf", Options(), RecordedEngine())
    assert [(line.page, line.cells) for line in document.lines] == [
        (1, head),
        (1, ("1", "Trồng cây ven đường", "ha", "12")),
        (2, ("2", "Thu phí", "%", "97,5")),
    ]
    assert [line.zone for line in document.lines] == ["table"] * 3


def test_footnotes_are_marked_and_kept(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(4):
            canvas.drawString(80, 700 - 20 * at, SENTENCE)
        canvas.line(80, 120, 220, 120)
        canvas.setFont("test-serif", 8)
        canvas.drawString(80, 105, "1 Theo báo cáo của thôn Bãi")

    document = read_document(make_pdf(draw), "plan.pdf", Options(), RecordedEngine())
    assert [line.zone for line in document.lines] == ["body"] * 4 + ["footnote"]
    assert document.lines[-1].text == "1 Theo báo cáo của thôn Bãi"


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("turned", [0, 90])
def test_a_scan_is_read_by_tesseract_also_when_it_lies_on_its_side(
    page_image: Callable[..., Image], image_bytes: MakeFile, turned: int
) -> None:
    lines = ["Các thôn trồng thêm mười hai hàng cây ven đường", "mỗi hộ giữ sạch ngõ của mình trước ngày lễ lớn"] * 5
    page = np.rot90(page_image(lines, 150), turned // 90)
    document = read_document(image_bytes(np.ascontiguousarray(page)), "scan.png", Options())
    assert document.pages[0].method == "ocr"
    assert document.pages[0].quality > 0.8
    assert (document.pages[0].ocr_confidence or 0) > 0.5
    assert len(document.lines) == 10
    assert sum("giữ sạch ngõ" in line.text for line in document.lines) >= 4
