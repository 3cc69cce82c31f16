"""Prizes (giải) in running text: name, rank, number and money, in every notation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ...dictionaries import entries, pattern
from ...schemas.values import Decimal
from ..text.normalize import fold, fold_signs, plain
from ..text.quantities import Quantity, find_quantities
from .criteria import names_recipient

_MISREAD_COUNT = re.compile(r"[oq]\d|[0oq][il|]")
_NO_RECIPIENT = ("giai", "cai", "suat", "phan")
_AROUND, _LONGEST_RECIPIENT = " :;,.-–+", 40


@dataclass(frozen=True, slots=True)
class Prize:
    """A prize from `start` to `end`: `quantity` of them, `amount` đồng each, `per` the winner that a sum is for.

    `misread` is set where a scan's `0l` or `Q1` was taken for the number 01.
    """

    name: str
    rank: int | None
    quantity: int | None
    amount: Decimal | None
    per: str | None
    start: int
    end: int
    misread: bool = False


@cache
def _ranks() -> dict[str, int]:
    found: dict[str, int] = {}
    for entry in entries("ranks"):
        if "rank" in entry.fields:
            found |= {fold(spelling): entry.fields["rank"] for spelling in entry.spellings}
    return found


@cache
def _prize_names() -> dict[str, str]:
    """What a rank that stands alone is called: `nhất` is `Giải nhất`."""
    listed = [entry for entry in entries("ranks") if "prize" in entry.fields]
    return {fold(spelling): entry.fields["prize"] for entry in listed for spelling in entry.spellings}


@cache
def _numbers() -> dict[str, int]:
    return {fold(spelling): entry.fields["number"] for entry in entries("date_words") for spelling in entry.spellings}


def count_of(text: str | None) -> int | None:
    """`05` or `năm` as a number; the misread `0l`, `q1` of a scan as 1."""
    if text is None:
        return None
    if _is_misread(text):
        return int(text[1]) if text[1].isdigit() else 1
    return int(text) if text.isdigit() else _numbers().get(fold(text))


def _is_misread(text: str | None) -> bool:
    return text is not None and _MISREAD_COUNT.fullmatch(text) is not None


def rank_of(text: str) -> int | None:
    """The rank of `nhất`, `nhì`, `ba`, `khuyến khích`; None for prizes outside the ranks."""
    return _ranks().get(fold(text))


def _per(money: Quantity | None) -> str | None:
    unit = money.unit.name if money is not None and money.unit is not None else ""
    per = unit.split("/")[1].strip() if "/" in unit else ""
    return per if per and fold(per) not in _NO_RECIPIENT else None


def _sum_in(money: Sequence[Quantity], begin: int, end: int) -> Quantity | None:
    return next((item for item in money if begin <= item.number < end), None)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _printed(text: str, winners: re.Match[str], begin: int) -> str:
    return text[begin + winners.start("recipient") : begin + winners.end("recipient")]


def _prize(text: str, folded: str, match: re.Match[str], end: int, money: Sequence[Quantity]) -> Prize:
    name_start = match.start() + folded[match.start() : match.end()].index("giai")
    qualifier = pattern("awards", "qualifier").search(folded[match.end() : end])
    name_end = match.end() + (qualifier.end() if qualifier else 0)
    after = pattern("awards", "count_after").search(folded[name_end:end])
    winners = pattern("awards", "count_of_winners").search(folded[max(0, match.start() - 50) : match.start()])
    count = count_of(match["count"]) if match["count"] else count_of(after["count"]) if after else None
    found = _sum_in(money, name_end, end)
    enclosed = pattern("awards", "count_enclosed").search(folded[found.end :]) if found and count is None else None
    count = count_of(enclosed["count"]) if enclosed else count
    per = _per(found)
    if winners and count is None and names_recipient(winners["recipient"]):
        count, per = count_of(winners["count"]), per or _printed(text, winners, max(0, match.start() - 50))
    per = per or _winner(text, folded, match.start())
    return Prize(
        name=_capital(plain(text[name_start:name_end]).replace("“", "").replace("”", "").replace('"', "")),
        rank=rank_of(match["rank"]),
        quantity=count,
        amount=found.vnd if found is not None else None,
        per=per,
        start=match.start(),
        end=found.end if found is not None else name_end,
        misread=_is_misread(match["count"]),
    )


def _by_recipient(prize: Prize, text: str, begin: int, end: int, money: Sequence[Quantity]) -> list[Prize]:
    """The prize once for each recipient with a sum of its own: `giải nhất: tập thể 3 triệu đồng, cá nhân 2 triệu`."""
    sums = [item for item in money if begin <= item.number < end]
    starts = [begin, *(item.end for item in sums)]
    named = [text[start : item.lead].strip(_AROUND) for start, item in zip(starts, sums, strict=False)]
    if len(sums) < 2 or not all(name and len(name) < _LONGEST_RECIPIENT and names_recipient(name) for name in named):
        return [prize]
    return [
        replace(prize, amount=item.vnd, per=plain(name), end=item.end) for name, item in zip(named, sums, strict=True)
    ]


def _winner(text: str, folded: str, at: int) -> str | None:
    """`xóm` of `xóm đạt giải Nhất`."""
    begin = max(0, at - 30)
    match = pattern("awards", "winner").search(folded[begin:at])
    named = _printed(text, match, begin).strip() if match else ""
    return plain(named) if named and names_recipient(named) else None


def _ranked(text: str, folded: str, money: Sequence[Quantity]) -> list[Prize]:
    """Ranks that stand without the word giải: `nhất 3 triệu đồng, nhì 2 triệu đồng`."""
    prizes = [match.span() for match in pattern("awards", "prize").finditer(folded)]
    matches = [
        match
        for match in pattern("awards", "ranks_alone").finditer(folded)
        if not any(begin <= match.start() < end for begin, end in prizes)
    ]
    stops = [match.start() for match in matches[1:]] + [len(text)]
    labels = [
        (label.start(), text[label.start("recipient") : label.end("recipient")])
        for label in pattern("awards", "group_label").finditer(folded)
    ]
    found: list[Prize] = []
    for match, stop in zip(matches, stops, strict=False):
        amount = _sum_in(money, match.end(), stop)
        if amount is not None:
            name = _prize_names()[fold(match["rank"])]
            group = next((label for at, label in reversed(labels) if at < match.start()), None)
            rank = rank_of(match["rank"])
            number = pattern("awards", "count_after").search(folded[match.end() : stop])
            count = count_of(number["count"]) if number else None
            found.append(Prize(name, rank, count, amount.vnd, group or _per(amount), match.start(), amount.end))
    return found


def _completed(prizes: Sequence[Prize], money: Sequence[Quantity], folded: str) -> list[Prize]:
    """Prizes with the sums that a list after them gives: by rank, or in their order (`lần lượt là …`)."""
    without = [prize for prize in prizes if prize.amount is None]
    if money and pattern("awards", "respectively").search(folded):
        sums = [item.vnd for item in money if item.number > prizes[-1].start]
        amounts = sums if len(sums) == len(prizes) else [None] * len(prizes)
        ordered = [replace(prize, amount=amount) for prize, amount in zip(prizes, amounts, strict=True)]
        return ordered if len(without) == len(prizes) - 1 else list(prizes)
    kept: list[Prize] = []
    for prize in prizes:
        at = next((n for n, other in enumerate(kept) if _complete_each_other(other, prize)), None)
        if at is None:
            kept.append(prize)
        else:
            kept[at] = replace(kept[at], amount=prize.amount, per=kept[at].per or prize.per)
    return kept


def _complete_each_other(first: Prize, last: Prize) -> bool:
    """Whether one tells how many and the other how much of the same rank."""
    same = first.rank == last.rank and first.rank is not None
    return same and first.amount is None and last.quantity is None and last.amount is not None


def find_prizes(text: str) -> tuple[Prize, ...]:
    """All prizes of a paragraph, in order; a sum belongs to the prize before it."""
    folded = fold_signs(text)
    groups = [match.start("recipient") for match in pattern("awards", "group_label").finditer(folded)]
    matches = [match for match in pattern("awards", "prize").finditer(folded) if match.start("rank") not in groups]
    if not matches and not pattern("awards", "ranks_alone").search(folded):
        return ()
    money = [item for item in find_quantities(text) if item.vnd is not None]
    ranked = _ranked(text, folded, money)
    starts = sorted([match.start() for match in matches] + [prize.start for prize in ranked])
    stops = [next((at for at in starts if at > match.start()), len(text)) for match in matches]
    named = [
        prize
        for match, stop in zip(matches, stops, strict=True)
        for prize in _by_recipient(_prize(text, folded, match, stop, money), text, match.end(), stop, money)
    ]
    return tuple(_completed(sorted([*named, *ranked], key=lambda prize: prize.start), money, folded))
