"""Letters of a scanned page as boxes, from its ink alone: where an engine reads nothing, there is text all the same."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ..values import Box

_POINTS = 72.0
_LOWEST, _HIGHEST = 3.0, 26.0  # points: letters
_WIDEST = 60.0  # points: letters that run into each other
_MARK = 0.6  # in heights of small letters: what is lower is an accent, a dot or dust
_EDGE = 16.0  # points at the sides of a page where shadows fall
_SMALL_LETTER = 0.47  # height of a small letter in letter sizes


def letters(pieces: npt.NDArray[np.float64], page_width: float, dpi: float) -> tuple[list[Box], float]:
    """Boxes of the letters and dashes among connected pieces of ink (rows of left, top, width, height in pixels, as is
    the width of the page) in points, and the usual size of the letters.
    """
    left, top, width, height = pieces.T * (_POINTS / dpi)
    sound = (height >= _LOWEST) & (height <= _HIGHEST) & (width <= _WIDEST) & (width >= 0.7)
    inner = (left > _EDGE) & (left + width < page_width * _POINTS / dpi - _EDGE)
    sound &= inner
    if not sound.any():
        return [], 1.0
    usual = float(np.median(height[sound]))
    dash = (width >= 2.2) & (width <= 9.0) & (height <= 2.6) & (width >= 1.6 * height)
    kept = np.flatnonzero(sound & (height >= _MARK * usual) | inner & dash)
    sides = np.column_stack((left, top, left + width, top + height))[kept]
    return [Box(*box) for box in sides.tolist()], usual / _SMALL_LETTER
