"""Image files: PNG, JPEG, TIFF with many pages, BMP, WebP; sizes are checked before anything is decoded."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from ..errors import DamagedInputError, TooLargeError
from ..options import Options

Image = npt.NDArray[np.uint8]

_FAILURES = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    UnidentifiedImageError,
    Pillow.DecompressionBombError,
)


@dataclass(frozen=True, slots=True)
class ImagePage:
    """A page of an image file: RGB pixels (rows x columns x 3) and the stated resolution, or an error."""

    number: int
    pixels: Image | None
    dpi: float | None
    error: str | None = None


def _dpi(picture: Pillow.Image) -> float | None:
    stated = picture.info.get("dpi")
    try:
        return float(stated[0]) if stated else None
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None


def _rgb(picture: Pillow.Image) -> Image:
    """RGB pixels, upright by the camera's note, transparency on white."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith(("I", "F")):
        values = np.asarray(upright, dtype=np.float64)
        spread = float(np.ptp(values)) or 1.0
        grey = ((values - values.min()) / spread * 255).astype(np.uint8)
        return np.repeat(grey[:, :, None], 3, axis=2)
    if "A" in upright.mode or "transparency" in upright.info:
        layered = upright.convert("RGBA")
        upright = Pillow.alpha_composite(Pillow.new("RGBA", layered.size, "white"), layered)
    return np.array(upright.convert("RGB"), dtype=np.uint8)


def _page(picture: Pillow.Image, number: int, name: str, options: Options) -> ImagePage:
    try:
        picture.seek(number - 1)
        width, height = picture.size
        if width * height > options.max_pixels:
            message = f"too_large: {name}: page {number} has {width} x {height} pixels, more than {options.max_pixels}"
            return ImagePage(number, None, None, message)
        return ImagePage(number, _rgb(picture), _dpi(picture))
    except _FAILURES:
        return ImagePage(number, None, None, f"{name}: page {number} of the image is damaged; scan it again")


def read_images(data: bytes, name: str, options: Options) -> Iterator[ImagePage]:
    """Pages of an image file, one after the other, so that one at a time is in memory.

    Raises DamagedInputError or TooLargeError when not even the first can be opened.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = Pillow.open(io.BytesIO(data))
            frames = int(getattr(picture, "n_frames", 1))
        except Pillow.DecompressionBombError:
            raise TooLargeError(
                f"{name}: the image is larger than {options.max_pixels} pixels; scan it smaller"
            ) from None
        except _FAILURES:
            raise DamagedInputError(f"{name}: the image is damaged and cannot be opened; scan it again") from None
        if frames > options.max_pages:
            raise TooLargeError(f"{name}: {frames} pages, more than the limit of {options.max_pages}; split it")
        with picture:
            for number in range(1, frames + 1):
                yield _page(picture, number, name, options)
