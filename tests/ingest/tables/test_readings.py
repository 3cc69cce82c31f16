"""Of two readings of a cell the better one stays; numbers that they see differently are doubtful, words are not."""

from __future__ import annotations

from kehoach.ingest.tables.readings import better, disagree, text_of
from kehoach.ingest.values import Box, Word

BOX = Box(0, 0, 10, 10)


def said(text: str, sure: float = 0.95) -> list[Word]:
    return [Word(part, BOX, sure) for part in text.split()]


def test_only_the_numbers_of_a_disputed_cell_are_doubtful() -> None:
    found = better(said("trồng 12 ha"), said("trồng 17 ha"), said("trồng 17 ha"))
    assert [word.text for word in found] == ["trồng", "17", "ha"]
    assert [(word.confidence or 1.0) < 0.5 for word in found] == [False, True, False]


def test_a_unit_that_was_hardly_read_does_not_win() -> None:
    assert text_of(better(said("Bài", 0.1), said("Thu nhập"))) == "Thu nhập"
    assert text_of(better(said("Tấn", 0.7), said("Tan"))) == "Tấn"


def test_readings_that_see_the_same_are_sure() -> None:
    assert better(said("1.250", 0.6), said("1.250", 0.7))[0].confidence == 0.9


def test_readings_differ_in_points_and_commas_too() -> None:
    assert disagree(said("1,250"), said("1.250"))
    assert not disagree(said("Tấn"), said("Tân"))
    assert not disagree([], said("12"))


def test_a_number_that_only_one_reading_has_stays_and_is_doubtful() -> None:
    for page, strip in (("trồng 12 ha", "trồng ha"), ("15", "lS"), ("15", "-"), ("-", "15")):
        found = better(said(page), said(strip))
        numbers = [word for word in found if any(map(str.isdigit, word.text))]
        assert len(numbers) == 1, (page, strip)
        assert (numbers[0].confidence or 1.0) < 0.5
    assert text_of(better(said("T5", 0.2), said("Triệu đồng"))) == "Triệu đồng"
