"""Quotas: how many commendations each cluster or body may propose, with the exceptions nested in parentheses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...dictionaries import Entry, alternation, entries, pattern
from ..text.normalize import fold, fold_signs, plain
from .award_forms import FormMention
from .award_statements import StatedTier

_CLAUSE = re.compile(r"[^.;()]+")


@cache
def _counted() -> tuple[re.Pattern[str], dict[str, Entry]]:
    """A number and the form that it counts; a form may be left out before `và 01 Bằng khen`."""
    by_key = {
        fold(spelling): entry
        for entry in entries("award_forms")
        for spelling in (*entry.spellings, *entry.fields.get("short", ()))
    }
    forms = alternation(tuple(by_key))
    return re.compile(rf"(?<![\d.,/])(\d{{1,3}})\s+(?:({forms})\b|(?=va\s+\d{{1,3}}\s+{forms}\b))"), by_key


def _mention(text: str, start: int, end: int, entry: Entry) -> FormMention:
    name = plain(text[start:end])
    return FormMention(name[:1].upper() + name[1:], entry.fields["kind"], None, start, end)


def _whom(text: str, folded: str, begin: int, end: int) -> str | None:
    """The body that a clause gives its quota to: `Riêng khối doanh nghiệp được đề nghị …`."""
    head = pattern("awards", "quota_holder").search(folded[begin:end])
    if head is None:
        return None
    return plain(text[begin + head.start("holder") : begin + head.end("holder")]).strip(" ,:") or None


def _clause(text: str, folded: str, begin: int, end: int, before: list[FormMention]) -> Iterator[StatedTier]:
    counted, by_key = _counted()
    found = list(counted.finditer(folded, begin, end))
    holder = _whom(text, folded, begin, found[0].start()) if found else None
    if holder is None:
        return
    for match in found:
        if match[2] is not None:
            mention = _mention(text, match.start(2), match.end(2), by_key[match[2]])
            before.append(mention)
        elif before:
            mention = before[0]
        else:
            continue
        yield StatedTier(mention, (holder,), quantity=int(match[1]))


def read_quotas(text: str) -> tuple[StatedTier, ...]:
    """The tiers of a paragraph that says how many of which form each body may propose; none for other text."""
    folded = fold_signs(text)
    if pattern("awards", "quota_rule").search(folded) is None:
        return ()
    named: list[FormMention] = []
    found: list[StatedTier] = []
    for clause in _CLAUSE.finditer(folded):
        found += _clause(text, folded, clause.start(), clause.end(), named)
    return tuple(found)
