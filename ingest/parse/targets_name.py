"""Names an indicator from the words around its figure, and reads the change that these words tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from ...dictionaries import pattern
from ...schemas import Change, Comparator
from ..text.normalize import plain, squeeze
from ..text.quantities import Quantity, find_quantities, read_unit
from .targets_clause import Clause, mask
from .targets_scope import matches

HeadKind = Literal["none", "each", "indicator", "action", "other"]

_EDGES = " \t,;:.–—-=+*¤"
_LONGEST = 600
_DOUBLED = re.compile(r"\b(\w+(?:\W+\w+){2,9})\W+\1\b", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Naming:
    """The name of an indicator, and how it was found.

    `kind`: what the words before the figure are. `subject`: those words, which the next clause may share. `noun`: what
    is counted, without its predicate (`hộ` of `hộ đạt …`). `carried`: words of the clause before were needed.
    `directed`: the clause says phấn đấu; `urged`: it opens with a verb of change (nâng, giảm). `place`: the subject
    was the document's own place (`toàn xã có …`).
    `acted`: a subject before the verb was left out (`các thôn xây dựng …`). `predicate`: what is said of the counted.
    """

    name: str
    kind: HeadKind
    comparator: Comparator
    change: Change
    subject: str = ""
    noun: str = ""
    carried: bool = False
    directed: bool = False
    urged: bool = False
    place: bool = False
    acted: bool = False
    predicate: str = ""


def capitalised(text: str) -> str:
    """The text with its first letter in upper case, unless a figure comes before it."""
    for position, sign in enumerate(text):
        if sign.isalpha():
            return text[:position] + sign.upper() + text[position + 1 :]
        if sign.isdigit():
            break
    return text


def _lowered(text: str) -> str:
    """The text with its first letter in lower case, unless its first word is all capitals."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


def _bracket(match: re.Match[str]) -> str:
    """A bracket stays in a name unless it holds a figure, a year or a unit."""
    inner = match.group(1)
    return "" if re.search(r"\d", inner) or read_unit(inner.strip()) else match.group()


def tidy_name(text: str, *, figure: bool = True) -> str:
    """A name without times, doubled words, stray signs and markup; of a `figure` without what it is measured by."""
    text = text[:_LONGEST]
    for name in ("reference_inside", "time") if figure else ("time",):
        for match in reversed(list(pattern("targets", name).finditer(mask(text)))):
            text = text[: match.start()] + " " + text[match.end() :]
    name = plain(_DOUBLED.sub(r"\1", squeeze(_BRACKET.sub(_bracket, text)))).strip(_EDGES)
    if name.count("(") != name.count(")"):
        name = squeeze(name.replace("(", " ").replace(")", " ")).strip(_EDGES)
    return _before("dangling", name).strip(_EDGES)


def _after(name: str, text: str) -> str:
    match = matches(name, text)
    return text[match.end() :] if match else text


def _before(name: str, text: str) -> str:
    match = matches(name, text)
    return text[: match.start()] if match else text


def _after_colon(head: str) -> str:
    """What stands after the last colon outside brackets, when anything does."""
    at = mask(head).rfind(":")
    return head[at + 1 :] if at >= 0 and head[at + 1 :].strip(_EDGES) else head


def bare_head(text: str) -> str:
    """The words before a figure without opening words, the body that strives, and words that belong to the figure."""
    found = list(pattern("targets", "directive").finditer(mask(text)))
    if found:
        rest = _before("closing", _after_colon(_after("opening", text[found[-1].end() :])))
        if rest.strip(_EDGES):
            return rest.strip(_EDGES)
        text = text[: found[-1].start()]
    return _after("opening", _before("closing", _after_colon(text))).strip(_EDGES)


def head_kind(head: str) -> HeadKind:
    """What kind of words open a head."""
    if not head:
        return "none"
    kinds: tuple[HeadKind, ...] = ("each", "indicator", "action")
    found = [(match.end(), kind == "action", kind) for kind in kinds if (match := matches(kind, head))]
    return max(found)[2] if found else "other"


def read_change(head: str, quantity: Quantity) -> tuple[str, Comparator, Change]:
    """The head without its verb of change; comparator and change that head and figure tell together."""
    comparator, change = quantity.comparator, quantity.change
    if matches("speed", head) and not matches("falling", head):
        return head, comparator, "level"
    falling, rising = matches("falling", head), matches("rising", head)
    difference = matches("difference_name", head)
    if falling is not None:
        head = head[falling.end() :]
        if not quantity.reach:
            change = "decrease"
        elif comparator == "eq":
            comparator = "le"
    elif rising is not None:
        head = head[rising.end() :]
        change = "level" if quantity.reach or quantity.lead < quantity.number else "increase"
    elif matches("reached_name", head):
        comparator = "le" if comparator == "eq" else comparator
    elif difference is not None and change == "level":
        change = "increase" if difference["up"] else "decrease"
    return head.strip(_EDGES), comparator, change


def _noun(quantity: Quantity) -> str:
    """The noun that the figure counts; empty for measures, money and percentages."""
    unit = quantity.unit
    return unit.name.split("/")[0] if unit is not None and unit.kind == "count" else ""


def _tail(text: str, clause: Clause, quantity: Quantity, head: str) -> str:
    """The words after the figure that belong to the name."""
    tail = text[quantity.end : clause.end]
    led = quantity.lead < quantity.number
    measured = bool(head) and (led or matches("indicator", head) is not None)
    if (measured or quantity.change != "level") and matches("reference", tail):
        return ""
    share = quantity.unit is not None and quantity.unit.kind == "percent"
    if share and matches("own_indicator", head) and matches("base_of_share", tail):
        return ""
    if share and measured and quantity.lead < quantity.start:
        of = "share_of" if matches("own_indicator", head) else "base_of_share"
        if matches(of, tail):
            return ""
    if led and quantity.comparator in ("ge", "range") and quantity.end == quantity.core_end:
        tail = _without_bound(tail)
    return tidy_name(_after("tail_opening", tail))


def _without_bound(tail: str) -> str:
    """The words after `từ 80%` without `trở lên`, which belongs to the figure wherever it stands."""
    bound = matches("trailing_bound", tail)
    inside = matches("inner_predicate", tail)
    if bound is not None and (inside is None or bound.start() < inside.start()):
        return tail[: bound.start()] + tail[bound.end() :]
    return _before("far_tail", tail)


def _carried_verb(before: Naming, clause: Clause, tail: str, noun: str) -> str:
    """The verb of the clause before that a clause without a head shares: `xây mới 3 nhà, 2 cầu`."""
    share = clause.quantity is not None and clause.quantity.unit is not None and clause.quantity.unit.kind == "percent"
    if not before.subject or matches("inner_predicate", tail) or (clause.opens and (noun or share)):
        return ""
    adjacent = matches("ends_with_verb", before.subject) is not None
    if before.kind == "each":
        return before.subject if adjacent and noun else ""
    return before.subject if before.kind == "action" or before.carried or adjacent else ""


def _shared(head: str, before: Naming, clause: Clause, tail: str, noun: str, later: bool) -> str:
    """The head completed with what the clause shares with the fact before it."""
    if not head:
        if not tail and not noun:
            return "" if clause.opens and not clause.child and not later else before.name
        if matches("only_period", tail) and not clause.opens:
            return before.subject or before.name
        return _carried_verb(before, clause, tail, noun)
    level = matches("same_at_level", head)
    if level is not None and (above := matches("level_at_end", before.name)) is not None:
        return f"{before.name[: above.start()].rstrip()} {level['level']}"
    own = matches("bare_indicator", before.name)
    if matches("only_bare_indicator", head):
        told = before.subject if before.subject and before.kind != "action" else before.name
        own = matches("bare_indicator", told)
        thing = told[own.end() :].strip() if own else told
        return head if before.kind == "action" or not thing else f"{head} {_lowered(thing)}"
    alike = own is not None and not tail and not clause.child and not clause.opens
    if alike and own is not None and head_kind(head) == "other" and len(head.split()) < _SHORT:
        return f"{own['word']} {_lowered(head)}"
    return _parallel(head, before, clause)


def _parallel(head: str, before: Naming, clause: Clause) -> str:
    """The head with what stands before its first words in the fact before: `tỷ lệ dân có bảo hiểm y tế 95%, bảo hiểm
    xã hội 4%`, `vận động nhân dân hiến đất, đóng góp …`."""
    kind = head_kind(head)
    called = matches("mobilised", before.name)
    if called is not None and kind == "action" and not clause.opens and not matches("mobilised", head):
        return f"{called['who']} {_lowered(head)}"
    share = clause.quantity is not None and clause.quantity.unit is not None and clause.quantity.unit.kind == "percent"
    same = kind == "other" or (kind == "indicator" and before.kind == "action")
    if not same or not before.subject or (clause.opens and not share):
        return head
    first = head.split(" ", 1)[0].lower()
    at = before.name.lower().find(f" {first} ")
    own = matches("own_indicator", before.name)
    if at <= 0 or (clause.opens and (own is None or own.end() < at)):
        return head
    return f"{before.name[:at]} {_lowered(head)}"


def name_figure(text: str, clause: Clause, before: Naming | None, thing: str | None = None) -> Naming | None:
    """The naming of a clause with a figure; None when nothing names it.

    `before` is the fact that the clause follows in its sentence, `thing` the run-in head that it stands under.
    """
    quantity = clause.quantity
    if quantity is None:
        return None
    words = text[clause.start : quantity.lead]
    printed = bare_head(_before("base_value", words) if quantity.reach else words)
    if not printed:
        printed, quantity = _own_words(text[clause.start : quantity.number], quantity, before)
    noun = _noun(quantity)
    tail = _tail(text, clause, quantity, printed)
    if not printed and not tail and before is not None and quantity.change != "level":
        noun = ""  # `…, tăng 120 người so với năm 2023` says more of the same indicator
    place = bool(matches("place_head", printed)) and bool(tail or noun)
    strives = matches("directive", text[quantity.lead : quantity.number]) and matches("actor", printed)
    silent = place or bool(strives and tail)  # who strives is no part of the indicator
    head, comparator, change = read_change("" if silent else printed, quantity)
    head, acted = _without_actor(head)
    head, quantity = _dimension_first(head, quantity)
    kind = head_kind(head)
    shared = _subject(head, words, before, clause, tail, noun)
    if before is None and thing and matches("only_bare_indicator", head):
        shared = f"{head} {_lowered(thing)}"
    if matches("predicate", tail) and not noun and before is not None and before.noun and not shared:
        noun = before.noun
    if thing and not tail:
        shared = _under(thing, head, kind, shared) if shared or not noun else shared
    if before is not None and _changes_alike(before, clause, quantity, printed, tail, noun):
        change = before.change
    name = capitalised(tidy_name(" ".join(_words(shared, kind, noun, tail, quantity, text))))
    if not any(sign.isalpha() for sign in name):
        return None
    predicate = matches("inner_predicate", tail)
    return Naming(
        name=name,
        kind=kind,
        comparator=comparator,
        change=change,
        subject=shared,
        noun=squeeze(f"{noun} {tail[: predicate.start()]}") if predicate else _counted_last(clause, tail, noun),
        carried=not head and bool(shared),
        directed=matches("directive", mask(text[clause.start : quantity.number])) is not None,
        urged=matches("falling", printed) is not None or matches("rising", printed) is not None,
        place=place,
        predicate=tail[predicate.start() :] if predicate else "",
        acted=acted,
    )


def _own_words(words: str, quantity: Quantity, before: Naming | None) -> tuple[str, Quantity]:
    """What names a figure that only words of a comparator stand before: `trung bình 29%`, `Đạt 5%` among grades."""
    reached = matches("grade_reached", words)
    if before is not None and reached is not None and matches("grade", before.name):
        return reached["grade"], quantity
    return quantity.name_words, replace(quantity, name_words="")


def _subject(head: str, words: str, before: Naming | None, clause: Clause, tail: str, noun: str) -> str:
    """The head of a clause, completed from the fact before it."""
    if before is None:
        return head
    said = _same_subject(words, before.name) if head else ""
    return said or _shared(head, before, clause, tail, noun, matches("only_time", words) is not None)


def _under(thing: str, head: str, kind: HeadKind, shared: str) -> str:
    """What is named under a run-in head, which may have to help: `Tiêm phòng: đợt 1 …`, `Năng suất: lúa xuân …`."""
    if matches("stage", head) or (kind == "other" and matches("only_bare_indicator", thing)):
        return f"{thing} {_lowered(head)}"
    return shared or _after("field_opening", thing)


def _dimension_first(head: str, quantity: Quantity) -> tuple[str, Quantity]:
    """`cây ngô diện tích` names the diện tích of the cây ngô; a bare `năng suất` takes its `bình quân` at once."""
    if quantity.name_words and matches("only_bare_indicator", head):
        return f"{head} {quantity.name_words}", replace(quantity, name_words="")
    behind = matches("thing_measured", head)
    if behind is not None and head_kind(head) == "other":
        return f"{behind['word']} {_lowered(behind['thing'])}", quantity
    return head, quantity


def _changes_alike(before: Naming, clause: Clause, quantity: Quantity, printed: str, tail: str, noun: str) -> bool:
    """Whether the verb of change before also rules this clause: `giảm 3 hộ nghèo, 5 hộ cận nghèo`."""
    if before.change == "level" or clause.opens or quantity.lead < quantity.number or quantity.change != "level":
        return False
    if matches("inner_predicate", tail):
        return False
    if before.urged:
        return head_kind(printed) == "other"
    return not printed and not before.subject and bool(noun) and noun == before.noun


def _without_actor(head: str) -> tuple[str, bool]:
    """The verbs that a head ends with, without who is to act; and whether somebody was left out."""
    group = matches("verb_group", head) if head_kind(head) == "other" and matches("actor", head) else None
    return (group.group(), True) if group else (head, False)


def _same_subject(words: str, before: str) -> str:
    """`tỷ lệ dân số có điện thoại 88%; có tài khoản 80%`: the predicate with the subject of the clause before."""
    opening = matches("shared_predicate", words)
    if opening is None:
        return ""
    at = before.find(f" {opening['verb'].lower()} ")
    return f"{before[:at]} {_before('closing', words.strip(_EDGES))}".strip() if at > 0 else ""


def _counted_last(clause: Clause, tail: str, noun: str) -> str:
    """What was counted last: of `12 lớp dạy nghề cho 360 lao động nữ` the lao động nữ."""
    counted = [q for q in find_quantities(mask(tail)) if q.unit is not None and q.unit.kind == "count"]
    if not clause.crowded or not counted or counted[-1].unit is None:
        return noun
    return f"{counted[-1].unit.name}{tail[counted[-1].core_end :]}"


def _words(head: str, kind: HeadKind, noun: str, tail: str, quantity: Quantity, text: str) -> list[str]:
    """The parts of the name in order."""
    verbal = kind != "indicator" and matches("ends_with_verb", head) is not None
    ratio = quantity.unit is not None and "/" in quantity.unit.name
    said = noun != "" and head.lower().endswith(noun)
    waits = not head or matches("only_total", head) is not None
    keeps_noun = not said and (waits or (not ratio and (bool(tail) or verbal or kind == "each")))
    has = matches("has_before", text[: quantity.number]) if kind == "each" else None
    lead_verb = has.group().split()[0] if has else ""
    parts = [head, lead_verb, quantity.name_words, noun if keeps_noun else "", tail]
    return [part for part in parts if part]
