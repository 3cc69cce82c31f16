"""Names an indicator from the words around its figure, and reads the change that these words tell."""

from __future__ import annotations

from dataclasses import replace

from ...schemas import Change, Comparator
from ..text.normalize import squeeze
from ..text.quantities import Quantity, find_quantities
from .targets_clause import Clause, mask
from .targets_scope import matches
from .targets_shared import Naming, changes_alike, shared_subject, sibling_name
from .targets_units import is_share
from .targets_words import (
    EDGES,
    HeadKind,
    bare_head,
    capitalised,
    head_kind,
    lowered,
    text_after,
    text_before,
    tidy_name,
)


def read_change(head: str, quantity: Quantity) -> tuple[str, Comparator, Change]:
    """The head without its verb of change; comparator and change that head and figure tell together."""
    comparator, change = quantity.comparator, quantity.change
    head = text_after("acting", head) if head_kind(head) == "other" else head
    if matches("speed", head) and not matches("falling", head):
        return head, comparator, "level"
    falling, rising = matches("falling", head), matches("rising", head)
    difference = matches("difference_name", head)
    if falling is not None:
        head = head[falling.end() :]
        if not quantity.reach and comparator != "lt":
            change = "decrease"
        elif comparator == "eq":
            comparator = "le"
    elif rising is not None:
        head = head[rising.end() :]
        bounded = quantity.lead < quantity.number and (rising["up"] is None or matches("share_name", head) is not None)
        change = "level" if quantity.reach or quantity.lead < quantity.start or bounded else "increase"
    elif matches("poverty", head) and not quantity.reach and quantity.change == "level":
        change = "decrease"
    elif matches("reached_name", head):
        comparator = "le" if comparator == "eq" else comparator
    elif difference is not None and change == "level":
        change = "increase" if difference["up"] else "decrease"
    return head.strip(EDGES), comparator, change


def _noun(quantity: Quantity) -> str:
    """The noun that the figure counts; empty for measures, money and percentages."""
    unit = quantity.unit
    return unit.name.split("/")[0] if unit is not None and unit.kind == "count" else ""


def _tail(text: str, clause: Clause, quantity: Quantity, head: str) -> str:
    """The words after the figure that belong to the name."""
    tail = text[quantity.end : clause.end]
    if quantity.bound_end:
        tail = text_before("trailing_bound", tail) + text[quantity.bound_end : clause.end]
    led = quantity.lead < quantity.number
    measured = bool(head) and (led or matches("indicator", head) is not None)
    if (measured or quantity.change != "level") and matches("reference", tail.rstrip(" ,")):
        return ""
    share = is_share(quantity)
    if share and matches("own_indicator", head) and matches("base_of_share", tail):
        return ""
    if share and measured and not matches("action", head) and matches("base_of_share", tail):
        return ""
    if share and measured and quantity.lead < quantity.start and matches("own_indicator", head):
        tail = text_before("share_of", tail)
    if matches("own_indicator", head) and matches("per_head", tail):
        return ""
    only_from = quantity.value_max is None and quantity.end == quantity.core_end
    if only_from and matches("from_share", text[quantity.lead : quantity.number]):
        tail = _without_bound(tail)
    return tidy_name(text_after("tail_opening", tail))


def _without_bound(tail: str) -> str:
    """The words after `từ 80%` without `trở lên`, which belongs to the figure wherever it stands."""
    bound = matches("trailing_bound", tail)
    inside = matches("inner_predicate", tail)
    if bound is not None and (inside is None or bound.start() < inside.start()):
        return tail[: bound.start()] + tail[bound.end() :]
    return text_before("far_tail", tail)


def name_figure(text: str, clause: Clause, before: Naming | None, thing: str | None = None) -> Naming | None:
    """The naming of a clause with a figure; None when nothing names it.

    `before` is the fact that the clause follows in its sentence, `thing` the run-in head that it stands under.
    """
    quantity = clause.quantity
    if quantity is None:
        return None
    words = text[clause.start : quantity.lead]
    printed = bare_head(text_before("base_value", words) if quantity.reach else words)
    if not printed:
        printed, quantity = _own_words(text[clause.start : quantity.number], quantity, before)
    noun = _noun(quantity)
    tail = _tail(text, clause, quantity, printed)
    if not printed and before is not None and _says_more(quantity, tail, text):
        noun = tail = ""
    place = bool(matches("place_head", printed)) and bool(tail or noun)
    silent = place or (bool(tail) and _strives(printed, text[quantity.lead : quantity.number]))
    head, comparator, change = read_change("" if silent else printed, quantity)
    head, acted = (head, False) if quantity.change != "level" else _without_actor(head)
    head, quantity = _dimension_first(head, quantity)
    kind = head_kind(head)
    shared = shared_subject(head, words, before, clause, tail, noun)
    if before is None and thing and matches("only_bare_indicator", head):
        shared = f"{head} {lowered(thing)}"
    if matches("predicate", tail) and not noun and before is not None and before.noun and not shared:
        noun = before.noun
    if thing and not tail:
        shared = _under(thing, head, kind, shared, quantity) if shared or not noun else shared
    if before is not None and changes_alike(before, clause, quantity, printed, tail, noun):
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
        urged=_urged(printed, text[clause.start : quantity.number]),
        place=place,
        predicate=tail[predicate.start() :] if predicate else "",
        acted=acted,
        shared=before is not None and len(shared) > len(head),
    )


def _strives(printed: str, words: str) -> bool:
    """Whether a head says who strives, which is no part of the indicator: `xã phấn đấu đạt 90% hộ …`."""
    return matches("directive", words) is not None and matches("actor", printed) is not None


def _urged(printed: str, words: str) -> bool:
    """Whether a clause opens with a verb that changes or keeps what it names."""
    return any(matches(name, printed) for name in ("falling", "rising")) or matches("kept", words) is not None


def _says_more(quantity: Quantity, tail: str, text: str) -> bool:
    """Whether a figure says more of the same indicator: `…, tăng 120 người so với năm 2023`, `…, chiếm 40% tổng số`."""
    if matches("makes_up", text[quantity.lead : quantity.number]):
        return matches("base_of_share", tail) is not None
    if quantity.lead < quantity.start and matches("reference", tail.rstrip(" ,")):
        return True  # `…, đạt 102% kế hoạch`
    return quantity.change != "level" and not tail


def _own_words(words: str, quantity: Quantity, before: Naming | None) -> tuple[str, Quantity]:
    """What names a figure that only words of a comparator stand before: `trung bình 29%`, `Đạt 5%` among grades."""
    reached = matches("grade_reached", words)
    beside = sibling_name(reached["grade"], before.name) if reached is not None and before is not None else ""
    if before is not None and reached is not None and (beside or matches("grade", before.name)):
        return reached["grade"], quantity
    graded = before is not None and (matches("grade", before.name) or sibling_name(quantity.name_words, before.name))
    if before is not None and matches("only_average", quantity.name_words) and not graded:
        average = quantity.name_words.lower()
        name = before.name if before.name.endswith(average) else f"{before.name} {average}"
        return name, replace(quantity, name_words="")
    return quantity.name_words, replace(quantity, name_words="")


def _under(thing: str, head: str, kind: HeadKind, shared: str, quantity: Quantity) -> str:
    """What is named under a run-in head, which may have to help: `Tiêm phòng: đợt 1 …`, `Năng suất: lúa xuân …`."""
    if matches("stage", head) or (kind == "other" and matches("only_bare_indicator", thing)):
        return f"{thing} {lowered(head)}"
    share = is_share(quantity)
    if kind == "other" and share and head and matches("share_name", thing):
        return f"{thing}: {lowered(head)}"
    return shared or text_after("field_opening", thing)


def _dimension_first(head: str, quantity: Quantity) -> tuple[str, Quantity]:
    """`cây ngô diện tích` names the diện tích of the cây ngô; a bare `năng suất` takes its `bình quân` at once."""
    if quantity.name_words and matches("only_bare_indicator", head):
        return f"{head} {quantity.name_words}", replace(quantity, name_words="")
    behind = matches("thing_measured", head)
    if behind is not None and head_kind(head) == "other":
        return f"{behind['word']} {lowered(behind['thing'])}", quantity
    return head, quantity


def _without_actor(head: str) -> tuple[str, bool]:
    """The verbs that a head ends with, without who is to act; and whether somebody was left out."""
    group = matches("verb_group", head) if head_kind(head) == "other" and matches("actor", head) else None
    return (group.group(), True) if group else (head, False)


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
    counts = not tail and matches("own_indicator", head) is not None and f" {noun} " in f" {head.lower()} "
    said = noun != "" and (counts or head.lower().endswith(noun))
    waits = not head or matches("only_total", head) is not None
    keeps_noun = not said and (waits or verbal or (not ratio and (bool(tail) or kind == "each")))
    has = matches("has_before", text[: quantity.number]) if kind == "each" else None
    lead_verb = has.group().split()[0] if has else ""
    parts = [head, lead_verb, quantity.name_words, noun if keeps_noun else "", tail]
    return [part for part in parts if part]
