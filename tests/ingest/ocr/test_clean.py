"""Dust and pen strokes are told from words; no figure is ever dropped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.ocr.clean import clean_lines, is_junk, low_confidence, without_doubles, without_junk
from kehoach.ingest.values import Box, Line, Word


def word(text: str, confidence: float = 0.95, x: float = 0.0, height: float = 12.0, width: float = 30.0) -> Word:
    return Word(text, Box(x, 0.0, x + width, height), confidence)


def line(*words: Word) -> Line:
    return Line(0, 1, " ".join(w.text for w in words), Box(0, 0, 100, 12), words)


def test_a_flat_mark_is_a_dash_whatever_it_was_read_as() -> None:
    (cleaned,) = clean_lines([[word("~", height=2.0), word("Giữ"), word("vững")]])
    assert [w.text for w in cleaned] == ["-", "Giữ", "vững"]


def test_specks_are_dropped() -> None:
    (cleaned,) = clean_lines([[word("Giữ"), word(".", 0.1, height=2.0, width=2.0)]])
    assert [w.text for w in cleaned] == ["Giữ"]


def test_strokes_at_the_front_of_a_word_come_off() -> None:
    assert clean_lines([[word("'TM."), word("ỦY")]])[0][0].text == "TM."


def test_unsure_words_between_others_stay() -> None:
    kept = without_junk([line(word("thu"), word("ETSNE", 0.0), word("phí"))])
    assert kept[0].text == "thu ETSNE phí"


def test_strokes_at_the_end_of_a_line_go() -> None:
    assert without_junk([line(word("Mẩy"), word("WW", 0.0))])[0].text == "Mẩy"


def test_lines_of_strokes_go() -> None:
    assert without_junk([line(word("⁄", 0.4), word("~", 0.2))]) == []


@given(st.from_regex(r"[a-z]{0,3}[0-9]{1,4}[a-z]{0,3}", fullmatch=True), st.floats(0, 1))
def test_nothing_with_a_figure_is_junk(text: str, confidence: float) -> None:
    assert not is_junk(word(text, confidence))


def test_confidence_comes_from_the_low_end() -> None:
    assert low_confidence([word("a", c / 100) for c in range(1, 101)]) == 0.11
    assert low_confidence([]) is None


def test_parts_of_letters_that_were_read_a_second_time_go() -> None:
    line = (Word("sở,", Box(100, 62, 120, 75), 0.96), Word("ngành", Box(125, 62, 160, 75), 0.97))
    tops = (Word("1", Box(101, 60, 108, 66), 0.6), Word("7*", Box(128, 60, 140, 66), 0.5))
    assert without_doubles([line, tops]) == (line,)
    assert without_doubles([tops]) == (tops,)


def test_signs_stuck_to_the_front_of_letters_come_off() -> None:
    assert [w.text for w in clean_lines([[word(":PHÓ"), word(">CHỦ"), word(":5"), word("“TỊCH”")]])[0]] == [
        "PHÓ",
        "CHỦ",
        ":5",
        "“TỊCH”",
    ]


def test_a_letter_that_is_read_as_two_of_the_same_look_is_one() -> None:
    assert clean_lines([[word("12-NQ/ĐÐU", 0.3)]])[0][0].text == "12-NQ/ĐU"


def test_a_line_of_acronyms_is_kept() -> None:
    assert without_junk([line(word("-"), word("VP,QLTS,", 0.89))])[0].text == "- VP,QLTS,"


def test_the_dash_of_a_range_is_no_dust() -> None:
    found = (Word("3", Box(0, 0, 5, 8), 0.9), Word("-", Box(8, 4, 11, 5), 0.5), Word("5", Box(14, 0, 19, 8), 0.9))
    assert clean_lines([found]) == (found,)
