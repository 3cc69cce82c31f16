"""PDF files through PDFium: opening, pages with text layer and ruling lines, page images.

PDFium is not thread safe: use one process for each document.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from ..errors import DamagedInputError, EncryptedInputError, TooLargeError
from ..options import Options
from ..values import Box
from .pdf_drawing import Drawing, Rect, read_drawing
from .pdf_edges import edges_of_page
from .pdf_stamps import stamp_places, stamped_words
from .pdf_text import FontWord, Turn, read_chars, read_words, text_quarter

Image = npt.NDArray[np.uint8]

_POINTS = 72.0
_HEADER = b"%PDF-"
_LOWEST_DPI, _HIGHEST_DPI = 200, 400


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What a page holds, upright: words in the order of the file, ruling lines as thin boxes, sizes in points.

    `image_cover` is the share of the page under images, `hidden` the share of texts set invisibly, `blank` whether
    nothing at all is on the page, `image_dpi` the resolution of its largest image or None; `turned` is how far the
    displayed page must be turned counter-clockwise, in degrees, for its text to stand upright.
    """

    number: int
    width: float
    height: float
    words: tuple[FontWord, ...]
    rules: tuple[Box, ...]
    image_cover: float
    hidden: float
    blank: bool
    image_dpi: float | None
    image_pixels: int
    turned: int = 0


def _clip(rect: Rect, page: Rect) -> float:
    width = min(rect[2], page[2]) - max(rect[0], page[0])
    height = min(rect[3], page[3]) - max(rect[1], page[1])
    return max(0.0, width) * max(0.0, height)


def _image_dpi(drawing: Drawing) -> float | None:
    sizes = [
        ((rect[2] - rect[0]) * (rect[3] - rect[1]), pixels)
        for rect, pixels in zip(drawing.images, drawing.pixels, strict=True)
    ]
    if not sizes:
        return None
    area, (width, height) = max(sizes)
    return math.sqrt(width * height / area) * _POINTS if area > 0 and width and height else None


class PdfFile:
    """An open PDF; close it, or use it in a `with` statement."""

    def __init__(self, data: bytes, name: str, options: Options) -> None:
        """Raises EncryptedInputError, DamagedInputError or TooLargeError."""
        self.name = name
        self._options = options
        self._data = data
        self._pdf = self._open(data)
        self.page_count = len(self._pdf)
        if not self.page_count:
            raise DamagedInputError(f"{name}: the PDF has no pages; export it again from its source")
        if self.page_count > options.max_pages:
            raise TooLargeError(
                f"{name}: {self.page_count} pages, more than the limit of {options.max_pages}; split it"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()
        if "_for_stamps" in self.__dict__:
            self._for_stamps.close()

    def _open(self, data: bytes) -> Any:
        start = data.find(_HEADER)
        for part in (data, data[start:]) if start > 0 else (data,):
            try:
                found = pdfium.PdfDocument(part)
                # Without this, pages are drawn without form fields: a digital signature shows its text in one.
                found.init_forms()
                return found
            except pdfium.PdfiumError as error:
                code = getattr(error, "err_code", None)
                if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) or "password" in str(error).lower():
                    raise EncryptedInputError(
                        f"{self.name}: the PDF needs a password; save it without one and try again"
                    ) from None
        raise DamagedInputError(f"{self.name}: the PDF is damaged and cannot be opened; copy or export it again")

    def _load(self, number: int) -> Any:
        try:
            return self._pdf[number - 1]
        except pdfium.PdfiumError:
            raise DamagedInputError(f"{self.name}: page {number} is damaged; export the file again") from None

    @cached_property
    def _for_stamps(self) -> Any:
        """The file once more, to make annotations a part of its pages."""
        return self._open(self._data)

    def page(self, number: int) -> PdfPage:
        """Read page `number` (1-based). Raises DamagedInputError for a page that cannot be loaded."""
        page = self._load(number)
        try:
            textpage = page.get_textpage()
        except pdfium.PdfiumError:
            page.close()
            raise DamagedInputError(f"{self.name}: the text of page {number} is damaged; export it again") from None
        try:
            return self._read(page, textpage, number)
        finally:
            textpage.close()
            page.close()

    def _read(self, page: Any, textpage: Any, number: int) -> PdfPage:
        chars = read_chars(textpage)
        # Not the bounding box: that is turned with the page, the letters' coordinates are not.
        left, bottom, right, top = page.get_cropbox()
        drawing = read_drawing(page)
        displayed = page.get_rotation() // 90
        quarter = text_quarter(textpage, chars) if chars else displayed % 4
        turn = Turn(quarter, left, bottom, right - left, top - bottom)
        words = read_words(textpage, chars, turn)
        if places := stamp_places(page):
            words += stamped_words(self._for_stamps, number, places, chars, turn)
        width, height = turn.size()
        area = max(1.0, (right - left) * (top - bottom))
        cover = sum(_clip(rect, (left, bottom, right, top)) for rect in drawing.images) / area
        return PdfPage(
            number=number,
            width=width,
            height=height,
            words=tuple(words),
            rules=tuple(turn.box(*rule) for rule in drawing.rules),
            image_cover=min(1.0, cover),
            hidden=drawing.hidden_texts / drawing.texts if drawing.texts else 0.0,
            blank=not (chars or words or drawing.images or drawing.paths),
            image_dpi=_image_dpi(drawing),
            image_pixels=max((width * height for width, height in drawing.pixels), default=0),
            turned=(displayed - quarter) % 4 * 90 if chars else 0,
        )

    def edges(self, page: PdfPage) -> tuple[Box, ...]:
        """Ruling lines of an upright page as a second reader sees them."""
        return () if page.turned else edges_of_page(self._data, page.number, (page.width, page.height))

    def render(self, number: int, dpi: float) -> Image:
        """Page `number` as displayed, at `dpi` dots per inch: rows x columns x 3 (RGB).

        Raises TooLargeError before anything is drawn when the page breaks the limit on pixels.
        """
        page = self._load(number)
        try:
            width, height = page.get_size()
            if not (width > 0 and height > 0) or width * height * (dpi / _POINTS) ** 2 > self._options.max_pixels:
                raise TooLargeError(
                    f"{self.name}: page {number} is larger than {self._options.max_pixels} pixels; "
                    "give more --max-pixels"
                )
            bitmap = page.render(scale=dpi / _POINTS, rev_byteorder=True, prefer_bgrx=False)
            try:
                return np.array(bitmap.to_numpy()[:, :, :3])
            finally:
                bitmap.close()
        except pdfium.PdfiumError:
            raise DamagedInputError(f"{self.name}: page {number} cannot be drawn; export the file again") from None
        finally:
            page.close()


def render_dpi(page: PdfPage, options: Options) -> float:
    """Resolution to draw a page at: that of the scan itself where it is a scan, else the option's."""
    if page.image_cover > 0.5 and page.image_dpi:
        return min(_HIGHEST_DPI, max(_LOWEST_DPI, page.image_dpi))
    return options.render_dpi
