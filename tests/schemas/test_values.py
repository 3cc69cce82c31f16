"""Partial dates, recurring days and section paths."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.schemas import check_partial_date, check_recurrence_day, section_path

DATES = st.dates(datetime.date(1000, 1, 1))
LABELS = st.text("IVXabcđ0123456789", min_size=1, max_size=3)


@given(DATES, st.sampled_from([4, 7, 10]))
def test_every_real_date_passes_at_each_precision(date: datetime.date, length: int) -> None:
    text = date.isoformat()[:length]
    assert check_partial_date(text) == text


@pytest.mark.parametrize(
    "text",
    ["2024-11-31", "2023-02-29", "2024-13", "2024-00", "0000", "24", "2024-3", "2024-03-5", "05/03/2024", "", "2024-"],
)
def test_impossible_and_malformed_dates_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        check_partial_date(text)


@pytest.mark.parametrize("text", ["20", "5", "05", "31", "06-15", "12-31", "02-29"])
def test_days_of_the_month_and_of_the_year_pass(text: str) -> None:
    assert check_recurrence_day(text) == text


@pytest.mark.parametrize("text", ["0", "32", "13-01", "02-30", "15/6", "", "6-15"])
def test_other_days_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        check_recurrence_day(text)


@pytest.mark.parametrize(
    ("labels", "path"),
    [
        (["II", "2", "2.1"], "II.2.1"),
        (["V", "2", "2.1", "2.1.1", "a"], "V.2.1.1.a"),
        (["I", "1.1"], "I.1.1"),
        (["III", "1", "a"], "III.1.a"),
        (["1", "1.2"], "1.2"),
    ],
)
def test_an_ancestor_that_the_label_repeats_is_dropped(labels: list[str], path: str) -> None:
    found: str | None = None
    for label in labels:
        found = section_path(found, label)
    assert found == path


@given(st.lists(LABELS, min_size=1, max_size=5))
def test_a_path_ends_with_the_label_of_its_section(labels: list[str]) -> None:
    path: str | None = None
    for label in labels:
        path = section_path(path, label)
        assert path.split(".")[-1] == label


@given(LABELS)
def test_a_root_section_is_its_own_path(label: str) -> None:
    assert section_path(None, label) == label
