"""Small PDFs and page images that tests of reading build in place."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

Image = npt.NDArray[np.uint8]
Draw = Callable[[Canvas], None]

FONTS = (
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
)


@pytest.fixture(scope="session")
def font_file() -> str:
    """A serif font with Vietnamese letters; tests that need one are skipped, saying so, where none is installed."""
    found = next((path for path in FONTS if Path(path).is_file()), None)
    if found is None:
        pytest.skip("no serif font with Vietnamese letters is installed (fonts-liberation2)")
    return found


@pytest.fixture(scope="session")
def serif(font_file: str) -> str:
    """The name under which reportlab knows that font."""
    pdfmetrics.registerFont(TTFont("test-serif", font_file))
    return "test-serif"


@pytest.fixture(scope="session")
def make_pdf(serif: str) -> Callable[..., bytes]:
    """Makes a PDF: a function a page, called with the canvas; `rotation` is how viewers turn the pages."""

    def make(*pages: Draw, rotation: int = 0, size: tuple[float, float] = A4, encrypt: str | None = None) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=size, invariant=True, encrypt=encrypt)
        for draw in pages:
            canvas.setPageRotation(rotation)
            canvas.setFont(serif, 12)
            draw(canvas)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    return make


@pytest.fixture(scope="session")
def page_image(font_file: str) -> Callable[..., Image]:
    """Makes a grey A4 page image: lines of text from the top, turned counter-clockwise by `degrees`."""

    def make(lines: Sequence[str], dpi: int = 150, degrees: float = 0.0) -> Image:
        width, height = round(8.27 * dpi), round(11.69 * dpi)
        page = Pillow.new("L", (width, height), 255)
        font = ImageFont.truetype(font_file, round(dpi * 13 / 72))
        draw = ImageDraw.Draw(page)
        for at, line in enumerate(lines):
            draw.text((dpi, dpi + at * dpi * 0.3), line, fill=0, font=font)
        pixels = np.asarray(page)
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), borderValue=(255,)), dtype=np.uint8)

    return make


@pytest.fixture(scope="session")
def image_bytes() -> Callable[..., bytes]:
    """Makes an image file of pixels; more frames give a TIFF of several pages."""

    def make(*frames: Image, kind: str = "PNG", dpi: int = 150) -> bytes:
        first, *rest = (Pillow.fromarray(frame) for frame in frames)
        out = io.BytesIO()
        more = {"save_all": True, "append_images": rest} if rest else {}
        first.save(out, kind, dpi=(dpi, dpi), **more)
        return out.getvalue()

    return make
