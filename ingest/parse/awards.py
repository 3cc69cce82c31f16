"""Award tiers (hình thức, mức khen thưởng): prizes, forms by authority with their criteria, sums by recipient."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from ...dictionaries import pattern
from ...schemas import AwardTier, Criterion, Notice
from ..text.normalize import fold, fold_signs, plain
from .award_counted import find_counted, read_counted
from .award_forms import FormMention, find_forms, opens_with_form
from .award_prizes import Prize, find_prizes
from .award_quotas import read_quotas
from .award_records import Lead, confidence, form_tier, prize_tier, reward_tier, says_nothing, stated_tier, with_sums
from .award_statements import StatedTier, read_commended, read_quota, read_statement, sums_of
from .award_sums import find_sums, opens_with_sums, read_reward
from .award_tables import read_table
from .bodies import starts_with_body
from .criteria import heading_recipient, read_criteria, recipient_at, recipient_label
from .elsewhere import is_plan, rewards_of_others
from .model import Block, Outline, PlanContext
from .phases import year_of
from .statements import statements

_SAME = 90
_GIVER_WIDTH = 160
_LONGEST_HEAD = 40
_REWARDS = ("reward", "reward_for", "reward_whom", "commends")
_ASIDE = re.compile(r"^\s*\(.*\)\s*[.;]?\s*$", re.DOTALL)


def _giving(text: str) -> Lead | None:
    """`UBND phường trao giải thưởng cho các khu phố dẫn đầu …, với cơ cấu như sau:` taken apart."""
    folded = fold_signs(text)
    gives = pattern("awards", "gives").search(folded)
    match = pattern("awards", "giving").search(folded, max(0, gives.start() - _GIVER_WIDTH)) if gives else None
    if match is None:
        return None
    body = text[match.start("authority") : match.end("authority")].strip(" -+*")
    whom = text[match.start("recipients") : match.end("recipients")]
    found = recipient_at(whom, 0)
    if not starts_with_body(body):
        body = body.rpartition(",")[2].strip()
    if found is None or not starts_with_body(body):
        return None
    recipient, end = found
    criterion = plain(re.split(r",|;", whom[end:])[0]).strip(" :.")
    criteria = (Criterion(recipient=recipient, text=criterion),) if len(criterion.split()) > 1 else ()
    return Lead(recipient, plain(body), criteria, prizes=True)


def _lead_of(block: Block, before: Lead) -> Lead:
    """What `block` says of the prizes after it; a block of another section says nothing of earlier ones."""
    text = block.passage.text
    recipient, _ = recipient_label(text)
    kept = before if before.section == block.section and block.kind != "heading" else Lead(section=block.section)
    if block.kind == "heading" and (alone := heading_recipient(block) or _prize_recipient(block)):
        return replace(kept, recipient=alone, section=block.section)
    giving = _giving(text)
    if giving is not None:
        return replace(giving, section=block.section)
    prizes = pattern("awards", "prize_list").search(fold_signs(text)) is not None
    if recipient is not None:
        return Lead(recipient, prizes=kept.prizes or prizes, section=block.section)
    group = _group_recipient(text)
    if group is not None:
        return Lead(group, prizes=True, section=block.section)
    return replace(kept, prizes=kept.prizes or prizes)


def _prize_recipient(block: Block) -> str | None:
    """The recipient that a heading of prizes names: `1. Giải thưởng cá nhân`."""
    title = block.title or ""
    match = pattern("awards", "prize_heading").search(fold_signs(title))
    found = recipient_at(title, match.end()) if match else None
    return found[0] if found and not re.search(r"\w", title[found[1] :]) else None


def _group_recipient(text: str) -> str | None:
    """`Giải tập thể: 01 giải nhất …` is a group of prizes for collectives."""
    groups = list(pattern("awards", "group_label").finditer(fold_signs(text)))
    if len(groups) != 1 or groups[0].start() > 0:
        return None
    return text[groups[0].start("recipient") : groups[0].end("recipient")].lower()


def _prizes(block: Block, lead: Lead) -> list[Prize]:
    """The prizes of a block: with a sum, or with a number in a list of prizes."""
    text = block.passage.text
    folded = fold_signs(text)
    if pattern("awards", "no_tier").search(folded) or pattern("awards", "past_prize").search(folded):
        return []
    found = [prize for prize in find_prizes(text) if not (prize.start == 0 and _group_recipient(text))]
    listed = lead.prizes or any(
        pattern("awards", "prize_lead_in").search(fold_signs(title)) for title in block.headings if title
    )
    if pattern("deadlines", "narrative").search(text) and not listed:
        return []
    kept = [prize for prize in found if prize.amount is not None or (listed and prize.quantity is not None)]
    alone = not pattern("awards", "prize").search(folded)
    return kept if not alone or listed or "giai" in folded else []


def _below(blocks: Sequence[Block], index: int) -> list[Block]:
    """The blocks that tell the criteria of the form at `index`."""
    head = blocks[index]
    found: list[Block] = []
    for block in blocks[index + 1 :]:
        if head.kind == "heading":
            outside = block.kind == "heading" and not (block.section or "").startswith(f"{head.section}.")
        else:
            outside = block.kind != "bullet" or block.depth <= head.depth
        if outside or block.kind == "table":
            break
        found.append(block)
    return found


def _is_head(block: Block) -> FormMention | None:
    """The form that a heading, or a bullet with nothing but it, names."""
    text = block.passage.text if block.title is None else block.title
    mention = opens_with_form(text)
    if mention is None or len(text.split()) > _LONGEST_HEAD:
        return None
    if pattern("awards", "no_tier").search(fold_signs(text)):
        return None
    rest = block.passage.text[mention.end :].strip(" .;:")
    rest = "" if pattern("awards", "with_reward").search(fold_signs(rest)) else rest
    if block.kind == "heading":
        return mention if block.title is not None or not rest else None
    return mention if not rest and block.kind == "bullet" else None


def _heading_form(heading: FormMention, said: FormMention) -> FormMention:
    """The form of a heading; one of another giver in the text below keeps to the heading, which counts."""
    return heading if heading.authority is not None or said.authority is None else said


def _is_lead_in(block: Block) -> bool:
    return pattern("awards", "lead_in").search(fold_signs(block.passage.text.rstrip())) is not None


def _conflict(mention: FormMention, below: Sequence[Block]) -> Notice | None:
    """A warning when the text below a form names another giver than its heading."""
    if mention.authority is None:
        return None
    for block in below:
        match = pattern("awards", "giver_in_body").search(fold_signs(block.passage.text))
        if match is None:
            continue
        other = block.passage.text[match.start("authority") : match.end("authority")]
        if fuzz.ratio(fold(other), fold(mention.authority)) < _SAME:
            return Notice(
                code="authority_conflict",
                message=f"heading: {mention.authority}; text: {other}; the heading counts",
                provenance=block.passage.provenance(match.start("authority"), match.end("authority")),
            )
    return None


def _paid_alike(before: AwardTier, said: str) -> list[AwardTier]:
    """`đối với cá nhân: 0,75 triệu đồng` after the sum of another recipient: the same form, another sum."""
    sums = find_sums(said) if before.amount_vnd is not None and not find_forms(said) else ()
    if not sums or (sums[0].begin and recipient_label(said)[0] is None):
        return []
    changes = ({"recipients": (item.recipient,), "amount_vnd": item.amount} for item in sums if item.recipient)
    return [before.model_copy(update=change) for change in changes]


class _Reader:
    """Reads the award tiers of one document."""

    def __init__(self, outline: Outline, context: PlanContext) -> None:
        self._blocks = outline.blocks
        self._context = context
        self._lead = Lead()
        self.tiers: list[AwardTier] = []
        self.notices: list[Notice] = []

    def read(self) -> None:
        """Go through the blocks in order."""
        index = 0
        while index < len(self._blocks):
            index += self._block(index)

    def _block(self, index: int) -> int:
        """Read the block at `index`; returns how many blocks are done."""
        block = self._blocks[index]
        if rewards_of_others(block.passage.text, self._context):
            return 1
        if block.kind == "table":
            self._table(block)
            return 1
        mention = _is_head(block)
        if mention is not None:
            done = self._form(index, mention)
            if done:
                return done
        self._condition(block)
        self._lead = _lead_of(block, self._lead)
        prizes = _prizes(block, self._lead)
        for prize in prizes:
            passage = block.passage.slice(prize.start, prize.end).stripped()
            self.tiers.append(prize_tier(prize, passage, block, self._lead, self._context))
        if not prizes:
            self._statements(block)
        return 1

    def _form(self, index: int, mention: FormMention) -> int:
        """A tier for the form that a heading names; 0 when it is the head of a group or says nothing more."""
        block, below = self._blocks[index], _below(self._blocks, index)
        if any(_is_head(item) is not None for item in below if item.kind == "heading"):
            return 1
        criteria = tuple(read_criteria(b for b in below if not _is_lead_in(b)))
        own = block.passage.text[block.body_start :] if block.title is not None and block.body_start else ""
        if find_prizes(own) or any(find_prizes(item.passage.text) for item in below):
            return 0
        stated = read_statement(block.passage.text, year_of(block, self._context))
        if not criteria and (stated or _is_lead_in(block)):
            return 1 if _is_lead_in(block) else 0
        recipients = stated[0].recipients if stated else ()
        counted = {k: find_counted([mention], item.passage.text) for k, item in enumerate(below) if item.grid is None}
        if any(counted.values()):
            others = [item for k, item in enumerate(below) if not counted.get(k)]
            self._by_sum([tier for tiers in counted.values() for tier in tiers], block, others)
            return 1 + len(below)
        if self._by_quota(mention, block, below):
            return 1 + len(below)
        sums = [
            tier for item in below if opens_with_sums(item.passage.text) for tier in sums_of(mention, item.passage.text)
        ]
        if sums:
            self._by_sum(sums, block, below)
        else:
            self.tiers.append(form_tier(mention, criteria, recipients, block, self._context))
        notice = _conflict(mention, below)
        if notice is not None:
            self.notices.append(notice)
        return 1 + len(below)

    def _by_quota(self, mention: FormMention, block: Block, below: Sequence[Block]) -> bool:
        """Tiers for what the text below a form says of whom and how many; False when it says nothing of that."""
        stated: list[StatedTier] = []
        told: list[Block] = []
        for item in below:
            found = self._stated_below(mention, item)
            stated += found
            told += [item] if found else []
        rest = [b for b in below if b not in told and not _is_lead_in(b) and not opens_with_sums(b.passage.text)]
        others = tuple(read_criteria(rest)) if stated else ()
        tiers = [
            stated_tier(replace(tier, criteria=(*tier.criteria, *others)), block.passage, block, self._context)
            for tier in stated
        ]
        sums = [
            amount for item in below if opens_with_sums(item.passage.text) for amount in find_sums(item.passage.text)
        ]
        self.tiers += with_sums(tiers, sums)
        return bool(stated)

    def _stated_below(self, mention: FormMention, block: Block) -> list[StatedTier]:
        year, found = year_of(block, self._context), list[StatedTier]()
        if block.kind in ("table", "heading"):
            return found
        for statement in statements(block, pattern("deadlines", "event")):
            text = statement.passage.text
            forms = read_statement(text, year)
            if any(tier.mention.form != mention.form for tier in forms):
                return []
            found += [replace(tier, mention=_heading_form(mention, tier.mention)) for tier in forms]
            found += read_quota(mention, text) if not find_forms(text) else ()
        return found

    def _by_sum(self, sums: Sequence[StatedTier], block: Block, below: Sequence[Block]) -> None:
        """A tier for each sum below a form, with the criteria of its recipient."""
        criteria = tuple(read_criteria(b for b in below if not _is_lead_in(b) and not opens_with_sums(b.passage.text)))
        for tier in sums:
            names = {name.lower() for name in tier.recipients}
            own = tuple(c for c in criteria if c.recipient is None or not names or c.recipient.lower() in names)
            told = replace(tier, criteria=(*tier.criteria, *own))
            self.tiers.append(stated_tier(told, block.passage, block, self._context))

    def _condition(self, block: Block) -> None:
        """A paragraph in parentheses after prizes is a condition of all of them."""
        if not self.tiers or not _ASIDE.match(block.passage.text) or self.tiers[-1].form != "giai_thuong":
            return
        text = plain(block.passage.text).strip(" .;").removeprefix("(").removesuffix(")").strip(" .;")
        criterion = Criterion(recipient=None, text=text)
        for at in range(len(self.tiers) - 1, -1, -1):
            tier = self.tiers[at]
            if tier.section != block.section or tier.form != "giai_thuong":
                break
            self.tiers[at] = tier.model_copy(update={"criteria": (*tier.criteria, criterion)})

    def _statements(self, block: Block) -> None:
        text = block.passage.text
        if opens_with_sums(text) and not find_forms(text):
            self._complete(block)
            return
        own = fold_signs(text[block.body_start :] if block.title else text)
        rewards = any(pattern("awards", name).search(own) for name in _REWARDS)
        if not (rewards or find_forms(text)) or _is_lead_in(block):
            return
        quotas = read_quotas(text)
        self.tiers += [stated_tier(tier, block.passage, block, self._context) for tier in quotas]
        if quotas:
            return
        year, found = year_of(block, self._context), list[AwardTier]()
        counted = read_counted(text, year)
        if counted:
            self.tiers += [stated_tier(tier, block.passage, block, self._context) for tier in counted]
            return
        label = text[: recipient_label(text)[1]]
        for statement in statements(block, pattern("deadlines", "event")):
            said = statement.passage.text
            if opens_with_sums(said) and not find_forms(said):
                found = with_sums(found, find_sums(said))
                continue
            if found and (paid := _paid_alike(found[-1], said)):
                found += paid
                continue
            if not statement.first and not said[:1].isupper():
                commends = found and found[-1].form == "other" and said[:1].isdigit()
                said = f"{found[-1].name if commends else label} {said}"
            stated = read_statement(said, year)
            found += [stated_tier(tier, statement.passage, block, self._context) for tier in stated]
            if rewards and not find_forms(said):
                said = said.removeprefix(f"{block.title}:") if block.title else said
                reward = read_reward(said)
                found += [reward_tier(reward, statement.passage, block, self._context)] if reward else []
                commended = () if reward else read_commended(said)
                found += [stated_tier(tier, statement.passage, block, self._context) for tier in commended]
        self.tiers += found

    def _complete(self, block: Block) -> None:
        """A paragraph of sums counts for the tiers right before it in its section."""
        at = len(self.tiers)
        while at and self.tiers[at - 1].section == block.section and self.tiers[at - 1].amount_vnd is None:
            at -= 1
        self.tiers[at:] = with_sums(self.tiers[at:], find_sums(block.passage.text))

    def _table(self, block: Block) -> None:
        if block.grid is None:
            return
        for row in read_table(block.grid):
            self.tiers.append(
                AwardTier(
                    name=row.name,
                    form=row.form,
                    rank=row.rank,
                    quantity=row.quantity,
                    amount_vnd=row.amount,
                    authority=row.authority,
                    recipients=(row.recipient,) if row.recipient else (),
                    section=block.section,
                    provenance=row.passage.provenance(),
                    confidence=confidence(row.amount, row.passage, self._context),
                )
            )


def read_award_tiers(outline: Outline, context: PlanContext) -> tuple[tuple[AwardTier, ...], tuple[Notice, ...]]:
    """All award tiers of a document in order, once each, and warnings where heading and text name different givers."""
    if context.document_type in ("luat", "nghi_dinh", "thong_tu", "quyet_dinh"):
        return (), ()
    reader = _Reader(outline, context)
    reader.read()
    found: dict[tuple[object, ...], AwardTier] = {}
    for tier in reader.tiers:
        if tier.section is None and says_nothing(tier) and not is_plan(context):
            continue
        key = (tier.name.lower(), tier.quantity, tier.amount_vnd, tier.recipients, tier.section)
        found.setdefault(key, tier)
    return tuple(found.values()), tuple(reader.notices)
