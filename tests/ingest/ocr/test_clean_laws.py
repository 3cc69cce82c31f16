"""Laws of cleaning what an engine read: no letter and no sure figure is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.ocr.clean import clean_lines, is_junk, is_junk_line, without_junk
from kehoach.ingest.values import Box, Line, Word


def word(text: str, confidence: float | None = 0.9, left: float = 0, height: float = 20, width: float = 30) -> Word:
    return Word(text, Box(left, 100 - height, left + width, 100), confidence)


def line(*words: Word, cells: tuple[str, ...] | None = None) -> Line:
    return Line(0, 1, " ".join(w.text for w in words), words=words, cells=cells)


WORDS = st.builds(
    word,
    st.sampled_from(["cây", "12", "1.417", "~", "/", "-", "'", "x", "97,5%", "|", "UBND", "(3)"]),
    st.sampled_from([None, 0.0, 0.05, 0.31, 0.59, 0.95]),
    height=st.sampled_from([2.0, 5.0, 20.0]),
    width=st.sampled_from([2.0, 10.0, 30.0]),
)


@given(st.lists(st.lists(WORDS, max_size=5), max_size=5))
def test_cleaning_loses_no_letter_and_no_figure(lines: list[list[Word]]) -> None:
    cleaned = clean_lines(lines)
    before = [c for words in lines for w in words for c in w.text if c.isalnum()]
    assert [c for words in cleaned for w in words for c in w.text if c.isalnum()] == before
    assert all(cleaned)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=5).map(lambda words: line(*words)), max_size=6))
def test_a_line_taken_for_junk_holds_no_sure_figure(lines: list[Line]) -> None:
    kept = [w for found in without_junk(lines) for w in found.words]
    sure = [
        w
        for found in lines
        for w in found.words
        if any(c.isdigit() for c in w.text) and (w.confidence is None or w.confidence > 0.6)
    ]
    assert all(any(w is other for other in kept) for w in sure)


def test_a_speck_without_letters_goes() -> None:
    speck = word(".", 0.2, height=4, width=4)
    assert clean_lines([[word("cây"), speck, word("xanh")]]) == ((word("cây"), word("xanh")),)
    assert clean_lines([[word("cây"), word(".", 0.9, height=4, width=4)]])[0][1].text == "."
    assert clean_lines([[word("cây"), word("xanh")], [speck]]) == ((word("cây"), word("xanh")),)


def test_nothing_read_is_nothing_cleaned() -> None:
    assert clean_lines([]) == ()
    assert clean_lines([[]]) == ()


@pytest.mark.parametrize("mark", ["~", "—", "_", "¬"])
def test_a_lone_flat_mark_is_a_dash(mark: str) -> None:
    assert clean_lines([[word(mark, height=4), word("cây"), word("xanh")]])[0][0].text == "-"
    assert clean_lines([[word("~", height=20), word("cây"), word("xanh")]])[0][0].text == "~"


@pytest.mark.parametrize(
    ("read", "mended"),
    [("'cây", "cây"), ("|Thôn", "Thôn"), ("‘sáng’", "‘sáng’"), ("'", "'"), ("'a", "'a"), ("12", "12")],
)
def test_strokes_stuck_to_the_front_come_off(read: str, mended: str) -> None:
    assert clean_lines([[word(read)]])[0][0].text == mended


def test_junk_is_unsure_and_no_syllable_and_no_figure() -> None:
    assert is_junk(word("~/", 0.1))
    assert not is_junk(word("~/", 0.31))
    assert not is_junk(word("~/", None))
    assert not is_junk(word("cây", 0.0))
    assert not is_junk(word("7/", 0.0))


def test_junk_goes_from_the_ends_of_a_line_and_stays_inside() -> None:
    stroke = word("~/", 0.1)
    (kept,) = without_junk([line(stroke, word("trồng"), stroke, word("cây"), stroke, stroke)])
    assert kept.text == "trồng ~/ cây"
    assert [w.text for w in kept.words] == ["trồng", "~/", "cây"]


def test_a_line_of_marks_goes_and_a_row_of_a_table_stays() -> None:
    marks = word("~/", 0.1), word("x.", 0.7)
    assert is_junk_line(line(*marks))
    assert without_junk([line(*marks), line(word("12", 0.95)), line(word("UBND", 0.9))]) == [
        line(word("12", 0.95)),
        line(word("UBND", 0.9)),
    ]
    row = line(*marks, cells=("~/", "x."))
    assert without_junk([row]) == [row]


def test_an_unsure_line_without_a_syllable_is_junk_and_with_a_sure_one_is_none() -> None:
    assert is_junk_line(line(word("qk", 0.5), word("zj", 0.5)))
    assert not is_junk_line(line(word("qk", 0.5), word("cây", 0.61)))


def test_a_line_with_a_number_is_kept_whatever_its_confidence() -> None:
    words = tuple(
        Word(text, Box(at * 50.0, 0.0, at * 50.0 + 40.0, 10.0), 0.5) for at, text in enumerate(["Số:1906", "/XYZ"])
    )
    line = Line(1, 1, "Số:1906 /XYZ", Box(0.0, 0.0, 90.0, 10.0), words)
    assert without_junk([line]) == [line]
