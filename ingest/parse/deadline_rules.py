"""Which terms are deadlines, and of which kind: what the words around a date say."""

from __future__ import annotations

import re
from functools import cache

from ...dictionaries import alternation, entries, pattern
from ...schemas.values import DeadlineKind
from ..text.normalize import fold, fold_signs
from ..text.terms import Term
from .model import PlanContext
from .statements import Statement

_CLAUSE = re.compile(r"[;:(]|\.\s")


def _found(name: str, folded: str) -> bool:
    return pattern("deadlines", name).search(folded) is not None


@cache
def _actions() -> re.Pattern[str]:
    spellings = [fold(spelling) for entry in entries("action_verbs") for spelling in entry.spellings]
    return re.compile(r"\b" + alternation(spellings) + r"\b")


def mentions(text: str) -> bool:
    """False for text that cannot hold a term: no digit and no word of recurrence."""
    folded = fold_signs(text)
    return any(sign.isdigit() for sign in folded) or any(
        word in folded for word in ("hang ", "moi ", "dinh ky", "thang")
    )


def _clause_before(folded: str, at: int) -> str:
    before = folded[max(0, at - 160) : at]
    cuts = [match.end() for match in _CLAUSE.finditer(before)]
    return before[cuts[-1] :] if cuts else before


def _too_old(term: Term, context: PlanContext) -> bool:
    return bool(term.years) and context.year is not None and max(term.years) < context.year - 1


def _labelled(folded: str, term: Term) -> bool:
    """The date follows a label (`Thời gian: 15/5`) or stands in its own parenthesis."""
    before = folded[: term.start].rstrip()
    if not before:
        return False
    label = re.split(r"[;.(]\s", before.rstrip(" :("))[-1].strip()
    return before.endswith((":", "(")) and (
        _found("time_label", label) or _found("review", label) or _found("event", label) or _found("report", label)
    )


def _bare_is_due(folded: str, term: Term, statement: Statement) -> bool:
    if _labelled(folded, term):
        return True
    title = fold_signs(" ".join(t for t in statement.block.headings[-1:] if t))
    if not folded[: term.start].strip(" :-") and not folded[term.end :].strip(" .;"):
        return _found("time_heading", title)
    clause = _clause_before(folded, term.start)
    if term.grain not in ("day", "month", "quarter") or _found("cited", clause):
        return False
    if not clause.strip():
        rest = folded[term.end :].lstrip()
        return rest[:1] in (":", ",") and term.grain == "day" and _actions().search(rest) is not None
    return term.grain == "day" and _found("event", clause)


def _period_is_due(folded: str, term: Term) -> bool:
    """Years and halves are terms only where something is to be finished in them or a label says so."""
    before = folded[: term.start].rstrip(" :,(")
    if _found("time_label", before) or _found("bare_label", before):
        return True
    clause = _clause_before(folded, term.start)
    if _found("dated_noun", clause.rstrip()):
        return False
    return term.bound is not None and _found("finish", clause) and not folded[term.end :].strip(" .,;")


def is_due(term: Term, statement: Statement, context: PlanContext) -> bool:
    """True when a term of a statement binds somebody: it is no date of a document, of the past or of an event named."""
    folded = fold_signs(statement.passage.text)
    clause = _clause_before(folded, term.start)
    last = clause.rsplit(",", 1)[-1]
    opening = folded[term.start : term.start + 12]
    if _found("not_due", last) or _found("past", clause + opening) or _too_old(term, context):
        return False
    if term.recurrence is not None:
        return _recurrence_is_due(folded, term)
    if term.bound == "on" and _found("cited", clause):
        return False
    if term.bare:
        return _bare_is_due(folded, term, statement)
    if term.grain in ("year", "part"):
        return _period_is_due(folded, term)
    return _actions().search(folded) is not None or _found("time_label", folded[: term.start].rstrip(" :"))


def _recurrence_is_due(folded: str, term: Term) -> bool:
    if term.recurrence_day is not None:
        return _actions().search(folded) is not None
    around = folded[max(0, term.start - 80) : term.end + 80]
    if _found("report", around) or _found("review", around):
        opens = not folded[: term.start].strip(" -+*")
        return opens or "dinh ky" in around or term.recurrence != "annual"
    return False


def _campaign_label(what: str, statement: Statement | None) -> bool:
    if statement is None or not _found("bare_label", re.sub(r"\s*\(.*", "", what)):
        return False
    titles = [fold_signs(title) for title in statement.block.headings if title]
    return any(_found("time_heading", title) for title in titles) or (not titles and _found("time_label", what))


def kind_of(what: str, text: str, statement: Statement | None) -> DeadlineKind:
    """The kind of a deadline from what is due (and the statement that holds it)."""
    due, whole = fold_signs(what), fold_signs(text).strip(" -+*")
    if _found("review_act", due):
        return "review"
    if _found("campaign", due) or _found("campaign", whole):
        return "campaign"
    if _found("report", due):
        return "report"
    if _found("review", due):
        return "review"
    if _campaign_label(due, statement):
        return "campaign"
    return "implementation"
