"""Tables of pages with words: cells filled with the words that stand in them, rows as lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from statistics import median

from ...dictionaries import index
from ..values import Box, Line, Word
from .rules import Cell, CellGrid

_EDGES = " \"'“”‘’"
_TOO_HIGH = 1.5  # in usual heights of a cell's words


def _inside(word: Word, box: Box) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    return box.x0 <= x < box.x1 and box.top <= y < box.bottom


def cell_words(words: Iterable[Word]) -> list[Word]:
    """Words of one cell in reading order. Words of usual height make the lines; low marks (dashes, quotes) and those
    whose box an engine made too high join them.
    """
    found = list(words)
    usual = median([word.box.bottom - word.box.top for word in found]) if found else 0.0

    def rank(word: Word) -> tuple[bool, float, float, float]:
        height = word.box.bottom - word.box.top
        return height > _TOO_HIGH * usual, -height, word.box.top, word.box.x0

    lines: list[tuple[float, float, list[Word]]] = []
    for word in sorted(found, key=rank):
        middle = (word.box.top + word.box.bottom) / 2
        line = next((members for top, bottom, members in lines if top <= middle < bottom), None)
        if rank(word)[0] and lines:
            line = min(lines, key=lambda known: abs(known[0] - word.box.top))[2]
        if line is None:
            lines.append((word.box.top, word.box.bottom, [word]))
        else:
            line.append(word)
    lines.sort(key=lambda line: line[0] + line[1])
    return [word for _, _, members in lines for word in sorted(members, key=lambda w: w.box.x0)]


@cache
def _by_letters() -> Mapping[str, str]:
    """Units without their blanks, and as they are written."""
    found: dict[str, str] = {}
    for spelling in index("units"):
        found.setdefault("".join(spelling.split()), spelling)
    return found


def _cell_text(words: Sequence[Word]) -> str:
    """Text of a cell. A part of a unit that a narrow column breaks inside a word (`đồng/ng ười`) is one word again."""
    text = " ".join(word.text for word in words)
    parts = [part.strip(_EDGES) for part in text.split("/")]
    if len(parts) < 2 or all(part.lower() in index("units") for part in parts):
        return text
    whole = [_by_letters().get("".join(part.lower().split()), "") for part in parts]
    if not all(whole):
        return text
    return "/".join(known if part.islower() else part[:1] + known[1:] for part, known in zip(parts, whole, strict=True))


def table_lines(grid: CellGrid, words_of: Sequence[tuple[Cell, Sequence[Word]]], page: int, table: int) -> list[Line]:
    """Rows of a grid as lines of zone `table`; a row without any text is left out.

    A merged cell's words stand in its first row and column.
    """
    columns = len(grid.xs) - 1
    lines: list[Line] = []
    for row in range(len(grid.ys) - 1):
        cells = [""] * columns
        words: list[Word] = []
        for cell, found in words_of:
            if cell.row == row:
                cells[cell.column] = _cell_text(found)
                words += found
        if any(cells):
            box = Box(grid.xs[0], grid.ys[row], grid.xs[-1], grid.ys[row + 1])
            lines.append(Line(0, page, "\t".join(cells), box, tuple(words), "table", tuple(cells), table))
    return lines


def fill(grid: CellGrid, words: Iterable[Word]) -> tuple[list[tuple[Cell, list[Word]]], list[Word]]:
    """Cells with their words in reading order, and the words that stand in no cell."""
    left = list(words)
    filled: list[tuple[Cell, list[Word]]] = []
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        inside = [word for word in left if _inside(word, cell.box)]
        taken = {id(word) for word in inside}
        left = [word for word in left if id(word) not in taken]
        filled.append((cell, cell_words(inside)))
    return filled, left
