"""Cells of scanned tables: filled from the page, read a second time in strips, both readings compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from ...dictionaries import pattern
from ..text.quality import score
from ..values import Word
from .cells import CellImage, cut_cell, stack
from .rules import Cell, CellGrid
from .typed import cell_words, fill

Image = npt.NDArray[np.uint8]


class ReadStrip(Protocol):
    """Reads an image (pixels, dots per inch) into lines of words with boxes in pixels."""

    def __call__(
        self, image: Image, dpi: float, mode: Literal["block", "word"], alphabet: str = ""
    ) -> tuple[tuple[Word, ...], ...]:
        """`mode`: one block of lines or a single word; `alphabet`: the only characters that may be read."""


_POINTS = 72.0
_NARROW = 0.3  # share of the table's width: columns of ordinals, units and values
_SURE = 0.8
_DISAGREE = 0.45  # confidence of a number that two readings see differently
_MOSTLY = 0.6
_FIGURES = "0123456789.,-+%IVX"


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _trust(words: Sequence[Word]) -> float:
    return min((word.confidence or 0.0 for word in words), default=0.0)


def _figures(words: Sequence[Word]) -> list[str]:
    """Numbers of a reading with the points and commas inside them."""
    return [found.group() for found in pattern("tables", "number").finditer(_text(words))]


def _digits(words: Sequence[Word]) -> str:
    return "".join(character for character in _text(words) if character.isdigit())


def _strip_dust(words: Sequence[Word], narrow: bool) -> list[Word]:
    """Marks at both ends of a cell that no cell begins or ends with, taken off; in narrow cells off words too."""
    kept = list(words)
    while len(kept) > 1 and pattern("tables", "dust").search(kept[-1].text):
        kept.pop()
    while len(kept) > 1 and pattern("tables", "dust").search(kept[0].text):
        kept.pop(0)
    if not narrow:
        return kept
    return [replace(word, text=pattern("tables", "dust_ends").sub("", word.text) or word.text) for word in kept]


def _better(page: Sequence[Word], strip: Sequence[Word]) -> list[Word]:
    """Of two readings of a cell the better one; a number that they see differently is marked doubtful."""
    if not strip or not page:
        return list(strip or page)
    if _text(page) == _text(strip):
        best = max((page, strip), key=_trust)
        return [replace(word, confidence=max(word.confidence or 0.0, 0.9)) for word in best]
    if any(_figures(page)) or any(_figures(strip)):
        # Points and commas count: a comma that one reading loses makes the value ten times as large.
        same = _figures(page) == _figures(strip)
        lost = len("".join(_figures(page))) > len("".join(_figures(strip))) and _digits(page) == _digits(strip)
        ceiling = 1.0 if same else _DISAGREE
        return [replace(word, confidence=min(word.confidence or 0.0, ceiling)) for word in (page if lost else strip)]
    return list(page if _worth(page) >= _worth(strip) else strip)


def _worth(words: Sequence[Word]) -> float:
    """How much sure Vietnamese a reading of a cell holds."""
    return sum((word.confidence or 0.0) * (1.0 if score(word.text).legal == 1.0 else 0.3) for word in words)


def doubtful(
    filled: Sequence[tuple[Cell, Sequence[Word]]], only_numbers: bool = False
) -> list[tuple[Cell, list[Word]]]:
    """Cells of a table in which nothing is certain, since its rows and columns were guessed, or no number is."""

    def doubted(word: Word) -> Word:
        if only_numbers and not any(character.isdigit() for character in word.text):
            return word
        return replace(word, confidence=min(word.confidence or 0.0, _DISAGREE))

    return [(cell, [doubted(word) for word in words]) for cell, words in filled]


def _is_narrow(cell: Cell, grid: CellGrid) -> bool:
    return cell.box.x1 - cell.box.x0 <= _NARROW * (grid.box.x1 - grid.box.x0)


def _placed(cell: Cell, word: Word) -> Word:
    """A word of a strip stands somewhere in its cell."""
    return replace(word, box=cell.box)


def _read_strips(
    pending: Sequence[tuple[Cell, CellImage]], grid: CellGrid, read: ReadStrip, dpi: float
) -> dict[tuple[int, int], list[Word]]:
    """Second readings of cells by row and column, one strip for each column."""
    found: dict[tuple[int, int], list[Word]] = {}
    for column in sorted({cell.column for cell, _ in pending}):
        chosen = [(cell, picture) for cell, picture in pending if cell.column == column]
        strip, places = stack([picture for _, picture in chosen], dpi / _POINTS)
        words = [word for line in read(strip, dpi, "block") for word in line]
        for (cell, _), (top, bottom) in zip(chosen, places, strict=True):
            inside = [word for word in words if top <= (word.box.top + word.box.bottom) / 2 < bottom]
            ordered = _strip_dust(cell_words(inside), _is_narrow(cell, grid))
            found[cell.row, cell.column] = [_placed(cell, word) for word in ordered]
    return found


def _mend_column(
    cells: list[tuple[Cell, list[Word]]],
    pictures: Mapping[tuple[int, int], CellImage | None],
    read: ReadStrip,
    dpi: float,
) -> list[tuple[Cell, list[Word]]]:
    """Cells of one column; where most hold ordinals or values, one that does not is read again as figures."""
    kinds = [bool(pattern("tables", "figure").search(_text(found))) for _, found in cells if found]
    if sum(kinds) < _MOSTLY * len(kinds) or len(kinds) < 3:
        return cells
    return [(cell, _as_figure(cell, found, pictures[cell.row, cell.column], read, dpi)) for cell, found in cells]


def _as_figure(cell: Cell, found: list[Word], picture: CellImage | None, read: ReadStrip, dpi: float) -> list[Word]:
    """A short reading that is neither figure nor word, read again as figures and marked doubtful."""
    text = _text(found)
    is_sound = len(text) > 3 or pattern("tables", "figure").search(text) or score(text).legal
    if cell.row == 0 or picture is None or is_sound:
        return found
    lines = read(stack([picture], dpi / _POINTS)[0], dpi, "word", _FIGURES)
    again = [word for line in lines for word in line]
    if not pattern("tables", "figure").search(_text(again)):
        return found
    return [Word(_text(again), cell.box, min(_DISAGREE, _trust(again)))]


def _final(cell: Cell, found: list[Word]) -> tuple[Cell, list[Word]]:
    """A thousands point that was read as a colon is a point, and doubtful."""
    text = _text(found)
    point = pattern("tables", "colon_for_point").sub(".", text)
    return (cell, found if point == text else [Word(point, cell.box, _DISAGREE)])


def read_grid(
    grid: CellGrid, words: Sequence[Word], image: Image, ink: Image, dpi: float, read: ReadStrip
) -> tuple[list[tuple[Cell, list[Word]]], list[Word]]:
    """Cells of a scanned table with their words, and the words of the page that stand in none.

    Narrow cells, and wide ones that the page's reading is not sure of, are read again in clean strips; a lone dash or
    plus is told by its shape. `image` is the level grey page, `ink` its ink mask (255 on 0).
    """
    filled, left = fill(grid, words)
    pictures = {(cell.row, cell.column): cut_cell(image, ink, cell.box, dpi / _POINTS) for cell, _ in filled}
    pending: list[tuple[Cell, CellImage]] = []
    for cell, found in filled:
        picture = pictures[cell.row, cell.column]
        unsure = _is_narrow(cell, grid) or not found or _trust(found) < _SURE
        if picture is not None and picture.mark is None and unsure:
            pending.append((cell, picture))
    strips = _read_strips(pending, grid, read, dpi)
    result = [
        (cell, _cell_words(cell, _strip_dust(found, _is_narrow(cell, grid)), pictures[cell.row, cell.column], strips))
        for cell, found in filled
    ]
    by_column = [[pair for pair in result if pair[0].column == column] for column in range(len(grid.xs) - 1)]
    mended = [pair for column in by_column for pair in _mend_column(column, pictures, read, dpi)]
    return [_final(cell, found) for cell, found in sorted(mended, key=lambda p: (p[0].row, p[0].column))], left


def _cell_words(
    cell: Cell, found: list[Word], picture: CellImage | None, strips: Mapping[tuple[int, int], list[Word]]
) -> list[Word]:
    """Words of a cell from the page's reading, its picture and its strip."""
    if picture is None:
        return found if _trust(found) >= _SURE else []
    if picture.mark is not None:
        return [Word(picture.mark, cell.box, 0.95)]
    return _better(found, strips.get((cell.row, cell.column), []))
