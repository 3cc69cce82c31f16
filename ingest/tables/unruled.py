"""Tables without ruling lines: columns from the gaps below a table's head, rows from the room between lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...dictionaries import pattern
from ..values import Box, Word
from .rules import Cell, CellGrid

_RIVER = 4.0  # points that must stay free between two columns
_HEAD_GAP = 1.2  # in letter heights: the least gap between two cells of the head
_ROOM = 0.22  # in letter heights: rows stand so much farther apart than lines of a cell
_LEAST_ROWS = 3
_ORDINAL_WIDTH = 0.2  # share of the table's width
_FAR = 4.0  # in letter heights: a table ends before a gap as wide

Span = tuple[float, float]


def _height(words: Sequence[Word]) -> float:
    heights = sorted(word.box.bottom - word.box.top for word in words)
    return max(1.0, heights[len(heights) // 2])


def _bands(words: Sequence[Word]) -> list[list[Word]]:
    """Words that overlap vertically, directly or through others, from the top down."""
    bands: list[list[Word]] = []
    bottom = float("-inf")
    for word in sorted(words, key=lambda w: (w.box.top, w.box.x0)):
        slack = 0.2 * (word.box.bottom - word.box.top)
        if bands and word.box.top < bottom - slack:
            bands[-1].append(word)
            bottom = max(bottom, word.box.bottom)
        else:
            bands.append([word])
            bottom = word.box.bottom
    return bands


def _gaps(band: Sequence[Word], least: float) -> list[Span]:
    """Upright gaps inside a band, at least `least` wide, from left to right."""
    gaps: list[Span] = []
    right = None
    for word in sorted(band, key=lambda w: w.box.x0):
        if right is not None and word.box.x0 - right >= least:
            gaps.append((right, word.box.x0))
        right = word.box.x1 if right is None else max(right, word.box.x1)
    return gaps


def _head_gaps(band: Sequence[Word], height: float) -> list[Span]:
    """Gaps between the cells of a table's head; none for a band that is no head."""
    gaps = _gaps(band, _HEAD_GAP * height)
    if len(gaps) < 2:
        return []
    edges = [float("-inf"), *((a + b) / 2 for a, b in gaps), float("inf")]
    cells = [" ".join(w.text for w in band if low <= w.box.x0 < high) for low, high in pairwise(edges)]
    named = sum(1 for cell in cells if pattern("tables", "table_head").search(cell.strip(" .:|")))
    return gaps if named else []


def _narrowed(rivers: Sequence[Span], band: Sequence[Word]) -> list[Span] | None:
    """What a band leaves free of each river; None where it fills one."""
    left: list[Span] = []
    for low, high in rivers:
        inside = sorted((w.box.x0, w.box.x1) for w in band if w.box.x1 > low and w.box.x0 < high)
        edges = [low, *(edge for span in inside for edge in span), high]
        free = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= _RIVER]
        if not free:
            return None
        left.append(max(free, key=lambda span: span[1] - span[0]))
    return left


def _row_breaks(bands: Sequence[Sequence[Word]], height: float) -> list[float]:
    """Where rows part, between the bands of a table: after the head, and where there is more room than in a cell."""
    bottoms = [max(w.box.bottom for w in band) for band in bands]
    tops = [min(w.box.top for w in band) for band in bands]
    rooms = [top - bottom for bottom, top in zip(bottoms, tops[1:], strict=False)]
    limit = min(rooms) + _ROOM * height if rooms and max(rooms) - min(rooms) > _ROOM * height else float("-inf")
    return [(bottoms[at] + tops[at + 1]) / 2 for at, room in enumerate(rooms) if at == 0 or room > limit]


def _grid(bands: Sequence[Sequence[Word]], rivers: Sequence[Span], height: float) -> CellGrid | None:
    words = [word for band in bands for word in band]
    edge = 0.3 * height
    left, right = min(w.box.x0 for w in words) - edge, max(w.box.x1 for w in words) + edge
    top, bottom = min(w.box.top for w in words) - edge, max(w.box.bottom for w in words) + edge
    xs = (left, *((a + b) / 2 for a, b in rivers), right)
    ys = (top, *_row_breaks(bands, height), bottom)
    # Without its ordinal column every cell would stand one column too far to the left.
    if len(ys) - 1 < _LEAST_ROWS or xs[1] - xs[0] > _ORDINAL_WIDTH * (right - left):
        return None
    cells = [
        Cell(Box(x0, y0, x1, y1), row, row + 1, column, column + 1)
        for row, (y0, y1) in enumerate(pairwise(ys))
        for column, (x0, x1) in enumerate(pairwise(xs))
    ]
    return CellGrid(Box(left, top, right, bottom), xs, ys, tuple(cells))


def find_unruled(words: Sequence[Word]) -> list[CellGrid]:
    """Tables without ruling lines among the words of a page: a head that names its columns, and the rows below it that
    keep to them. The first line that crosses the columns, or a wide gap, ends the table.
    """
    if not words:
        return []
    height = _height(words)
    bands = _bands(words)
    grids: list[CellGrid] = []
    at = 0
    while at < len(bands):
        rivers = _head_gaps(bands[at], height)
        end = at + 1
        while rivers and end < len(bands):
            apart = min(w.box.top for w in bands[end]) - max(w.box.bottom for w in bands[end - 1])
            narrowed = _narrowed(rivers, bands[end])
            if narrowed is None or apart > _FAR * height:
                break
            rivers, end = narrowed, end + 1
        grid = _grid(bands[at:end], rivers, height) if rivers else None
        if grid is not None:
            grids.append(grid)
        at = end if grid is not None else at + 1
    return grids
