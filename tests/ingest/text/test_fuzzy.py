"""Look-up of dictionary entries whose marks or letters were lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.dictionaries import Entry, entries
from kehoach.ingest.text.fuzzy import FuzzyIndex, fuzzy_index


def entry(form: str, *variants: str) -> Entry:
    return Entry(form, variants, {})


PLAN = entry("kế hoạch", "ke hoach", "KH")
REPORT = entry("báo cáo")
INDEX = FuzzyIndex([PLAN, REPORT])


@pytest.mark.parametrize("text", ["kế hoạch", "KẾ  HOẠCH", "ke hoach", "kh"])
def test_a_spelling_is_found_marks_and_case_aside(text: str) -> None:
    assert INDEX.exact(text) is PLAN
    assert INDEX.nearest(text) == (PLAN, 100.0)


def test_a_near_spelling_is_no_exact_one() -> None:
    assert INDEX.exact("ké hoacb") is None
    found = INDEX.nearest("ké hoacb")
    assert found is not None
    assert found[0] is PLAN
    assert 85.0 <= found[1] < 100.0


def test_nothing_is_found_below_the_floor() -> None:
    assert INDEX.nearest("quyết định") is None
    assert INDEX.nearest("ké hoacb", floor=99.0) is None


def test_the_first_entry_keeps_a_spelling_that_two_share() -> None:
    other = entry("Ke Hoach")
    assert FuzzyIndex([PLAN, other]).exact("ke hoach") is PLAN


@given(st.permutations([PLAN, REPORT, entry("bao cai")]))
def test_the_order_of_entries_does_not_decide_a_tie(listed: list[Entry]) -> None:
    assert FuzzyIndex(listed).nearest("bao ca", 50.0) == FuzzyIndex(list(reversed(listed))).nearest("bao ca", 50.0)


def test_every_entry_of_a_word_list_is_found_by_its_form() -> None:
    index = fuzzy_index("document_types")
    assert fuzzy_index("document_types") is index
    assert all(index.exact(listed.form) is not None for listed in entries("document_types"))
