"""A page made level: what a look at its parts needs, each made only once and only when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ..values import Box
from .engine import Image, OcrEngine
from .pale import Depths
from .pieces import Pieces, boxes_of, letter_boxes, text_ink
from .prepare import CLEAR, ink_of, level, search_ink

_Floats = npt.NDArray[np.float64]

_MARGIN = 2.0  # points above and below a column
_ASIDE, _AROUND = 18.0, 6.0  # points beside the letters of a column, where bullets stand, above and below


@dataclass(frozen=True)
class LevelPage:
    """A grey page image without dust and its pieces of ink, that are level once they are turned counter-clockwise by
    `degrees`; the engine that reads parts of it.
    """

    crooked: Image
    pieces: Pieces
    degrees: float
    dpi: float
    engine: OcrEngine

    @cached_property
    def image(self) -> Image:
        """The page made level: for tables and columns, most pages have neither."""
        return level(self.crooked, self.degrees)

    @cached_property
    def ink(self) -> Image:
        """Ink mask of the level page."""
        return ink_of(self.image, self.dpi, CLEAR)

    @cached_property
    def boxes(self) -> _Floats:
        """Left, top, width and height of the level pieces of ink: rows of pixels."""
        return boxes_of(self.pieces, self.degrees)

    @cached_property
    def letters(self) -> _Floats:
        """Boxes of the letters: rows of left, top, right, bottom in points."""
        return letter_boxes(self.boxes, self.dpi)

    @cached_property
    def depths(self) -> Depths:
        """Found once, for all columns with a seal."""
        return Depths(self.image, self.dpi)

    def text_ink(self) -> Image:
        """Where text stands on the level page, at one pixel a point (255 on 0)."""
        return text_ink(self.pieces, self.degrees, self.dpi)

    def search_ink(self) -> tuple[Image, float]:
        """Ink of the level page in which pale ruling lines show too, and its resolution."""
        return search_ink(self.crooked, self.dpi, self.degrees)

    def written(self, sides: Box) -> Box | None:
        """The part of a column that has letters, and paper around it: an engine's time grows with the paper."""
        x, y = self.letters[:, (0, 2)].mean(axis=1), self.letters[:, (1, 3)].mean(axis=1)
        inside = self.letters[(x >= sides.x0) & (x < sides.x1) & (y >= sides.top) & (y < sides.bottom)]
        if not len(inside):
            return None
        (x0, top), (x1, bottom) = inside[:, :2].min(axis=0).tolist(), inside[:, 2:].max(axis=0).tolist()
        return Box(
            max(sides.x0, x0 - _ASIDE),
            max(0.0, sides.top - _MARGIN, top - _AROUND),
            min(sides.x1, x1 + _ASIDE),
            min(sides.bottom + _MARGIN, bottom + _AROUND),
        )
