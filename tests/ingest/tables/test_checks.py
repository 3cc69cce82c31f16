"""Points and commas by their shape, ordinals by their turn, Roman numbers by their strokes, words by their looks."""

from __future__ import annotations

import cv2
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
        ("2/35", shown(2, Separator(1, ".")), ("2,35", False)),
        ("2/350", shown(2, Separator(1, ".")), ("2.350", False)),
        ("5/6", shown(3), ("5/6", True)),
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
    assert counted(["I", "1", "2", "II", "1"]) == {}


def drawn(strokes: int, column: list[str], at: int = -1) -> str:
    """What the ordinal of a column is, whose picture has so many upright strokes."""
    return roman(at % len(column), CellImage(WHITE, None, strokes=strokes), column)


def test_strokes_make_roman_numbers() -> None:
    assert drawn(2, ["1", "H"]) == "II"
    assert drawn(1, ["II", "||"]) == "I"
    assert drawn(3, ["I", "II", "II"]) == "III"
    assert drawn(3, ["II", "HT"]) == "III"
    assert drawn(1, ["6", "l", "8"], 1) == "l"
    assert drawn(0, ["II", "Hộ"]) == "Hộ"
    assert drawn(2, ["II", "11"]) == "11"
    assert drawn(2, ["II", "TT"]) == "TT"
    assert drawn(2, ["II", "U"]) == "U"


def test_a_roman_number_changes_only_into_the_next_one() -> None:
    assert drawn(2, ["II", "III", "I"]) == "I"
    assert drawn(2, ["I", "1", "2", "I", "3", "III"], 3) == "II"


def picture_of(*strokes: tuple[int, int], joined: bool = False, slanted: bool = False) -> CellImage:
    """A cell with upright strokes (left and right), `joined` by serifs or with a slanted one after them."""
    image = np.full((120, 200), 245, np.uint8)
    for left, right in strokes:
        image[40:64, left:right] = 20
    if joined:
        image[40:43, strokes[0][0] - 4 : strokes[-1][1] + 4] = image[61:64, strokes[0][0] - 4 : strokes[-1][1] + 4] = 20
    if slanted:
        cv2.line(image, (120, 40), (132, 63), 20, 3)
    found = cut_cell(image, ((image < 128) * 255).astype(np.uint8), Box(0, 0, 50, 30), 4.0)
    assert found is not None
    return found


def test_upright_strokes_are_counted_between_their_serifs() -> None:
    three = ((60, 64), (72, 76), (84, 88))
    assert picture_of(*three).strokes == 3
    assert picture_of(*three, joined=True).strokes == 3
    assert picture_of((60, 64)).strokes == 1
    assert picture_of((60, 64), (72, 76), slanted=True).strokes == 0
    assert picture_of((60, 74)).strokes == 0


def test_blanks_around_a_dash_are_seen() -> None:
    def spaced(gap: int) -> bool:
        image = np.full((120, 200), 245, np.uint8)
        image[40:64, 60:72] = image[40:64, 72 + 2 * gap + 10 : 84 + 2 * gap + 10] = 20
        image[52:55, 72 + gap : 82 + gap] = 20
        found = cut_cell(image, ((image < 128) * 255).astype(np.uint8), Box(0, 0, 50, 30), 4.0)
        assert found is not None
        return found.spaced_dash

    assert spaced(8)
    assert not spaced(2)


def test_headings_are_no_strokes() -> None:
    assert [drawn(2, ["I", "II", letter]) for letter in "BCDĐ"] == list("BCDĐ")


def test_a_one_that_was_read_as_a_roman_number_is_told_by_its_neighbours() -> None:
    assert counted(["I", "I", "2", "-", "II", "I"]) == {1: "1", 5: "1"}
    assert counted(["I", "-", "-", "II", "-"]) == {}
    assert counted(["I", "II", "III", "I", "II", "III"]) == {}
    assert counted(["I", "", "2", "3", "II"]) == {}


def test_an_unsure_word_that_looks_like_frequent_ones_is_that_word() -> None:
    rng = np.random.default_rng(3)
    word = rng.integers(0, 255, (12, 30)).astype(np.uint8)
    other = rng.integers(0, 255, (12, 30)).astype(np.uint8)
    column = [("Tấn", False, word), ("Tấn", False, word), ("lân", True, word), ("Ha", True, other)]
    assert alike(column) == {2: "Tấn"}
    assert alike([*column[:2], ("lân", False, word)]) == {}
