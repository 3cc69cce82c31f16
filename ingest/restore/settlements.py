"""The settlements that a plan counts (`9/12 ấp`, `13 buôn`): it writes of them everywhere, however seldom others do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from unidecode import unidecode

from ...dictionaries import entries, pattern
from .lexicon import key_of
from .tokens import Kind, Piece

COUNTED, WRITTEN = 2, 4  # how often a document counts what it is made of, and writes of it
MOST_DIGITS = 2
COUNTED_FAVOUR, PLAN_FAVOUR = 5.0, 1.5  # how much, as logarithms, such words are favoured, and those of all plans


@cache
def _by_key() -> dict[str, str]:
    return {unidecode(entry.form): entry.form for entry in entries("settlements")}


def settlements(found: Sequence[Piece]) -> list[str]:
    """The words for settlements that numbers stand before in a legacy document."""
    written: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for k, piece in enumerate(found):
        key = key_of(piece.text) if piece.kind is Kind.WORD else ""
        if key in _by_key():
            written[key] += 1
            counted[key] += _is_counted(found, k)
    return [form for key, form in _by_key().items() if counted[key] >= COUNTED and written[key] >= WRITTEN]


def favoured(found: Sequence[Piece]) -> dict[str, float]:
    """Words that a legacy document writes oftener than others do, and how much they are favoured."""
    usual = {entry.form: PLAN_FAVOUR for entry in entries("plan_words")}
    return usual | dict.fromkeys(settlements(found), COUNTED_FAVOUR)


def _is_counted(found: Sequence[Piece], k: int) -> int:
    """Whether a number stands before a word, that is no date; a part of a whole (`9/12`) is worth two."""
    parts = 0
    while parts < k and _is_count(found[k - parts - 1], found[k]):
        parts += 1
    before = found[k - parts - 1] if parts < k else None
    dated = before is not None and pattern("restoration", "dated").search(key_of(before.text)) is not None
    return 0 if dated else min(parts, 2)


def _is_count(piece: Piece, word: Piece) -> bool:
    return (
        piece.kind is Kind.NUMBER
        and piece.line == word.line
        and piece.text.isdigit()
        and len(piece.text) <= MOST_DIGITS
    )
