"""Sums given with commendations: whom each is for, multiples of the base pay, rewards without a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...dictionaries import pattern
from ...schemas import Criterion
from ...schemas.values import Decimal
from ..text.normalize import fold_signs, plain
from ..text.quantities import Quantity, find_quantities
from .bodies import starts_with_body
from .criteria import recipient_at, recipient_span

_LABEL_WIDTH = 40
_LONGEST_LABEL = 8
_PARENTHESIS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum from `begin` (its recipient's words included) to `end`; a multiple of the base pay has no amount."""

    amount: Decimal | None
    recipient: str | None
    text: str
    begin: int
    end: int

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """What a multiple of the base pay says, which no number of đồng can."""
        return (Criterion(recipient=self.recipient, text=self.text),) if self.amount is None else ()


def money_of(text: str) -> list[Quantity]:
    """The sums of money of a text, in order."""
    return [item for item in find_quantities(text) if item.vnd is not None]


def _places(text: str) -> list[tuple[int, int, Decimal | None, str]]:
    """Begin and end of each sum or multiple of the base pay, with its amount and its unit."""
    found: list[tuple[int, int, Decimal | None, str]] = []
    for item in money_of(text):
        found.append((item.number, item.end, item.vnd, item.unit.name if item.unit is not None else ""))
    for match in pattern("awards", "base_pay").finditer(fold_signs(text)):
        found.append((match.start(), match.end(), None, ""))
    return sorted(found, key=lambda place: place[0])


def _label(text: str, floor: int, at: int) -> tuple[str | None, int]:
    """The recipient right before a sum (`tập thể 1.500.000 đồng`, `tập thể: 1.500.000 đồng`) and where it begins."""
    stop = floor + len(text[floor:at].rstrip(" :,-–"))
    parts = list(pattern("awards", "part_end").finditer(fold_signs(text[floor:stop])))
    begin = floor + parts[-1].end() if parts else floor
    begin += len(text[begin:stop]) - len(text[begin:stop].lstrip(" -–"))
    lead = pattern("awards", "sum_words").match(fold_signs(text[begin:stop]))
    begin += lead.end() if lead else 0
    label = text[begin:stop]
    if recipient_at(label, 0) is None or len(label.split()) > _LONGEST_LABEL:
        return None, at
    return plain(label), begin


def find_sums(text: str, begin: int = 0) -> tuple[Sum, ...]:
    """The sums in `text` from `begin` on, each with whom it is for: before it, after it or in its unit."""
    found: list[Sum] = []
    floor = begin
    for start, end, amount, unit in _places(text):
        if start < begin:
            continue
        per = unit.split("/")[1].strip() if "/" in unit else ""
        label, at = _label(text, floor, start)
        per = "" if pattern("awards", "anybody").search(fold_signs(per)) else per
        named = per if per and recipient_at(per, 0) else recipient_span(text, end, 30)
        found.append(Sum(amount, label or named, plain(text[start:end]), at, end))
        floor = end
    return tuple(found)


def opens_with_sums(text: str) -> bool:
    """True for `Mức thưởng: tập thể 1.000.000 đồng; cá nhân 500.000 đồng`."""
    folded = fold_signs(text)
    return pattern("awards", "sum_label").search(folded[:_LABEL_WIDTH]) is not None and bool(_places(text))


def without_asides(text: str) -> str:
    """The text with its parentheses that hold a sum or an exception blanked out, length kept."""
    for match in _PARENTHESIS.finditer(text):
        if money_of(match[1]) or pattern("awards", "exception_aside").search(fold_signs(match.group())):
            text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    return text


def enclosed_sum(text: str, at: int) -> Decimal | None:
    """The sum in the parenthesis that stands at `at`: `05 tập thể (mỗi tập thể 1.400.000 đồng)`."""
    match = _PARENTHESIS.match(text, at + len(text[at:]) - len(text[at:].lstrip()))
    found: Sequence[Quantity] = money_of(match[1]) if match else ()
    return found[0].vnd if found else None


@dataclass(frozen=True, slots=True)
class Reward:
    """A reward of money alone, called as printed (`Thưởng`): who gives it to whom, for what."""

    name: str
    authority: str | None
    recipient: str | None
    criterion: str
    amount: Decimal


def _after_for(text: str, at: int) -> str:
    """What `cho` right after a sum names."""
    match = pattern("exemplars", "for").search(fold_signs(text[at:]))
    return text[at + match.end() :].strip(" ,:;-–+") if match else ""


def read_reward(text: str) -> Reward | None:
    """`Xóm hoàn thành sớm nhất được UBND xã thưởng 10 triệu đồng`; None for other text."""
    folded = fold_signs(text)
    names = ("reward", "reward_for", "reward_whom")
    match = next((found for name in names if (found := pattern("awards", name).search(folded))), None)
    money = [item for item in money_of(text) if match is not None and item.number == match.end()]
    if match is None or not money or money[0].vnd is None or pattern("awards", "no_tier").search(folded):
        return None
    if pattern("deadlines", "narrative").search(text):
        return None
    authority = plain(text[match.start("authority") : match.end("authority")]) if match["authority"] else None
    if authority is not None and not starts_with_body(authority):
        return None
    whom = text[: match.start()].strip(" ,:;-–+") or _after_for(text, money[0].end)
    if not whom and match.groupdict().get("whom"):
        whom = text[match.start("whom") : match.end("whom")]
    named = recipient_at(whom, 0)
    criterion = whom[named[1] :] if named else whom
    which = pattern("awards", "whichever").match(fold_signs(criterion))
    criterion = plain(criterion[which.end() :] if which else criterion).strip(" ,:;.")
    if not criterion:
        return None
    name = text[match.start("name") : match.end("name")].capitalize()
    return Reward(name, authority, named[0] if named else None, criterion, money[0].vnd)
