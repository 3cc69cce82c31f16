"""Laws of reading order: every word is read once, in lines from left to right, however the file orders them."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.layout.lines import cut_line, hull, lines_of, runs_of
from kehoach.ingest.values import Box, Word

WIDTH = 595.0
PLACES = st.tuples(st.integers(0, 50), st.integers(0, 40), st.integers(5, 60), st.integers(6, 16))
WORDS = st.lists(PLACES, max_size=30).map(
    lambda places: [
        Word(f"w{at}", Box(10.0 * x, 18.0 * y, 10.0 * x + width, 18.0 * y + height))
        for at, (x, y, width, height) in enumerate(places)
    ]
)


def typed(rows: list[str]) -> list[Word]:
    """Words of lines below each other, six points a letter."""
    found = []
    for at, row in enumerate(rows):
        left = 70.0
        for part in row.split():
            found.append(Word(part, Box(left, 100.0 + 18 * at, left + 6 * len(part), 112.0 + 18 * at)))
            left += 6 * len(part) + 4
    return found


@given(WORDS)
def test_every_word_is_read_once(words: list[Word]) -> None:
    lines = lines_of(words, 1, WIDTH)
    assert Counter(word for line in lines for word in line.words) == Counter(words)
    assert all(line.text == " ".join(word.text for word in line.words) for line in lines)
    assert all(line.page == 1 and line.number == 0 and line.zone == "body" for line in lines)


@given(WORDS)
def test_a_line_runs_from_left_to_right(words: list[Word]) -> None:
    for run in runs_of(words):
        assert all(a.box.x0 <= b.box.x0 for a, b in pairwise(run.words))
        assert run.box.x0 == min(word.box.x0 for word in run.words)
        assert run.box.top <= run.box.bottom or len(run.words) > 1


@given(st.data())
def test_the_order_of_the_file_does_not_matter(data: st.DataObject) -> None:
    rows = ["Các thôn trồng thêm mười hai hàng cây", "ven đường, mỗi hộ giữ sạch ngõ", "của mình trước ngày lễ"]
    shuffled = data.draw(st.permutations(typed(rows)))
    assert [line.text for line in lines_of(shuffled, 1, WIDTH)] == rows


@given(WORDS)
def test_cutting_a_line_of_an_engine_keeps_its_words_in_order(words: list[Word]) -> None:
    assert [word for run in cut_line(words) for word in run.words] == words


def test_the_hull_is_the_smallest_box_around_all() -> None:
    assert hull([Box(1, 5, 3, 6), Box(2, 4, 9, 5)]) == Box(1, 4, 9, 6)


def test_a_word_with_a_wrong_box_does_not_make_its_line_higher() -> None:
    words = [Word("a", Box(left, 100, left + 10, 112)) for left in (10.0, 24.0, 38.0)]
    words.append(Word("b", Box(52, 80, 60, 130)))
    (run,) = cut_line(words)
    assert (run.box.top, run.box.bottom) == (100, 112)


def test_two_texts_far_apart_on_a_lone_row_are_one_line() -> None:
    row = [Word("Số:", Box(70, 100, 90, 112)), Word("Đồng", Box(400, 100, 430, 112))]
    below = Word("Căn", Box(70, 140, 520, 152))
    assert [line.text for line in lines_of([*row, below], 1, WIDTH)] == ["Số: Đồng", "Căn"]


def test_two_rows_side_by_side_are_two_columns() -> None:
    words = [
        Word(text, Box(x, y, x + 30, y + 12))
        for text, x, y in [("a", 70, 100), ("b", 400, 100), ("c", 70, 118), ("d", 400, 118)]
    ]
    assert [line.text for line in lines_of(words, 1, WIDTH)] == ["a", "c", "b", "d"]


def test_no_words_make_no_lines() -> None:
    assert lines_of([], 1, WIDTH) == []
    assert cut_line([]) == []
