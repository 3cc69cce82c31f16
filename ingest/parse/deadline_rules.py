"""Which terms are deadlines, and of which kind: what the words around a date say."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ...dictionaries import alternation, entries, pattern
from ...schemas.values import DeadlineKind
from ..text.normalize import fold, fold_signs
from ..text.terms import Term
from .bodies import opens_with_verb
from .elsewhere import terms_of_others
from .model import PlanContext
from .statements import Statement

_LONGEST_LEAD = 160
_FEWEST_WORDS = 4
_LONGEST_LABEL = 14
_EARLIEST_YEAR = 2000
_CLAUSE = re.compile(r"[;:(]|\.\s")


def _found(name: str, folded: str) -> bool:
    return pattern("deadlines", name).search(folded) is not None


@cache
def _actions() -> re.Pattern[str]:
    spellings = [fold(spelling) for entry in entries("action_verbs") for spelling in entry.spellings]
    return re.compile(r"\b" + alternation(spellings) + r"\b")


def mentions(text: str) -> bool:
    """False for text that cannot hold a term: no digit and no word of recurrence."""
    return _found("may_have_term", fold_signs(text))


def _clause_before(folded: str, at: int) -> str:
    before = folded[max(0, at - 160) : at]
    cuts = [match.end() for match in _CLAUSE.finditer(before)]
    return before[cuts[-1] :] if cuts else before


def is_too_old(term: Term, context: PlanContext) -> bool:
    """True for a term of years before the plan's; the year before it may still count."""
    return bool(term.years) and max(term.years) < (_EARLIEST_YEAR if context.year is None else context.year - 1)


def _labelled(folded: str, term: Term) -> bool:
    """The date follows a label (`Thời gian: 15/5`) or stands in its own parenthesis."""
    before = folded[: term.start].rstrip()
    if not before:
        return False
    label = re.split(r"[;.(]\s", before.rstrip(" :("))[-1].strip()
    named = any(_found(name, label) for name in ("time_label", "review", "event", "report"))
    enclosed = before.endswith("(") and folded[term.end :].lstrip().startswith(")")
    return named and len(label.split()) <= _LONGEST_LABEL and (enclosed or before.endswith(":"))


def _bare_is_due(folded: str, term: Term, statement: Statement, in_plan: bool) -> bool:
    if _labelled(folded, term):
        return True
    title = fold_signs(" ".join(t for t in statement.block.headings[-1:] if t))
    if not folded[: term.start].strip(" :-") and not folded[term.end :].strip(" .;"):
        return _found("time_heading", title)
    clause = _clause_before(folded, term.start)
    if term.grain not in ("day", "month", "quarter") or _found("cited", clause):
        return False
    if in_plan and statement.block.kind == "bullet" and _stands_out(folded, term):
        return True
    if not clause.strip():
        rest = folded[term.end :].lstrip()
        by_comma = in_plan and term.grain == "day" and rest.startswith(",")
        listed = rest.startswith(":") and statement.block.kind == "bullet"
        return listed or ((rest.startswith(":") or by_comma) and opens_with_verb(statement.passage.text[term.end :]))
    head = folded[: term.start]
    opens = _found("event", head[:40]) or opens_with_verb(statement.passage.text[: term.start])
    return term.grain == "day" and len(head) < _LONGEST_LEAD and opens and _found("event", clause)


def _period_is_due(text: str, folded: str, term: Term) -> bool:
    """Years and halves are terms only where something is to be finished in them or a label says so."""
    before = folded[: term.start].rstrip(" :,(")
    if before and (_found("time_label", before) or _found("bare_label", before)):
        # a year that follows a label without a sign is a part of it: `Thời gian khảo sát năm 2020`
        return not term.bare or folded[: term.start].rstrip()[-1] in ":,("
    clause = _clause_before(folded, term.start)
    if _found("dated_noun", clause.rstrip()):
        return False
    if term.bare or term.bound is None:
        return False
    if _found("campaign", clause.lstrip(" -+*") + folded[term.start : term.start + 12]) or _found("review_act", clause):
        return True
    if term.bound == "by" and _found("launch", clause):
        return True
    return _found("finish", clause) and not folded[term.end :].strip(" .,;") and opens_with_verb(text)


def _tells(statement: Statement) -> bool:
    """The statement, or the paragraph that it is a part of, tells a story: what was done or said."""
    return _is_narrative(statement.passage.text) or _is_story(statement.block.passage.text)


@lru_cache(maxsize=64)
def _is_narrative(text: str) -> bool:
    if pattern("deadlines", "narrative").search(text):
        return True
    return pattern("deadlines", "telling").search(text) is not None and not opens_with_verb(text)


@lru_cache(maxsize=64)
def _is_story(text: str) -> bool:
    return pattern("deadlines", "story").search(text) is not None


def _is_of_basis(text: str, folded: str, term: Term) -> bool:
    """The term is a date of what the statement rests on: `Căn cứ báo cáo vào tháng 02, …`."""
    leaning = pattern("deadlines", "leaning").search(text)
    if leaning is not None and term.start < leaning.end():
        return True
    alone = term.bare or (term.bound != "by" and "," not in folded[: term.start])
    return alone and _found("basis", folded)


def _is_of_others(term: Term, statement: Statement, context: PlanContext) -> bool:
    """The term is no deadline: of a document, of the past, of an event named, of those whom a law or news tell of."""
    text, folded = statement.passage.text, fold_signs(statement.passage.text)
    clause = _clause_before(folded, term.start)
    opening = "" if term.open_start else folded[term.start : term.start + 12]
    return (
        terms_of_others(statement.block.passage.text, context)
        or _found("not_due", clause.rsplit(",", 1)[-1] + opening)
        or _found("penalty", folded)
        or _is_of_basis(text, folded, term)
        or pattern("deadlines", "counted_up_to").search(text[: term.end]) is not None
        or _found("since", folded[term.end :])
        or _found("past", clause + opening)
        or pattern("deadlines", "done").search(text[term.start - len(clause) : term.start]) is not None
        or (term.bound != "by" and _found("cut_off", folded[: term.start]))
        or is_too_old(term, context)
    )


def is_due(
    term: Term, statement: Statement, context: PlanContext, follows: bool = False, completes: bool = False
) -> bool:
    """True when a term of a statement binds somebody.

    `follows` tells that a deadline stands in the statement before it: the obligation goes on; `completes` that there is
    a statement before it, which a term alone may complete.
    """
    text, in_plan = statement.passage.text, context.year is not None
    folded = fold_signs(text)
    if term.possible and not (term.first or term.last or term.recurrence):
        return False
    if _is_of_others(term, statement, context) or _tells(statement):
        return False
    cited = _found("cited", _clause_before(folded, term.start))
    if term.recurrence is not None:
        return _recurrence_is_due(text, folded, term, in_plan)
    if term.bound is None and not in_plan and _found("counted_from", folded[term.start :]):
        return False
    if term.bound == "on" and cited:
        return False
    if term.grain in ("year", "part"):
        return _period_is_due(text, folded, term)
    if follows and term.bare and not folded[: term.start].strip(" -+") and _found("event_next", folded[term.end :]):
        return True
    if term.bare:
        return _bare_is_due(folded, term, statement, in_plan)
    if follows and (term.bound == "by" or (term.bound == "from_to" and not cited)):
        return True
    if not re.search(r"\w", folded[: term.start] + folded[term.end :]):
        return in_plan and (completes or any(statement.block.headings[-1:]))
    if in_plan and (_stands_out(folded, term) or _found("passive", folded[: term.start])):
        return True
    title = fold_signs(" ".join(t for t in statement.block.headings[-1:] if t))
    return (term.bound in ("by", "from_to") and _found("time_label", title)) or _obliges(text, folded, term)


def _stands_out(folded: str, term: Term) -> bool:
    """The term opens a statement (`Chậm nhất ngày 08/02, việc … phải xong`) or is all that follows a label."""
    before = folded[: term.start].strip(" -+*(")
    if not before:
        return term.bound == "by" and folded[term.end :].lstrip().startswith((",", ":"))
    label = before.endswith(":") and len(before.split()) <= _LONGEST_LABEL
    rest = folded[term.end :]
    ends = not re.search(r"\w", rest) or _found("place_next", rest)
    return label and ends and not _found("cited", before)


def _obliges(text: str, folded: str, term: Term) -> bool:
    """The statement tells somebody to do something, or labels the date: it is no story."""
    before = folded[: term.start].strip(" :,(")
    if before and any(_found(name, before) for name in ("time_label", "bare_label", "review_label", "event_subject")):
        return True
    if _found("campaign", folded[: term.start + 12].strip(" -+*")) or _labelled(folded, term):
        return True
    if term.bound in ("by", "in") and _found("finish_next", folded[: term.start]):
        return True
    if opens_with_verb(text[: term.start]) or opens_with_verb(text[term.end :]):
        return True
    return _found("report", folded) and term.bound == "by"


def _recurrence_is_due(text: str, folded: str, term: Term, in_plan: bool) -> bool:
    if term.recurrence_day is not None or term.bound is not None:
        return _actions().search(folded) is not None
    around = folded[max(0, term.start - 80) : term.end + 80]
    rest = text[: term.start] + " " + text[term.end :]
    if (not in_plan and _found("central", text)) or len(rest.split()) < _FEWEST_WORDS:
        return False
    regular = pattern("terms", "regularly").search(around) is not None
    acts = opens_with_verb(rest)
    if _found("report", around) or _found("review", around):
        opens = not folded[: term.start].strip(" -+*")
        return (acts or (in_plan and regular)) and (opens or regular or term.recurrence != "annual")
    return in_plan and regular and acts


def _kind_of_heading(what: str, statement: Statement | None) -> DeadlineKind | None:
    """The kind of a bare label (`Thời gian`): that of the heading that says what is timed."""
    label = re.sub(r"\s*\(.*", "", what)
    if statement is None or not (_found("bare_label", label) or _found("concerning_label", label)):
        return None
    titles = [fold_signs(title) for title in statement.block.headings if title]
    for title in reversed(titles):
        if _found("review", title):
            return "review"
        if _found("report", title):
            return "report"
    timed = any(_found("time_heading", title) for title in titles)
    return "campaign" if timed or (not titles and _found("time_label", what)) else None


def kind_of(what: str, text: str, statement: Statement | None) -> DeadlineKind:
    """The kind of a deadline from what is due (and the statement that holds it)."""
    due, whole = fold_signs(what), fold_signs(text).strip(" -+*")
    if _found("review_act", due) or _found("review_act", due.rsplit(",", 1)[-1].strip()):
        return "review"
    if _found("campaign", due) or _found("campaign", whole):
        return "campaign"
    if (kind := _kind_of_heading(due, statement)) is not None:
        return kind
    if _found("report", due):
        return "report"
    if _found("review", due):
        return "review"
    return "implementation"
