"""Images of table cells: cut out without their ruling lines, cleaned of dust, stacked into strips for reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from ..values import Box

Image = npt.NDArray[np.uint8]

_INSET = 1.5  # points: a cell's border line reaches so far into it
_SPECK = 0.9  # points: ink narrower and lower than this is dust unless it stands close to letters
_LETTER = 3.4  # points: the least height of a letter or figure
_REACH = 3.2  # points: punctuation stands so close to a letter
_GAP = 13.0  # points between the cells of a strip
_FIGURE = 0.7  # of the highest piece of ink: figures are as high
_LEVEL = 0.3  # in figure heights: figures of one line end so close to each other
_BLANK = 0.22  # in figure heights: a blank between a figure and a dash is as wide
_COMMA = 0.1  # in figure heights: a comma reaches so far below the line
_MARGIN = 1.2  # points kept around the ink of a cell
# Between its serifs an upright stroke is ink from top to bottom, and as narrow as this share of its height.
_FULL, _EMPTY, _NARROW = 0.6, 0.25, 0.35


class Separator(NamedTuple):
    """A point or comma as drawn: how many figures stand before it, and which of both it is."""

    after: int
    mark: Literal[".", ","]


class CellImage(NamedTuple):
    """A cell's ink on white, cropped, and its `extent` on the page in points.

    Told by shape: `mark`, a lone dash or plus; of a cell with one line, how many `figures` (or letters as high) it has
    and the `separators` between them, and whether a `spaced_dash` stands between two; of a cell that holds nothing but
    upright `strokes`, how many.
    """

    pixels: Image
    mark: Literal["-", "+"] | None
    figures: int = 0
    separators: tuple[Separator, ...] = ()
    extent: Box | None = None
    strokes: int = 0
    spaced_dash: bool = False


def _strokes(ink: npt.NDArray[np.bool_]) -> int:
    """How many upright strokes a cropped mask holds, 0 where it holds anything else: serifs may join them."""
    height = ink.shape[0]
    third = height // 3
    share = ink[third : height - third].mean(axis=0)
    drawn = share > _FULL
    edges = np.flatnonzero(np.diff(np.concatenate(([0], drawn.astype(np.int8), [0]))))
    widths = edges[1::2] - edges[::2]
    # The sides of a stroke are ragged.
    beside = drawn | np.concatenate((drawn[1:], [False])) | np.concatenate(([False], drawn[:-1]))
    if not len(widths) or widths.max() > _NARROW * height or share[~beside].max(initial=0.0) > _EMPTY:
        return 0
    return len(widths)


def _mark(ink: Image, scale: float) -> Literal["-", "+"] | None:
    """A lone dash or plus by its shape: `ink` is the cropped mask of everything in the cell."""
    height, width = ink.shape
    if 2.0 * scale <= width <= 9.0 * scale and height <= 2.6 * scale and width >= 1.4 * height:
        return "-"
    square = 3.5 * scale <= width <= 10 * scale and 0.7 <= width / height <= 1.45
    if not square:
        return None
    third_h, third_w = max(1, height // 3), max(1, width // 3)
    middle_row = (ink[third_h:-third_h].max(axis=0) > 0).mean()
    middle_column = (ink[:, third_w:-third_w].max(axis=1) > 0).mean()
    corners = [ink[:third_h, :third_w], ink[:third_h, -third_w:], ink[-third_h:, :third_w], ink[-third_h:, -third_w:]]
    empty = max(float((corner > 0).mean()) for corner in corners)
    return "+" if middle_row > 0.85 and middle_column > 0.85 and empty < 0.25 else None


def _kept(stats: npt.NDArray[np.int32], shape: tuple[int, int], scale: float) -> npt.NDArray[np.bool_]:
    """Which pieces of ink in a cell are letters, marks or punctuation; the rest is dust and line."""
    left, top, width, height = stats[:, 0], stats[:, 1], stats[:, 2], stats[:, 3]
    at_edge = (left == 0) | (top == 0) | (left + width == shape[1]) | (top + height == shape[0])
    thin = (width < 2 * scale) | (height < 2 * scale)
    letters = (height >= _LETTER * scale) & (width < shape[1]) & ~(at_edge & thin)
    flat = (width >= 2.0 * scale) & (height <= 2.6 * scale) & (width >= 1.4 * height) & ~at_edge
    speck = (width < _SPECK * scale) & (height < _SPECK * scale)
    letters[0] = flat[0] = False
    kept = letters | flat
    reach = _REACH * scale
    for at in np.flatnonzero(~kept & ~(at_edge & thin)):
        if at == 0:
            continue
        near = (left[letters] < left[at] + width[at] + reach) & (left[letters] + width[letters] > left[at] - reach)
        near &= (top[letters] < top[at] + height[at] + reach) & (top[letters] + height[letters] > top[at] - reach)
        first = bool(near.any()) and left[at] + width[at] <= left[letters][near].min()
        kept[at] = bool(near.any()) and not (speck[at] and first)
    return np.asarray(kept, dtype=np.bool_)


def _separators(stats: npt.NDArray[np.int32]) -> tuple[int, tuple[Separator, ...]]:
    """How many figures a line of pieces of ink has, and the points and commas between them; none where lines are more.

    `stats` has left, top, width and height of each piece.
    """
    left, top, width, height = stats[:, 0], stats[:, 1], stats[:, 2], stats[:, 3]
    tall = height >= _FIGURE * height.max()
    base, size = float(np.median((top + height)[tall])), float(np.median(height[tall]))
    if np.abs((top + height)[tall] - base).max() > _LEVEL * size:
        return 0, ()
    middles = left + width / 2
    places = np.sort(middles[tall])
    low = ~tall & (height <= 0.5 * size) & (height >= 0.1 * size) & (width <= 0.4 * size)
    low &= (top >= base - 0.45 * size) & (middles > places[0]) & (middles < places[-1])
    found = [
        Separator(int((places < middles[at]).sum()), "," if top[at] + height[at] - base > _COMMA * size else ".")
        for at in np.flatnonzero(low)[np.argsort(middles[low])]
    ]
    return len(places), tuple(found)


def _has_spaced_dash(stats: npt.NDArray[np.int32]) -> bool:
    """Whether a line of pieces of ink has one dash, with blanks between it and the figures before and after it.

    `stats` has left, top, width and height of each piece.
    """
    left, top, width, height = stats[:, 0], stats[:, 1], stats[:, 2], stats[:, 3]
    tall = height >= _FIGURE * height.max()
    base, size = float(np.median((top + height)[tall])), float(np.median(height[tall]))
    dashes = np.flatnonzero((height <= 0.3 * size) & (width >= 0.25 * size) & (top + height <= base - 0.15 * size))
    if len(dashes) != 1:
        return False
    begin, end = left[dashes[0]], left[dashes[0]] + width[dashes[0]]
    before, after = (left + width)[tall & (left < begin)], left[tall & (left > begin)]
    return bool(len(before) and len(after) and min(begin - before.max(), after.min() - end) >= _BLANK * size)


def cut_cell(image: Image, ink: Image, box: Box, scale: float) -> CellImage | None:
    """The content of the cell `box` (points) of a grey page image, with `scale` pixels a point; None for an empty one.

    `ink` is the page's ink mask.
    """
    inset = _INSET * scale
    rows = slice(max(0, round(box.top * scale + inset)), max(0, round(box.bottom * scale - inset)))
    columns = slice(max(0, round(box.x0 * scale + inset)), max(0, round(box.x1 * scale - inset)))
    part, mask = image[rows, columns], ink[rows, columns]
    if part.size == 0:
        return None
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    kept = _kept(np.asarray(stats, dtype=np.int32), (mask.shape[0], mask.shape[1]), scale)
    clean = kept[labels]
    if not clean.any():
        return None
    ys, xs = np.flatnonzero(clean.any(axis=1)), np.flatnonzero(clean.any(axis=0))
    tight = np.s_[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1]
    mark = _mark((clean[tight] * 255).astype(np.uint8), scale)
    around = cv2.dilate(clean.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    paper = max(1.0, float(np.percentile(part, 80)))
    white = np.where(around, np.clip(part * (255.0 / paper), 0, 255), 255).astype(np.uint8)
    edge = round(_MARGIN * scale)
    loose = np.s_[max(0, ys[0] - edge) : ys[-1] + 1 + edge, max(0, xs[0] - edge) : xs[-1] + 1 + edge]
    left, top = columns.start + xs[0], rows.start + ys[0]
    right, bottom = columns.start + xs[-1] + 1, rows.start + ys[-1] + 1
    extent = Box(*(float(side) / scale for side in (left, top, right, bottom)))
    pieces = np.asarray(stats[kept], dtype=np.int32)
    figures, separators = _separators(pieces)
    strokes, spaced = _strokes(clean[tight]), _has_spaced_dash(pieces)
    return CellImage(white[loose], mark, figures, separators, extent, strokes, spaced)


def stack(cells: Sequence[CellImage], scale: float) -> tuple[Image, list[tuple[float, float]]]:
    """Cells below each other on white, and the top and bottom of the room of each in pixels."""
    gap = round(_GAP * scale)
    width = max(cell.pixels.shape[1] for cell in cells) + 2 * gap
    height = sum(cell.pixels.shape[0] + gap for cell in cells) + gap
    strip = np.full((height, width), 255, np.uint8)
    places: list[tuple[float, float]] = []
    top = gap
    for cell in cells:
        bottom = top + cell.pixels.shape[0]
        strip[top:bottom, gap : gap + cell.pixels.shape[1]] = cell.pixels
        places.append((top - gap / 2, bottom + gap / 2))
        top = bottom + gap
    return strip, places
