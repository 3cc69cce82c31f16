"""Cells that stand side by side without ruling lines (letterhead, signature) into reading order."""

from __future__ import annotations

from collections.abc import Sequence

from ...dictionaries import pattern


def letterhead_order(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """Lines of a left and a right cell: left, then right; a document's number and its date come last."""
    number = next((at for at, text in enumerate(left) if pattern("page_layout", "number_line").search(text)), None)
    if number is None:
        return [*left, *right]
    date = next((at for at, text in enumerate(right) if pattern("page_layout", "place_date").search(text)), len(right))
    return [*left[:number], *right[:date], *left[number:], *right[date:]]
