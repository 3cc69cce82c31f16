"""Letters of a scanned page as boxes, from its ink alone: where an engine reads nothing, there is text all the same."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from ..values import Box

Image = npt.NDArray[np.uint8]

_POINTS = 72.0
_LOWEST, _HIGHEST = 3.0, 26.0  # points: letters
_WIDEST = 60.0  # points: letters that run into each other
_MARK = 0.6  # in heights of small letters: what is lower is an accent, a dot or dust
_EDGE = 16.0  # points at the sides of a page where shadows fall
_SMALL_LETTER = 0.47  # height of a small letter in letter sizes


def letters(ink: Image, dpi: float) -> tuple[list[Box], float]:
    """Boxes of the letters and dashes in an ink mask (255 on 0) in points, and the usual size of the letters."""
    scale = dpi / _POINTS
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    left, top, width, height = (stats[1:, at] / scale for at in range(4))
    sound = (height >= _LOWEST) & (height <= _HIGHEST) & (width <= _WIDEST) & (width >= 0.7)
    inner = (left > _EDGE) & (left + width < ink.shape[1] / scale - _EDGE)
    sound &= inner
    if not sound.any():
        return [], 1.0
    usual = float(np.median(height[sound]))
    dash = (width >= 2.2) & (width <= 9.0) & (height <= 2.6) & (width >= 1.6 * height)
    kept = np.flatnonzero(sound & (height >= _MARK * usual) | inner & dash)
    boxes = [Box(float(left[i]), float(top[i]), float(left[i] + width[i]), float(top[i] + height[i])) for i in kept]
    return boxes, usual / _SMALL_LETTER
