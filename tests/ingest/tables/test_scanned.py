"""Scanned tables: lines found in the image, marks told by shape, two readings of a number compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
from kehoach.ingest.tables.cells import cut_cell, stack
from kehoach.ingest.tables.ruled import find_rules, scanned_grids
from kehoach.ingest.tables.rules import Cell
from kehoach.ingest.tables.scanned import doubtful, read_grid
from kehoach.ingest.values import Box, Word

Image = npt.NDArray[np.uint8]
DPI, SCALE = 200.0, 200.0 / 72.0
XS, YS = (100, 200, 800, 1000), (100, 160, 220, 280)


def table() -> Image:
    """A grey page with a ruled table of three rows and three columns; a dash, a plus and figure-like marks in it."""
    image = np.full((500, 1200), 240, np.uint8)
    for y in YS:
        cv2.line(image, (XS[0], y), (XS[-1], y), 20, 2)
    for x in XS:
        cv2.line(image, (x, YS[0]), (x, YS[-1]), 20, 2)
    cv2.rectangle(image, (144, 188), (156, 190), 20, -1)
    cv2.rectangle(image, (142, 249), (158, 251), 20, -1)
    cv2.rectangle(image, (149, 242), (151, 258), 20, -1)
    for y in (120, 180, 240):
        cv2.rectangle(image, (880, y), (892, y + 22), 20, -1)
    return image


def ink(image: Image) -> Image:
    return ((image < 120) * 255).astype(np.uint8)


class Reader:
    """Reads every strip as one word a cell."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, image: Image, dpi: float, mode: str, alphabet: str = "") -> tuple[tuple[Word, ...], ...]:  # noqa: ARG002
        rows = np.flatnonzero((image < 120).any(axis=1))
        parts = np.split(rows, np.flatnonzero(np.diff(rows) > 10) + 1)
        return tuple((Word(self.text, Box(40, float(p[0]), 60, float(p[-1])), 0.95),) for p in parts if len(p))


def read(words: Sequence[Word], text: str) -> dict[tuple[int, int], list[Word]]:
    image = table()
    (grid,) = scanned_grids(find_rules(ink(image), DPI), image, DPI)
    filled, _ = read_grid(grid, words, image, ink(image), DPI, Reader(text))
    return {(cell.row, cell.column): found for cell, found in filled}


def test_ruling_lines_make_the_grid() -> None:
    (grid,) = scanned_grids(find_rules(ink(table()), DPI), table(), DPI)
    assert (len(grid.xs), len(grid.ys), len(grid.cells)) == (4, 4, 9)


def test_a_page_without_lines_has_none() -> None:
    assert find_rules(np.zeros((500, 500), np.uint8), DPI) == ()


def test_dash_and_plus_are_told_by_their_shape() -> None:
    image = table()
    cells = [cut_cell(image, ink(image), Box(36, top, 72, bottom), SCALE) for top, bottom in ((58, 79), (80, 100))]
    assert [cell.mark if cell else None for cell in cells] == ["-", "+"]


def test_an_empty_cell_has_no_picture() -> None:
    image = table()
    assert cut_cell(image, ink(image), Box(73, 58, 287, 79), SCALE) is None


def test_cells_are_stacked_apart_with_their_places() -> None:
    image = table()
    cell = cut_cell(image, ink(image), Box(290, 37, 358, 57), SCALE)
    assert cell is not None
    strip, places = stack([cell, cell], SCALE)
    assert len(places) == 2
    assert places[0][1] <= places[1][0]
    assert strip.shape[0] > 2 * cell.pixels.shape[0]


def test_a_number_that_two_readings_see_differently_is_doubtful() -> None:
    page = [Word("67", Box(316, 66, 322, 74), 0.96)]
    (found,) = read(page, "61")[1, 2]
    assert found.text == "61"
    assert found.confidence is not None
    assert found.confidence < 0.5


def test_a_number_that_two_readings_agree_on_is_sure() -> None:
    (found,) = read([Word("67", Box(316, 66, 322, 74), 0.8)], "67")[1, 2]
    assert found.confidence is not None
    assert found.confidence >= 0.9


def test_a_thousands_point_read_as_a_colon_is_mended_and_doubtful() -> None:
    (found,) = read([], "1:417")[1, 2]
    assert found.text == "1.417"
    assert found.confidence is not None
    assert found.confidence < 0.5


def test_a_comma_that_one_reading_loses_is_kept_and_doubtful() -> None:
    (found,) = read([Word("6,7", Box(316, 66, 322, 74), 0.96)], "67")[1, 2]
    assert found.text == "6,7"
    assert found.confidence is not None
    assert found.confidence < 0.5


def test_dust_behind_a_value_is_taken_off_and_the_value_is_doubtful() -> None:
    (found,) = read([], "66.500-")[1, 2]
    assert (found.text, found.confidence) == ("66.500", 0.45)


def test_a_letter_before_a_number_is_the_sign_that_it_looks_like() -> None:
    (found,) = read([], "z99,5")[1, 2]
    assert (found.text, found.confidence) == ("≥ 99,5", 0.45)


def test_numbers_of_cells_that_reach_to_the_side_of_the_image_are_doubtful() -> None:
    image = table()[:, : XS[-1] + 4]
    (grid,) = scanned_grids(find_rules(ink(image), DPI), image, DPI)
    filled, _ = read_grid(grid, [], image, ink(image), DPI, Reader("105"))
    (last,) = {(cell.row, cell.column): found for cell, found in filled}[1, 2]
    assert (last.text, last.confidence) == ("105", 0.45)
    (whole,) = read([Word("105", Box(316, 66, 322, 74), 0.9)], "105")[1, 2]
    assert whole.confidence == 0.95


class TwoReader(Reader):
    """Reads another text at the other resolution."""

    def __init__(self, text: str, third: str) -> None:
        super().__init__(text)
        self.third = third

    def __call__(self, image: Image, dpi: float, mode: str, alphabet: str = "") -> tuple[tuple[Word, ...], ...]:
        reader = self if dpi == DPI else Reader(self.third)
        return Reader.__call__(reader, image, dpi, mode, alphabet)


def third_decides(page: str, strip: str, third: str) -> str:
    image = table()
    (grid,) = scanned_grids(find_rules(ink(image), DPI), image, DPI)
    words = [Word(page, Box(316, 66, 322, 74), 0.7)]
    filled, _ = read_grid(grid, words, image, ink(image), DPI, TwoReader(strip, third))
    (found,) = {(cell.row, cell.column): found for cell, found in filled}[1, 2]
    assert (found.confidence or 1.0) < 0.5 or not any(map(str.isdigit, found.text))
    return found.text


def test_a_third_reading_decides_between_two() -> None:
    assert third_decides("15.100", "15,100", "15.100") == "15.100"
    assert third_decides("67", "61", "67") == "67"
    assert third_decides("1,15", "115", "115") == "1,15"
    assert third_decides("Ị", "1", "l") == "1"
    assert third_decides("T5", "đông", "đồng") in ("đông", "đồng")


class ByColumn:
    """Reads the strips of the first and the last column as given, and anything as figures as `alone`."""

    def __init__(self, *columns: Sequence[str], sure: float = 0.95, alone: str = "-") -> None:
        self.columns, self.sure, self.alone = list(columns), sure, alone

    def __call__(self, image: Image, dpi: float, mode: str, alphabet: str = "") -> tuple[tuple[Word, ...], ...]:
        if alphabet:
            return ((Word(self.alone, Box(40, 0, 60, 20), 0.9),),)
        texts = iter(self.columns.pop(0))
        found = Reader("")(image, dpi, mode)
        return tuple(tuple(replace(word, text=next(texts), confidence=self.sure) for word in line) for line in found)


def column(reader: ByColumn, rows: int, at: int, wide: Sequence[int] = (), dashed: Sequence[int] = ()) -> list[Word]:
    """Words of a column of a table, read by strips; its cells hold one mark each, some a wide one or two and a dash."""
    image = np.full((100 + 60 * (rows + 1), 1200), 240, np.uint8)
    for y in range(100, 101 + 60 * rows, 60):
        cv2.line(image, (XS[0], y), (XS[-1], y), 20, 2)
    for x in XS:
        cv2.line(image, (x, 100), (x, 100 + 60 * rows), 20, 2)
    for row in range(rows):
        top = 120 + 60 * row
        cv2.rectangle(image, (140, top), (152, top + 22), 20, -1)
        cv2.rectangle(image, (880, top), (880 + (36 if row in wide else 12), top + 22), 20, -1)
        if row in dashed:
            cv2.rectangle(image, (908, top + 11), (918, top + 13), 20, -1)
            cv2.rectangle(image, (934, top), (946, top + 22), 20, -1)
    (grid,) = scanned_grids(find_rules(ink(image), DPI), image, DPI)
    filled, _ = read_grid(grid, [], image, ink(image), DPI, reader)
    return [found for cell, words in filled if cell.column == at for found in words]


def test_letters_that_count_the_parts_of_a_table_are_no_figures() -> None:
    found = column(ByColumn(["TT", "A", "1", "2", "3", "4", "B", "5"], [""] * 8), 8, 0)
    assert [word.text for word in found] == ["TT", "A", "1", "2", "3", "4", "B", "5"]


def test_no_letter_that_counts_has_a_mark() -> None:
    found = column(ByColumn(["TT", "Ầ", "1", "2", "3"], [""] * 5, alone="K"), 5, 0)
    assert (found[1].text, found[1].confidence) == ("A", 0.45)


def test_figures_in_a_column_of_words_may_be_the_usual_word_and_stay_doubtful() -> None:
    found = column(ByColumn([""] * 6, ["ĐVT", "%", "%", "%", "9%", "%"], sure=0.7), 6, 2, wide=(0,))
    assert [word.text for word in found] == ["ĐVT", "%", "%", "%", "%", "%"]
    assert (found[4].confidence or 1.0) <= 0.45


def test_nothing_becomes_a_number_that_another_cell_holds() -> None:
    texts = ["KH", "Đạt", "Đạt", "Đạt", "Đạt", "15", "15", "16"]
    found = column(ByColumn([""] * 8, texts, sure=0.7), 8, 2, wide=range(1, 5))
    assert [word.text for word in found] == texts


def test_a_range_keeps_its_blanks_and_is_doubtful_where_it_was_mended() -> None:
    found = column(ByColumn([""] * 3, ["KH", "3-5", "1:200-1:500"]), 3, 2, dashed=(1, 2))
    assert [(word.text, word.confidence) for word in found[1:]] == [("3 - 5", 0.95), ("1.200 - 1.500", 0.45)]


def test_on_an_unsure_page_numbers_are_doubtful_and_words_are_not() -> None:
    cell = Cell(Box(0, 0, 50, 20), 0, 1, 0, 1)
    ((_, words),) = doubtful([(cell, [Word("32", cell.box, 0.96), Word("Km", cell.box, 0.96)])])
    assert [word.confidence for word in words] == [0.45, 0.96]


def test_a_cell_whose_ink_reaches_beyond_its_sure_words_is_read_again() -> None:
    image = table()
    for x in (230, 600):
        cv2.rectangle(image, (x, 120), (x + 12, 142), 20, -1)
    (grid,) = scanned_grids(find_rules(ink(image), DPI), image, DPI)
    whole = Box(228 / SCALE, 119 / SCALE, 614 / SCALE, 143 / SCALE)
    found = []
    for box in (whole, whole._replace(x1=260 / SCALE)):
        filled, _ = read_grid(grid, [Word("Tổng", box, 0.97)], image, ink(image), DPI, Reader("Tổng số"))
        found.append({(c.row, c.column): [word.text for word in words] for c, words in filled}[0, 1])
    assert found == [["Tổng"], ["Tổng số"]]
