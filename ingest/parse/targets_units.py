"""Mends a unit that was read wrongly, where the indicator tells what it is measured in."""

from __future__ import annotations

from functools import cache

from rapidfuzz.distance import Levenshtein

from ...dictionaries import entries, index
from ..text.normalize import fold
from ..text.quantities import Quantity, Unit, read_unit

_SHORTEST = 3


def is_share(quantity: Quantity) -> bool:
    """Whether a figure is a percentage."""
    return quantity.unit is not None and quantity.unit.kind == "percent"


@cache
def _spellings(form: str) -> tuple[str, ...]:
    """How a unit may be spelt, without marks."""
    entry = index("units").get(form.lower())
    return tuple(fold(spelling) for spelling in entry.spellings) if entry else (fold(form),)


def _measured_in(name: str) -> tuple[str, ...]:
    """The units of the indicator that a name begins with; empty when no dictionary says."""
    lower = name.lower()
    for entry in entries("dimensions"):
        if any(lower.startswith(f"{spelling} ") or lower == spelling for spelling in entry.spellings):
            return tuple(entry.fields["units"])
    return ()


def fitting_unit(name: str, unit: Unit | None) -> tuple[Unit | None, bool]:
    """The unit, mended where it cannot be the indicator's and one letter makes it so; and whether it was mended."""
    if unit is None or unit.kind != "count":
        return unit, False
    first, *rest = unit.name.split("/")
    key = fold(first)
    units = _measured_in(name)
    if not units or first in units or len(key) < _SHORTEST:
        return unit, False
    near = [form for form in units if any(Levenshtein.distance(key, known) == 1 for known in _spellings(form))]
    if len(near) != 1:
        return unit, False
    return read_unit("/".join([near[0], *rest])), True
