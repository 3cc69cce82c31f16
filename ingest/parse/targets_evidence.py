"""Decides whether a clause sets a target, when its heading does not say so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..text.dates import find_dates, stated_year
from ..text.quantities import Quantity
from .targets_clause import Clause, mask
from .targets_scope import Scope, matches
from .targets_shared import Naming
from .targets_units import is_share
from .targets_words import text_after, word_count

_FEW_WORDS = 5
_BRIEF = 8
_FEWER = 14
_ASIDE = re.compile(r"\([^()]*\)")
_FIGURE = re.compile(r"\d")
_LONG_NAME = 45
SHORT_TEXT = 40
_OPENING = 30


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader of a block knows: its scope, the plan's year, its run-in head; whether it is a list
    item, or numbered as articles of a law are, too; the period that its run-in head states."""

    scope: Scope
    year: int | None
    listed: bool
    numbered: bool = False
    thing: str | None = None
    stated: str | None = None


def stated_period(text: str) -> str | None:
    """The year that a text speaks of, or the day or month in it by which something is to be reached."""
    year = stated_year(text)
    for span in find_dates(text):
        dated = span.grain == "day" and span.year is not None
        if (dated or (span.grain == "month" and span.year == year)) and matches("until", text[: span.start]):
            return span.first()
    bare = matches("bare_year", text) if year is None else None
    return bare["year"] if bare else (str(year) if year else None)


def year_of(period: str | None) -> int | None:
    """The year of a period."""
    return int(period[:4]) if period else None


def clause_period(text: str, clause: Clause) -> str | None:
    """The period that a clause speaks of; of a change (`từ 4% năm 2024 xuống 3% năm 2025`) the one of its end."""
    if clause.quantity is None:
        return stated_period(mask(text[clause.start : clause.end]))
    masked = mask(text[clause.start : clause.end])
    end, lead = clause.quantity.end - clause.start, clause.quantity.lead - clause.start
    multiple = matches("multiple", text[clause.quantity.lead : clause.quantity.end])
    after = None if multiple else stated_period(masked[end:])
    base = matches("base_value", masked[:lead]) if clause.quantity.reach else None
    return after if after is not None else stated_period(masked[: base.start() if base else lead])


def _without_asides(text: str, figure: int | None = None) -> str:
    """The text with blanks for what stands in brackets, unless a `figure` stands there: `(năm trước đạt 12 tấn)`."""

    def blank(aside: re.Match[str]) -> str:
        holds = figure is not None and aside.start() <= figure < aside.end()
        return aside.group() if holds else " " * len(aside.group())

    return _ASIDE.sub(blank, text)


def is_past(text: str, clause: Clause, reading: Reading) -> bool:
    """Whether a clause tells a result instead of setting a target."""
    figure = clause.quantity.number - clause.start if clause.quantity is not None else None
    here = _without_asides(text[clause.start : clause.end], figure)
    told = matches("result", here)
    if told and not (matches("directive", here) or matches("kept", here) or _describes(told, clause, reading)):
        return True
    year = year_of(clause_period(text, clause) or reading.stated)
    return reading.year is not None and year is not None and year < reading.year


def _describes(told: re.Match[str], clause: Clause, reading: Reading) -> bool:
    """Whether `đã …` or `hiện có` stands behind the figure and says which ones are meant: `50% dữ liệu đã số hóa`."""
    if not _sets(reading) or clause.quantity is None or told["compared"] is not None:
        return False
    return clause.start + told.start() >= clause.quantity.core_end and told["said"] is not None


def _sets(reading: Reading) -> bool:
    """Whether a block is one that sets targets: in their chapters, or a list item of a plan."""
    return reading.scope.kind == "target" or (reading.scope.plan and reading.listed)


def opens_past(sentence: str, reading: Reading) -> bool:
    """Whether a whole sentence tells results: it opens so, or stands where nothing speaks of targets."""
    told = matches("result", _without_asides(sentence))
    meant = (
        told is not None and told["said"] is not None and _sets(reading) and _FIGURE.search(sentence, 0, told.start())
    )
    if told is not None and reading.scope.kind != "target" and not meant:
        return True
    if told is not None and told["compared"] is None and told.start() < _OPENING:
        return True
    return reading.year is None and reading.scope.kind != "target" and matches("past_head", sentence) is not None


def tells(sentence: str, text: str, reading: Reading) -> bool:
    """Whether a sentence tells news or sets rules; in a text without a plan the block around it counts, too."""
    if matches("rule", sentence) and not (matches("directive", sentence) or matches("prevented", sentence)):
        return True
    if reading.scope.plan:
        return False
    grown = not reading.listed and matches("growth_report", text)
    told = matches("result", text) and not matches("directive", sentence)
    return bool(grown or matches("narrative", text) or matches("rule", text) or told)


def _bounded(quantity: Quantity) -> bool:
    return quantity.comparator != "eq"


def _in_company(quantity: Quantity, sentence: str) -> bool:
    """Whether a share is one of several: of others side by side, or of the same in years to come."""
    return is_share(quantity) and any(matches(name, sentence) for name in ("shares_listed", "staged_shares"))


def _value_first(naming: Naming, clause: Clause, quantity: Quantity, reading: Reading, text: str) -> bool:
    """`100% hộ …`, `5/6 thôn …`: a share, or a count with what becomes of the counted."""
    fraction = quantity.whole is not None and (reading.numbered or (reading.scope.alone and bool(naming.predicate)))
    listed = reading.listed or fraction
    if not listed or matches("portion", text[quantity.lead : quantity.end]):
        return False
    share = is_share(quantity) or quantity.whole is not None
    said = bool(naming.predicate) or quantity.change != "level"
    return share or (clause.opens and said and bool(naming.noun))


def out_of_place(naming: Naming, clause: Clause, reading: Reading, text: str, start: int, sibling: bool) -> bool:
    """Whether a figure needs a plan around it to be a target, and stands in a text that is none.

    A long text without headings of a plan counts only in items that look ahead; prices of pieces (`đồng/văn bản`),
    numbers in words beside nouns, parts of nothing, and tasks told in prose do not count at all.
    """
    quantity, child = clause.quantity, clause.child
    if quantity is None or reading.scope.plan or matches("of_a_plan", text):
        return False
    ahead = naming.directed or matches("horizon", text[start : quantity.end]) is not None
    if reading.scope.long and not reading.scope.work:
        return not (ahead and reading.listed)
    if naming.directed:
        return False
    unit = quantity.unit
    priced = unit is not None and unit.vnd is not None and (naming.kind == "action" and "/" in unit.name)
    if priced or (unit is not None and unit.vnd is not None and text[quantity.end : quantity.end + 1] == "/"):
        return True
    if quantity.spelt and not _bounded(quantity):
        return not (naming.kind in ("action", "each") and reading.listed)
    if _in_company(quantity, text[start:]):
        return False
    if child and not sibling:
        return not (reading.listed and naming.kind == "action")
    if reading.listed or reading.numbered or sibling or naming.urged or is_share(quantity):
        return False
    if naming.kind == "none" or not clause.opens or matches("about_so_many", text[quantity.lead : quantity.number]):
        return True
    told = naming.kind == "action" and not naming.acted
    return told and matches("action", text_after("opening", text[start:].lstrip())) is None


def _at_least(clause: Clause, quantity: Quantity, reading: Reading, text: str) -> bool:
    """Whether an item of a plan opens with at least so many of something: `ít nhất 01 mô hình/thôn`."""
    counted = quantity.unit is not None and quantity.unit.kind == "count" and quantity.comparator in ("ge", "gt")
    item = reading.scope.plan and reading.listed and clause.opens and not clause.child
    return counted and item and not matches("of_whom", text[clause.start : quantity.number])


def evident(naming: Naming, clause: Clause, reading: Reading, text: str, start: int, sibling: bool) -> bool:
    """Whether a clause outside the chapters of targets shows by itself that it sets one.

    `start`: where its sentence begins in the block's `text`; `sibling`: the clause before it in the sentence sets one.
    """
    quantity, scope = clause.quantity, reading.scope
    if quantity is None or (naming.place and not naming.directed) or word_count(naming.name) > _LONG_NAME:
        return False
    part_of_stock = reading.listed and not clause.guessed and matches("own_indicator", reading.thing or "") is not None
    if quantity.unit is None and not (scope.plan and naming.kind == "indicator") and not part_of_stock:
        return False
    if scope.purpose and not sibling:
        demanded = naming.kind == "each" or naming.directed or matches("yearly", text[start : quantity.number])
        return _bounded(quantity) and bool(demanded)
    graded = is_share(quantity) and reading.thing is not None and matches("grade", naming.name) is not None
    if part_of_stock or (graded and reading.listed):
        return True
    if naming.directed or (naming.urged and (clause.opens or sibling)) or matches("horizon", text[start : clause.end]):
        return True
    if sibling and (clause.child or naming.shared):
        return True
    if clause.guessed:
        return False
    if _in_company(quantity, text[start:]):
        return True
    return _at_least(clause, quantity, reading, text) or _by_words(naming, clause, quantity, reading, text, sibling)


def _by_words(naming: Naming, clause: Clause, quantity: Quantity, reading: Reading, text: str, sibling: bool) -> bool:
    """Whether the kind of words before a figure, and where it stands, make it a target."""
    scope = reading.scope
    colon = text[: quantity.number].rstrip().endswith(":")
    adjacent = matches("ends_with_verb", naming.subject) is not None
    led = adjacent or quantity.lead < quantity.number
    if naming.kind == "each":
        return (clause.opens or sibling) and (_bounded(quantity) or reading.listed or scope.alone)
    if naming.kind == "action":
        told_alone = scope.plan and scope.work and quantity.unit is not None and quantity.unit.kind != "money"
        first = (scope.alone or told_alone) and adjacent and clause.opens
        firm = scope.plan and (_bounded(quantity) or is_share(quantity))
        if naming.acted:
            told = scope.alone and clause.opens and _bounded(quantity) and matches("bodies", text[clause.start :])
            return firm or sibling or bool(told) or (scope.plan and reading.listed)
        brief = reading.listed and len(naming.subject.split()) <= _BRIEF
        return brief or (led and (reading.listed or first or sibling or firm))
    if naming.kind == "indicator":
        numbered = reading.numbered and matches("own_indicator", naming.subject) is not None
        if matches("only_bare_indicator", naming.subject) and not sibling:
            return False  # `diện tích 10 ha`: what a thing is like
        reached = scope.work and clause.opens and matches("reached", text[: quantity.number]) is not None
        firm = scope.plan and (_bounded(quantity) or is_share(quantity) or reached)
        single = len(text.split()) <= SHORT_TEXT and "%" not in text[clause.start : quantity.lead]
        stated = colon or (single and _bounded(quantity))
        return reading.listed or numbered or sibling or firm or (scope.alone and clause.opens and stated)
    if naming.kind == "none":
        falls = scope.plan and scope.work and clause.opens and quantity.change != "level" and bool(naming.noun)
        return sibling or falls or _value_first(naming, clause, quantity, reading, text)
    if is_share(quantity) and _bounded(quantity) and reading.listed and scope.plan:
        return True
    changed = quantity.lead < quantity.start or naming.change != "level"
    if is_share(quantity) and changed and reading.listed:
        return sibling or len(naming.subject.split()) <= (_FEWER if scope.plan else _BRIEF)
    short = len(naming.subject.split()) <= _FEW_WORDS
    return short and (sibling or is_yield(naming, clause, reading, colon))


def is_yield(naming: Naming, clause: Clause, reading: Reading, colon: bool) -> bool:
    """`Lúa xuân: 210 ha - 1.197 tấn`: a thing and its measure; one measure alone is a description."""
    quantity = clause.quantity
    measured = quantity is not None and quantity.unit is not None and quantity.unit.kind == "measure"
    return measured and colon and reading.listed and clause.opens and naming.kind == "other"
