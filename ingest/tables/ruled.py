"""Ruling lines of scanned pages: found in the ink, traced in the grey where ink alone loses them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from ..values import Box
from .rules import CellGrid, find_grids

Image = npt.NDArray[np.uint8]
Grey = npt.NDArray[np.float32]

_POINTS = 72.0
_LEVEL_LENGTH = 22.0  # points: the shortest piece of a level line
_UPRIGHT_LENGTH = 15.0  # points: taller than a capital with its marks
_THICKEST = 4.5  # points
_LEAST_WIDTH = 0.25  # share of the page width: smaller grids are boxes of a form
_TRACING_DPI = 130.0
_STEP = 1.6  # points: a line is traced in pieces of this length, in which letters leave gaps
_BESIDE = 2.2  # points: so far from a line there is paper
_WANDER = 1.0  # points that a line may leave its place
_PALEST = 0.1  # share of the page's contrast by which a traced line is darker than the paper beside it
_TRACED = 7  # pieces: the shortest stretch that counts


def _pieces(ink: Image, length: int, thickest: int, upright: bool) -> list[tuple[int, int, int, int]]:
    """Straight pieces of ink at least `length` long as (left, top, width, height)."""
    along = (1, length) if upright else (length, 1)
    across = (3, 1) if upright else (1, 3)
    # One pixel of slope or noise must not break a line.
    thick = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, across))
    kept = cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, along))
    _, _, stats, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    found = [(left, top, width, height) for left, top, width, height, _ in stats[1:].tolist()]
    return [piece for piece in found if (piece[2] if upright else piece[3]) <= thickest]


def find_rules(ink: Image, dpi: float) -> tuple[Box, ...]:
    """Ruling lines in the ink mask (255 on 0) of a level page as thin boxes in points; none where no level line is."""
    scale = dpi / _POINTS
    thickest = max(4, round(_THICKEST * scale))
    level = _pieces(ink, round(_LEVEL_LENGTH * scale), thickest, False)
    if not level:
        return ()
    upright = _pieces(ink, round(_UPRIGHT_LENGTH * scale), thickest, True)
    boxes = [Box(x / scale, (y + h / 2) / scale, (x + w) / scale, (y + h / 2) / scale) for x, y, w, h in level]
    boxes += [Box((x + w / 2) / scale, y / scale, (x + w / 2) / scale, (y + h) / scale) for x, y, w, h in upright]
    return tuple(boxes)


def _stretches(
    grey: Grey, at: float, begin: float, end: float, scale: float, limit: float
) -> list[tuple[float, float]]:
    """Stretches of a level line at row `at` of a grey image, looked for from column `begin` to `end` (pixels).

    In every piece the line is darker than the paper close above and below it, which letters hardly ever are.
    """
    step, beside, wander = max(2, round(_STEP * scale)), max(2, round(_BESIDE * scale)), max(1, round(_WANDER * scale))
    count, left = int((end - begin) // step), round(begin)
    count = min(count, (grey.shape[1] - left) // step)
    if count < _TRACED:
        return []
    rows = np.clip(np.arange(round(at) - beside - wander, round(at) + beside + wander + 1), 0, grey.shape[0] - 1)
    pieces = grey[rows, left : left + count * step].reshape(len(rows), count, step).mean(axis=2)
    paper = np.minimum(pieces[: wander + 1].mean(axis=0), pieces[-wander - 1 :].mean(axis=0))
    drawn = pieces[beside : beside + 2 * wander + 1].min(axis=0) < paper - limit
    drawn[1:-1] |= drawn[:-2] & drawn[2:]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], drawn.astype(np.int8), [0]))))
    pairs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [(left + first * step, left + last * step) for first, last in pairs if last - first >= _TRACED]


def _traced(grid: CellGrid, grey: Grey, scale: float, limit: float) -> list[Box]:
    """Pale or broken stretches of the lines of a grid, which alone would not be told from noise."""
    rules: list[Box] = []
    for y in grid.ys:
        found = _stretches(grey, y * scale, grid.xs[0] * scale, grid.xs[-1] * scale, scale, limit)
        rules += [Box(first / scale, y, last / scale, y) for first, last in found]
    turned = np.ascontiguousarray(grey.T)
    for x in grid.xs:
        found = _stretches(turned, x * scale, grid.ys[0] * scale, grid.ys[-1] * scale, scale, limit)
        rules += [Box(x, first / scale, x, last / scale) for first, last in found]
    return rules


def _whole(grid: CellGrid) -> bool:
    return len(grid.cells) == (len(grid.xs) - 1) * (len(grid.ys) - 1)


def scanned_grids(rules: Sequence[Box], image: Image, dpi: float) -> list[CellGrid]:
    """Tables that ruling lines (points) draw on a level grey page image; small boxes of a form are none.

    Where cells seem merged, the lines between them are looked for once more, in the grey.
    """
    least = _LEAST_WIDTH * image.shape[1] * _POINTS / dpi
    grids = find_grids(rules)
    if all(map(_whole, grids)):
        return [grid for grid in grids if grid.box.x1 - grid.box.x0 >= least]
    factor = min(1.0, _TRACING_DPI / dpi)
    small = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    limit = _PALEST * float(np.percentile(small, 60) - np.percentile(small, 0.5))
    grey, scale = small.astype(np.float32), dpi * factor / _POINTS
    more = [rule for grid in grids if not _whole(grid) for rule in _traced(grid, grey, scale, limit)]
    return [grid for grid in find_grids([*rules, *more]) if grid.box.x1 - grid.box.x0 >= least]
