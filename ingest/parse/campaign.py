"""The campaign: what the document launches, its theme, scope, year, term and movements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...dictionaries import pattern
from ...schemas import Campaign, Header, Phase
from ..text.dates import stated_year
from ..text.normalize import fold, squeeze
from ..text.terms import Term, find_terms
from .model import Block, Outline, PlanContext
from .movements import read_movements
from .printed import folded, is_upper, sentence_breaks
from .quotes import find_quotes

_BLANK_BEFORE_SIGN = re.compile(r"\s+(?=[,;])")
_HIGHEST = 2
_PLANS = ("ke_hoach", "chuong_trinh")
_GUIDANCE = "huong_dan"
_INSTITUTIONS = ("truong", "benh vien", "tram", "cong ty", "hop tac xa")


def plan_year(outline: Outline, header: Header) -> int | None:
    """The year that the title speaks of, else the letterhead's; never one in an anniversary or a quoted name."""
    title = outline.title.text if outline.title is not None else header.title
    stated = stated_year(title) if title else None
    if stated is not None:
        return stated
    return int(header.issued_on[:4]) if header.issued_on else None


def _name(title: str) -> str:
    """The title without launch verb and area, capitalised."""
    area = pattern("campaign", "area").search(folded(title))
    if area is not None:
        title = title[: area.start()] + " " + title[area.end() :]
    launch = pattern("campaign", "launch").match(folded(title))
    name = _BLANK_BEFORE_SIGN.sub("", squeeze(title[launch.end() :] if launch else title)).strip(" ,;:.")
    if is_upper(name):
        name = name.lower()
    return name[:1].upper() + name[1:]


def _scope(header: Header) -> str | None:
    """The area or institution that the plan is for."""
    title = header.title or ""
    area = pattern("campaign", "area").search(folded(title))
    if area is not None:
        named = squeeze(title[area.start("area") : area.end("area")])
        if len(named.split()) > 1 and pattern("header", "unit_at_end").search(folded(named)) is None:
            return named.lower() if is_upper(named) else named
    issuer = header.issuer
    if issuer is None:
        return None
    if fold(issuer).startswith(_INSTITUTIONS):
        return issuer
    committee = pattern("campaign", "committee_of_unit").match(folded(issuer))
    if committee is not None:
        return f"{issuer[: committee.end('unit')].lower()} {issuer[committee.start('name') :]}"
    above = header.parent_issuer if pattern("campaign", "of_government").match(folded(issuer)) else None
    for name in (issuer, above or ""):
        unit = pattern("header", "unit_name").search(folded(name))
        if unit is not None:
            return name[unit.start("unit") :]
    return issuer


def _unquoted(text: str) -> str:
    text = squeeze(text)
    first_break = next(sentence_breaks(text), None)
    return (text[:first_break] if first_break else text).strip(' “”".;:,')


def _theme_in(text: str) -> str | None:
    """The theme quoted after `chủ đề` in a passage."""
    key = folded(text)
    for quote in find_quotes(text):
        if pattern("campaign", "theme").search(key[max(0, quote.before - 80) : quote.before]):
            return _unquoted(quote.of(text)) or None
    return None


def _theme(blocks: Sequence[Block]) -> str | None:
    """The theme: quoted after `chủ đề`, or the text of the section that has this title."""
    under_heading = False
    for block in blocks:
        if block.kind == "table":
            continue
        text = block.passage.text
        found = _theme_in(text)
        if found is not None:
            return found
        if block.kind == "heading":
            body = text[block.body_start :]
            under_heading = bool(block.title and pattern("campaign", "theme_heading").match(folded(block.title)))
            if under_heading and body.strip():
                return _unquoted(body)
        elif pattern("campaign", "theme_heading").match(folded(text)):
            under_heading = True
        elif under_heading:
            quote = next(find_quotes(text), None)
            return _unquoted(quote.of(text) if quote is not None else text)
    return None


def _is_term_of_campaign(block: Block) -> bool:
    """Whether a block tells the term of the whole campaign, not that of one of its tasks, exemplars or meetings."""
    text = folded(block.passage.text)
    head, colon, _ = text.partition(":")
    own = head if colon and len(head) < 90 else text[:60]
    if pattern("campaign", "other_term").search(own):
        return False
    wanted = pattern("campaign", "term_heading")
    above = [wanted.search(folded(title)) is not None if title else False for title in block.headings]
    if pattern("campaign", "term_sentence").match(text):
        return len(block.headings) <= _HIGHEST or any(above)
    if block.kind == "heading" or above[-1:] == [True]:
        titled = above[-1:] == [True] or wanted.search(own) is not None
        high = len(block.headings) <= _HIGHEST and not (block.section or "").rpartition(".")[2].islower()
        return titled and (high or any(above[:-1]))
    if wanted.search(own) is None:
        return False
    return len(block.headings) <= 1 or pattern("campaign", "launched").search(own) is not None


def _term(blocks: Sequence[Block], year: int | None, phases: Sequence[Phase]) -> Term | None:
    """The term of the whole campaign: explicit days or months under a heading or label `Thời gian …`."""
    of_phases = {(phase.start, phase.end) for phase in phases}
    candidates = [block for block in blocks if block.kind != "table" and _is_term_of_campaign(block)]
    bullets = [block for block in candidates if block.kind == "bullet"]
    # a label that returns item by item gives the terms of the items
    repeated = len({block.section for block in bullets}) > 1
    for block in candidates:
        if repeated and block.kind == "bullet":
            continue
        for term in find_terms(block.passage.text, year):
            dated = term.recurrence is None and term.possible and term.grain in ("day", "month")
            if dated and (term.first or term.last) and (term.first, term.last) not in of_phases and not term.bare:
                return term
    return None


def read_campaigns(
    outline: Outline, header: Header, context: PlanContext, phases: Sequence[Phase]
) -> tuple[Campaign, ...]:
    """The campaign that a plan launches; none for a document without title or of another kind."""
    title = header.title
    if title is None or header.provenance is None:
        return ()
    launches = pattern("campaign", "launch").match(folded(title)) is not None
    guides = header.document_type == _GUIDANCE and pattern("campaign", "movement").search(folded(title)) is not None
    if header.document_type not in _PLANS and not (launches or guides):
        return ()
    term = _term(outline.blocks, context.year, phases)
    passage = outline.title
    return (
        Campaign(
            name=_name(title),
            theme=_theme(outline.blocks),
            scope=_scope(header),
            year=context.year,
            start=term.first if term else None,
            end=term.last if term else None,
            phases=tuple(phases),
            movements=read_movements(title, outline.blocks),
            section=None,
            provenance=passage.provenance() if passage else header.provenance,
        ),
    )
