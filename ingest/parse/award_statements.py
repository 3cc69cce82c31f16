"""Award tiers that one sentence states: a form, who gives it to whom, for what, how many and how much."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...dictionaries import pattern
from ...schemas import Criterion
from ...schemas.values import Decimal
from ..text.dates import stated_year
from ..text.normalize import fold, fold_signs, plain
from .award_forms import FormMention, find_forms
from .award_prizes import count_of
from .award_sums import enclosed_sum, find_sums, money_of, without_asides
from .criteria import recipient_at, recipient_label

_COUNT = re.compile(r"(?<![\d.,])(\d{1,3})\s*(?:\(\w+\)\s*)?$")
_FEWEST_WORDS = 3
_MOST_WORDS_OF_ONE = 8
_NUMBER = re.compile(r"\s*(\d{1,3})\s+(?=\D)")


@dataclass(frozen=True, slots=True)
class StatedTier:
    """A tier as a sentence states it; offsets are those of the sentence."""

    mention: FormMention
    recipients: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    quantity: int | None = None
    amount: Decimal | None = None


def sums_of(mention: FormMention, text: str, begin: int = 0) -> tuple[StatedTier, ...]:
    """A tier for each sum in `text` from `begin` on: `tập thể 1.500.000 đồng, cá nhân 750.000 đồng`."""
    return tuple(
        StatedTier(mention, (item.recipient,) if item.recipient else (), item.criteria, amount=item.amount)
        for item in find_sums(text, begin)
    )


def _own_sums(text: str, mention: FormMention) -> tuple[StatedTier, ...]:
    """The sums right after a form: `Giấy khen: tập thể 1.000.000 đồng`, `Giấy khen và 300.000 đồng`."""
    folded = fold_signs(text)
    sums = find_sums(text, mention.end)
    if not sums or pattern("awards", "sums_follow").search(folded[mention.end : sums[0].begin]) is None:
        return ()
    alone = len(sums) == 1 and pattern("awards", "for_whom").search(folded[sums[0].end :]) is not None
    if alone or pattern("awards", "for_counted").search(folded[mention.end :]):
        return ()
    head = pattern("awards", "form_head").search(folded[: mention.start])
    label, begin = recipient_label(text)
    if head is None and (label is None or re.search(r"\w", text[begin : mention.start])):
        return ()
    named = [
        tier if tier.recipients or label is None else replace(tier, recipients=(label,))
        for tier in sums_of(mention, text, mention.end)
    ]
    return tuple(named)


@dataclass(frozen=True, slots=True)
class _Whom:
    """Who is commended: recipients with their number, what for, and a sum that stands right after them."""

    recipients: tuple[str, ...]
    count: int | None
    criterion: str
    amount: Decimal | None = None


def _parts(name: str) -> tuple[str, ...]:
    ends = [*pattern("exemplars", "and").finditer(fold_signs(name))]
    starts = [0, *(match.end() for match in ends)]
    stops = [*(match.start() for match in ends), len(name)]
    parts = [name[start:stop] for start, stop in zip(starts, stops, strict=True)]
    return tuple(part[:1].upper() + part[1:] for part in parts if part)


def _next_counted(clause: str, at: int) -> tuple[int, int] | None:
    """Where a list of counted recipients goes on after `at`: the end of what is said of this one, the next number."""
    for link in pattern("awards", "next_part").finditer(fold_signs(clause), at):
        number = _NUMBER.match(clause, link.end())
        if number is not None and recipient_at(clause, number.end(), counted=True) is not None:
            return link.start(), link.end()
        if len(clause[at : link.start()].split()) > _MOST_WORDS_OF_ONE:
            break
    return None


def _whom(text: str, begin: int) -> list[_Whom]:
    """`05 tập thể, 10 cá nhân có thành tích` taken apart: one entry for each number, the criterion shared."""
    bare = without_asides(text)
    end = pattern("awards", "clause_end").search(fold_signs(bare), begin)
    clause = bare[begin : end.start() if end else len(text)]
    found: list[tuple[tuple[str, ...], int | None, Decimal | None, str]] = []
    share = pattern("awards", "share").search(fold_signs(clause))
    at = share.end() if share else 0
    while True:
        count = _NUMBER.match(clause, at)
        named = recipient_at(clause, count.end() if count else at, counted=count is not None)
        if named is None:
            break
        enclosed = enclosed_sum(text, begin + named[1])
        at = named[1]
        link = _next_counted(clause, at) if count else None
        own = plain(clause[at : link[0]]).strip(" ,") if link else ""
        found.append((_parts(named[0]), count_of(count[1]) if count else None, enclosed, own))
        if link is None:
            break
        at = link[1]
    rest = clause[at:]
    money = next(iter(money_of(rest)), None)
    alone = money is not None and not re.search(r"\w", rest[: money.number]) and not re.search(r"\w", rest[money.end :])
    criterion = "" if alone else plain(rest).strip(" ,:;.")
    amount = money.vnd if alone and money is not None else None
    return [_Whom(names, count, own or criterion, enclosed or amount) for names, count, enclosed, own in found]


def _tiers(
    mention: FormMention, whom: Sequence[_Whom], count: int | None, amounts: Sequence[Decimal | None]
) -> list[StatedTier]:
    tiers = []
    for item, amount in zip(whom, amounts, strict=True):
        who = ", ".join(item.recipients)
        criteria = (Criterion(recipient=who, text=item.criterion),) if len(item.criterion.split()) > 1 else ()
        number = item.count if item.count is not None else count
        tiers.append(StatedTier(mention, item.recipients, criteria, number, item.amount or amount))
    return tiers


def _amounts(text: str, begin: int, whom: Sequence[_Whom]) -> list[Decimal | None]:
    """The sum for each of `whom` that a word such as `kèm theo`, `mức thưởng` announces from `begin` on.

    One sum is for all, several are told apart by their recipients or their order (`lần lượt`); others are left out.
    """
    folded = fold_signs(text)
    money = [item for item in money_of(text) if item.number >= begin]
    before = [folded[max(begin, item.number - 60) : item.number] for item in money]
    announced = any(pattern("awards", name).search(b) for b in before for name in ("announces_sum", "sums_follow"))
    if not announced:
        return [None] * len(whom)
    if len(whom) == 1 or len({item.vnd for item in money}) == 1:
        return [money[0].vnd] * len(whom)
    if len(money) == len(whom) and pattern("awards", "respectively").search(folded[begin:]):
        return [item.vnd for item in money]
    named = {fold(item.recipient): item.amount for item in find_sums(text, begin) if item.recipient}
    return [next((named[fold(name)] for name in item.recipients if fold(name) in named), None) for item in whom]


def _after_for(text: str, mention: FormMention) -> list[StatedTier]:
    """`Giấy khen … cho <recipient> <criterion>`."""
    folded = fold_signs(text)
    rest = folded[mention.end :]
    for name in ("quota", "for_whom", "is_given"):
        if (match := pattern("awards", name).search(rest)) is not None:
            break
    else:
        return []
    before = _COUNT.search(text[: mention.start].rstrip())
    count = int(before[1]) if before else None
    whom = _whom(text, mention.end + match.end())
    return _tiers(mention, whom, count, _amounts(text, mention.end, whom))


def _before_given(text: str, mention: FormMention) -> list[StatedTier]:
    """`<recipient> <criterion> được … tặng Giấy khen`, `chọn 01 đơn vị dẫn đầu để tặng Cờ thi đua`."""
    folded = fold_signs(text)
    given = pattern("awards", "given_to").search(folded[: mention.start])
    if given is None and pattern("awards", "chosen").search(folded[: mention.start]):
        given = pattern("awards", "giving_next").search(folded[: mention.start])
    past = pattern("awards", "past_award").search(folded[: mention.end])
    chosen = pattern("awards", "chosen").search(folded[: given.start()]) if given else None
    if given is None or (past and not mention.authority and not chosen):
        return []
    label = text.rfind(":", 0, given.start()) + 1
    whom = _whom(text[: given.start()].rstrip(" ,"), chosen.end() if chosen else label)
    told = [item for item in whom if item.count is not None or len(item.criterion.split()) > 1]
    if not whom and (named := recipient_label(text)[0]) is not None:
        told = [_Whom((named,), None, plain(text[label : given.start()]).strip(" ,;:."))]
    paid = pattern("awards", "reward").search(folded)
    if paid is not None and paid["authority"] and mention.authority is None:
        mention = replace(mention, authority=plain(text[paid.start("authority") : paid.end("authority")]))
    amounts = _amounts(text, mention.end, told)
    return _tiers(mention, told, None, amounts if any(amounts) else _amounts(text, given.end(), told))


def _labelled(text: str, mention: FormMention) -> list[StatedTier]:
    """What stands after a form and a colon: `Giấy khen cấp huyện: 10 tập thể`, `Bằng khen: do đơn vị đề xuất`."""
    folded = fold_signs(text)
    head = pattern("awards", "form_head").search(folded[: mention.start])
    label = pattern("awards", "form_label").search(folded[mention.end :])
    rest = plain(text[mention.end + label.end() :]).strip(" ;,.") if label else ""
    if head is None or label is None or len(rest.split()) < _FEWEST_WORDS or rest.endswith(":"):
        return []
    begin = mention.end + label.end()
    given = pattern("awards", "for_whom").search(folded[begin:])
    whom = _whom(text, begin) or (_whom(text, begin + given.end()) if given else [])
    if whom:
        return _tiers(mention, whom, None, _amounts(text, begin, whom))
    paid = _paid(text, begin)
    end = pattern("awards", "clause_end").search(folded, begin) if paid else None
    words = plain(text[begin : end.start()]).strip(" ;,.") if end else rest
    criteria = (Criterion(recipient=None, text=words),) if len(words.split()) > 1 else ()
    return [] if money_of(rest) and not paid else [StatedTier(mention, (), criteria, amount=paid)]


def _paid(text: str, begin: int) -> Decimal | None:
    """The one sum that `mức thưởng`, `kèm theo` announces from `begin` on."""
    money = [item for item in money_of(text) if item.number >= begin]
    return _amounts(text, begin, [_Whom((), None, "")])[0] if len(money) == 1 else None


def read_commended(text: str) -> tuple[StatedTier, ...]:
    """`Khen thưởng 05 tập thể, 10 cá nhân có thành tích`: commendation whose form is not named."""
    match = pattern("awards", "commends").search(fold_signs(text))
    if match is None or pattern("deadlines", "narrative").search(text):
        return ()
    authority = plain(text[match.start("authority") : match.end("authority")]) if match["authority"] else None
    name = plain(text[match.start("name") : match.end("name")]).capitalize()
    mention = FormMention(name, "other", authority, match.start("name"), match.end("name"))
    whom = [item for item in _whom(text, match.end()) if item.count is not None]
    return tuple(_tiers(mention, whom, None, _amounts(text, match.end(), whom)))


def is_none(text: str, mention: FormMention, year: int | None) -> bool:
    """True for what is past, a list of names, or the way of a file: no tier."""
    folded = fold_signs(text)
    if pattern("awards", "no_tier").search(folded):
        return True
    if pattern("awards", "conferred").search(text) or pattern("deadlines", "narrative").search(text):
        return True
    stated = stated_year(text)
    return stated is not None and year is not None and stated < year and "tang" in folded[: mention.end]


def given_forms(text: str) -> list[FormMention]:
    """The forms that a sentence gives: not those that a criterion names (`có trên 50% đạt Lao động tiên tiến`)."""
    folded = fold_signs(text)
    found: list[FormMention] = []
    for mention in find_forms(text):
        between = folded[found[-1].end : mention.start] if found else ""
        if not found or pattern("awards", "next_form").search(between):
            found.append(mention)
    return found


def _listed(text: str) -> tuple[StatedTier, ...]:
    """A list of forms after a label: `Đối với cá nhân: Lao động tiên tiến, Giấy khen của Chủ tịch UBND xã`."""
    folded, between = fold_signs(text), pattern("awards", "between_forms")
    recipient, begin = recipient_label(text)
    label = pattern("awards", "form_list_label").search(folded)
    begin = begin or (label.end() if label else 0)
    if not begin:
        return ()
    found, at = [], begin
    for mention in find_forms(text):
        if mention.start < begin:
            continue
        if between.fullmatch(folded[at : mention.start]) is None:
            return ()
        found.append(StatedTier(mention, (recipient,) if recipient else ()))
        at = mention.end
    return tuple(found) if found and between.fullmatch(folded[at:]) else ()


def read_statement(text: str, year: int | None) -> tuple[StatedTier, ...]:
    """The tiers that a sentence states; none where it only names a form of commendation."""
    mentions = given_forms(text)
    if not mentions or is_none(text, mentions[0], year):
        return ()
    folded = fold_signs(text)
    first = mentions[0]
    if len(mentions) == 1 and pattern("awards", "sum_label").search(folded[: first.start]):
        return sums_of(first, text, first.end) or (StatedTier(first),)
    if pattern("awards", "sum_label").search(folded[: first.start]) and not money_of(text):
        return tuple(StatedTier(mention) for mention in mentions)
    own = _own_sums(text, first) if len(mentions) == 1 else ()
    if own:
        return own
    listed = _listed(text)
    if listed:
        return listed
    found: list[StatedTier] = []
    for index, mention in enumerate(mentions):
        stop = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
        part, before = text[:stop], folded[: mention.start]
        filed = pattern("awards", "procedure").search(before) is not None
        counted = _COUNT.search(text[: mention.start]) or _NUMBER.match(text)
        if filed and not counted and not pattern("awards", "chosen").search(before):
            found += _after_for(part, mention) if re.search(r"\d", text[mention.end : stop]) else []
        else:
            found += _after_for(part, mention) or (_before_given(part, mention) if index == 0 else [])
    return tuple(found or _labelled(text, first))


def read_quota(mention: FormMention, text: str) -> tuple[StatedTier, ...]:
    """The tiers of a form that a sentence below it counts: `Xét chọn không quá 05 tập thể, 10 cá nhân có …`."""
    match = pattern("awards", "quota").search(fold_signs(text))
    if match is None:
        return ()
    whom = [item for item in _whom(text, match.end()) if item.count is not None]
    return tuple(_tiers(mention, whom, None, _amounts(text, match.end(), whom)))
