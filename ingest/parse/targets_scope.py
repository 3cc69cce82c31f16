"""Where targets stand: what the headings above a block say about the figures in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ...dictionaries import pattern
from ..text.dates import stated_year
from ..text.normalize import fold_signs, plain
from .model import Block, Outline, PlanContext

ScopeKind = Literal["target", "open", "closed"]
_PLANS = ("ke_hoach", "chuong_trinh", "huong_dan", "de_an", "chi_thi", "nghi_quyet", "quyet_dinh")
_RULES = ("luat", "nghi_dinh", "thong_tu", "bao_cao")
_FEW_WORDS = 14
_FEW_BLOCKS = 12
_LITTLE_TEXT = 2500


@dataclass(frozen=True, slots=True)
class Scope:
    """What a block's place says of its figures.

    `target`: the headings speak of targets; `open`: a clause must show by itself that it is one; `closed`: figures
    there are none. `statuses`: sentences without a number may be targets. `alone`: the text is short and has
    no headings; `long`: it is not short. `plan`: the document is one that sets targets. `work`: a heading above speaks
    of tasks. `purpose`: the heading speaks of purposes and demands.
    """

    kind: ScopeKind
    statuses: bool = False
    alone: bool = False
    long: bool = False
    plan: bool = False
    work: bool = False
    purpose: bool = False
    group: str | None = None
    period: str | None = None


def matches(name: str, text: str) -> re.Match[str] | None:
    """The first match of the pattern `name` of the targets in `text`."""
    return pattern("targets", name).search(text)


@cache
def _without_marks(name: str) -> re.Pattern[str]:
    regex = pattern("targets", name)
    source = "".join(sign if sign.isascii() else fold_signs(sign) for sign in regex.pattern)
    return re.compile(source, regex.flags)


def loosely(name: str, text: str) -> re.Match[str] | None:
    """Like `matches`, but marks that were restored wrongly do no harm. Offsets hold; groups may lack marks."""
    return matches(name, text) or _without_marks(name).search(fold_signs(text))


def is_generic(title: str) -> bool:
    """Whether a heading names no field (`Mục tiêu cụ thể`)."""
    return loosely("generic_heading", title) is not None


def _short(title: str) -> bool:
    return len(title.split()) <= _FEW_WORDS


def _kind(headings: Sequence[str], year: int | None, rules: bool) -> tuple[ScopeKind, bool]:
    """The kind of scope below these headings (root first), and whether statuses count there."""
    target: tuple[ScopeKind, bool] | None = None
    decided = False
    for title in reversed(headings):
        stated = stated_year(title)
        past = year is not None and stated is not None and stated < year
        if _short(title) and (loosely("result_heading", title) or (past and loosely("target_heading", title))):
            return "closed", False
        if (
            target is None
            and _short(title)
            and loosely("award_heading", title)
            and not loosely("target_heading", title)
        ):
            return "closed", False
        if decided:
            continue
        if rules and loosely("purpose_heading", title) and _short(title):
            return "closed", False
        if loosely("general_heading", title) and _short(title):
            decided = True
        elif loosely("target_heading", title):
            target, decided = ("target", loosely("status_heading", title) is not None), True
        elif loosely("work_heading", title) and _short(title):
            decided = True
    if target is not None:
        return target
    return ("closed" if rules else "open"), False


def _is_purpose(headings: Sequence[str]) -> bool:
    """Whether the last heading that says something speaks of why and how, not of how much."""
    for title in reversed(headings):
        if loosely("target_heading", title) or loosely("work_heading", title):
            return False
        if loosely("purpose_heading", title) and _short(title):
            return True
    return False


def _group(headings: Sequence[str]) -> str | None:
    for title in reversed(headings):
        if not is_generic(title):
            return None if len(title.split()) > 2 * _FEW_WORDS else plain(title).strip(" :.;,")
    return None


class Scopes:
    """Scopes of the blocks of one outline."""

    def __init__(self, outline: Outline, context: PlanContext) -> None:
        self._context = context
        sectioned = any(block.section or block.headings for block in outline.blocks)
        size = sum(len(block.passage.text) for block in outline.blocks)
        self._long = len(outline.blocks) > _FEW_BLOCKS or size > _LITTLE_TEXT
        self._alone = not sectioned and len(outline.blocks) <= _FEW_BLOCKS
        titles = [title for block in outline.blocks for title in block.headings if title]
        self._rules = any(block.label and matches("article", block.label) for block in outline.blocks)
        headed = any(_short(t) and loosely("target_heading", t) for t in dict.fromkeys(titles))
        self._plan = context.document_type in _PLANS or (headed and not self._rules)
        title = outline.title.text if outline.title else context.title or ""
        stated = stated_year(title)
        self._title_period = str(stated) if stated is not None else None
        self._known: dict[tuple[str, ...], Scope] = {}

    def of(self, block: Block) -> Scope:
        """The scope of `block`."""
        headings = tuple(title for title in block.headings if title)
        if headings not in self._known:
            self._known[headings] = self._read(headings)
        return self._known[headings]

    def _read(self, headings: tuple[str, ...]) -> Scope:
        kind, statuses = _kind(headings, self._context.year, self._context.document_type in _RULES)
        years = (stated_year(title) for title in reversed(headings))
        year = next((y for y in years if y is not None), None)
        return Scope(
            kind=kind,
            statuses=statuses,
            alone=self._alone,
            long=self._long,
            plan=self._plan,
            work=not self._rules and any(_short(title) and loosely("work_heading", title) for title in headings),
            purpose=_is_purpose(headings),
            group=_group(headings),
            period=self._title_period if year is None else str(year),
        )
