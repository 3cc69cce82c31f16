"""Terms: dates with the words that bound them (trước, đến hết, từ … đến, trong, hằng tháng), found in one statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...dictionaries import pattern
from ...schemas.values import Bound, Recurrence
from .dates import DateSpan, find_dates
from .normalize import fold_signs

_EVERY: dict[str, Recurrence] = {"thang": "monthly", "quy": "quarterly", "nam": "annual"}
_MONTHS: dict[str, Recurrence] = {"3": "quarterly", "ba": "quarterly", "6": "semiannual", "sau": "semiannual"}
_CUE_WIDTH = 60
_OPENING = 12
_DATED = ("day", "month", "quarter", "part", "day_of_month")


@dataclass(frozen=True, slots=True)
class Term:
    """A term from `start` to `end` (offsets, bounding words included).

    `bare` is a date that no word bounds: its context must tell whether it is a term. `possible` is False when a printed
    date is none (31/11). `years` are the printed years. `open_start` is set where it runs from a day not dated
    (`từ ngày ký đến 31/10/2026`).
    """

    start: int
    end: int
    bound: Bound | None = None
    first: str | None = None
    last: str | None = None
    recurrence: Recurrence | None = None
    recurrence_day: str | None = None
    bare: bool = False
    possible: bool = True
    grain: str = "day"
    years: tuple[int, ...] = ()
    open_start: bool = False


def _cue(name: str, folded: str, at: int, floor: int) -> int | None:
    """Where the bounding word `name` that ends at `at` begins."""
    begin = max(floor, at - _CUE_WIDTH)
    match = pattern("terms", name).search(folded[begin:at])
    return begin + match.start() if match else None


def _with_years(dates: Sequence[DateSpan], default: int | None) -> list[DateSpan]:
    """Each date with a year: its own, the next one's, the one before, or the default.

    A year named alone counts only where the statement opens with it (`Năm 2026, …`).
    """
    filled = list(dates)
    year: int | None = None
    for index in range(len(filled) - 1, -1, -1):
        date = filled[index]
        if date.grain in _DATED:
            year = date.year or (None if date.next_year else year)
            filled[index] = replace(date, year=year)
    year = dates[0].year if dates and dates[0].grain == "year" and dates[0].start <= len("trong ") else default
    for index, date in enumerate(filled):
        if date.grain not in _DATED:
            continue
        if date.year is None and year is not None:
            filled[index] = replace(date, year=year + 1 if date.next_year else year)
        elif dates[index].year is not None:
            year = date.year
    return filled


def _completed(first: DateSpan, last: DateSpan) -> DateSpan:
    """The start of a range with what only its end prints: `từ ngày 15 đến 30/6/2026`."""
    month = first.month if first.month is not None else last.month
    year = first.year if first.year is not None else last.year
    grain = "day" if first.day is not None else first.grain
    done = replace(first, year=year, month=month, grain=grain)
    begin, end = done.first(), last.last()
    if begin is not None and end is not None and year is not None and begin[: len(end)] > end[: len(begin)]:
        return replace(done, year=year - 1)
    return done


def _range(folded: str, first: DateSpan, last: DateSpan, printed: Sequence[DateSpan], floor: int) -> Term:
    if printed[0].year is None:
        first = replace(first, year=last.year)
    first = _completed(first, last)
    start = first.start
    for name in ("from", "in"):
        cue = _cue(name, folded, start, floor)
        start = start if cue is None else cue
    possible = first.possible and last.possible
    begin, end = (first.first(), last.last()) if possible else (None, None)
    if begin is not None and end is not None and end[: len(begin)] < begin[: len(end)]:
        begin = None
    years = tuple(date.year for date in printed if date.year is not None)
    bound: Bound = "from_to" if not possible or begin else "by"
    return Term(start, last.end, bound, begin, end, possible=possible, grain=last.grain, years=years)


def _bounded(date: DateSpan, bound: Bound | None, start: int, printed: DateSpan) -> Term:
    years = () if printed.year is None else (printed.year,)
    term = Term(start, date.end, bound, possible=date.possible, grain=date.grain, years=years)
    if not date.possible:
        return term
    if bound == "by":
        return replace(term, last=date.last())
    if bound is None:
        return replace(term, first=date.first())
    return replace(term, first=date.first(), last=date.last())


def _single(folded: str, date: DateSpan, printed: DateSpan, floor: int) -> Term | None:
    if date.grain == "horizon" and (begin := _cue("whole_years", folded, date.start, floor)) is not None:
        return Term(
            date.start, date.end, "from_to", date.first(), date.last(), grain="horizon", years=(date.year or 0,)
        )
    if date.grain in ("horizon", "school_year"):
        return None
    if _cue("long_before", folded, date.start, floor) is not None:
        return None
    by = _cue("by_strict" if date.grain == "year" else "by", folded, date.start, floor)
    if by is not None:
        opened = _cue("open_start", folded, by, floor)
        term = _bounded(date, "by", by if opened is None else opened, printed)
        return replace(term, open_start=opened is not None)
    if date.grain == "year" and (begin := _cue("by", folded, date.start, floor)) is not None:
        return replace(_bounded(date, "by", begin, printed), bare=True)
    begin = _cue("from", folded, date.start, floor)
    if begin is not None:
        return _bounded(date, None, begin, printed)
    if date.grain == "day" and _cue("by_label", folded, date.start, floor) is not None:
        return _bounded(date, "by", date.start, printed)
    inside = _cue("in", folded, date.start, floor)
    bound: Bound = "on" if date.grain in ("day", "day_of_month") else "in"
    # `từ 7 giờ đến 9 giờ ngày 15/5` says when as a bounding word does
    if inside is not None or folded.startswith("tu ", date.start):
        return _bounded(date, bound, date.start if inside is None else inside, printed)
    part = _cue("part_before", folded, date.start, floor)
    return replace(_bounded(date, bound, date.start if part is None else part, printed), bare=True)


def _before_link(folded: str, last: DateSpan, floor: int) -> DateSpan | None:
    """The start of a range whose day or month stands alone before the dash: `14 - 15/5/2027`, or `và`: `14 và 15/5`."""
    begin = max(floor, last.start - 20)
    match = pattern("terms", "day_before_link").search(folded[begin : last.start]) if last.grain == "day" else None
    if match is None:
        pair = pattern("terms", "day_before_and").search(folded[begin : last.start]) if last.grain == "day" else None
        match = pair if pair is not None and int(pair["day"]) + 1 == last.day else None
    if match is None:
        return None
    return DateSpan(begin + match.start("day"), begin + match.end("day"), "day", day=int(match["day"]))


def _append(terms: list[Term], term: Term, date: DateSpan, folded: str) -> None:
    """Add a term; a bare one after `và` is bounded as the one before it, and quarters side by side are one period."""
    before = terms[-1] if terms else None
    if before is None or not term.bare or not pattern("terms", "and").search(folded[before.end : term.start]):
        terms.append(term)
    elif term.grain == before.grain == "quarter" and before.bound == "in" and _follows(before, term):
        terms[-1] = replace(before, end=term.end, last=term.last, years=before.years + term.years)
    elif before.bound == "by" and term.grain != "year":
        terms.append(replace(term, bound="by", first=None, last=date.last() if date.possible else None, bare=False))
    else:
        terms.append(replace(term, bare=before.bare))


def _follows(first: Term, last: Term) -> bool:
    """True when a quarter begins in the month after the other's end."""
    if first.last is None or last.first is None:
        return False
    months = [int(iso[:4]) * 12 + int(iso[5:7]) for iso in (first.last, last.first)]
    return months[1] == months[0] + 1


def _dated(folded: str, dates: Sequence[DateSpan], default: int | None) -> list[Term]:
    link = pattern("terms", "link")
    full = _with_years(dates, default)
    terms: list[Term] = []
    index = 0
    while index < len(full):
        floor = terms[-1].end if terms else 0
        date = full[index]
        linked = index + 1 < len(full) and link.search(folded[date.end : full[index + 1].start])
        if linked and date.grain not in ("horizon", "school_year"):
            terms.append(_range(folded, date, full[index + 1], dates[index : index + 2], floor))
            index += 2
            continue
        alone = _before_link(folded, date, floor)
        if alone is not None:
            terms.append(_range(folded, alone, date, (alone, dates[index]), floor))
        elif (term := _single(folded, date, dates[index], floor)) is not None:
            _append(terms, term, date, folded)
        index += 1
    return terms


def _anniversary(first: DateSpan, last: DateSpan) -> bool:
    return (first.day, first.month) == (last.day, last.month) and first.year != last.year and first.day is not None


def _without_anniversaries(dates: Sequence[DateSpan], folded: str) -> list[DateSpan]:
    """Without the two dates of `(03/02/1930 - 03/02/2026)`."""
    link = pattern("terms", "link")
    dropped: set[int] = set()
    for index in range(len(dates) - 1):
        first, last = dates[index], dates[index + 1]
        if _anniversary(first, last) and link.search(folded[first.end : last.start]):
            dropped |= {index, index + 1}
    return [date for index, date in enumerate(dates) if index not in dropped]


def _recurring(term: Term, date: DateSpan | None, every: Recurrence, start: int, end: int) -> Term:
    day: str | None = None
    if date is not None and date.day is not None and date.possible:
        day = f"{date.day:02d}" if date.month is None else f"{date.month:02d}-{date.day:02d}"
        every = "annual" if date.month is not None else every
    return replace(
        term,
        start=min(term.start, start),
        end=max(term.end, end),
        first=None,
        last=None,
        recurrence=every,
        recurrence_day=day,
        bare=False,
    )


@dataclass(frozen=True, slots=True)
class _Every:
    """A recurrence named from `start` to `end`."""

    start: int
    end: int
    recurrence: Recurrence

    def distance(self, term: Term) -> int:
        """How far it stands from a term; a recurrence that opens the statement is beside all."""
        apart = max(self.start - term.end, term.start - self.end)
        return apart if self.start >= _OPENING else min(apart, _CUE_WIDTH - 1)


def _recurrences(folded: str) -> list[_Every]:
    found = [
        _Every(*match.span(), _EVERY[match["period"] or match["period_bare"]])
        for match in pattern("terms", "every").finditer(folded)
    ]
    found += [_Every(*match.span(), "quarterly") for match in pattern("terms", "of_quarter").finditer(folded)]
    found += [
        _Every(*match.span(), _MONTHS[match["months"] or match["months_once"]])
        for match in pattern("terms", "every_months").finditer(folded)
    ]
    return sorted(found, key=lambda every: every.start)


def _nearest(term: Term, named: Sequence[_Every]) -> _Every:
    return min(named, key=lambda every: every.distance(term))


def _each_year(folded: str, term: Term) -> bool:
    """A month or quarter that `hằng năm` follows."""
    tail = pattern("terms", "of_every").search(folded[term.end :])
    return term.grain in ("month", "quarter") and tail is not None and tail["period"] == "nam"


def _every(folded: str, dates: Sequence[DateSpan], terms: Sequence[Term]) -> list[Term]:
    """Terms with the recurrences that the statement names; a recurrence without a date is a term of its own."""
    named = _recurrences(folded)
    if not named:
        return [t for t in terms if t.grain != "day_of_month"]
    near = {term: _nearest(term, named) for term in terms}
    daily = [t for t in terms if t.grain in ("day", "day_of_month") or _each_year(folded, t)]
    undated = [t for t in daily if not t.years and near[t].distance(t) < _CUE_WIDTH]
    kept = [t for t in terms if t not in undated and t.grain != "day_of_month"]
    if not undated:
        alone = {every.recurrence: Term(every.start, every.end, recurrence=every.recurrence) for every in named}
        return kept or list(alone.values())
    by_end = {date.end: date for date in dates}
    for term in undated:
        tail = pattern("terms", "of_every").search(folded[term.end :])
        recurrence = _EVERY[tail["period"]] if tail else near[term].recurrence
        end = term.end + tail.end() if tail else term.end
        kept.append(_recurring(term, by_end.get(term.end), recurrence, term.start, end))
    return sorted(kept, key=lambda term: term.start)


def find_terms(text: str, year: int | None = None) -> tuple[Term, ...]:
    """The terms of one statement (NFC), in order; `year` completes dates without one.

    Anniversaries, horizons and school years are none. What stands by itself is marked `bare`.
    """
    folded = fold_signs(text)
    dates = _without_anniversaries(find_dates(text), folded)
    terms = _every(folded, dates, _dated(folded, dates, year))
    pair = pattern("terms", "half_and_year").search(folded)
    if pair is not None and not any(term.last or term.first or term.recurrence_day for term in terms if not term.bare):
        regular = pattern("terms", "regularly").search(folded[: pair.start()])
        start = regular.start() if regular and pair.start() - regular.end() < 2 else pair.start()
        return (Term(start, pair.end(), recurrence="semiannual"),)
    return tuple(term for term in terms if not _outside(term, text))


def _outside(term: Term, text: str) -> bool:
    return not re.search(r"\d|\w", text[term.start : term.end])
