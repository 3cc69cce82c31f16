"""Words of a page into lines in reading order; columns that stand side by side are read one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...dictionaries import pattern
from ..values import Box, Line, Word

# Gaps between words of a line, in line heights: a wider one parts two columns.
_COLUMN_GAP = 1.7
_NARROW_RIVER = 5.0  # points that must stay free between two columns
_LABEL_WIDTH = 2.6  # in line heights: a run as narrow is a label or bullet before its text, no column
_LABEL_GAP = 4.0  # in line heights: how far its text may be
_SHELF = 8.0  # points: words are looked up by their height on the page
_CENTRED = 0.03  # share of the page width


def hull(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of `boxes` (at least one)."""
    found = list(boxes)
    return Box(
        min(b.x0 for b in found), min(b.top for b in found), max(b.x1 for b in found), max(b.bottom for b in found)
    )


@dataclass(frozen=True, slots=True)
class Run:
    """Words side by side on one line, none far from the next."""

    words: tuple[Word, ...]
    box: Box

    @classmethod
    def of(cls, words: Sequence[Word]) -> Run:
        """A run of words in their order from left to right; one word with a wrong box does not make it higher."""
        whole = hull(word.box for word in words)
        tops = sorted(word.box.top for word in words)
        bottoms = sorted(word.box.bottom for word in words)
        return cls(tuple(words), whole._replace(top=tops[len(tops) // 3], bottom=bottoms[len(bottoms) * 2 // 3]))

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def height(self) -> float:
        """Height of a letter box, by the middle word."""
        heights = sorted(word.box.bottom - word.box.top for word in self.words)
        return max(1.0, heights[len(heights) // 2])


def _before_national_name(run: Run) -> list[Run]:
    """A run cut where the right column of a letterhead begins in it."""
    found = pattern("page_layout", "national_name").search(run.text)
    if not found or found.start() == 0:
        return [run]
    at = run.text[: found.start()].count(" ")
    return [Run.of(run.words[:at]), Run.of(run.words[at:])] if 0 < at < len(run.words) else [run]


def _same_row(a: Box, b: Box) -> bool:
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap > 0.5 * min(a.bottom - a.top, b.bottom - b.top)


def _joins(run: list[Word], word: Word, in_line: bool = False) -> bool:
    """Whether a word goes on with a run: beside its last word, no farther than a blank; a label stays with its text.

    `in_line`: both are known to stand on one line.
    """
    last = run[-1].box
    height = max(1.0, last.bottom - last.top, word.box.bottom - word.box.top)
    gap = word.box.x0 - last.x1
    is_label = last.x1 - run[0].box.x0 < _LABEL_WIDTH * height
    limit = _LABEL_GAP if is_label else _COLUMN_GAP
    return gap <= limit * height and (in_line or (-0.7 * height < gap and _same_row(last, word.box)))


def runs_of(words: Iterable[Word]) -> list[Run]:
    """Words joined to runs, from the top down."""
    found: list[list[Word]] = []
    shelves: dict[int, list[list[Word]]] = {}
    for word in sorted(words, key=lambda w: (w.box.x0, w.box.top)):
        middle = (word.box.top + word.box.bottom) / 2
        shelf = int(middle // _SHELF)
        near = [run for at in (shelf - 1, shelf, shelf + 1) for run in shelves.get(at, ()) if _joins(run, word)]
        if near:
            best = min(near, key=lambda run: abs((run[-1].box.top + run[-1].box.bottom) / 2 - middle))
            best.append(word)
            if best not in shelves.get(shelf, ()):
                shelves.setdefault(shelf, []).append(best)
        else:
            found.append([word])
            shelves.setdefault(shelf, []).append(found[-1])
    return sorted((Run.of(run) for run in found), key=lambda run: (run.box.top, run.box.x0))


@dataclass(slots=True)
class _Band:
    """Runs that overlap vertically, directly or through others."""

    runs: list[Run]

    @property
    def is_split(self) -> bool:
        return len(self.runs) > 1

    @property
    def box(self) -> Box:
        return hull(run.box for run in self.runs)


def _bands(runs: Iterable[Run]) -> list[_Band]:
    bands: list[_Band] = []
    bottom = float("-inf")
    for run in sorted(runs, key=lambda r: (r.box.top, r.box.x0)):
        if bands and run.box.top < bottom - 0.25 * run.height:
            bands[-1].runs.append(run)
            bottom = max(bottom, run.box.bottom)
        else:
            bands.append(_Band([run]))
            bottom = run.box.bottom
    return bands


def _rivers(runs: Iterable[Run], within: tuple[float, float]) -> list[tuple[float, float]]:
    """Free upright strips inside `within` that no run enters, from left to right."""
    position = within[0]
    free: list[tuple[float, float]] = []
    for run in sorted(runs, key=lambda r: r.box.x0):
        if run.box.x0 - position >= _NARROW_RIVER:
            free.append((position, min(run.box.x0, within[1])))
        position = max(position, run.box.x1)
    if within[1] - position >= _NARROW_RIVER:
        free.append((position, within[1]))
    return [(a, b) for a, b in free if b - a >= _NARROW_RIVER and a < within[1]]


def _widest_inner_river(band: _Band) -> tuple[float, float] | None:
    box = band.box
    inner = [river for river in _rivers(band.runs, (box.x0, box.x1)) if box.x0 < river[0] and river[1] < box.x1]
    return max(inner, key=lambda river: (river[1] - river[0], -river[0])) if inner else None


def _is_centred(band: _Band, width: float) -> bool:
    box = band.box
    return not band.is_split and abs((box.x0 + box.x1) / 2 - width / 2) < _CENTRED * width


def _zone_end(bands: Sequence[_Band], start: int, width: float) -> tuple[int, float]:
    """Index after the last band of the two-column zone that begins at `start`, and where its columns part."""
    river = _widest_inner_river(bands[start])
    if river is None:
        return start, 0.0
    end = start + 1
    while end < len(bands):
        band = bands[end]
        left = [r for r in _rivers(band.runs, river) if r[1] > river[0]]
        apart = band.box.top - bands[end - 1].box.bottom > 12 * band.runs[0].height
        if _is_centred(band, width) or not left or (apart and not band.is_split):
            break
        river = max(left, key=lambda r: r[1] - r[0])
        end += 1
    return end, (river[0] + river[1]) / 2


def _columns(runs: list[Run], middle: float) -> list[Run]:
    """Left column, then right; a letterhead's number and date come after both columns above them."""
    sides = tuple(_rows([r for r in runs if (r.box.x0 < middle) == is_left]) for is_left in (True, False))
    number = next((run for run in sides[0] if pattern("page_layout", "number_line").search(run.text)), None)
    if number is None:
        return [*sides[0], *sides[1]]
    edge = number.box.top - 0.6 * number.height
    upper = [run for side in sides for run in side if run.box.top < edge]
    lower = [run for side in sides for run in side if run.box.top >= edge]
    return [*upper, *lower]


def _as_lines(band: _Band) -> list[Run]:
    """A band outside a zone: what stands on one row is one line."""
    return _rows(band.runs)


def _side_by_side(row: Sequence[Run]) -> list[Word]:
    """Words of the runs on one row from left to right; a run may fill a gap in another."""
    ordered = sorted(row, key=lambda run: run.box.x0)
    words = [word for run in ordered for word in run.words]
    apart = all(a.box.x1 <= b.box.x0 for a, b in pairwise(ordered))
    return words if apart else sorted(words, key=lambda word: (word.box.x0, word.box.top))


def _rows(runs: Iterable[Run]) -> list[Run]:
    """Runs on one row joined to one line, from the top down."""
    rows: list[list[Run]] = []
    for run in runs:
        row = next((row for row in rows if _same_row(row[0].box, run.box)), None)
        if row is None:
            rows.append([run])
        else:
            row.append(run)
    return [Run.of(_side_by_side(row)) for row in rows]


def reading_order(runs: Iterable[Run], width: float) -> list[Run]:
    """Runs of a page of `width` points as lines in reading order."""
    bands = _bands(part for run in runs for part in _before_national_name(run))
    ordered: list[Run] = []
    at = 0
    while at < len(bands):
        end, middle = _zone_end(bands, at, width) if bands[at].is_split else (at, 0.0)
        zone = [run for band in bands[at:end] for run in band.runs]
        rows = len({id(band) for band in bands[at:end] if band.is_split})
        if end > at and (rows > 1 or len(zone) > 2):
            ordered += _columns(sorted(zone, key=lambda r: (r.box.top, r.box.x0)), middle)
            at = end
        else:
            ordered += _as_lines(bands[at])
            at += 1
    return ordered


def cut_line(words: Sequence[Word]) -> list[Run]:
    """A line that an OCR engine made, cut where two columns lie side by side."""
    parts: list[list[Word]] = []
    for word in words:
        if parts and _joins(parts[-1], word, True):
            parts[-1].append(word)
        else:
            parts.append([word])
    return [Run.of(part) for part in parts]


def lines_of_runs(runs: Iterable[Run], page: int, width: float) -> list[Line]:
    """Body lines of a page in reading order, not yet numbered (number 0)."""
    ordered = reading_order(runs, width)
    return [Line(number=0, page=page, text=run.text, box=run.box, words=run.words) for run in ordered]


def lines_of(words: Iterable[Word], page: int, width: float) -> list[Line]:
    """Lines of a page whose words were not read in lines."""
    return lines_of_runs(runs_of(words), page, width)
