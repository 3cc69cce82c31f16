"""Text that is no plan: what laws, letters and news tell of terms and rewards binds nobody whom the text addresses."""

from __future__ import annotations

from functools import lru_cache

from ...dictionaries import pattern
from .model import PlanContext

_OF_TERMS = ("provision", "of_state", "news", "in_person")
_LONG = 40
_OF_REWARDS = ("provision", "news", "in_person", "state_award")


@lru_cache(maxsize=64)
def _found(names: tuple[str, ...], text: str) -> bool:
    if pattern("elsewhere", "own").search(text):
        return False
    if any(pattern("elsewhere", name).search(text) for name in names):
        return True
    return len(text.split()) > _LONG and pattern("elsewhere", "telling").search(text) is not None


def is_plan(context: PlanContext) -> bool:
    """True where title, year or type tell that the document is a plan."""
    return context.year is not None or context.title is not None or context.document_type != "other"


def terms_of_others(text: str, context: PlanContext) -> bool:
    """True for a paragraph whose terms bind others: only where nothing tells that the document is a plan."""
    return not is_plan(context) and _found(_OF_TERMS, text)


def rewards_of_others(text: str, context: PlanContext) -> bool:
    """True for a paragraph that tells of rewards that others give, or that the law knows."""
    return not is_plan(context) and _found(_OF_REWARDS, text)
