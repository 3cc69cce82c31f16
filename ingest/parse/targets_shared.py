"""What a clause shares with the fact before it in its sentence: subject, verb, dimension, verb of change."""

from __future__ import annotations

from dataclasses import dataclass

from ...dictionaries import pattern
from ...schemas import Change, Comparator
from ..text.quantities import Quantity
from .targets_clause import Clause
from .targets_scope import matches
from .targets_units import is_share
from .targets_words import EDGES, HeadKind, head_kind, lowered, text_before

_SHORT = 4


@dataclass(frozen=True, slots=True)
class Naming:
    """The name of an indicator, and how it was found.

    `kind`: what the words before the figure are. `subject`: those words, which the next clause may share. `noun`: what
    is counted, without its predicate (`hộ` of `hộ đạt …`). `carried`: words of the clause before were needed.
    `directed`: the clause says phấn đấu; `urged`: it opens with a verb of change (nâng, giảm). `place`: the subject
    was the document's own place (`toàn xã có …`).
    `acted`: a subject before the verb was left out (`các thôn xây dựng …`). `predicate`: what is said of the counted.
    `shared`: the fact before lent the subject something.
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
    shared: bool = False


def _carried_verb(before: Naming, clause: Clause, tail: str, noun: str) -> str:
    """The verb of the clause before that a clause without a head shares: `xây mới 3 nhà, 2 cầu`."""
    share = clause.quantity is not None and is_share(clause.quantity)
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
        if later and not tail and noun == before.noun:
            return before.name
        return _carried_verb(before, clause, tail, noun)
    sibling = sibling_name(head, before.name)
    if sibling:
        return sibling
    if matches("only_period", head) and not clause.opens:
        return before.name
    if matches("each_time", head):
        return f"{before.name} {lowered(head)}"
    level = matches("same_at_level", head)
    if level is not None and (above := matches("level_at_end", before.name)) is not None:
        return f"{before.name[: above.start()].rstrip()} {level['level']}"
    own = matches("bare_indicator", before.name)
    if matches("only_bare_indicator", head):
        told = before.subject if before.subject and before.kind != "action" else before.name
        own = matches("bare_indicator", told)
        thing = told[own.end() :].strip() if own else told
        return head if before.kind == "action" or not thing else f"{head} {lowered(thing)}"
    alike = own is not None and not tail and not clause.child and not clause.opens
    if alike and own is not None and head_kind(head) == "other" and len(head.split()) < _SHORT:
        return f"{own['word']} {lowered(head)}"
    return _parallel(head, before, clause)


def sibling_name(head: str, before: str) -> str:
    """`tỷ lệ trẻ suy dinh dưỡng thể nhẹ cân 10%; thể thấp còi 15%`: the thing beside that of the name before."""
    own = matches("sibling", head)
    last = before.rsplit(" ", maxsplit=1)[-1]
    if head.isupper() and last.isupper() and len(before) > len(last) > 1 and head.isalpha():
        return f"{before[: -len(last)]}{head}"
    if own is None or own.group() != head:
        return ""
    same = [m for m in pattern("targets", "sibling").finditer(before) if m.lastgroup == own.lastgroup and m.start()]
    return f"{before[: same[-1].start()]}{lowered(head)}" if same else ""


def _measured_verb(head: str, before: Naming) -> str:
    """What `tỷ lệ tiêm phòng gia súc 80%, gia cầm 85%` measures of both: the share and its verb."""
    share = matches("share_name", before.name)
    verb = matches("action", before.name[share.end() :]) if share else None
    if share is None or len(head.split()) >= _SHORT or matches("inner_predicate", head):
        return ""
    if verb is not None:
        return before.name[: share.end() + verb.end()]
    used = matches("object_verb", before.name)
    if used is not None:
        return before.name[: used.end()].rstrip()
    return share.group() if len(before.name[share.end() :].split()) < _SHORT - 1 else ""


def _parallel(head: str, before: Naming, clause: Clause) -> str:
    """The head with what stands before its first words in the fact before: `tỷ lệ dân có bảo hiểm y tế 95%, bảo hiểm
    xã hội 4%`, `vận động nhân dân hiến đất, đóng góp …`."""
    kind = head_kind(head)
    called = matches("mobilised", before.name)
    if called is not None and kind == "action" and not clause.opens and not matches("mobilised", head):
        return f"{called['who']} {lowered(head)}"
    share = clause.quantity is not None and is_share(clause.quantity)
    if clause.child and not share:
        return head
    same = kind == "other" or (kind == "indicator" and before.kind == "action")
    if not same or not before.subject or (clause.opens and not share):
        return head
    first = head.split(" ", 1)[0].lower()
    last = " " if matches("share_name", before.name) else ""
    at = (before.name.lower() + last).find(f" {first} ")
    measured = _measured_verb(head, before) if share and kind == "other" and not clause.opens else ""
    if measured:
        return f"{measured} {lowered(head)}"
    own = matches("own_indicator", before.name)
    if at <= 0 or (clause.opens and (own is None or own.end() < at)):
        return head
    return f"{before.name[:at]} {lowered(head)}"


def shared_subject(head: str, words: str, before: Naming | None, clause: Clause, tail: str, noun: str) -> str:
    """The head of a clause, completed from the fact before it."""
    if before is None:
        return head
    apart = not clause.opens and matches("part_told_apart", words)
    if apart and matches("share_name", before.name) and head_kind(head) == "other":
        return f"{before.name} {lowered(head)}"
    each = matches("each_subject", before.name) if before.kind == "each" and head_kind(head) == "action" else None
    whole = words.strip(EDGES).lower().startswith(head.lower())
    if each is not None and whole and not clause.opens and not clause.child:
        return f"{each['who']} {lowered(head)}"
    said = _same_subject(words, before.name) if head else ""
    return said or _shared(head, before, clause, tail, noun, matches("only_time", words) is not None)


def _same_subject(words: str, before: str) -> str:
    """`tỷ lệ dân số có điện thoại 88%; có tài khoản 80%`: the predicate with the subject of the clause before."""
    opening = matches("shared_predicate", words)
    if opening is None:
        return ""
    said = text_before("closing", words.strip(EDGES))
    at = before.find(f" {opening['verb'].lower()} ")
    other = matches("inner_predicate", before)
    if at < 0 and matches("share_name", before):
        at = other.start() - 1 if other else len(before)
    return f"{before[:at]} {said}".strip() if at > 0 else ""


def changes_alike(before: Naming, clause: Clause, quantity: Quantity, printed: str, tail: str, noun: str) -> bool:
    """Whether the verb of change before also rules this clause: `giảm 3 hộ nghèo, 5 hộ cận nghèo`."""
    if before.change == "level" or clause.opens or quantity.lead < quantity.number or quantity.change != "level":
        return False
    if matches("inner_predicate", tail):
        return False
    if before.urged:
        return head_kind(printed) == "other"
    return not printed and not before.subject and bool(noun) and noun == before.noun
