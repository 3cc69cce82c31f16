"""Page images with what was found drawn on them: boxes in the colours of a legend, as PNG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from .errors import DamagedInputError, TooLargeError
from .ocr.prepare import level, turn
from .options import Options
from .readers.images import read_images
from .readers.media import PDF
from .readers.pdf import PdfFile
from .values import Box

Image = npt.NDArray[np.uint8]
Kind = Literal["line", "footnote", "left out", "table cell", "unsure", "doubtful"]

DRAWING_DPI = 150
_POINTS = 72.0
_FONT = cv2.FONT_HERSHEY_SIMPLEX
_ROW = 22  # pixels: height of a row of the legend
_INK = (0, 0, 0)


class _Style(NamedTuple):
    """How a kind of mark is drawn: colour (red, green, blue), width of the frame, share of colour inside."""

    meaning: str
    colour: tuple[int, int, int]
    width: int
    fill: float


# Later kinds are drawn over earlier ones.
_STYLES: dict[Kind, _Style] = {
    "line": _Style("line, with its number in the text", (40, 90, 220), 1, 0.0),
    "footnote": _Style("footnote", (130, 60, 190), 1, 0.0),
    "left out": _Style("left out: page number, running head, dust", (120, 120, 120), 1, 0.35),
    "table cell": _Style("table cell", (0, 140, 60), 2, 0.0),
    "unsure": _Style("hard to read (OCR)", (240, 150, 0), 1, 0.4),
    "doubtful": _Style("doubtful word, with its confidence", (220, 0, 0), 2, 0.3),
}


class Mark(NamedTuple):
    """Something found on a page: its box in points of the upright page, and a short note in ASCII."""

    kind: Kind
    box: Box
    note: str = ""


class Place(NamedTuple):
    """How boxes lie on a page image: its upright size in points; turn and small angle in degrees, counter-clockwise."""

    width: float
    height: float
    turned: int
    skew: float


def page_images(
    data: bytes, name: str, media_type: str, options: Options, wanted: Sequence[int]
) -> Iterator[tuple[int, Image]]:
    """Numbers and RGB images (rows x columns x 3), as displayed, of the wanted pages of a PDF or image file.

    A page that cannot be drawn within the limits is left out.
    """
    if media_type == PDF:
        with PdfFile(data, name, options) as pdf:
            for number in wanted:
                try:
                    yield number, pdf.render(number, DRAWING_DPI)
                except (DamagedInputError, TooLargeError):
                    continue
    elif media_type.startswith("image/"):
        chosen = frozenset(wanted)
        for page in read_images(data, name, options):
            if page.pixels is not None and page.number in chosen:
                yield page.number, page.pixels


def _upright(image: Image, place: Place) -> tuple[Image, float]:
    """The image as its boxes lie, no larger than is drawn, and its pixels a point."""
    upright = turn(image, place.turned)
    factor = min(1.0, DRAWING_DPI / _POINTS * place.width / upright.shape[1])
    if factor < 1.0:
        upright = np.asarray(
            cv2.resize(upright, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), dtype=np.uint8
        )
    straight = level(upright, place.skew).copy()
    return straight, straight.shape[1] / max(1.0, place.width)


def _draw(image: Image, mark: Mark, scale: float) -> None:
    style = _STYLES[mark.kind]
    height, width = image.shape[:2]
    left, top = (max(0, round(side * scale) - 1) for side in (mark.box.x0, mark.box.top))
    right, bottom = min(width - 1, round(mark.box.x1 * scale) + 1), min(height - 1, round(mark.box.bottom * scale) + 1)
    if right <= left or bottom <= top:
        return
    if style.fill:
        part = image[top:bottom, left:right]
        tint = np.full_like(part, [round(255 - style.fill * (255 - channel)) for channel in style.colour])
        image[top:bottom, left:right] = cv2.multiply(part, tint, scale=1 / 255)  # letters stay black
    cv2.rectangle(image, (left, top), (right, bottom), style.colour, style.width)
    if mark.note:
        (length, tall), _ = cv2.getTextSize(mark.note, _FONT, 0.38, 1)
        is_word = mark.kind == "doubtful"
        at = (left, max(tall, top - 2)) if is_word else (max(0, left - length - 3), min(bottom, top + tall + 4))
        cv2.putText(image, mark.note, at, _FONT, 0.38, style.colour, 1, cv2.LINE_AA)


def _rows(width: int) -> list[list[tuple[int, _Style]]]:
    """The legend laid out in rows as wide as the page: where each entry begins."""
    rows: list[list[tuple[int, _Style]]] = [[]]
    x = 8
    for style in _STYLES.values():
        length = 34 + int(cv2.getTextSize(style.meaning, _FONT, 0.42, 1)[0][0])
        if rows[-1] and x + length > width:
            rows.append([])
            x = 8
        rows[-1].append((x, style))
        x += length
    return rows


def _legend(width: int, heading: str) -> Image:
    rows = _rows(width)
    band = np.full((_ROW * (len(rows) + 1) + 6, width, 3), 255, np.uint8)
    cv2.putText(band, heading, (8, 16), _FONT, 0.45, _INK, 1, cv2.LINE_AA)
    for row, entries in enumerate(rows, 1):
        base = _ROW * row + 16
        for x, style in entries:
            cv2.rectangle(band, (x, base - 11), (x + 16, base + 1), style.colour, 2 if style.width > 1 else 1)
            if style.fill:
                cv2.rectangle(band, (x, base - 11), (x + 16, base + 1), style.colour, cv2.FILLED)
            cv2.putText(band, style.meaning, (x + 22, base), _FONT, 0.42, _INK, 1, cv2.LINE_AA)
    band[-2:] = 200
    return band


def draw_page(image: Image, place: Place, marks: Sequence[Mark], heading: str) -> bytes:
    """PNG of a page image (RGB, as displayed) turned upright, its marks drawn on it, under a heading and a legend."""
    upright, scale = _upright(image, place)
    order = list(_STYLES)
    # Words of a cell share its box: one mark for all, with the least sure word's note.
    single = {(mark.kind, mark.box): mark for mark in sorted(marks, key=lambda m: m.note, reverse=True)}
    for mark in sorted(single.values(), key=lambda m: (order.index(m.kind), m)):
        _draw(upright, mark, scale)
    whole = np.vstack([_legend(upright.shape[1], heading), upright])
    _, encoded = cv2.imencode(".png", cv2.cvtColor(whole, cv2.COLOR_RGB2BGR))
    return bytes(encoded.tobytes())
