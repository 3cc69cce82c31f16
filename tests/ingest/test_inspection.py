"""Inspection: what it tells of the pages of a file, and what it draws on them."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach import convert
from kehoach.cli import main
from kehoach.ingest import pages as pages_module
from kehoach.ingest.errors import DamagedInputError, KehoachError, MissingInputError, TooLargeError, UsageError
from kehoach.ingest.inspection import (
    Inspection,
    _word_at,
    inspect_file,
    inspection_json,
    inspection_text,
    page_ranges,
)
from kehoach.ingest.inspection_drawing import DRAWING_DPI, Mark, Place, draw_page
from kehoach.ingest.options import Options
from kehoach.ingest.values import Box, Line, Word
from PIL import Image as Pillow
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Image = npt.NDArray[np.uint8]

BLUE, GREEN, RED, ORANGE = (40, 90, 220), (0, 140, 60), (220, 0, 0), (240, 150, 0)
TEXT = "Plan of the invented commune for planting trees along the road"
ROWS = (("No", "Target"), ("1", "20 trees"), ("2", "35 trees"))


def ruled_table(canvas: Canvas) -> None:
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            canvas.rect(100 + 150 * column, 500 - 30 * row, 150, 30)
            canvas.drawString(110 + 150 * column, 510 - 30 * row, cell)


def pdf(*draw: Callable[[Canvas], None], rotation: int = 0) -> bytes:
    """A PDF with a page of text for each function, which may add to it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for add in draw:
        canvas.setPageRotation(rotation)
        canvas.setFont("Times-Roman", 12)
        for line in range(6):
            canvas.drawString(80, 760 - 20 * line, f"{TEXT} {line}")
        add(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def nothing(_: Canvas) -> None:
    """Adds nothing to a page."""


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    """Two pages: text with a ruled table of three rows, and text alone."""
    path = tmp_path / "typed.pdf"
    path.write_bytes(pdf(ruled_table, nothing))
    return path


class FixedEngine:
    """Reads the same from every image: a sure line, one with a weak word, and a pen stroke."""

    def __init__(self, *_: object) -> None:
        pass

    def orientation(self, *_: object) -> int:
        """Upright."""
        return 0

    def read(self, *_: object) -> tuple[tuple[Word, ...], ...]:
        """Boxes in pixels."""
        sure = Word("kế", Box(100, 100, 180, 130), 0.95), Word("hoạch", Box(190, 100, 270, 130), 0.95)
        weak = Word("trồng", Box(100, 200, 180, 230), 0.95), Word("cây", Box(200, 200, 280, 230), 0.41)
        stroke = Word("~/", Box(500, 600, 560, 640), 0.05)
        return sure, weak, (stroke,)


@pytest.fixture
def scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An image with 200 dots per inch that an engine with fixed results reads."""
    monkeypatch.setattr(pages_module, "installed_engine", FixedEngine)
    path = tmp_path / "scan.png"
    Pillow.new("RGB", (1240, 1754), "white").save(path, dpi=(200, 200))
    return path


def has_colour(path: str | None, colour: tuple[int, int, int]) -> bool:
    """Whether the page below the legend shows pixels of that colour."""
    assert path is not None
    pixels = np.asarray(Pillow.open(path).convert("RGB"))[60:]
    return bool((pixels == colour).all(axis=2).any())


@pytest.mark.parametrize(
    ("choice", "ranges"),
    [("1", [(1, 1)]), ("1-3,7", [(1, 3), (7, 7)]), (" 2 - 2 , 4", [(2, 2), (4, 4)]), (None, [(1, sys.maxsize)])],
)
def test_a_choice_of_pages_is_read(choice: str | None, ranges: list[tuple[int, int]]) -> None:
    assert page_ranges(choice) == ranges


@pytest.mark.parametrize("choice", ["", "a", "3-1", "0", "1,", "-2", "1-", "1-2-3", "9" * 30])
def test_a_choice_that_is_not_understood_says_how_to_write_it(choice: str) -> None:
    with pytest.raises(UsageError, match="write it like 1-3,7"):
        page_ranges(choice)


def test_a_typed_page_tells_route_fonts_lines_and_table(typed: Path) -> None:
    first, second = inspect_file(typed, Options()).pages
    assert (first.method, first.reason.split(" (")[0], first.error) == ("text_layer", "typed text", None)
    assert [(table.rows, table.columns) for table in first.tables] == [(3, 2)]
    assert [(font.name, font.encoding) for font in first.fonts] == [("Times-Roman", "")]
    assert (first.lines, second.lines, second.tables) == (9, 6, ())
    assert (first.ocr_confidence, first.turned, first.skew) == (None, 0, 0.0)
    assert (round(first.width or 0), round(first.height or 0)) == (595, 842)


def test_the_report_holds_only_the_chosen_pages(typed: Path) -> None:
    inspection = inspect_file(typed, Options(), "2,5-9")
    assert [page.page for page in inspection.pages] == [2]
    assert inspection.page_count == 2
    with pytest.raises(UsageError, match=r"typed\.pdf has 2"):
        inspect_file(typed, Options(), "3")


def test_pages_are_drawn_with_lines_and_cells(typed: Path, tmp_path: Path) -> None:
    first, second = inspect_file(typed, Options(), images=tmp_path / "out").pages
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "typed.pdf.page-001.png",
        "typed.pdf.page-002.png",
    ]
    assert [has_colour(first.image, colour) for colour in (BLUE, GREEN, RED)] == [True, True, False]
    assert [has_colour(second.image, colour) for colour in (BLUE, GREEN, RED)] == [True, False, False]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_shown_turned_is_told_and_drawn_upright(tmp_path: Path, rotation: int) -> None:
    path = tmp_path / "turned.pdf"
    path.write_bytes(pdf(ruled_table, rotation=rotation))
    (page,) = inspect_file(path, Options(), images=tmp_path).pages
    assert (page.turned, page.lines) == (rotation, 9)
    assert page.image is not None
    pixels = np.asarray(Pillow.open(page.image).convert("RGB"))
    scale = DRAWING_DPI / 72
    top = pixels.shape[0] - round(A4[1] * scale)
    corner = pixels[top + round((A4[1] - 530) * scale) :, round(100 * scale) :][:4, :200]
    assert (corner == GREEN).all(axis=2).any()


def test_a_scan_shows_weak_words_and_what_was_taken_for_dust(scan: Path, tmp_path: Path) -> None:
    (page,) = inspect_file(scan, Options(), images=tmp_path / "out").pages
    assert (page.method, page.reason, page.unsure, page.left_out) == ("ocr", "an image", 1, ("~/",))
    assert page.ocr_confidence is not None
    assert has_colour(page.image, ORANGE)


def test_a_file_without_page_images_gives_a_report_alone(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("Kế hoạch trồng cây\nTrồng 20 cây\n", "utf-8")
    inspection = inspect_file(path, Options(), images=tmp_path / "out")
    (page,) = inspection.pages
    assert (page.method, page.lines, page.image, page.width, page.seconds) == ("plain_text", 2, None, None, None)
    assert not (tmp_path / "out").exists()


def test_lost_marks_give_doubts_in_lines_of_the_record(tmp_path: Path) -> None:
    path = tmp_path / "legacy.txt"
    path.write_text("UY BAN NHAN DAN XA LAM KHE\nKe hoach trong cay xanh va nuoi ca nam 2024\n", "utf-8")
    inspection = inspect_file(path, Options())
    plan = convert(path)
    doubts = [(token.line, token.column, token.token) for token in inspection.pages[0].doubtful]
    assert doubts == [(token.line, token.column, token.token) for token in plan.doubtful]
    assert inspection.pages[0].restored_lines == 2


def test_json_and_report_tell_the_same(scan: Path) -> None:
    inspection = inspect_file(scan, Options())
    document = json.loads(inspection_json(inspection))
    assert document["pages"][0]["left_out"] == ["~/"]
    assert document["pages"][0]["tables"] == []
    report = inspection_text(inspection).splitlines()
    assert report[0].startswith("scan.png: image/png, pages: 1")
    assert report[3].split()[:2] == ["1", "ocr"]
    assert "  page 1: ~/" in report


def test_fonts_and_tables_are_objects_in_json(typed: Path) -> None:
    page = json.loads(inspection_json(inspect_file(typed, Options(), "1")))["pages"][0]
    assert page["tables"] == [{"rows": 3, "columns": 2}]
    assert page["fonts"][0]["name"] == "Times-Roman"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("none.pdf", None, MissingInputError),
        ("empty.pdf", b"", MissingInputError),
        ("broken.pdf", b"%PDF-1.4\nnothing", DamagedInputError),
        ("broken.png", b"\x89PNG\r\n\x1a\nnothing", DamagedInputError),
        ("archive.zip", b"PK\x05\x06" + bytes(18), KehoachError),
    ],
)
def test_a_file_that_cannot_be_read_fails_as_in_a_conversion(
    tmp_path: Path, name: str, content: bytes | None, kind: type[KehoachError]
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(kind) as inspected:
        inspect_file(path, Options())
    with pytest.raises(kind) as converted:
        convert(path)
    assert str(inspected.value) == str(converted.value)
    assert "\n" not in str(inspected.value)


def test_limits_on_pages_and_pixels_hold(typed: Path, scan: Path) -> None:
    with pytest.raises(TooLargeError, match="2 pages, more than the limit of 1"):
        inspect_file(typed, Options(max_pages=1))
    with pytest.raises(KehoachError, match="pixels"):
        inspect_file(scan, Options(max_pixels=1000))


def test_a_page_that_cannot_be_drawn_within_the_limits_gives_no_image(typed: Path, tmp_path: Path) -> None:
    inspection = inspect_file(typed, Options(max_pixels=1000), images=tmp_path / "out")
    assert [page.image for page in inspection.pages] == [None, None]


def test_a_failed_page_shows_its_error_and_the_exit_status(typed: Path) -> None:
    (page,) = inspect_file(typed, Options(), "1").pages
    failed = Inspection("a.pdf", "0", "application/pdf", 1, 0.1, (replace(page, error="broken"),))
    assert failed.exit_code == 1
    assert inspection_text(failed).splitlines()[3].endswith("broken")


def test_a_folder_that_cannot_be_written_is_a_usage_error(typed: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file", "utf-8")
    with pytest.raises(UsageError, match="choose another folder"):
        inspect_file(typed, Options(), images=taken)


def line_of(texts: list[str]) -> Line:
    words = tuple(Word(text, Box(10.0 * k, 0, 10.0 * k + 8, 10)) for k, text in enumerate(texts))
    return Line(1, 1, " ".join(texts), Box(0, 0, 10.0 * len(texts), 10), words)


@given(st.lists(st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=6), min_size=1, max_size=8))
def test_every_token_of_an_unchanged_line_is_found_on_the_page(texts: list[str]) -> None:
    line = line_of(texts)
    column = 1
    for text, word in zip(texts, line.words, strict=True):
        assert _word_at(line, line.text, column) is word
        column += len(text) + 1


def test_a_restored_token_is_found_by_its_place() -> None:
    line = line_of(["trong", "cay", "xanh"])
    assert _word_at(line, "trồng cây xanh", 7) is line.words[1]


def test_a_cell_of_several_words_is_found_by_its_place() -> None:
    row = line_of(["2", "Trồng", "cây", "40"]).with_text("2\tTrồng cây\t40")
    row = Line(1, 1, row.text, row.box, row.words, "table", ("2", "Trồng cây", "40"), 1)
    assert _word_at(row, "2\tTrồng cây\t40", 13) is row.words[3]


def test_a_token_that_restoration_joined_is_not_guessed() -> None:
    assert _word_at(line_of(["tr", "ong", "cay"]), "trồng cây", 1) is None


def decoded(png: bytes) -> Image:
    read = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(cv2.cvtColor(np.asarray(read), cv2.COLOR_BGR2RGB), dtype=np.uint8)


def test_a_doubtful_word_is_framed_and_tinted_where_it_stands() -> None:
    paper = np.full((300, 400, 3), 255, np.uint8)
    place = Place(400 * 72 / DRAWING_DPI, 300 * 72 / DRAWING_DPI, 0, 0.0)
    word = Box(*(side * 72 / DRAWING_DPI for side in (100, 100, 200, 140)))
    page = decoded(draw_page(paper, place, [Mark("doubtful", word, "0.43")], "page 1"))[-300:]
    assert tuple(page[99, 150]) == RED
    assert page[120, 150, 0] > page[120, 150, 1]
    assert (page[200:] == 255).all()


def test_words_that_share_a_cell_leave_it_readable_and_show_the_least_sure() -> None:
    paper = np.full((300, 400, 3), 255, np.uint8)
    paper[120:124, 120:180] = 0
    place = Place(400 * 72 / DRAWING_DPI, 300 * 72 / DRAWING_DPI, 0, 0.0)
    cell = Box(*(side * 72 / DRAWING_DPI for side in (100, 100, 200, 140)))
    many = [Mark("doubtful", cell, f"0.{digits}") for digits in (62, 31, 57)]
    assert draw_page(paper, place, many, "page 1") == draw_page(paper, place, many[1:2], "page 1")
    page = decoded(draw_page(paper, place, [Mark("unsure", cell)] * 20, "page 1"))[-300:]
    assert page[122, 150].max() < 10
    assert page[132, 150].max() > 240


def test_marks_outside_the_page_are_left_out() -> None:
    paper = np.full((60, 80, 3), 255, np.uint8)
    marks = [Mark("line", Box(500, 500, 600, 600), "7"), Mark("unsure", Box(-50, -50, -10, -10))]
    page = decoded(draw_page(paper, Place(40, 30, 0, 0.0), marks, "page 1"))
    assert (page[-58:] == 255).all()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_an_image_is_turned_counter_clockwise_before_drawing(turned: int) -> None:
    paper = np.full((100, 200, 3), 255, np.uint8)
    paper[:20, :20] = 0  # upper left
    size = (96, 48) if turned % 180 == 0 else (48, 96)
    page = decoded(draw_page(paper, Place(*size, turned, 0.0), [], "page 1"))
    height = 100 if turned % 180 == 0 else 200
    page = page[-height:]
    corners = {0: page[5, 5], 90: page[-5, 5], 180: page[-5, -5], 270: page[5, -5]}
    assert [degrees for degrees, pixel in corners.items() if pixel.max() < 50] == [turned]


def test_a_large_image_is_drawn_smaller() -> None:
    paper = np.full((3508, 2480, 3), 255, np.uint8)
    page = decoded(draw_page(paper, Place(595.2, 841.9, 0, 0.0), [], "page 1"))
    assert page.shape[1] == round(595.2 * DRAWING_DPI / 72)


def test_the_command_prints_data_alone_and_exits_with_0(
    typed: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["kehoach", "inspect", str(typed), "--pages", "1", "--json"])
    with pytest.raises(SystemExit) as exit_info:
        main()
    output = capfd.readouterr()
    assert (exit_info.value.code or 0, output.err) == (0, "")
    assert [page["page"] for page in json.loads(output.out)["pages"]] == [1]


def test_the_command_says_in_one_line_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["kehoach", "inspect", str(tmp_path / "none.pdf")])
    with pytest.raises(SystemExit) as exit_info:
        main()
    output = capfd.readouterr()
    assert (exit_info.value.code, output.out) == (1, "")
    assert output.err == f"error: {tmp_path / 'none.pdf'}: no such file; check the name\n"
