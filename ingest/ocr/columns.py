"""Two columns side by side on a page image (letterhead, recipients and signature), found by the paper between them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .prepare import shrunk

Image = npt.NDArray[np.uint8]
_Flags = npt.NDArray[np.bool_]

_CELL = 2.0  # points: a page is searched in squares of this size
_RIVER = 12.0  # points of paper between two columns
_MIDDLE = (0.3, 0.7)  # share of the page width in which columns part
_LEAST_HEIGHT = 36.0  # points
_LEAST_LINES = 2
_LINE_HEIGHT = 6.0  # points
_LEAST_WIDTH = 30.0  # points
_LINE_GAP = 60.0  # points: a signature's room; farther text is no part of the zone
_SLICE = 14.0  # points: what is lower and ends with the paper between the columns is cut off a line over both
_EDGE = 0.04  # share of the page at each side where shadows fall
_TEXT = 0.03  # share of a square that is ink


class Zone(NamedTuple):
    """Where two columns stand, in points: top, bottom, and the middle of the paper between them."""

    top: int
    bottom: int
    middle: int


def _runs(flags: _Flags) -> list[tuple[int, int]]:
    """Begin and end of each stretch of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _stretches(rows: _Flags, top: int, bottom: int) -> list[tuple[int, int]]:
    """Parts of a stretch of rows with text no farther apart than the room for a signature."""
    found: list[tuple[int, int]] = []
    for begin, end in _runs(rows[top:bottom]):
        if (begin == 0 or end == bottom - top) and (end - begin) * _CELL < _SLICE:
            continue
        if found and begin + top - found[-1][1] <= _LINE_GAP / _CELL:
            found[-1] = (found[-1][0], end + top)
        else:
            found.append((begin + top, end + top))
    return found


def _lines(side: _Flags) -> int:
    """How many lines of text a column holds."""
    rows: _Flags = np.asarray(side.any(axis=1))
    found = 0
    for top, bottom in _runs(rows):
        columns = np.flatnonzero(side[top:bottom].any(axis=0))
        wide = (columns[-1] - columns[0] + 1) * _CELL >= _LEAST_WIDTH
        found += wide and (bottom - top) * _CELL >= _LINE_HEIGHT
    return found


class _Page:
    """Where text stands on a page, in squares; what was counted once is not counted again."""

    def __init__(self, text: _Flags) -> None:
        self.text = text
        self.rows: _Flags = np.asarray(text.any(axis=1))
        self.left_of = np.zeros((text.shape[0], text.shape[1] + 1), np.int32)
        np.cumsum(text, axis=1, out=self.left_of[:, 1:])
        self.stretches: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self.proven: dict[tuple[int, int, int], bool] = {}

    def parted(self, top: int, bottom: int, x: int) -> bool:
        """Whether columns of some lines stand on both sides of `x`."""
        if (bottom - top) * _CELL < _LEAST_HEIGHT:
            return False
        # As long as `x` moves over paper, the same squares stand on its left.
        key = (top, bottom, int(self.left_of[top:bottom, x].sum()))
        if key not in self.proven:
            # A seal joins the lines that it crosses.
            lines = sorted(_lines(side[top:bottom]) for side in (self.text[:, :x], self.text[:, x:]))
            self.proven[key] = lines[0] > 0 and lines[1] >= _LEAST_LINES
        return self.proven[key]

    def zones_at(self, x: int) -> list[tuple[int, int]]:
        """Top and bottom of each zone that parts at `x`."""
        half = round(_RIVER / _CELL / 2)
        free: _Flags = np.asarray(self.left_of[:, x + half] == self.left_of[:, x - half])
        found = []
        for begin, end in _runs(free):
            if (end - begin) * _CELL < _LEAST_HEIGHT:
                continue
            if (begin, end) not in self.stretches:
                self.stretches[begin, end] = _stretches(self.rows, begin, end)
            found += [zone for zone in self.stretches[begin, end] if self.parted(*zone, x)]
        return found


def column_zones(ink: Image) -> list[Zone]:
    """Zones of two columns of a level page, from the top down; `ink` is 255 on 0 and has one pixel a point."""
    text = shrunk(ink, 1 / _CELL) > 255 * _TEXT
    width = text.shape[1]
    edge = round(_EDGE * width)
    text[:, :edge] = text[:, width - edge :] = False
    if width * _CELL < 2 * _RIVER:
        return []
    page = _Page(text)
    middle = range(round(_MIDDLE[0] * width), round(_MIDDLE[1] * width), 2)
    found = [(top, bottom, x) for x in middle for top, bottom in page.zones_at(x)]
    chosen: list[tuple[int, int, list[int]]] = []
    for top, bottom, x in sorted(found, key=lambda zone: (zone[0] - zone[1], zone[2])):
        same = next((zone for zone in chosen if min(zone[1], bottom) > max(zone[0], top)), None)
        if same is None:
            chosen.append((top, bottom, [x]))
        elif same[:2] == (top, bottom):
            same[2].append(x)
    return sorted(
        Zone(round(top * _CELL), round(bottom * _CELL), round(xs[len(xs) // 2] * _CELL)) for top, bottom, xs in chosen
    )
