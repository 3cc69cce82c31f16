"""Model building, step 5: the channel's probabilities, by expectation maximisation over true and read words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np

from .channel import IMPOSSIBLE, base
from .expectation import Op, expect, ways

Array = np.ndarray[Any, Any]
ROUNDS = 6
MADE_UP = 2e-3
LEAST = 0.3  # expected count under which a reading is forgotten
# What rendered pages hardly show and worn scans do all the time: the bar of `Đ` closes its bowl.
PRIORS = {
    ("Đ", "D"): 0.6,
    ("Đ", "P"): 0.2,
    ("Đ", "B"): 0.1,
    ("đ", "d"): 0.9,
    ("Q", "Q"): 0.8,
    ("Q", "O"): 0.1,
    ("c", "¢"): 0.01,
}
PRIOR_WEIGHT = 1.0
# Letters whose capital differs in size only are taken for it more often on worn pages than on rendered ones.
SAME_SHAPE, CAPITAL_FOR_SMALL = "ckopsuvwxzm", 0.012
_ALPHABET = "aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệfghiíìỉĩịjklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvwxyýỳỷỹỵz"
LETTERS = "\0" + _ALPHABET + _ALPHABET.upper()


def _start(true: str, read: str) -> float:
    """A first guess of a reading's probability."""
    if not true:
        return MADE_UP / 100
    if not read:
        return 0.002
    if len(true) == 2:
        return 1e-4
    same = base(true) == base(read[0])
    if len(read) == 1:
        return 0.6 if same else (0.2 if base(true).lower() == base(read).lower() else 2e-3)
    return 1e-3 if same else 1e-4 if len(read) == 2 else 1e-5


def normalised(counts: dict[Op, float], occurrences: Counter[str]) -> dict[Op, float]:
    """Probabilities from expected counts; letters seldom seen lean on all letters with their base."""
    totals: defaultdict[str, float] = defaultdict(float)
    pooled: defaultdict[tuple[str, str], float] = defaultdict(float)
    pooled_total: defaultdict[str, float] = defaultdict(float)
    for (true, read), n in counts.items():
        if len(true) == 1:
            totals[true] += n
            pooled[base(true), read] += n
            pooled_total[base(true)] += n
    result: dict[Op, float] = {}
    made_up = sum(n for (true, _), n in counts.items() if not true) or 1.0
    for (true, read), n in counts.items():
        if not true:
            result[true, read] = MADE_UP * n / made_up
        elif len(true) == 2:
            result[true, read] = n / max(occurrences[true], 20)
    for letter in LETTERS[1:]:
        own = base(letter)
        lean = 4.0
        for (pool, read), n in pooled.items():
            if pool == own:
                value = counts.get((letter, read), 0.0) + lean * n / pooled_total[own]
                value += 0.02 * totals[letter] * (read == own)
                result[letter, read] = value / (totals[letter] * 1.02 + lean)
        if own not in pooled_total:
            result[letter, own] = 0.9
        if own in SAME_SHAPE:
            result[letter, own.upper()] = result.get((letter, own.upper()), 0.0) + CAPITAL_FOR_SMALL
    for (true, read), share in PRIORS.items():
        result[true, read] = (result.get((true, read), 0.0) + PRIOR_WEIGHT * share) / (1 + PRIOR_WEIGHT)
    return result


def learn(
    pairs: Counter[tuple[str, str]],
    guess: Callable[[str, str], float] = _start,
    estimate: Callable[[dict[Op, float], Counter[str]], dict[Op, float]] = normalised,
) -> dict[Op, float]:
    """The probability of each reading, from pairs of (true, read) words and their counts.

    `guess` gives the first probabilities, `estimate` those of each round from expected counts and the occurrences of
    pairs of true letters.
    """
    occurrences: Counter[str] = Counter()
    start: dict[Op, float] = {}
    for (true, read), n in pairs.items():
        for k in range(len(true) - 1):
            occurrences[true[k : k + 2]] += n
        for *_, op in ways(true, read):
            if op not in start:
                start[op] = guess(*op)
    weight = start
    for _ in range(ROUNDS):
        counts: defaultdict[Op, float] = defaultdict(float)
        known = defaultdict(float, weight)
        for (true, read), n in pairs.items():
            expect(true, read, known, n, counts)
        weight = estimate({op: n for op, n in counts.items() if n > LEAST or len(op[1]) == 0}, occurrences)
    return weight


def arrays(weight: dict[Op, float]) -> dict[str, Array]:
    """The arrays of the channel's file: letters, segments, and triples (letters, segment, logarithm)."""
    segments = ["\0", "", *sorted({read for _, read in weight if read})]
    trues = ["", *LETTERS[1:], *sorted({true for true, _ in weight if len(true) == 2})]
    number = {s: n for n, s in enumerate(segments)}
    place = {t: n for n, t in enumerate(trues)}
    kept = [(place[t], number[r], np.log(p)) for (t, r), p in sorted(weight.items()) if t in place and p > 1e-6]
    return {
        "segments": np.array(segments),
        "trues": np.array(trues),
        "true_of": np.array([k[0] for k in kept], np.uint16),
        "segment_of": np.array([k[1] for k in kept], np.uint16),
        "score": np.array([k[2] for k in kept], np.float16),
        "impossible": np.array([IMPOSSIBLE], np.float16),
    }
