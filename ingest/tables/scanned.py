"""Cells of scanned tables: filled from the page, read a second time in strips, both readings compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, Protocol

import cv2
import numpy as np
import numpy.typing as npt
from unidecode import unidecode

from ...dictionaries import pattern
from ..text.quality import score
from ..values import DISPUTED, Word
from .cells import CellImage, cut_cell, stack
from .checks import alike, counted, mend_separators, roman
from .readings import better, digits, disagree, disputed, figures, text_of, trust, with_disputed_numbers
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
_LIKELY = 0.6  # confidence of a word that is told by its looks
_SOFT = 0.29  # points
_EDGE = 4.0  # points at the sides of an image
_A_WORD = 6.0  # points: ink farther from the words of a cell is a word
_COARSE_DPI, _FINE_DPI = 200.0, 300.0
_MOSTLY = 0.6
_QUOTES = ('"', "“", "”", "„")
_FIGURES = "0123456789.,-+%IVX<>"


def _is_dust(word: Word, first: bool) -> bool:
    """Whether a word at the end of a cell is what dust or a line is read as; a cell may begin with a dash."""
    sure = (word.confidence or 0.0) >= _SURE
    if (first and word.text == "-") or (sure and word.text == "I"):
        return False
    return bool(pattern("tables", "dust").search(word.text))


def _quotes(words: Sequence[Word]) -> int:
    return sum(character in _QUOTES for word in words for character in word.text)


def _closes(words: Sequence[Word]) -> bool:
    """Whether the last word is the quotation mark that closes an open one."""
    return words[-1].text in _QUOTES and _quotes(words[:-1]) % 2 == 1


def _strip_dust(words: Sequence[Word], narrow: bool) -> list[Word]:
    """Marks at both ends of a cell that no cell begins or ends with, taken off; in narrow cells off words too."""
    kept = [replace(word, text=word.text.strip("|").replace("⁄", "/") or "|") for word in words]
    while len(kept) > 1 and _is_dust(kept[-1], False) and not _closes(kept):
        kept.pop()
    while len(kept) > 1 and _is_dust(kept[0], not narrow):
        kept.pop(0)
    if len(kept) > 1:
        kept = [word for word in kept if word.text != "|"]
    if kept and kept[0].text[:1] in _QUOTES and _quotes(kept) % 2 == 1 and len(kept[0].text) > 1:
        kept[0] = replace(kept[0], text=kept[0].text[1:])
    if not narrow:
        return kept
    return [replace(word, text=pattern("tables", "dust_ends").sub("", word.text) or word.text) for word in kept]


def doubtful(filled: Sequence[tuple[Cell, Sequence[Word]]]) -> list[tuple[Cell, list[Word]]]:
    """Cells of a table in which no number is certain: grain can hide points, or its rows and columns were guessed."""
    return [(cell, with_disputed_numbers(words)) for cell, words in filled]


def _cut_off(filled: Sequence[tuple[Cell, list[Word]]], image: Image, dpi: float) -> list[tuple[Cell, list[Word]]]:
    """Cells with the numbers doubtful where a cell reaches to the side of the image: a scan may show a part of them."""
    edge, width = _EDGE, image.shape[1] * _POINTS / dpi - _EDGE
    return [
        (cell, with_disputed_numbers(words) if cell.box.x0 < edge or cell.box.x1 > width else words)
        for cell, words in filled
    ]


def _is_narrow(cell: Cell, grid: CellGrid) -> bool:
    return cell.box.x1 - cell.box.x0 <= _NARROW * (grid.box.x1 - grid.box.x0)


def _leaves_ink(words: Sequence[Word], picture: CellImage | None) -> bool:
    """Whether ink of a cell reaches so far beyond the words that were read in it that one was left out."""
    if picture is None or picture.extent is None or not words:
        return False
    x0, top, x1, bottom = picture.extent
    beyond = (
        min(word.box.x0 for word in words) - x0,
        min(word.box.top for word in words) - top,
        x1 - max(word.box.x1 for word in words),
        bottom - max(word.box.bottom for word in words),
    )
    return max(beyond) > _A_WORD


def _placed(cell: Cell, word: Word) -> Word:
    """A word of a strip stands somewhere in its cell."""
    return replace(word, box=cell.box)


def _read_strips(
    pending: Sequence[tuple[Cell, CellImage]], grid: CellGrid, read: ReadStrip, dpi: float
) -> dict[tuple[int, int], list[Word]]:
    """Readings of cells by row and column, one strip for each column."""
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


def _other_dpi(dpi: float) -> float:
    """A resolution at which engines read figures well, far enough from that of the page to err in another way."""
    return _FINE_DPI if dpi < (_COARSE_DPI + _FINE_DPI) / 2 else _COARSE_DPI


def _resampled(picture: CellImage, dpi: float) -> CellImage:
    """A picture smoothed and as large as at the other resolution."""
    factor = _other_dpi(dpi) / dpi
    soft = cv2.GaussianBlur(picture.pixels, (0, 0), _SOFT * dpi / _POINTS)
    way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return picture._replace(
        pixels=np.asarray(cv2.resize(soft, None, fx=factor, fy=factor, interpolation=way), np.uint8)
    )


def _mend_column(
    cells: list[tuple[Cell, list[Word]]],
    pictures: Mapping[tuple[int, int], CellImage | None],
    read: ReadStrip,
    dpi: float,
) -> list[tuple[Cell, list[Word]]]:
    """Cells of one column; where most hold ordinals or values, one that does not is read again as figures."""
    kinds = [bool(pattern("tables", "figure").search(text_of(found))) for _, found in cells if found]
    if sum(kinds) < _MOSTLY * len(kinds) or len(kinds) < 3:
        return cells
    return [(cell, _as_figure(cell, found, pictures[cell.row, cell.column], read, dpi)) for cell, found in cells]


def _as_figure(cell: Cell, found: list[Word], picture: CellImage | None, read: ReadStrip, dpi: float) -> list[Word]:
    """A short reading that is neither figure nor word, read again as figures and marked doubtful."""
    text = text_of(found)
    mixed = any(map(str.isdigit, text)) and any(map(str.isalpha, text))
    is_word = len(text) > (2 if cell.column == 0 else 1) and score(text).legal
    if cell.row == 0 or picture is None or pattern("tables", "figure").search(text):
        return found
    if cell.column == 0 and pattern("tables", "heading_letter").search(text):
        return found
    if not mixed and (len(text) > 3 or is_word):
        return found
    lines = read(stack([picture], dpi / _POINTS)[0], dpi, "word", _FIGURES)
    again = [word for line in lines for word in line]
    if not pattern("tables", "figure").search(text_of(again)):
        return [disputed(word) for word in found]
    return [Word(text_of(again), cell.box, min(DISPUTED, trust(again)))]


def _checked(cell: Cell, found: list[Word], picture: CellImage | None) -> tuple[Cell, list[Word]]:
    """A number with the points and commas that its picture shows: where they were read otherwise it is doubtful. A
    thousands point that was read as a colon is a point, and no value ends in a mark.
    """
    text = text_of(found)
    point = pattern("tables", "colon_for_point").sub(".", text)
    if cell.column:  # ordinals may end in a point
        point = pattern("tables", "sign_as_letter").sub("≥ ", point)
        number = pattern("tables", "number_before_dust").search(point)
        point = number["number"] if number else point
    if picture is not None and picture.spaced_dash and pattern("tables", "range").search(point):
        sure = trust(found) if point == text else min(DISPUTED, trust(found))
        return cell, [Word(point.replace("-", " - "), cell.box, sure)]
    mended, agreed = (point, True) if picture is None else mend_separators(point, picture)
    if mended == text and agreed:
        return cell, found
    return cell, [Word(mended, cell.box, min(DISPUTED, trust(found)))]


def _mend_ordinals(
    cells: list[tuple[Cell, list[Word]]], pictures: Mapping[tuple[int, int], CellImage | None]
) -> list[tuple[Cell, list[Word]]]:
    """Cells of the first column with the ordinals that their shape and their neighbours tell, doubtful then."""
    texts = [text_of(found) for _, found in cells]
    for at, (cell, _) in enumerate(cells):
        picture = pictures[cell.row, cell.column]
        if picture is not None and cell.row:
            texts[at] = roman(at, picture, texts)
    turn = counted(texts)
    texts = [turn.get(at, text) for at, text in enumerate(texts)]
    texts = [unidecode(text) if pattern("tables", "marked_letter").search(text) else text for text in texts]
    return [
        (cell, found if text_of(found) == text else [Word(text, cell.box, DISPUTED)])
        for (cell, found), text in zip(cells, texts, strict=True)
    ]


def _mend_words(
    cells: list[tuple[Cell, list[Word]]], pictures: Mapping[tuple[int, int], CellImage | None]
) -> list[tuple[Cell, list[Word]]]:
    """Cells of a narrow column; an unsure word that looks like one that stands there often is that word. In a column of
    words figures may be one of them (`9%` is `%`), which stays doubtful; nothing becomes a number.
    """
    shown = [(at, words, pictures[cell.row, cell.column]) for at, (cell, words) in enumerate(cells) if words]
    known = [(at, words, picture) for at, words, picture in shown if picture is not None and picture.mark is None]
    if sum(not figures(words) for _, words, _ in known) <= _MOSTLY * len(known):
        known = [(at, words, picture) for at, words, picture in known if not figures(words)]
    mended = alike([(text_of(words), trust(words) < _SURE, picture.pixels) for _, words, picture in known])
    result = list(cells)
    for place, text in mended.items():
        at, found, _ = known[place]
        if any(map(str.isdigit, text)):
            continue
        sure = DISPUTED if digits(found) else max(_LIKELY, trust(found))
        result[at] = (cells[at][0], [Word(part, cells[at][0].box, sure) for part in text.split()])
    return result


def read_grid(
    grid: CellGrid, words: Sequence[Word], image: Image, ink: Image, dpi: float, read: ReadStrip
) -> tuple[list[tuple[Cell, list[Word]]], list[Word]]:
    """Cells of a scanned table with their words, and the words of the page that stand in none.

    Narrow cells, and wide ones that the page's reading is not sure of, are read again in clean strips; a lone dash or
    plus is told by its shape. `image` is the level grey page, `ink` its ink mask (255 on 0).
    """
    filled, left = fill(grid, words)
    pictures = {(cell.row, cell.column): cut_cell(image, ink, cell.box, dpi / _POINTS) for cell, _ in filled}
    first = [(cell, _strip_dust(found, _is_narrow(cell, grid))) for cell, found in filled]
    pending: list[tuple[Cell, CellImage]] = []
    for cell, found in first:
        picture = pictures[cell.row, cell.column]
        unsure = _is_narrow(cell, grid) or not found or trust(found) < _SURE or _leaves_ink(found, picture)
        if picture is not None and picture.mark is None and unsure:
            pending.append((cell, picture))
    strips = _read_strips(pending, grid, read, dpi)
    page = {(cell.row, cell.column): found for cell, found in first}
    unlike = [(c, p) for c, p in pending if disagree(page[c.row, c.column], strips[c.row, c.column])]
    differing = [(cell, _resampled(picture, dpi)) for cell, picture in unlike]
    thirds = _read_strips(differing, grid, read, _other_dpi(dpi))
    result = [
        (cell, _cell_words(cell, found, pictures[cell.row, cell.column], strips, thirds, _is_narrow(cell, grid)))
        for cell, found in first
    ]
    mended: list[tuple[Cell, list[Word]]] = []
    for column in range(len(grid.xs) - 1):
        cells = _mend_column([pair for pair in result if pair[0].column == column], pictures, read, dpi)
        if cells and _is_narrow(cells[-1][0], grid):
            cells = (_mend_words if column else _mend_ordinals)(cells, pictures)
        mended += [_checked(cell, found, pictures[cell.row, cell.column]) for cell, found in cells]
    return _cut_off(sorted(mended, key=lambda p: (p[0].row, p[0].column)), image, dpi), left


def _cell_words(
    cell: Cell,
    found: list[Word],
    picture: CellImage | None,
    strips: Mapping[tuple[int, int], list[Word]],
    thirds: Mapping[tuple[int, int], list[Word]],
    is_narrow: bool,
) -> list[Word]:
    """Words of a cell from the page's reading, its picture and its strips."""
    if picture is None:
        return found if trust(found) >= _SURE else []
    if picture.mark is not None:
        return [Word(picture.mark, cell.box, 0.95)]
    at = (cell.row, cell.column)
    return better(found, strips.get(at, []), thirds.get(at, []), is_narrow)
