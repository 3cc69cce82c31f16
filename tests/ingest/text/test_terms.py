"""Terms: bounds, ranges, recurrence, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kehoach.ingest.text.terms import Term, find_terms


def only(text: str, year: int | None = None) -> Term:
    (term,) = find_terms(text, year)
    return term


@pytest.mark.parametrize(
    ("text", "bound", "first", "last"),
    [
        ("từ ngày 15/02/2026 đến hết ngày 30/11/2026", "from_to", "2026-02-15", "2026-11-30"),
        ("từ ngày 15 đến ngày 30/6/2026", "from_to", "2026-06-15", "2026-06-30"),
        ("ngày 14 - 15/5/2026", "from_to", "2026-05-14", "2026-05-15"),
        ("từ tháng 02 đến hết tháng 11 năm 2026", "from_to", "2026-02", "2026-11"),
        ("từ 15/12 đến 15/02/2027", "from_to", "2026-12-15", "2027-02-15"),
        ("bắt đầu từ ngày 10/01/2026 và kết thúc vào ngày 10/12/2026", "from_to", "2026-01-10", "2026-12-10"),
        ("từ Quý I đến hết Quý II/2026", "from_to", "2026-01", "2026-06"),
        ("trước ngày 20/3/2026", "by", None, "2026-03-20"),
        ("chậm nhất là ngày 05/12/2026", "by", None, "2026-12-05"),
        ("từ ngày phát động đến hết ngày 31/5/2026", "by", None, "2026-05-31"),
        ("không quá 31/01/2027", "by", None, "2027-01-31"),
        ("trong tháng 5/2026", "in", "2026-05", "2026-05"),
        ("trong quý III/2026", "in", "2026-07", "2026-09"),
        ("Quý III, Quý IV/2026", "in", "2026-07", "2026-12"),
        ("trong năm 2026", "in", "2026", "2026"),
        ("vào ngày 20/12/2026", "on", "2026-12-20", "2026-12-20"),
        ("từ ngày 01/7/2026", None, "2026-07-01", None),
    ],
)
def test_bounds_and_ends(text: str, bound: str | None, first: str | None, last: str | None) -> None:
    term = only(text)
    assert (term.bound, term.first, term.last) == (bound, first, last)


@pytest.mark.parametrize(
    ("text", "recurrence", "day"),
    [
        ("trước ngày 20 hằng tháng", "monthly", "20"),
        ("trước ngày 25 của tháng cuối quý, hằng quý", "quarterly", "25"),
        ("trước ngày 15/6 hằng năm", "annual", "06-15"),
        ("định kỳ 6 tháng, một năm", "semiannual", None),
        ("định kỳ 3 tháng", "quarterly", None),
        ("hằng tháng", "monthly", None),
        ("vào dịp sơ kết 6 tháng đầu năm và tổng kết năm", "semiannual", None),
    ],
)
def test_recurrence(text: str, recurrence: str, day: str | None) -> None:
    term = only(text, 2026)
    assert (term.recurrence, term.recurrence_day, term.first, term.last) == (recurrence, day, None, None)


def test_two_recurrences_in_one_statement_keep_their_own_days() -> None:
    terms = find_terms("hằng tháng (trước ngày 25) và hằng quý (trước ngày 20 tháng cuối quý)")
    assert [(t.recurrence, t.recurrence_day) for t in terms] == [("monthly", "25"), ("quarterly", "20")]


def test_the_plan_year_completes_a_date_but_a_year_in_passing_does_not() -> None:
    bounded = [t.last for t in find_terms("quyết toán năm 2025 trước ngày 28/02", 2026) if not t.bare]
    assert bounded == ["2026-02-28"]


def test_a_later_date_lends_its_year() -> None:
    assert [t.last for t in find_terms("trước ngày 15/6 và ngày 15/12/2026")] == ["2026-06-15", "2026-12-15"]


@pytest.mark.parametrize(
    "text",
    [
        "kỷ niệm 60 năm thành lập xã (05/6/1966 - 05/6/2026)",
        "giai đoạn 2026 - 2030",
        "năm học 2025 - 2026",
        "sử dụng ổn định từ trước ngày 15/10/1993",
        "trong thời hạn 15 ngày kể từ khi tiếp nhận hồ sơ",
    ],
)
def test_anniversaries_horizons_and_relative_terms_are_none(text: str) -> None:
    assert find_terms(text, 2026) == ()


def test_an_impossible_date_is_told() -> None:
    term = only("trước ngày 31/11/2026")
    assert (term.possible, term.last) == (False, None)


@settings(deadline=None)
@given(st.text(alphabet=" 0123456789/-–,.():;ngàythángnămquýtừđếntrướchếthằngmỗiđịnhkỳvàvớiIVX", max_size=120))
def test_any_text_gives_terms_inside_it(text: str) -> None:
    for term in find_terms(text, 2026):
        assert 0 <= term.start < term.end <= len(text)
