"""Award tiers made from what the readers of prizes, forms, sums and rewards found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...schemas import AwardTier, Criterion
from ..text.normalize import fold
from ..values import Passage
from .award_forms import FormMention
from .award_prizes import Prize
from .award_statements import StatedTier
from .award_sums import Reward, Sum
from .model import Block, PlanContext

_BASE = 0.92
_MISREAD = 0.7


@dataclass(frozen=True, slots=True)
class Lead:
    """What a paragraph before prizes says of all of them."""

    recipient: str | None = None
    authority: str | None = None
    criteria: tuple[Criterion, ...] = ()
    prizes: bool = False
    section: str | None = None


def confidence(amount: object, passage: Passage, context: PlanContext) -> float:
    """How sure a tier is: less so without a sum, or on text that may be misread."""
    base = _BASE if amount is not None else _BASE - 0.07
    return round(base * context.trust(passage.provenance()), 4)


def says_nothing(tier: AwardTier) -> bool:
    """True for a tier of a name alone, which any text about forms of commendation may hold."""
    told = (tier.quantity, tier.amount_vnd, tier.authority, *tier.recipients, *tier.criteria)
    return all(item is None for item in told)


def prize_tier(prize: Prize, passage: Passage, block: Block, lead: Lead, context: PlanContext) -> AwardTier:
    """A tier for a prize; what the paragraph before it says counts for it."""
    recipient = lead.recipient or prize.per
    return AwardTier(
        name=prize.name,
        form="giai_thuong",
        rank=prize.rank,
        quantity=prize.quantity,
        amount_vnd=prize.amount,
        authority=lead.authority,
        recipients=(recipient,) if recipient else (),
        criteria=lead.criteria,
        section=block.section,
        provenance=passage.provenance(),
        confidence=round(confidence(prize.amount, passage, context) * (_MISREAD if prize.misread else 1), 4),
    )


def form_tier(
    mention: FormMention, criteria: Sequence[Criterion], recipients: Sequence[str], block: Block, context: PlanContext
) -> AwardTier:
    """A tier for a form that a heading names."""
    named = dict.fromkeys([*recipients, *(item.recipient for item in criteria if item.recipient)])
    return AwardTier(
        name=mention.name,
        form=mention.form,
        authority=mention.authority,
        recipients=tuple(named),
        criteria=tuple(criteria),
        section=block.section,
        provenance=block.passage.provenance(),
        confidence=confidence(None, block.passage, context),
    )


def stated_tier(tier: StatedTier, passage: Passage, block: Block, context: PlanContext) -> AwardTier:
    """A tier that a sentence states."""
    return AwardTier(
        name=tier.mention.name,
        form=tier.mention.form,
        quantity=tier.quantity,
        amount_vnd=tier.amount,
        authority=tier.mention.authority,
        recipients=tier.recipients,
        criteria=tier.criteria,
        section=block.section,
        provenance=passage.provenance(),
        confidence=confidence(tier.amount, passage, context),
    )


def reward_tier(reward: Reward, passage: Passage, block: Block, context: PlanContext) -> AwardTier:
    """A tier for money that is given without a form of commendation."""
    return AwardTier(
        name=reward.name,
        form="other",
        amount_vnd=reward.amount,
        authority=reward.authority,
        recipients=(reward.recipient,) if reward.recipient else (),
        criteria=(Criterion(recipient=reward.recipient, text=reward.criterion),),
        section=block.section,
        provenance=passage.provenance(),
        confidence=confidence(reward.amount, passage, context),
    )


def _for_all(tier: AwardTier, sums: Sequence[Sum]) -> list[AwardTier]:
    """The tier with its sum; one whose recipients get different sums becomes one for each."""
    if tier.amount_vnd is not None or tier.form == "giai_thuong":
        return [tier]
    if len(sums) == 1 and sums[0].recipient is None:
        return [_with(tier, sums[0])]
    named = {fold(name): name for name in tier.recipients}
    hits = [item for item in sums if item.recipient is not None and (not named or fold(item.recipient) in named)]
    if not hits:
        return [tier]
    if len(named) == 1:
        return [_with(tier, hits[0])]
    given = {fold(item.recipient or "") for item in hits}
    left = tuple(name for key, name in named.items() if key not in given)
    parts = [_with(tier.model_copy(update={"recipients": (item.recipient,)}), item) for item in hits]
    return [*parts, tier.model_copy(update={"recipients": left})] if left else parts


def _with(tier: AwardTier, item: Sum) -> AwardTier:
    return tier.model_copy(update={"amount_vnd": item.amount, "criteria": (*tier.criteria, *item.criteria)})


def with_sums(tiers: Sequence[AwardTier], sums: Sequence[Sum]) -> list[AwardTier]:
    """Tiers completed by a later sentence: `mức thưởng: tập thể 1.000.000 đồng, cá nhân 500.000 đồng`."""
    return [part for tier in tiers for part in _for_all(tier, sums)]
