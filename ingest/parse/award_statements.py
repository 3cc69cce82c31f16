"""Award tiers that one sentence states: a form, who gives it to whom, for what, how many and how much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...dictionaries import pattern
from ...schemas import Criterion
from ...schemas.values import Decimal
from ..text.dates import stated_year
from ..text.normalize import fold_signs, plain
from ..text.quantities import Quantity, find_quantities
from .award_forms import FormMention, find_forms
from .award_prizes import count_of
from .criteria import recipient_at, recipient_span

_COUNT = re.compile(r"(?<![\d.,])(\d{1,3})\s*(?:\(\w+\)\s*)?$")
_ENDS = re.compile(
    r"[;.](?:\s|$)|,\s+(?:kem|muc|tien|moi)\b|\bkem\s+(?:theo\s+)?tien\b|\bvoi\s+(?:so|muc)\s+tien\b|\bmoi\s"
)


@dataclass(frozen=True, slots=True)
class StatedTier:
    """A tier as a sentence states it; offsets are those of the sentence."""

    mention: FormMention
    recipients: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    quantity: int | None = None
    amount: Decimal | None = None


def _money(text: str) -> list[Quantity]:
    return [item for item in find_quantities(text) if item.vnd is not None]


def _sum_recipient(text: str, money: Quantity, floor: int) -> str | None:
    """Whom a sum is for: `đồng/tập thể`, `tập thể 1.500.000 đồng`, `1.500.000 đồng đối với tập thể`."""
    unit = money.unit.name if money.unit is not None else ""
    if "/" in unit and recipient_at(unit.split("/")[1].strip(), 0):
        return unit.split("/")[1].strip()
    after = recipient_span(text, money.end, 30)
    if after is not None:
        return after
    words = re.split(r"[,;:(]|\bvà\b", text[floor : money.number])[-1].strip(" -–")
    label = words or text[floor : money.number].rstrip(" :,").rsplit(",")[-1].strip()
    return plain(label) if recipient_at(label, 0) and len(label.split()) <= 8 else None


def _by_sum(text: str, mention: FormMention, money: Sequence[Quantity]) -> Iterator[StatedTier]:
    """A tier for each sum: `tập thể 1.500.000 đồng, cá nhân 750.000 đồng`."""
    floor = mention.end
    for item in money:
        recipient = _sum_recipient(text, item, floor)
        yield StatedTier(mention, (recipient,) if recipient else (), amount=item.vnd)
        floor = item.end


def _recipient_and_criterion(text: str, begin: int) -> tuple[tuple[str, ...], tuple[Criterion, ...], int | None]:
    """`03 hộ gia đình hiến từ 200 m² đất` taken apart: recipients, criterion, number."""
    end = _ENDS.search(fold_signs(text), begin)
    clause = text[begin : end.start() if end else len(text)]
    count = re.match(r"\s*(\d{1,3})\s+(?=\D)", clause)
    offset = count.end() if count else 0
    found = recipient_at(clause, offset)
    if found is None:
        return (), (), None
    name, stop = found
    criterion = plain(clause[stop:]).strip(" ,:;.")
    recipients = tuple(part[:1].upper() + part[1:] for part in re.split(r"\s*,\s*|\s+và\s+", name) if part)
    who = name[:1].upper() + name[1:]
    criteria = (Criterion(recipient=who, text=criterion),) if len(criterion.split()) > 1 else ()
    return recipients, criteria, count_of(count[1]) if count else None


def _amount(text: str, begin: int) -> Decimal | None:
    """The sum given with a form: one that a word such as `kèm theo`, `mức thưởng` announces."""
    folded = fold_signs(text)
    for item in _money(text):
        if item.number >= begin and pattern("awards", "announces_sum").search(
            folded[max(begin, item.number - 60) : item.number]
        ):
            return item.vnd
    return None


def _after_for(text: str, mention: FormMention) -> StatedTier | None:
    """`Giấy khen … cho <recipient> <criterion>`."""
    folded = fold_signs(text)
    match = pattern("awards", "for_whom").search(folded[mention.end :]) or pattern("awards", "is_given").search(
        folded[mention.end :]
    )
    if match is None:
        return None
    recipients, criteria, count = _recipient_and_criterion(text, mention.end + match.end())
    if not recipients:
        return None
    before = _COUNT.search(text[: mention.start].rstrip())
    count = count if count is not None else int(before[1]) if before else None
    return StatedTier(mention, recipients, criteria, count, _amount(text, mention.end))


def _before_given(text: str, mention: FormMention) -> StatedTier | None:
    """`<recipient> <criterion> được … tặng Giấy khen`, `chọn 01 đơn vị dẫn đầu để tặng Cờ thi đua`."""
    folded = fold_signs(text)
    given = pattern("awards", "given_to").search(folded[: mention.start])
    past = pattern("awards", "past_award").search(folded[: mention.end])
    if given is None or (past and not mention.authority):
        return None
    chosen = pattern("awards", "chosen").search(folded[: given.start()])
    begin = chosen.end() if chosen else 0
    recipients, criteria, count = _recipient_and_criterion(text[: given.start()].rstrip(" ,"), begin)
    if not recipients or (not criteria and count is None):
        return None
    return StatedTier(mention, recipients, criteria, count, _amount(text, mention.end))


def _is_none(text: str, mention: FormMention, year: int | None) -> bool:
    """True for what is past, a list of names, or the way of a file: no tier."""
    folded = fold_signs(text)
    if pattern("awards", "no_tier").search(folded) or pattern("deadlines", "narrative").search(text):
        return True
    stated = stated_year(text)
    return stated is not None and year is not None and stated < year and "tang" in folded[: mention.end]


def _given_forms(text: str) -> list[FormMention]:
    """The forms that a sentence gives: not those that a criterion names (`có trên 50% đạt Lao động tiên tiến`)."""
    folded = fold_signs(text)
    found: list[FormMention] = []
    for mention in find_forms(text):
        between = folded[found[-1].end : mention.start] if found else ""
        if not found or pattern("awards", "next_form").search(between):
            found.append(mention)
    return found


def read_statement(text: str, year: int | None) -> tuple[StatedTier, ...]:
    """The tiers that a sentence states; none where it only names a form of commendation."""
    mentions = _given_forms(text)
    if not mentions or _is_none(text, mentions[0], year):
        return ()
    folded = fold_signs(text)
    first = mentions[0]
    label = pattern("awards", "sum_label").search(folded[: first.start])
    money = _money(text)
    if label is not None and len(mentions) == 1:
        own = [item for item in money if item.number >= first.end]
        return tuple(_by_sum(text, first, own)) if own else (StatedTier(first),)
    found: list[StatedTier] = []
    for index, mention in enumerate(mentions):
        stop = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
        part = text[:stop]
        if pattern("awards", "procedure").search(folded[: mention.start]) and not _COUNT.search(text[: mention.start]):
            tier = _after_for(part, mention) if re.search(r"\d", text[mention.end : stop]) else None
        else:
            tier = _after_for(part, mention) or (_before_given(part, mention) if index == 0 else None)
        if tier is not None:
            found.append(tier)
    return tuple(found)
