"""A grey page image made ready for reading: dust off, upright, level, large enough."""

from __future__ import annotations

import math
from collections.abc import Iterable

import cv2
import numpy as np
import numpy.typing as npt

from ..values import Box

Image = npt.NDArray[np.uint8]

_PROFILE_WIDTH = 900  # pixels: skew is measured on a small copy
_MAX_SKEW = 5.0  # degrees
_SMALLEST_SKEW = 0.12
_PROBED = 2.5  # degrees to each side that are tried to tell upright from sideways
_READING_DPI = 300.0
_LOW_DPI = 180.0
_SEARCH_DPI = 130.0
# A thin line may be pale, letters and marks are not; noise and dust are in between.
_FAINT, CLEAR = 0.12, 0.3
_LEAST_LETTER, _LARGEST_LETTER = 4.0, 26.0  # points
_UNREAD = 5  # letters that make a second look worth its time
_WORD_EDGE = 1.2  # points around a word's box
# Median grain (letters do not move it) as a share of the contrast: clean scans have up to 0.025, grainy ones 0.043.
_NOISY = 0.033
_SPECK = 1.15  # points: a full stop is larger
_SPECK_REACH = 1.5  # points: marks stand nearer to their letters
_GRAINY_REACH = 2.2  # points: the same where grain eats the edges of both


def ink_of(image: Image, dpi: float, share: float) -> Image:
    """Ink of a grey page image as 255 on 0: darker than the paper around it by `share` of the page's contrast."""
    block = max(15, round(dpi / 6) | 1)
    smooth = cv2.GaussianBlur(image, (0, 0), 0.6)
    contrast = float(np.percentile(image[::4, ::4], 60) - np.percentile(image[::4, ::4], 0.5))
    limit = max(8.0, share * contrast)
    ink = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, limit)
    return np.asarray(ink, dtype=np.uint8)


def search_ink(image: Image, dpi: float) -> tuple[Image, float]:
    """Ink mask in which pale ruling lines show too, and its resolution: small, since lines are long."""
    factor = min(1.0, _SEARCH_DPI / dpi)
    small = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return ink_of(np.asarray(small, dtype=np.uint8), dpi * factor, _FAINT), dpi * factor


def without_specks(image: Image, ink: Image, dpi: float) -> Image:
    """A grey page image with dust painted over: specks smaller than a full stop, farther from letters than one."""
    scale = dpi / 72.0
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    small = (stats[:, cv2.CC_STAT_WIDTH] <= _SPECK * scale) & (stats[:, cv2.CC_STAT_HEIGHT] <= _SPECK * scale)
    small[0] = False
    if not small.any():
        return image
    specks = small[labels]
    reach = 2 * round((_GRAINY_REACH if is_noisy(image) else _SPECK_REACH) * scale) + 1
    near = cv2.dilate(np.where(specks, 0, ink).astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    small[np.unique(labels[near & specks])] = False
    dust = cv2.dilate(small[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    quarter = cv2.resize(image, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(quarter, 11), image.shape[::-1], interpolation=cv2.INTER_NEAREST)
    return np.where(dust, paper, image)


def unread(image: Image, ink: Image, read: Iterable[Box], dpi: float) -> Image | None:
    """The page image with the words that were read (boxes in pixels) painted over, when letters are left on it.

    None when all that looks like letters was read. Engines drop whole columns of a table without a word about it.
    """
    scale = dpi / 72.0
    left = ink.copy()
    grow = round(_WORD_EDGE * scale)
    boxes = [tuple(round(side) for side in box) for box in read]
    for x0, top, x1, bottom in boxes:
        left[max(0, top - grow) : bottom + grow, max(0, x0 - grow) : x1 + grow] = 0
    _, _, stats, _ = cv2.connectedComponentsWithStats(left, connectivity=8)
    width, height = stats[1:, cv2.CC_STAT_WIDTH] / scale, stats[1:, cv2.CC_STAT_HEIGHT] / scale
    letters = (
        (height >= _LEAST_LETTER) & (height <= _LARGEST_LETTER) & (width >= 1.0) & (width <= 1.5 * _LARGEST_LETTER)
    )
    if int(letters.sum()) < _UNREAD:
        return None
    paper = int(np.percentile(image[::4, ::4], 60))
    rest = image.copy()
    for x0, top, x1, bottom in boxes:
        rest[max(0, top - grow) : bottom + grow, max(0, x0 - grow) : x1 + grow] = paper
    return rest


def is_noisy(image: Image) -> bool:
    """Whether the grain of the paper in a grey page image is so strong that a point or comma can drown in it."""
    height, width = image.shape[:2]
    inner = image[height // 10 : height - height // 10, width // 10 : width - width // 10]
    grain = cv2.absdiff(inner, cv2.GaussianBlur(inner, (0, 0), 1.5))[::2, ::2].astype(np.float32)
    contrast = float(np.percentile(inner[::4, ::4], 60) - np.percentile(inner[::4, ::4], 0.5))
    return float(np.median(grain)) > _NOISY * max(1.0, contrast)


def turn(image: Image, degrees: int) -> Image:
    """The image turned counter-clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(image, degrees // 90 % 4))


def _small_ink(image: Image) -> npt.NDArray[np.float32]:
    scale = min(1.0, _PROFILE_WIDTH / max(image.shape))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    light = cv2.blur(small, (41, 41))
    return np.asarray(np.clip(light.astype(np.float32) - small - 12, 0, 80), dtype=np.float32)


def _sharpness(ink: npt.NDArray[np.float32], degrees: float) -> float:
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = np.asarray(cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR))
    steps = np.diff(turned.sum(axis=1, dtype=np.float64))
    return float(np.dot(steps, steps).item())


def lies_sideways(image: Image) -> bool:
    """Whether the lines of text run up or down a grey page image: its ink is layered more sharply the other way round.

    Both ways are tried at several angles, since a crooked page shows no layers at all.
    """
    ink = _small_ink(image)
    sharpest = [
        max(_sharpness(way, angle) for angle in np.arange(-_PROBED, _PROBED + 0.1, 0.5).tolist())
        for way in (ink, np.ascontiguousarray(ink.T))
    ]
    return sharpest[1] > sharpest[0]


def skew(image: Image) -> float:
    """Degrees to turn a grey page image counter-clockwise until its lines are level, within five degrees."""
    ink = _small_ink(image)
    best = 0.0
    for reach, step in ((_MAX_SKEW, 1.0), (0.75, 0.25), (0.2, 0.05)):
        count = round(reach / step)
        angles = [best + k * step for k in range(-count, count + 1)]
        best = max(angles, key=lambda angle: (_sharpness(ink, angle), -abs(angle)))
    return best


def level(image: Image, degrees: float) -> Image:
    """The image turned by a small angle, the same size, paper at the corners."""
    if abs(degrees) < _SMALLEST_SKEW:
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
