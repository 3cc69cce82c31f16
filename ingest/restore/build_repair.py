"""Model building, step 7: the channel of the Vietnamese OCR model's errors. It reads nearly all letters right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .build_align import Pair, aligned
from .build_channel import LETTERS, learn
from .channel import base
from .expectation import Op
from .tokens import core_of

PRIOR = 8.0  # imagined readings of each letter
RIGHT = 0.95  # of them right; the rest are letters with other marks
MADE_UP = 2e-4
SMALL = [letter for letter in LETTERS[1:] if letter == letter.lower()]


def _guess(true: str, read: str) -> float:
    if not true or len(true) == 2:
        return 1e-6
    if not read:
        return 1e-5
    if true == read:
        return 0.95
    if len(read) > 1:
        return 1e-6
    return 5e-3 if base(true) == base(read) else 1e-4


def _estimate(counts: dict[Op, float], occurrences: Counter[str]) -> dict[Op, float]:
    """Probabilities from expected counts; a letter's marked kin are possible even where they were never seen."""
    totals: Counter[str] = Counter()
    made_up = 0.0
    for (true, _), n in counts.items():
        if len(true) == 1:
            totals[true] += n  # type: ignore[assignment]
        elif not true:
            made_up += n
    result: dict[Op, float] = {}
    for (true, read), n in counts.items():
        if not true:
            result[true, read] = MADE_UP * n / made_up
        elif len(true) == 2:
            result[true, read] = n / max(occurrences[true], 50)
        elif read and true in SMALL:
            result[true, read] = n / (totals[true] + PRIOR)
    for letter in SMALL:
        kin = [other for other in SMALL if base(other) == base(letter)]
        for other in kin:
            share = RIGHT if other == letter else (1 - RIGHT) * 0.6 / len(kin)
            result[letter, other] = result.get((letter, other), 0.0) + PRIOR * share / (totals[letter] + PRIOR)
        result[letter, ""] = (counts.get((letter, ""), 0.0) + 0.01) / (totals[letter] + PRIOR)
    return result


def repair_pairs(pages: Iterable[tuple[str, str]]) -> Counter[Pair]:
    """How often a true word was read as which, lower case, over pages of (truth, read)."""
    found: Counter[Pair] = Counter()
    for truth, read in pages:
        for true, seen in aligned(truth, read):
            if " " in true or " " in seen:
                continue
            a, b = core_of(true).lower(), core_of(seen).lower()
            if a.isalpha() and b and len(b) <= len(a) + 2:
                found[a, b] += 1
    return found


def learn_repair(pairs: Counter[Pair]) -> dict[Op, float]:
    """The probability of each reading by the Vietnamese model."""
    return learn(pairs, _guess, _estimate)
