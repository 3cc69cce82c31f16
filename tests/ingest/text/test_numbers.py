"""Numbers in digits and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.text.numbers import parse_digits, parse_number, parse_words, times


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.417", 1417),
        ("400,5", 400.5),
        ("5.000.000", 5_000_000),
        ("99,6", 99.6),
        ("02", 2),
        ("1,00", 1),
        ("10.5", 10.5),
        ("1,234,567", 1_234_567),
        ("0.125", 0.125),
        ("1.234,5", 1234.5),
    ],
)
def test_digits_are_read_as_vietnamese_writes_them(text: str, value: float) -> None:
    assert parse_digits(text) == value


@pytest.mark.parametrize("text", ["", "1.2.3", "12.5.2024", "1,2,3", "abc", "1.2345.678", "9" * 30])
def test_unclear_digits_are_no_number(text: str) -> None:
    assert parse_digits(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ba", 3),
        ("mười", 10),
        ("mười lăm", 15),
        ("hai mươi mốt", 21),
        ("một trăm linh năm", 105),
        ("một trăm hai mươi", 120),
        ("ba nghìn hai trăm", 3200),
        ("hai vạn", 20_000),
    ],
)
def test_number_words(text: str, value: int) -> None:
    assert parse_words(text) == value
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["mốt", "hai ba", "trăm", "hộ", "mười hộ", "lẻ năm"])
def test_words_that_make_no_number(text: str) -> None:
    assert parse_words(text) is None


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_dots_change_no_value(value: int) -> None:
    assert parse_digits(f"{value:,}".replace(",", ".")) == value


@given(st.integers(0, 10**6), st.integers(1, 99))
def test_decimal_comma(whole: int, part: int) -> None:
    assert parse_digits(f"{whole},{part:02d}") == pytest.approx(whole + part / 100)


@given(st.integers(1, 10**7), st.sampled_from([1, 1000, 10**6, 10**9]))
def test_sums_of_money_have_no_dust(thousandths: int, factor: int) -> None:
    assert times(thousandths / 1000, 1000 * factor) == thousandths * factor
