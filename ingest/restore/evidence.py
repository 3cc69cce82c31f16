"""What the document itself has shown: words and pairs restored with confidence help their other occurrences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from .search import BREAK, Lattice, Step

Array = np.ndarray[Any, Any]
SHARE = 0.12  # weight of the document's own counts beside the model's
PAIR_SHARE = 0.75  # of that, weight of the pairs
# Words that the document has often, and far more often than usual (`phường` in a ward's plan), are favoured everywhere:
# by this power of the ratio of the two frequencies, the usual one being worth so many words of the document.
FAVOUR, PATIENCE = 0.6, 1000.0
OFTEN, UNUSUAL = 8, 4.0
CERTAIN = 0.9


class Evidence:
    """Counts of a document's certain words, as a probability to mix into the model's."""

    def __init__(
        self, words: Array, certain: Array, usual: Array, known: Mapping[int, float] = MappingProxyType({})
    ) -> None:
        """`words` of the whole document in order, and whether each is certain; `usual` log P of the vocabulary.

        `known`: words that the document is known to write of, and how much each is favoured.
        """
        self._size = size = len(usual)
        seen = words[certain]
        # Once is no evidence: the one occurrence is the word in question itself.
        self._ones = np.maximum(np.bincount(seen, minlength=size) - 1, 0).astype(np.float32)
        self._total = max(float(self._ones.sum()), 1.0)
        expected = PATIENCE * np.exp(usual)
        ratio = (self._ones + expected) / ((self._total + PATIENCE) * np.exp(usual))
        often = (self._ones >= OFTEN) & (ratio >= UNUSUAL)
        self._favour = np.where(often, np.clip(FAVOUR * np.log(ratio), 0, 2), 0).astype(np.float32)
        for word, favour in known.items():
            self._favour[word] = max(self._favour[word], favour)
        both = certain[:-1] & certain[1:]
        keys, counts = np.unique(words[:-1][both] * size + words[1:][both], return_counts=True)
        kept = counts > 1
        self._keys = np.append(keys[kept], np.iinfo(np.int64).max)
        self._pairs = np.append(counts[kept] - 1, 0).astype(np.float32)

    @classmethod
    def of(
        cls, chosen: Sequence[Sequence[Step]], sure: Array, lattice: Lattice, usual: Array, known: Mapping[int, float]
    ) -> Evidence:
        """What a first search has shown; `sure` is the probability of each of its words, `known` see above."""
        places = np.array([step.place for sentence in chosen for step in sentence], np.int64)
        begins = np.cumsum([0, *map(len, chosen)])[:-1]
        words = np.insert(lattice.last[places], begins, BREAK)
        return cls(words, np.insert(sure > CERTAIN, begins, True), usual, known)

    def rescore(self, v: Array, w: Array, score: Array) -> Array:
        """log P(w | v …) of the model mixed with the document's own."""
        wanted = v * self._size + w
        place = np.searchsorted(self._keys, wanted)
        pairs = np.where(self._keys[place] == wanted, self._pairs[place], np.float32(0))
        own = PAIR_SHARE * pairs / (self._ones[v] + 1) + (1 - PAIR_SHARE) * self._ones[w] / self._total
        return np.log((1 - SHARE) * np.exp(score) + SHARE * own + np.float32(1e-12)) + self._favour[w]
