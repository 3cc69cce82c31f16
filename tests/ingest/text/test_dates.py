"""Dates in every notation; laws that hold for any text."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kehoach.ingest.text.dates import find_dates, parse_date, stated_year
from kehoach.ingest.text.normalize import fold_signs
from kehoach.schemas.values import check_partial_date

NOTATIONS = (
    "{d}/{m}/{y}",
    "{d:02}/{m:02}/{y}",
    "{d}-{m}-{y}",
    "{d}.{m}.{y}",
    "ngày {d} tháng {m} năm {y}",
    "ngày {d:02} tháng {m:02} năm {y}",
    "ngay {d} thang {m} nam {y}",
    "{d} tháng {m} năm {y}",
    "trước 17 giờ 00 ngày {d}/{m}/{y}",
    "thứ Sáu, ngày {d:02}/{m:02}/{y}",
)


@settings(deadline=None)
@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(NOTATIONS))
def test_every_notation_of_a_day_reads_back(day: datetime.date, notation: str) -> None:
    text = "Hoàn thành " + notation.format(d=day.day, m=day.month, y=day.year) + ", gửi hồ sơ."
    assert parse_date(text) == day.isoformat()
    assert len(find_dates(text)) == 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("tháng 5/2026", "2026-05", "2026-05"),
        ("tháng mười hai năm 2025", "2025-12", "2025-12"),
        ("Quý II/2026", "2026-04", "2026-06"),
        ("quý 4 năm 2025", "2025-10", "2025-12"),
        ("6 tháng đầu năm 2025", "2025-01", "2025-06"),
        ("06 tháng cuối năm 2025", "2025-07", "2025-12"),
        ("9 tháng đầu năm 2025", "2025-01", "2025-09"),
        ("nửa đầu năm 2026", "2026-01", "2026-06"),
        ("năm học 2025 - 2026", "2025", "2026"),
        ("giai đoạn 2026 - 2030", "2026", "2030"),
        ("trong năm 2026", "2026", "2026"),
        ("ngày tháng 3 năm 2026", "2026-03", "2026-03"),
        ("ngày … tháng … năm 2026", "2026", "2026"),
        ("ngày ..... tháng 4 năm 2026", "2026-04", "2026-04"),
    ],
)
def test_periods_fill_both_ends_at_the_precision_printed(text: str, first: str, last: str) -> None:
    (span,) = find_dates(text)
    assert (span.first(), span.last()) == (first, last)


def test_a_date_without_a_year_takes_the_one_given() -> None:
    (span,) = find_dates("gửi trước ngày 15/6")
    assert span.first() is None
    assert span.first(2026) == "2026-06-15"


@pytest.mark.parametrize("text", ["31/11/2025", "ngày 30/02/2026", "ngày 05/13/2026", "ngày 32 tháng 5 năm 2026"])
def test_an_impossible_date_is_found_but_has_no_value(text: str) -> None:
    (span,) = find_dates(text)
    assert not span.possible
    assert span.first() is None


def test_the_pen_left_out_the_day_on_a_long_gap() -> None:
    assert parse_date("Phú Sơn, ngày        tháng 01 năm 2026") == "2026-01"


@pytest.mark.parametrize(
    "text",
    [
        "6/6 thôn bản",
        "đạt 15/19 tiêu chí",
        "1.057/1.122 hộ",
        "số 05/2024/TT-BNV",
        "1.250.500 đồng",
        "trong thời hạn 10 ngày làm việc",
        "24/24 giờ",
        "hằng tháng",
        "quỹ khen thưởng",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert find_dates(text) == ()


def test_both_ends_of_a_range_are_found() -> None:
    spans = find_dates("từ ngày 15 đến ngày 30/6/2026")
    assert [(s.grain, s.day, s.month) for s in spans] == [("day_of_month", 15, None), ("day", 30, 6)]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Phát động phong trào thi đua năm 2026", 2026),
        ("Kỷ niệm 60 năm Ngày thành lập xã (12/4/1966 - 12/4/2026)", None),
        ("Thực hiện Đề án giai đoạn 2021 - 2025", None),
        ("tăng 5% so với năm 2025", None),
        ("phong trào “Vì môi trường năm 2025” năm 2026", 2026),
        ("theo Luật Thi đua, khen thưởng năm 2022", None),
        ("mục tiêu đến quý III/2026", 2026),
    ],
)
def test_the_year_that_a_text_speaks_of(text: str, year: int | None) -> None:
    assert stated_year(text) == year


DATE_LIKE = st.text(alphabet=" 0123456789/-–.,:;()ngàythángnămquýIVtừđếntrướchếtđầucuối6", max_size=80)


@settings(deadline=None)
@given(st.one_of(DATE_LIKE, st.text(max_size=200)))
def test_any_text_gives_ordered_spans_and_valid_dates(text: str) -> None:
    spans = find_dates(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        for iso in (span.first(2026), span.last(2026)):
            if iso is not None:
                check_partial_date(iso)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold_signs(text)) == len(text)
