"""Whole tables of scanned pages, drawn here and read by Tesseract.

With and without lines, several value columns, a head over two rows, groups, marks, empty cells, cells of several lines.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np
import pypdfium2
import pytest
from kehoach.ingest.options import Options
from kehoach.ingest.pages import read_document
from kehoach.ingest.tables.join import grids
from kehoach.ingest.values import Grid, GridRow
from PIL import Image as PilImage
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

Rows = Sequence[Sequence[str]]
Read = Callable[..., Grid]


class Source(NamedTuple):
    """A table: rows, header rows, widths in points, merged cells of the head."""

    rows: Rows
    header: int
    widths: Sequence[float]
    spans: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()


TARGETS = Source(
    (
        ("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch"),
        ("I", "Về kinh tế", "", ""),
        ("1", "Trồng mới cây ăn quả trên đất dốc, ưu tiên giống cây của địa phương", "Ha", "12,5"),
        ("-", "Cải tạo vườn nhãn", "Ha", "7"),
        ("-", "Thu hoạch chè búp tươi", "Tấn", "1.260"),
        ("2", "Sửa kênh mương", "Mét", "2.435"),
        ("3", "Hộ dùng điện lưới", "%", "98,4"),
        ("II", "Về văn hóa", "", ""),
        ("4", "Thôn có nhà văn hóa", "Thôn", "9"),
        ("5", "Trạm y tế xã giữ chuẩn quốc gia", "Đạt", "Đạt"),
    ),
    1,
    (36, 240, 80, 90),
)
COMPARED = Source(
    (
        ("TT", "Nội dung", "ĐVT", "Năm trước", "Giao năm nay", ""),
        ("", "", "", "", "Cả năm", "Quý đầu"),
        ("1", "Diện tích ngô", "Ha", "64", "71,5", "30"),
        ("2", "Đàn trâu", "Con", "318", "340", ""),
        ("3", "Đường bê tông liên thôn làm mới trong năm", "Km", "4,8", "6,2", "2,5"),
        ("4", "Học viên lớp nghề", "Người", "86", "120", "45"),
        ("5", "Sản lượng lúa", "Tấn", "2.315", "2.480", "960"),
    ),
    2,
    (36, 170, 60, 70, 70, 70),
    (((0, 0), (0, 1)), ((1, 0), (1, 1)), ((2, 0), (2, 1)), ((3, 0), (3, 1)), ((4, 0), (5, 0))),
)


def pdf_of(source: Source, serif: str, ruled: bool) -> bytes:
    plain = ParagraphStyle("cell", fontName=serif, fontSize=13, leading=15.5)
    cells = [[Paragraph(text, plain) for text in row] for row in source.rows]
    style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)]
    style += [("SPAN", *span) for span in source.spans]
    if ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.6, (0, 0, 0)))
    above = ParagraphStyle("above", fontName=serif, fontSize=14, leading=18, spaceAfter=8)
    prose = Paragraph("Ủy ban nhân dân xã giao các thôn thực hiện những chỉ tiêu trong bảng dưới đây. " * 3, above)
    out = io.BytesIO()
    SimpleDocTemplate(out, invariant=1).build([prose, Table(cells, source.widths, style=TableStyle(style)), prose])
    return out.getvalue()


def scan_of(pdf: bytes, dpi: int) -> bytes:
    """The page a little crooked, blurred and grainy, as an image."""
    grey = np.asarray(pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72, grayscale=True).to_pil())
    height, width = grey.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 0.6, 1.0)
    crooked = cv2.warpAffine(np.ascontiguousarray(grey), turn, (width, height), borderValue=255)
    grain = np.random.default_rng(7).normal(0, 6, (height, width))
    page = np.clip(cv2.GaussianBlur(crooked, (0, 0), dpi / 360) * 0.93 + grain, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    PilImage.fromarray(page).save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()


@pytest.fixture(scope="module")
def read(serif: str, tesseract: None) -> Read:  # noqa: ARG001
    def read_one(source: Source, ruled: bool, dpi: int) -> Grid:
        document = read_document(scan_of(pdf_of(source, serif, ruled), dpi), "bang.png", Options())
        (grid,) = grids(document.lines)
        return grid

    return read_one


def right(source: Source, grid: Grid) -> float:
    """Share of the cells that are exactly right."""
    pairs = [
        (a, b) for row, got in zip(source.rows, grid.rows, strict=True) for a, b in zip(row, got.cells, strict=True)
    ]
    return sum(a == b for a, b in pairs) / len(pairs)


def is_sure(row: GridRow) -> bool:
    return all((word.confidence or 0.0) >= 0.7 for line in row.lines for word in line.words)


@pytest.mark.parametrize(
    ("source", "ruled", "dpi"),
    [(TARGETS, True, 200), (COMPARED, True, 200), (TARGETS, False, 200), (COMPARED, False, 200)],
)
def test_a_scanned_table_is_read_cell_by_cell(read: Read, source: Source, ruled: bool, dpi: int) -> None:
    grid = read(source, ruled, dpi)
    assert grid.header_rows == source.header
    wrong = [
        (row, got.cells)
        for row, got in zip(source.rows[source.header :], grid.rows[source.header :], strict=True)
        if tuple(row[3:]) != got.cells[3:] and (ruled or is_sure(got))
    ]
    assert wrong == []
    assert right(source, grid) >= 0.93
