"""Tables without ruling lines: columns from the white rivers between texts, rows from the room between lines.

The same for words of a typed page and for letters found in the ink of a scan: both are boxes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ...dictionaries import pattern
from ..values import Box, Word
from .rules import Cell, CellGrid
from .typed import fill

_BLANK = 0.5  # in letter sizes: texts nearer to each other belong to one cell
_RIVER = 0.33  # in letter sizes: the least that must stay free between two columns
_BODY = 0.32  # in letter sizes: half the height by which a text counts for its line
_LEVEL = 0.42  # in letter sizes: so far from the middle of their line letters may stand
_ROOM = 0.2  # in letter sizes: rows stand so much farther apart than lines of a cell
_FAR = 3.6  # in letter sizes: a table ends before a line as far away
_HEAD_FAR = 2.6
_CENTRED = 1.5  # in letter sizes: so far from their middle a text may stand above the columns that it names
_WIDEST = 0.6  # share of the table's width: no cell of a head is wider
_ORDINAL_WIDTH = 0.2  # share of the table's width
_LEAST_ROWS = 3
_PROVEN = 3  # bands that keep to a river before it counts as one
_FILLED = 0.4  # share of the rows that have something in the last column

Span = tuple[float, float]


class Chunk(NamedTuple):
    """A text on one line without a wide gap in it."""

    x0: float
    x1: float
    middle: float


class Band(NamedTuple):
    """Texts side by side: middles of its first and last line."""

    chunks: tuple[Chunk, ...]
    top: float
    bottom: float


def _chunks(boxes: Iterable[Box], size: float) -> list[Chunk]:
    """Boxes of letters or words joined where they stand close on one line."""
    chunks: list[Chunk] = []
    level = _LEVEL * size
    on_level: defaultdict[int, list[int]] = defaultdict(list)  # places in `chunks`, for each height in steps of `level`
    for box in sorted(boxes, key=lambda b: (b.x0, b.top)):
        middle = (box.top + box.bottom) / 2
        step = int(middle // level)
        near = (at for k in (step - 1, step, step + 1) for at in on_level.get(k, ()))
        joined = [
            at for at in near if abs(chunks[at].middle - middle) < level and box.x0 - chunks[at].x1 < _BLANK * size
        ]
        if not joined:
            on_level[step].append(len(chunks))
            chunks.append(Chunk(box.x0, box.x1, middle))
            continue
        at = max(joined)
        found = chunks[at]
        width, more = max(found.x1 - found.x0, 0.1), max(box.x1 - box.x0, 0.1)
        middle = (found.middle * width + middle * more) / (width + more)
        chunks[at] = Chunk(found.x0, max(found.x1, box.x1), middle)
        before, after = int(found.middle // level), int(middle // level)
        if after != before:
            on_level[before].remove(at)
            on_level[after].append(at)
    return chunks


def _bands(chunks: Iterable[Chunk], size: float) -> list[Band]:
    """Chunks that overlap vertically, directly or through others, from the top down."""
    groups: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda c: (c.middle, c.x0)):
        if groups and chunk.middle - groups[-1][-1].middle < 2 * _BODY * size:
            groups[-1].append(chunk)
        else:
            groups.append([chunk])
    return [Band(tuple(group), group[0].middle, group[-1].middle) for group in groups]


def _spans(band: Band) -> list[Span]:
    """What a band covers from left to right."""
    spans: list[Span] = []
    for chunk in sorted(band.chunks):
        if spans and chunk.x0 <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], chunk.x1))
        else:
            spans.append((chunk.x0, chunk.x1))
    return spans


def _gaps(band: Band, least: float) -> list[Span]:
    """Gaps between the texts of a band, at least `least` wide."""
    return [(a[1], b[0]) for a, b in pairwise(_spans(band)) if b[0] - a[1] >= least]


def _free(river: Span, band: Band, least: float) -> list[Span]:
    """What a band leaves free of a river."""
    low, high = river
    edges = [low]
    for x0, x1 in _spans(band):
        if x1 > low and x0 < high:
            edges += [x0, x1]
    edges.append(high)
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= least]


class _Run:
    """Bands that keep to common rivers: begun at one band, grown down and up."""

    def __init__(self, bands: Sequence[Band], seed: int, size: float) -> None:
        self.bands = bands
        self.size = size
        self.first, self.last = seed, seed
        self.rivers = [(river, 1) for river in _gaps(bands[seed], _RIVER * size)]
        for step in (1, -1):
            self._grow(step)

    def _grow(self, step: int) -> None:
        at = (self.last if step > 0 else self.first) + step
        while 0 <= at < len(self.bands):
            near = self.bands[at - step]
            pitch = self.bands[at].top - near.bottom if step > 0 else near.top - self.bands[at].bottom
            if pitch > _FAR * self.size or not self._take(self.bands[at]):
                return
            self.first, self.last = min(self.first, at), max(self.last, at)
            at += step

    def _take(self, band: Band) -> bool:
        """Narrow the rivers by a band; false, and nothing changed, where it runs across a proven one."""
        rivers: list[tuple[Span, int]] = []
        for river, proof in self.rivers:
            parts = _free(river, band, _RIVER * self.size)
            if not parts and proof >= _PROVEN:
                return False
            beside = any(c.x1 <= river[1] for c in band.chunks) and any(c.x0 >= river[0] for c in band.chunks)
            rivers += [(part, proof + beside) for part in parts]
        if len(rivers) < 2:
            return False
        self.rivers = rivers
        return True

    def columns(self) -> list[Span]:
        """The rivers between columns in which at least two bands have something."""
        kept: list[Span] = []
        left = float("-inf")
        for river, proof in self.rivers:
            filled = sum(any(c.x1 > left and c.x0 < river[0] for c in band.chunks) for band in self.rows())
            if proof < _PROVEN:
                continue
            if filled < 2 and kept and river[1] - river[0] > kept[-1][1] - kept[-1][0]:
                kept.pop()  # of two rivers around a wide gap in a text the wider one parts columns
            elif filled < 2:
                continue
            kept.append(river)
            left = river[1]
        while kept and sum(any(c.x0 >= kept[-1][1] for c in band.chunks) for band in self.rows()) < 2:
            kept.pop()
        return kept

    def rows(self) -> Sequence[Band]:
        """The bands of the run."""
        return self.bands[self.first : self.last + 1]


def _column(chunk: Chunk, xs: Sequence[float]) -> int:
    """Column of a chunk by its middle."""
    middle = (chunk.x0 + chunk.x1) / 2
    return max(0, sum(x <= middle for x in xs[1:-1]))


def _breaks(bands: Sequence[Band], xs: Sequence[float], size: float) -> list[bool]:
    """For each band but the first whether a row begins with it.

    A band with an ordinal after one with an ordinal begins a row, and tells how far rows stand apart. What has none
    belongs to the nearer neighbour; where rows stand no farther apart than lines, to its row above, unless it is full.
    """
    filled = [{_column(chunk, xs) for chunk in band.chunks} for band in bands]
    rooms = [below.top - above.bottom for above, below in pairwise(bands)]
    sure = [room for room, a, b in zip(rooms, filled, filled[1:], strict=False) if 0 in a and 0 in b]
    usual = median(sure) if sure else max(rooms, default=0.0)
    close = usual - _ROOM * size
    is_spaced = any(room < close for room in rooms)
    found: list[bool] = []
    for at, room in enumerate(rooms, 1):
        above, here = filled[at - 1], filled[at]
        if 0 in here and 0 in above:
            begins = room >= close or len(here) > 1
        elif is_spaced:
            begins = room >= close
        else:
            begins = 0 in here or len(here) > 2
        found.append(begins)
    return found


def _edges(bands: Sequence[Band], begins: Sequence[bool], size: float) -> list[float]:
    """Levels between rows, with the top and bottom of the table."""
    inner = [(a.bottom + b.top) / 2 for (a, b), new in zip(pairwise(bands), begins, strict=True) if new]
    return [bands[0].top - 0.9 * size, *inner, bands[-1].bottom + 0.9 * size]


def _reach(chunk: Chunk, xs: Sequence[float]) -> tuple[int, int]:
    """First column of a chunk and the one after its last."""
    inner = xs[1:-1]
    first = sum(x <= chunk.x0 for x in inner)
    return first, max(first + 1, sum(x < chunk.x1 for x in inner) + 1)


def _is_head(band: Band, xs: Sequence[float], size: float) -> bool:
    """Whether a band above a table names columns: texts apart from each other, or one in the middle above columns."""
    x0, x1 = min(c.x0 for c in band.chunks), max(c.x1 for c in band.chunks)
    if x0 < xs[0] - size or x1 > xs[-1] + size:
        return False
    spans = _spans(band)
    if max(b - a for a, b in spans) > _WIDEST * (xs[-1] - xs[0]):
        return False
    if len(spans) == 1:
        first, last = _reach(Chunk(x0, x1, band.top), xs)
        return first > 0 and last - first > 1 and abs(x0 + x1 - xs[first] - xs[last]) < 2 * _CENTRED * size
    return len(_gaps(band, _BLANK * size)) >= 2 and len(_gaps(band, size)) >= 1


def _head(bands: Sequence[Band], first: int, xs: Sequence[float], size: float) -> int:
    """The first band of a head whose merged cells reach over columns, above the band `first`."""
    at = first
    while at > 0 and bands[at].top - bands[at - 1].bottom <= _HEAD_FAR * size and _is_head(bands[at - 1], xs, size):
        at -= 1
    return at


def _wide(bands: Sequence[Band], xs: Sequence[float]) -> list[tuple[Chunk, int, int]]:
    """Texts of a head that reach over several columns, with the first and the one after the last of these."""
    reaches = [(chunk, *_reach(chunk, xs)) for band in bands for chunk in band.chunks]
    return [entry for entry in reaches if entry[2] - entry[1] > 1]


def _level(bands: Sequence[Band], xs: Sequence[float]) -> float | None:
    """Level between texts that reach over several columns and the texts below them; None where there are none."""
    wide = _wide(bands, xs)
    chunks = [chunk for band in bands for chunk in band.chunks]
    under = [c.middle for c in chunks for w, a, b in wide if c.middle > w.middle + 1 and a <= _column(c, xs) < b]
    return (max(w.middle for w, _, _ in wide) + min(under)) / 2 if under else None


def _head_cells(bands: Sequence[Band], xs: Sequence[float], ys: Span) -> tuple[list[float], list[Cell]]:
    """Upper levels and cells of a head: two levels where a text reaches over several columns, else one."""
    columns = range(len(xs) - 1)
    level = _level(bands, xs)
    if level is None:
        return [ys[0]], [Cell(Box(xs[c], ys[0], xs[c + 1], ys[1]), 0, 1, c, c + 1) for c in columns]
    cells: list[Cell] = []
    covered: set[int] = set()
    for _, first, last in sorted(_wide(bands, xs), key=lambda entry: entry[1]):
        if not covered.intersection(range(first, last)):
            cells.append(Cell(Box(xs[first], ys[0], xs[last], level), 0, 1, first, last))
            covered.update(range(first, last))
    cells += [Cell(Box(xs[c], level, xs[c + 1], ys[1]), 1, 2, c, c + 1) for c in columns if c in covered]
    cells += [Cell(Box(xs[c], ys[0], xs[c + 1], ys[1]), 0, 2, c, c + 1) for c in columns if c not in covered]
    return [ys[0], level], cells


def _body(run: _Run, rivers: Sequence[Span], size: float) -> tuple[list[float], list[Band], int]:
    """Sides of the columns, the bands of the table, and how many of them are a head with merged cells."""
    bands = list(run.rows())
    left, right = (side(x for b in bands for c in b.chunks for x in (c.x0, c.x1)) for side in (min, max))
    xs = [left - 0.5 * size, *((a + b) / 2 for a, b in rivers), right + 0.5 * size]
    top = _head(run.bands, run.first, xs, size)
    if top == run.first:
        while bands and len({_column(c, xs) for c in bands[0].chunks}) < 2:
            bands.pop(0)
        return xs, bands, 0
    return xs, [*run.bands[top : run.first], *bands], run.first - top


def _grid(run: _Run, size: float) -> CellGrid | None:
    rivers = run.columns()
    if len(rivers) < 2:
        return None
    xs, bands, head = _body(run, rivers, size)
    begins = _breaks(bands[head:], xs, size)
    if head and _level(bands[:head], xs) is None and True in begins:
        # What stands below the merged cells of a head is its second row.
        more = begins.index(True) + 1
        begins, head = begins[more:], head + more
    ys = _edges(bands[head:], begins, size)
    if len(ys) - 1 < _LEAST_ROWS or xs[1] - xs[0] > _ORDINAL_WIDTH * (xs[-1] - xs[0]):
        return None  # without its ordinal column every cell would stand one column too far to the left
    levels: list[float] = []
    cells: list[Cell] = []
    if head:
        ys[0] = (bands[head - 1].bottom + bands[head].top) / 2
        levels, cells = _head_cells(bands[:head], xs, (bands[0].top - 0.9 * size, ys[0]))
    cells += [
        Cell(Box(x0, y0, x1, y1), row, row + 1, column, column + 1)
        for row, (y0, y1) in enumerate(pairwise(ys), len(levels))
        for column, (x0, x1) in enumerate(pairwise(xs))
    ]
    heights = (*levels, *ys)
    return CellGrid(Box(xs[0], heights[0], xs[-1], heights[-1]), tuple(xs), heights, tuple(cells))


def find_unruled(boxes: Sequence[Box], size: float) -> list[CellGrid]:
    """Grids of what may be tables without ruling lines among the boxes of words or letters of a page, from the top
    down: three columns or more that keep apart over all their lines. `size` is that of the letters in points.

    What they hold decides whether they are tables: see `is_table`.
    """
    bands = _bands(_chunks(boxes, size), size)
    grids: list[CellGrid] = []
    runs = [_Run(bands, at, size) for at, band in enumerate(bands) if len(_gaps(band, _RIVER * size)) >= 2]
    used: set[int] = set()
    for run in sorted(runs, key=lambda r: (-len(r.columns()) * (r.last - r.first), r.first)):
        if used.intersection(range(run.first, run.last + 1)):
            continue
        grid = _grid(run, size)
        if grid is not None:
            grids.append(grid)
            used.update(range(run.first, run.last + 1))
    return sorted(grids, key=lambda grid: grid.box.top)


def _texts(filled: Iterable[tuple[Cell, Sequence[Word]]]) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): " ".join(word.text for word in words).strip(" .:|") for cell, words in filled}


def is_table(grid: CellGrid, filled: Sequence[tuple[Cell, Sequence[Word]]]) -> bool:
    """Whether the cells of an unruled grid, filled, hold a table: a head that names its columns, or numbered rows with
    something in their last column. Letterheads, signature blocks and lists hold neither.
    """
    texts = _texts(filled)
    rows, last = range(len(grid.ys) - 1), len(grid.xs) - 2
    if any(
        pattern("tables", "table_head").search(texts.get((row, c), "")) for row in rows[:3] for c in range(last + 1)
    ):
        return True
    numbered = [row for row in rows if texts.get((row, 0), "").isdecimal()]
    ended = sum(bool(texts.get((row, last))) for row in numbered)
    return len(numbered) >= _LEAST_ROWS - 1 and ended >= _FILLED * len(numbered)


def tables_of_words(words: Sequence[Word]) -> list[CellGrid]:
    """Tables without ruling lines among the words of a typed page."""
    if not words:
        return []
    size = max(1.0, median(word.box.bottom - word.box.top for word in words))
    grids = find_unruled([word.box for word in words], size)
    return [grid for grid in grids if is_table(grid, fill(grid, words)[0])]
