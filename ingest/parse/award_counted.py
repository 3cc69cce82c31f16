"""Counted recipients, each with a sum: `15 tập thể, mức thưởng 1.500.000 đồng/tập thể; 25 cá nhân, mỗi cá nhân …`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...dictionaries import pattern
from ...schemas import Criterion
from ..text.normalize import fold_signs, plain
from ..text.quantities import Quantity
from .award_forms import FormMention, find_forms
from .award_statements import StatedTier, given_forms, is_none
from .award_sums import money_of
from .criteria import recipient_at, recipient_label

_FEWEST_IN_TEXT = 2
_FORM_WIDTH = 60


@dataclass(frozen=True, slots=True)
class _Counted:
    """So many of a recipient: where the words begin and end."""

    quantity: int
    recipient: str
    begin: int
    end: int


def _starts(text: str, floor: int) -> Iterator[_Counted]:
    folded = fold_signs(text)
    done = floor
    for match in pattern("awards", "counted").finditer(folded, floor):
        label, after = recipient_label(text[done : match.start("count")])
        opens = label is not None and not re.search(r"\w", text[done + after : match.start("count")])
        named = recipient_at(text, match.end(), counted=True)
        if named is None and label is not None and opens:
            form = next(iter(find_forms(text[match.end() : match.end() + _FORM_WIDTH])), None)
            named = (label, match.end() + form.end) if form is not None and form.start == 0 else None
        if named is not None:
            yield _Counted(int(match["count"]), named[0], match.start("count"), named[1])
            done = named[1]


def _sum_of(part: _Counted, stop: int, folded: str, money: Sequence[Quantity]) -> Quantity | None:
    """The one sum that is said of a part, or announced as its reward; totals are not counted."""
    sums = [item for item in money if part.end <= item.number < stop]
    each = [s for s in sums if not pattern("awards", "total_before").search(folded[part.end : s.number])]
    told = [s for s in each if pattern("awards", "announces_sum").search(folded[part.end : s.number])]
    return (told or each)[0] if len(told) == 1 or len(each) == 1 else None


def _criterion(part: _Counted, stop: int, text: str, folded: str, money: Quantity) -> str:
    """What the recipients are commended for: after their number, or after the parenthesis that holds it."""
    if text[: part.begin].rstrip().endswith("("):
        close = text.find(")", money.end, stop)
        rest = text[close + 1 : stop] if close >= 0 else ""
        return plain(rest).strip(" :;,.-–")
    end = pattern("awards", "clause_end").search(folded, part.end, money.number)
    return plain(text[part.end : end.start() if end else money.number]).strip(" ,:;.-–(")


def find_counted(mentions: Sequence[FormMention], text: str, floor: int = 0) -> tuple[StatedTier, ...]:
    """A tier for each counted recipient of `text` from `floor` on; none unless every one of them has a sum.

    A tier's form is the last of `mentions` that ends before it, or else the first.
    """
    parts = list(_starts(text, floor))
    if not parts:
        return ()
    folded, money = fold_signs(text), money_of(text)
    stops = [*(part.begin for part in parts[1:]), len(text)]
    found: list[StatedTier] = []
    for part, stop in zip(parts, stops, strict=True):
        paid = _sum_of(part, stop, folded, money)
        if paid is None:
            return ()
        words = _criterion(part, stop, text, folded, paid)
        criteria = (Criterion(recipient=part.recipient, text=words),) if len(words.split()) > 1 else ()
        mention = next((m for m in reversed(mentions) if m.end <= part.begin), mentions[0])
        found.append(StatedTier(mention, (part.recipient,), criteria, part.quantity, paid.vnd))
    return tuple(found)


def read_counted(text: str, year: int | None) -> tuple[StatedTier, ...]:
    """The tiers of a paragraph that gives forms to counted recipients, or to a labelled one, each with a sum."""
    mentions = given_forms(text)
    if not mentions or is_none(text, mentions[0], year):
        return ()
    labelled = recipient_label(text)[0] is not None
    found = find_counted(mentions, text, 0 if labelled else mentions[0].end)
    return found if labelled or len(found) >= _FEWEST_IN_TEXT else ()
