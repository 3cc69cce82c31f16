"""The grammar of dates: every notation of a day, month, quarter, half or year, found in running text.

`find_dates` gives the dates of a text with their offsets, `parse_date` the first as an ISO date of reduced precision.
Text is compared without marks, so `ngày 05 tháng 3` and `ngay 05 thang 3` are the same date.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from ...dictionaries import entries, patterns
from .normalize import fold, fold_signs

Grain = Literal["day", "month", "quarter", "part", "year", "school_year", "horizon", "day_of_month"]

_GRAINS: dict[str, Grain] = {
    "school_year": "school_year",
    "horizon": "horizon",
    "part_of_year": "part",
    "quarter": "quarter",
    "month": "month",
    "month_after_range": "month",
    "year": "year",
    "day_of_month": "day_of_month",
}
# A fraction (24/24) may stand where these do: what cannot be day and month is none of them.
_WITHOUT_DIGITS = ("thang", "nua", "quy")
_UNSURE = ("day_month_after_cue", "day_month_before_range")
# The longer notation first: what it takes is not read again as a part of it.
_ORDER = (
    "school_year",
    "numeric",
    "numeric_short_year",
    "long",
    "long_bare",
    "day_month_before_range",
    "horizon",
    "part_of_year",
    "quarter",
    "month_after_range",
    "month",
    "day_month",
    "day_month_after_cue",
    "year",
    "day_of_month",
)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date or period as printed, from `start` to `end` (offsets in the text).

    What is not printed is None: `15/6` has no `year`, a day left blank for the pen no `day`. Quarters and parts of a
    year fill `month` and `last_month`; school years and horizons (giai đoạn 2021 - 2025) fill `last_year`. `next_year`
    is set for `10/01 năm sau`: whatever year completes it, the date lies in the one after.
    """

    start: int
    end: int
    grain: Grain
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_year: int | None = None
    last_month: int | None = None
    next_year: bool = False

    @property
    def possible(self) -> bool:
        """False for a date that no calendar has: 31/11, month 13."""
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is None:
            return True
        return 1 <= self.day <= calendar.monthrange(self.year or 2024, self.month or 1)[1]

    def _iso(self, year: int | None, month: int | None, day: int | None) -> str | None:
        if year is None or not self.possible or self.grain == "day_of_month":
            return None
        if month is None:
            return f"{year:04d}"
        if day is None:
            return f"{year:04d}-{month:02d}"
        try:
            return datetime.date(year, month, day).isoformat()
        except ValueError:
            return None

    def _completed(self, year: int | None) -> int | None:
        if self.year is not None or year is None:
            return self.year
        return year + 1 if self.next_year else year

    def first(self, year: int | None = None) -> str | None:
        """The first day, month or year of it; `year` where none is printed. None when impossible or without a year."""
        return self._iso(self._completed(year), self.month, self.day)

    def last(self, year: int | None = None) -> str | None:
        """The last day, month or year of it, at the precision printed."""
        return self._iso(self.last_year or self._completed(year), self.last_month or self.month, self.day)


@cache
def _numbers() -> dict[str, int]:
    return {fold(spelling): entry.fields["number"] for entry in entries("date_words") for spelling in entry.spellings}


def _number(groups: dict[str, str | None], stem: str) -> int | None:
    """The number in the first filled group called `stem` or `stem_…`."""
    for name, text in groups.items():
        if text is not None and (name == stem or name.startswith(stem + "_")):
            return int(text) if text.isdigit() else _numbers()[fold(text)]
    return None


def _months(groups: dict[str, str | None]) -> tuple[int | None, int | None]:
    """First and last month of a quarter, a part of the year, or a plain month."""
    quarter = _number(groups, "quarter")
    if quarter is not None:
        return 3 * quarter - 2, 3 * quarter
    if groups.get("side"):
        count = _number(groups, "count") or 6
        return (1, count) if groups["side"] == "dau" else (13 - count, 12)
    return _number(groups, "month"), None


def _span(name: str, match: re.Match[str]) -> DateSpan | None:
    groups = match.groupdict()
    short = groups.pop("short_year", None)
    year = 2000 + int(short) if short else _number(groups, "year")
    month, last_month = _months(groups)
    day = _number(groups, "day")
    if year is None and month is None and (day is None or name == "long"):
        return None
    if name in _UNSURE and ((month or 1) > 12 or (day or 1) > 31):
        return None
    if name == "horizon" and (_number(groups, "last_year") or 0) <= (year or 0):
        return None
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    end = match.end() - (len(match.group()) - len(match.group().rstrip()))
    return DateSpan(start, end, _grain(name, month, day), year, month, day, _number(groups, "last_year"), last_month)


def _grain(name: str, month: int | None, day: int | None) -> Grain:
    if name in _GRAINS:
        return _GRAINS[name]
    if day is not None and month is not None:
        return "day"
    return "month" if month is not None else "year"


def _spans(folded: str) -> Iterator[DateSpan]:
    taken = bytearray(len(folded))
    for name in _ORDER:
        for match in patterns("dates")[name].regex.finditer(folded):
            span = _span(name, match)
            if span is None or any(taken[span.start : span.end]):
                continue
            span = _with_tail(span, folded)
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            if patterns("dates")["lunar"].regex.search(folded[max(0, span.start - 12) : span.start]) is None:
                yield span


def _with_tail(span: DateSpan, folded: str) -> DateSpan:
    """A date with the year that stands apart from it: `15/6 năm 2026`, `10/01 năm sau`."""
    if span.year is not None or span.month is None:
        return span
    tail = folded[span.end : span.end + 80]
    own = patterns("dates")["own_year"].regex.search(tail) if span.grain == "day" else None
    if own is not None:
        return replace(span, end=span.end + own.end(), year=int(own["year"]))
    after = patterns("dates")["next_year"].regex.search(tail)
    return replace(span, end=span.end + after.end(), next_year=True) if after else span


def find_dates(text: str) -> tuple[DateSpan, ...]:
    """All dates and periods of `text` (NFC), in order, not overlapping; impossible ones too (`possible` is False)."""
    folded = fold_signs(text)
    if not any(sign.isdigit() for sign in folded) and not any(word in folded for word in _WITHOUT_DIGITS):
        return ()
    return tuple(sorted(_spans(folded), key=lambda span: span.start))


def parse_date(text: str, year: int | None = None) -> str | None:
    """The first date in `text` as PartialDate, or None; `year` completes a date without one."""
    return next((iso for span in find_dates(text) if (iso := span.first(year)) is not None), None)


def _quoted(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer('[“"][^“”"]*[”"]', text)]


def stated_year(text: str) -> int | None:
    """The year that a title, heading or statement speaks of, None without one.

    Years inside quotation marks, dates of anniversaries and of documents (`03/02/1930 - 03/02/2025`, `ngày 05/3/2024`),
    horizons (`giai đoạn 2021 - 2025`), comparisons (`so với năm 2023`) are not it. A school year counts as its first.
    """
    quotes = _quoted(text)
    folded = fold_signs(text)
    comparison = patterns("dates")["comparison"].regex
    for span in find_dates(text):
        if span.year is None or span.grain in ("day", "horizon") or any(a <= span.start < b for a, b in quotes):
            continue
        if comparison.search(folded[max(0, span.start - 80) : span.start]):
            continue
        return span.year
    return None
