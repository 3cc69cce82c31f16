"""Model building, step 3: from counts to a pruned trigram model with Kneser-Ney smoothing."""

from __future__ import annotations

from typing import Any

import numpy as np

from .build_counts import Counts
from .model import BREAK
from .ngrams import pack, quantised, quantised_backoff

Array = np.ndarray[Any, Any]
DISCOUNT = 0.75
FLOOR = 1e-7


def _sums(groups: Array, values: Array, size: int) -> Array:
    return np.bincount(groups, weights=values, minlength=size)


def _discounted(counts: Array) -> Array:
    """What is left of each count; counts under one (of light sources) lose the same share."""
    return np.where(counts >= 1, counts - DISCOUNT, counts * (1 - DISCOUNT))


def _lookup(keys: Array, values: Array, wanted: Array, missing: float) -> Array:
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], missing)


def smoothed(counts: Counts) -> tuple[Array, Array, Array]:
    """Interpolated Kneser-Ney probabilities of ones, twos and threes (in the order of the counts)."""
    size = len(counts.words)
    two_keys, two_counts = counts.twos
    three_keys, three_counts = counts.threes
    first, second = np.divmod(two_keys, size)
    # Lower orders count in how many different contexts a word was seen; after a sentence break, how often.
    followers = _lookup(*np.unique(three_keys % (size * size), return_counts=True), two_keys, 0.0)
    two_kn = np.where(first == BREAK, two_counts, np.maximum(followers, 0.2))
    one_kn = np.bincount(second, minlength=size).astype(float)
    p_one = (one_kn + 0.5) / (one_kn + 0.5).sum()
    total = _sums(first, two_kn, size)
    kept = _discounted(two_kn)
    spare = 1 - _sums(first, kept, size) / np.maximum(total, 1e-9)
    p_two = kept / total[first] + spare[first] * p_one[second]
    context = three_keys // size
    contexts, group = np.unique(context, return_inverse=True)
    total3 = _sums(group, three_counts, len(contexts))
    kept3 = _discounted(three_counts)
    spare3 = 1 - _sums(group, kept3, len(contexts)) / total3
    lower = _lookup(two_keys, p_two, three_keys % (size * size), FLOOR)
    return p_one, p_two, kept3 / total3[group] + spare3[group] * lower


def _backoffs(context: Array, p: Array, lower: Array, wanted: Array) -> Array:
    """log of the back-off weight of each wanted context, from the n-grams kept after it."""
    contexts, group = np.unique(context, return_inverse=True)
    high = 1 - np.minimum(_sums(group, p, len(contexts)), 0.999)
    low = 1 - np.minimum(_sums(group, lower, len(contexts)), 0.999)
    return _lookup(contexts, np.log(high / low), wanted, 0.0)


def build_ngrams(counts: Counts, twos: int, threes: int) -> dict[str, Array]:
    """The arrays of the model file with the `twos` bigrams and `threes` trigrams that tell most."""
    size = len(counts.words)
    p_one, p_two, p_three = smoothed(counts)
    two_keys, two_counts = counts.twos
    three_keys, three_counts = counts.threes
    lower = _lookup(two_keys, p_two, three_keys % (size * size), FLOOR)
    gain = three_counts * np.log(p_three / lower)
    keep = np.sort(np.argsort(-np.abs(gain), kind="stable")[:threes])
    three_keys, p_three, lower3 = three_keys[keep], p_three[keep], lower[keep]
    gain2 = two_counts * np.abs(np.log(p_two / p_one[two_keys % size]))
    needed = np.isin(two_keys, three_keys // size, assume_unique=False)
    order = np.argsort(-(gain2 + needed * 1e12 * (gain2 > 0)), kind="stable")
    keep2 = np.sort(order[:twos])
    two_keys, p_two = two_keys[keep2], p_two[keep2]
    context_backoff = _backoffs(three_keys // size, p_three, lower3, two_keys)
    one_backoff = _backoffs(two_keys // size, p_two, p_one[two_keys % size], np.arange(size))
    two_print, two_length, order2 = pack(two_keys)
    three_print, three_length, order3 = pack(three_keys)
    return {
        "one": quantised(np.log(p_one)),
        "one_backoff": quantised_backoff(one_backoff),
        "two_print": two_print,
        "two_length": two_length,
        "two_score": quantised(np.log(p_two))[order2],
        "two_backoff": quantised_backoff(context_backoff)[order2],
        "three_print": three_print,
        "three_length": three_length,
        "three_score": quantised(np.log(p_three))[order3],
    }
