"""Model building, step 8: how sure a word is, by what is seen of it, learned from pages that no other step has seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein

from .doubt import TRAITS
from .engine import Restorer
from .tokens import Kind, pieces

Array = np.ndarray[Any, Any]
_SYLLABLE = re.compile(r"[^\W_]+")
ROUNDS = 40
CAUTION = 0.01  # how much each weight is drawn to nothing
MOST_WRONG = 0.2  # of a page's syllables; of worse pages nobody can tell which word is which


def learn_doubt(pages: Sequence[tuple[str, str]], restorer: Restorer) -> Array:
    """The weights of TRAITS with which the words of the pages, (truth, reading) pairs, are right as often as told."""
    rows, right = [np.zeros((0, len(TRAITS)))], [np.zeros(0)]
    for truth, reading in pages:
        traits, is_right = _judged(_SYLLABLE.findall(truth), reading.split("\n"), restorer)
        rows.append(traits)
        right.append(is_right)
    return _fitted(np.concatenate(rows), np.concatenate(right))


def _judged(truth: Sequence[str], lines: Sequence[str], restorer: Restorer) -> tuple[Array, Array]:
    """Traits of the words of a page, and 1 for each word that is right, 0 for others."""
    answer = restorer.answer(pieces(lines), True)
    spoken = [_SYLLABLE.findall(word.text) for word in answer.words]
    ends = list(accumulate(map(len, spoken)))
    said = [syllable for syllables in spoken for syllable in syllables]
    changes = [op for op in Levenshtein.opcodes(said, truth) if op.tag != "equal"]
    wrong = {k for op in changes for k in range(op.src_start, op.src_end)}
    if len(wrong) > MOST_WRONG * len(said):
        return np.zeros((0, len(TRAITS))), np.zeros(0)
    is_right = np.array(
        [not wrong & set(range(end - len(parts), end)) for parts, end in zip(spoken, ends, strict=True)]
    )
    words = np.array([word.piece.kind is Kind.WORD for word in answer.words])
    return answer.traits[words], is_right[words].astype(np.float64)


def _fitted(rows: Array, right: Array) -> Array:
    """Logistic regression by Newton's method."""
    weights = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (right - chance) - CAUTION * weights
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + CAUTION * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return weights
