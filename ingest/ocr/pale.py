"""Ink of seals and pens on a grey page image, paler than print, told from it and painted over."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]

_EDGE_OF_LETTER = 0.5  # points around its core
_FAINTEST = 0.25  # share of the paper's lightness
_DARKEST = 90  # percentile of all ink


class Depths:
    """How much darker than the paper around it each pixel of a grey page image is, as a share of the paper."""

    def __init__(self, image: Image, dpi: float) -> None:
        self._image, self._dpi = image, dpi
        eighth = cv2.resize(image, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
        paper = cv2.resize(cv2.medianBlur(eighth, 21), image.shape[::-1], interpolation=cv2.INTER_LINEAR)
        self._paper = np.asarray(paper, dtype=np.uint8)
        self._depth = cv2.subtract(paper, image).astype(np.float32) / np.maximum(paper, 1)
        marks = self._depth[self._depth > _FAINTEST]
        self._darkest = float(np.percentile(marks, _DARKEST)) if marks.size else 0.0

    def dark_only(self, part: tuple[slice, slice], share: float) -> tuple[Image, float]:
        """A part of the page with paper in place of ink that is neither as dark as `share` of the darkest nor beside
        such a core of a letter, and how much of the part's ink that was.
        """
        image, depth = self._image[part], self._depth[part]
        marks = depth > _FAINTEST
        if not marks.any():
            return image, 0.0
        core = (depth > share * self._darkest).astype(np.uint8)
        reach = 2 * max(1, round(_EDGE_OF_LETTER * self._dpi / 72)) + 1
        kept = cv2.dilate(core, np.ones((reach, reach), np.uint8)) > 0
        found = np.where(kept, image, self._paper[part]).astype(np.uint8)
        return found, float((marks & ~kept).sum() / marks.sum())
