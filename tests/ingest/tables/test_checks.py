"""Points and commas by their shape, ordinals by their turn, Roman numbers by their strokes, words by their looks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from kehoach.ingest.tables.cells import CellImage, Separator, cut_cell
from kehoach.ingest.tables.checks import alike, counted, mend_separators, roman
from kehoach.ingest.values import Box

Image = npt.NDArray[np.uint8]
WHITE = np.full((12, 40), 255, np.uint8)


def shown(figures: int, *separators: Separator) -> CellImage:
    return CellImage(WHITE, None, figures, separators)


def test_points_and_commas_are_seen_between_figures() -> None:
    image = np.full((120, 200), 245, np.uint8)
    for left in (60, 76, 100, 116, 132):
        image[40:64, left : left + 12] = 20
    image[60:64, 92:96] = 20
    found = cut_cell(image, ((image < 128) * 255).astype(np.uint8), Box(0, 0, 50, 30), 4.0)
    assert found is not None
    assert (found.figures, found.separators) == (5, (Separator(2, "."),))
    image[60:70, 92:96] = 20
    found = cut_cell(image, ((image < 128) * 255).astype(np.uint8), Box(0, 0, 50, 30), 4.0)
    assert found is not None
    assert found.separators == (Separator(2, ","),)


@pytest.mark.parametrize(
    ("text", "picture", "wanted"),
    [
        ("24", shown(2, Separator(1, ",")), ("2,4", False)),
        ("1260", shown(4, Separator(1, ".")), ("1.260", False)),
        ("13", shown(2, Separator(1, ".")), ("13", False)),
        ("2 145", shown(4, Separator(1, ".")), ("2.145", False)),
        ("94;3", shown(3, Separator(2, ",")), ("94,3", False)),
        ("9/7", shown(2, Separator(1, ",")), ("9,7", False)),
        ("2,4", shown(2, Separator(1, ",")), ("2,4", True)),
        ("2.4", shown(2, Separator(1, ",")), ("2.4", False)),
        ("2,4", shown(2), ("2,4", False)),
        ("24", shown(1), ("24", True)),
        ("Ha", shown(2, Separator(1, ",")), ("Ha", True)),
    ],
)
def test_a_number_and_its_picture_are_compared(text: str, picture: CellImage, wanted: tuple[str, bool]) -> None:
    assert mend_separators(text, picture) == wanted


def test_ordinals_out_of_turn_follow_their_neighbours() -> None:
    assert counted(["4", "1", "-", "6"]) == {1: "5"}
    assert counted(["3", "Á", "_", "6"]) == {1: "4", 2: "5"}
    assert counted(["7", "+", "8", "a", "9"]) == {}
    assert counted(["2", "9", "5"]) == {}


def test_a_one_before_the_first_one_is_roman() -> None:
    assert counted(["1", "1", "2", "II", "3"]) == {0: "I"}


def test_strokes_make_roman_numbers() -> None:
    assert roman("H", shown(2), ["1", "H"]) == "II"
    assert roman("||", shown(1), ["||", "II"]) == "I"
    assert roman("l", shown(1), ["6", "l", "8"]) == "l"
    assert roman("Hộ", shown(2), ["II"]) == "Hộ"


def test_an_unsure_word_that_looks_like_frequent_ones_is_that_word() -> None:
    rng = np.random.default_rng(3)
    word = rng.integers(0, 255, (12, 30)).astype(np.uint8)
    other = rng.integers(0, 255, (12, 30)).astype(np.uint8)
    column = [("Tấn", False, word), ("Tấn", False, word), ("lân", True, word), ("Ha", True, other)]
    assert alike(column) == {2: "Tấn"}
    assert alike([*column[:2], ("lân", False, word)]) == {}
