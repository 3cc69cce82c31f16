"""Warnings on targets whose printed figure can be read in two ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...dictionaries import pattern
from ...schemas import Notice, Target


def target_notices(targets: Sequence[Target]) -> Iterator[Notice]:
    """A warning for each figure with a lone comma before three digits: a decimal, or thousands in the English way."""
    for target in targets:
        if target.value is not None and pattern("quantities", "doubtful_comma").search(target.value_text or ""):
            yield Notice(
                code="value_ambiguous",
                message=f"{target.value_text!r} is read as {target.value}: its comma may part thousands or decimals",
                provenance=target.provenance,
            )
