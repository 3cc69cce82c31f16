"""What repeats at the edges of pages (page numbers, running heads) and footnotes, told from the body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ...dictionaries import pattern
from ..values import Box, Line

_EDGE = 0.09  # share of the page height at each end where furniture stands
_DIGITS = re.compile(r"\d+")
_SHORT_RULE = (0.12, 0.5)  # width of a footnote rule as a share of the page width
_BESIDE = 8.0  # points: a footnote rule begins at the margin
_SMALL = 0.93  # a footnote is set smaller than the body


def _in_edge(line: Line, height: float) -> bool:
    return line.box is not None and (line.box.bottom < _EDGE * height or line.box.top > (1 - _EDGE) * height)


def _outermost(lines: Sequence[Line]) -> list[int]:
    """Indexes of the topmost and the lowest line."""
    boxed = [(line.box, at) for at, line in enumerate(lines) if line.box is not None]
    if not boxed:
        return []
    top = min(boxed, key=lambda pair: (pair[0].top, pair[1]))[1]
    bottom = max(boxed, key=lambda pair: (pair[0].bottom, -pair[1]))[1]
    return sorted({top, bottom})


def _page_number(lines: Sequence[Line], height: float) -> tuple[int, int] | None:
    """Index and value of a number that stands alone at the top or bottom edge of a page."""
    for at in _outermost(lines):
        line = lines[at]
        found = pattern("page_layout", "page_number").search(line.text) if line.cells is None else None
        if not found or line.box is None or line.zone != "body" or not _in_edge(line, height):
            continue
        if sum(1 for other in lines if other.box and _beside(other.box, line.box)) == 1:
            return at, int(found["number"])
    return None


def mark_page_numbers(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Pages' lines; the page number becomes furniture. A number counts as such when it is that of its page, or when it
    runs on with those of other pages; a lone year or a value at the end of a sentence does not.
    """
    found = [_page_number(lines, height) for lines, height in zip(pages, heights, strict=True)]
    shifts = Counter(value - page for page, number in enumerate(found, 1) if number for value in number[1:])
    marked = [list(lines) for lines in pages]
    for page, number in enumerate(found, 1):
        if number is None:
            continue
        at, value = number
        if value == page or shifts[value - page] > 1:
            marked[page - 1][at] = replace(marked[page - 1][at], zone="furniture")
    return marked


def _beside(a: Box, b: Box) -> bool:
    return min(a.bottom, b.bottom) - max(a.top, b.top) > 0.3 * min(a.bottom - a.top, b.bottom - b.top)


def mark_running_heads(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Pages' lines; a line that repeats at the edge of most of three or more pages, numbers aside, is furniture."""
    keys: Counter[str] = Counter()
    edges: list[set[int]] = []
    for lines, height in zip(pages, heights, strict=True):
        found = {
            at for at, line in enumerate(lines) if line.zone == "body" and line.cells is None and _in_edge(line, height)
        }
        edges.append(found)
        keys.update({_DIGITS.sub("#", lines[at].text) for at in found})
    needed = max(3, (len(pages) + 1) // 2)
    return [
        [
            replace(line, zone="furniture") if at in found and keys[_DIGITS.sub("#", line.text)] >= needed else line
            for at, line in enumerate(lines)
        ]
        for lines, found in zip(pages, edges, strict=True)
    ]


def _height(line: Line) -> float:
    heights = sorted(word.box.bottom - word.box.top for word in line.words)
    return heights[len(heights) // 2] if heights else 0.0


def _begins_at(rule: Box, lines: Sequence[Line]) -> bool:
    return abs(rule.x0 - min(line.box.x0 for line in lines if line.box)) < _BESIDE


def mark_footnotes(
    lines: Sequence[Line], rules: Sequence[Box], width: float, height: float, scanned: bool = False
) -> list[Line]:
    """Lines of one page; small ones below a short rule in the lower half, begun by a mark, become footnotes.

    An engine often loses the small raised mark: on scans the rule must begin where the footnotes do.
    """
    body = sorted(_height(line) for line in lines if line.words and line.zone == "body")
    if not body:
        return list(lines)
    usual = body[len(body) // 2]
    shortest, longest = (share * width for share in _SHORT_RULE)
    for rule in sorted(rules, key=lambda box: -box.top):
        if rule.top < height / 2 or not shortest <= rule.x1 - rule.x0 <= longest or rule.bottom - rule.top > 3:
            continue
        below = [
            line
            for line in lines
            if line.box and line.zone == "body" and line.cells is None and line.box.top > rule.top - 3
        ]
        if (
            below
            and (_begins_at(rule, below) if scanned else pattern("page_layout", "footnote_start").search(below[0].text))
            and all(_height(line) < _SMALL * usual for line in below)
        ):
            chosen = {id(line) for line in below}
            return [replace(line, zone="footnote") if id(line) in chosen else line for line in lines]
    return list(lines)
