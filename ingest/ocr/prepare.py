"""A grey page image made ready for reading: upright, level, large enough; its ink and its grain."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
SmallInk = npt.NDArray[np.float32]

_PROFILE_WIDTH = 900  # pixels: skew is measured on a small copy
_STRIP = 8  # pixels of the small copy
_MAX_SKEW = 5.0  # degrees
SMALLEST_SKEW = 0.12
_PROBED = 2.5  # degrees to each side that are tried to tell upright from sideways
_READING_DPI = 300.0
_LOW_DPI = 180.0
_SEARCH_DPI = 130.0
# A thin line may be pale, letters and marks are not; noise and dust are in between.
_FAINT, CLEAR = 0.12, 0.3
# Median grain (letters do not move it) as a share of the contrast: clean scans have up to 0.025, grainy ones 0.043.
_NOISY = 0.033
# A field is that dark for three rows and five columns of a tiny copy, bold print is paler there.
_FIELDS_DPI = 25.0
_DARK, _LIGHT = 0.6, 95  # share of the lightness of paper, percentile that is paper though most of a page is dark
_FIELD = (3, 5)


def shade_at(image: Image, share: float) -> float:
    """The shade that `share` of the pixels of a grey image do not exceed, between two shades by their counts.

    Of few shades a count knows this sooner than sorting does.
    """
    counts = np.bincount(image.reshape(-1), minlength=256)
    below = np.concatenate(([0], np.cumsum(counts)))
    wanted = share * below[-1]
    shade = min(255, int(np.searchsorted(below[1:], wanted)))
    return float(shade - 0.5 + (wanted - float(below[shade])) / max(1, int(counts[shade])))


def _contrast(image: Image) -> float:
    part = image[::4, ::4]
    return shade_at(part, 0.6) - shade_at(part, 0.005)


def ink_of(image: Image, dpi: float, share: float) -> Image:
    """Ink of a grey page image as 255 on 0: darker than the paper around it by `share` of the page's contrast."""
    block = max(15, round(dpi / 6) | 1)
    smooth = cv2.GaussianBlur(image, (0, 0), 0.6)
    limit = max(8.0, share * _contrast(image))
    ink = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, limit)
    return np.asarray(ink, dtype=np.uint8)


def shrunk(image: Image, factor: float) -> Image:
    """A smaller copy, at most as large as the image: halves first, which cost next to nothing."""
    while factor <= 0.5 and min(image.shape) > 1:
        image = np.asarray(cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        factor *= 2
    if factor >= 1.0:
        return image
    size = tuple(max(1, round(side * factor)) for side in image.shape[::-1])
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def search_ink(image: Image, dpi: float, degrees: float = 0.0) -> tuple[Image, float]:
    """Ink mask of a grey page image made level by `degrees`, in which pale ruling lines show too, and its resolution:
    small, since lines are long.
    """
    factor = min(1.0, _SEARCH_DPI / dpi)
    small = level(shrunk(image, factor), degrees)
    return ink_of(small, dpi * factor, _FAINT), dpi * factor


def has_dark_fields(image: Image, dpi: float) -> bool:
    """Whether a grey image may hold light letters on a dark field: engines read them only when told to try."""
    small = shrunk(image, _FIELDS_DPI / dpi)
    dark = (small < _DARK * np.percentile(small, _LIGHT)).astype(np.uint8)
    return bool(cv2.erode(dark, np.ones(_FIELD, np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0).any())


def is_noisy(image: Image) -> bool:
    """Whether the grain of the paper in a grey page image is so strong that a point or comma can drown in it."""
    height, width = image.shape[:2]
    inner = image[height // 10 : height - height // 10, width // 10 : width - width // 10]
    grain = cv2.absdiff(inner, cv2.GaussianBlur(inner, (0, 0), 1.5))[::2, ::2]
    return shade_at(np.asarray(grain, dtype=np.uint8), 0.5) > _NOISY * max(1.0, _contrast(inner))


def turn(image: Image, degrees: int) -> Image:
    """The image turned counter-clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(image, degrees // 90 % 4))


def small_ink(image: Image) -> SmallInk:
    """How dark the ink of a grey page image is on a small copy, which tells how its lines run."""
    scale = min(1.0, _PROFILE_WIDTH / max(image.shape))
    small = shrunk(image, scale)
    light = cv2.blur(small, (41, 41))
    return np.asarray(np.clip(light.astype(np.float32) - small - 12, 0, 80), dtype=np.float32)


def _strips(ink: SmallInk) -> SmallInk:
    """Ink of strips as wide as `_STRIP` pixels, row by row: within one a small angle moves nothing."""
    size = (max(1, ink.shape[1] // _STRIP), ink.shape[0])
    return np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _sharpness(strips: SmallInk, degrees: float) -> float:
    """How sharply the rows are layered once each strip is moved as a turn by `degrees` moves it."""
    height, width = strips.shape
    rise = -_STRIP * math.tan(math.radians(degrees))
    matrix = np.array([[1.0, 0.0, 0.0], [rise, 1.0, -rise * (width - 1) / 2]])
    moved = np.asarray(cv2.warpAffine(strips, matrix, (width, height), flags=cv2.INTER_LINEAR))
    steps = np.diff(moved.sum(axis=1, dtype=np.float64))
    return float(np.dot(steps, steps).item())


def lies_sideways(ink: SmallInk) -> bool:
    """Whether the lines of text run up or down a page: its ink is layered more sharply the other way round.

    Both ways are tried at several angles, since a crooked page shows no layers at all.
    """
    sharpest = [
        max(_sharpness(way, angle) for angle in np.arange(-_PROBED, _PROBED + 0.1, 0.5).tolist())
        for way in (_strips(ink), _strips(np.ascontiguousarray(ink.T)))
    ]
    return sharpest[1] > sharpest[0]


def skew(ink: SmallInk) -> float:
    """Degrees to turn an upright page counter-clockwise until its lines are level, within five degrees."""
    strips = _strips(ink)
    best = 0.0
    for reach, step in ((_MAX_SKEW, 1.0), (0.75, 0.25), (0.2, 0.05)):
        count = round(reach / step)
        angles = [best + k * step for k in range(-count, count + 1)]
        best = max(angles, key=lambda angle: (_sharpness(strips, angle), -abs(angle)))
    return best


def level(image: Image, degrees: float) -> Image:
    """The image turned by a small angle, the same size, paper at the corners."""
    if abs(degrees) < SMALLEST_SKEW:
        return image
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, dtype=np.uint8)


def enlarge(image: Image, dpi: float) -> tuple[Image, float]:
    """A page image of low resolution enlarged to what Tesseract reads best, and its new resolution."""
    if dpi >= _LOW_DPI:
        return image, dpi
    factor = min(4.0, _READING_DPI / dpi)
    larger = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    return np.asarray(larger, dtype=np.uint8), dpi * factor


def guess_dpi(image: Image, stated: float | None) -> float:
    """Resolution of a photo or scan without a trustworthy one: as if the page were A4."""
    if stated and 70 <= stated <= 1200:
        return stated
    height, width = image.shape[:2]
    return float(max(height / 11.69, math.sqrt(height * width / (8.27 * 11.69))))
