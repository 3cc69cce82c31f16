"""Warnings on targets whose printed figure can be read in two ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...dictionaries import pattern
from ...schemas import Notice, Target


def target_notices(targets: Sequence[Target]) -> Iterator[Notice]:
    """A warning for each figure with letters for digits, or with a lone comma before three of them."""
    for target in targets:
        printed = target.value_text or ""
        if target.value is not None and pattern("quantities", "misread").search(printed):
            yield Notice(
                code="value_ambiguous",
                message=f"{printed!r} is read as {target.value}: letters in it are taken for digits",
                provenance=target.provenance,
            )
        elif target.value is not None and pattern("quantities", "doubtful_comma").search(printed):
            yield Notice(
                code="value_ambiguous",
                message=f"{target.value_text!r} is read as {target.value}: its comma may part thousands or decimals",
                provenance=target.provenance,
            )
