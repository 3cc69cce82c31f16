"""How probable each choice is: a choice against its alternatives, its neighbours taken as given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .ngrams import Ngrams
from .search import BREAK, Lattice, Rescore, Step

Array = np.ndarray[Any, Any]
ALTERNATIVES = 3


@dataclass(frozen=True, slots=True)
class Posteriors:
    """Probabilities of all candidates of the words of some sentences, word after word.

    Word `k` has the entries from `bounds[k]` to `bounds[k + 1]`; `chosen[k]` is the entry of what was chosen.
    `language` is what the language model says of each entry beside its neighbours, a logarithm.
    """

    places: Array
    shares: Array
    language: Array
    bounds: Array
    chosen: Array

    @property
    def sure(self) -> Array:
        """The probability of what was chosen of each word."""
        return self.shares[self.chosen]

    @property
    def best(self) -> Array:
        """The place of what was chosen of each word."""
        return self.places[self.chosen]

    def settled(self) -> Posteriors:
        """The same, each word being the most probable of its candidates."""
        if not len(self.chosen):
            return self
        top = np.maximum.reduceat(self.shares, self.bounds[:-1])
        word = np.repeat(np.arange(len(top)), np.diff(self.bounds))
        is_top = np.flatnonzero(self.shares == top[word])
        return replace(self, chosen=is_top[np.unique(word[is_top], return_index=True)[1]])

    def likeliest(self, word: int, count: int) -> list[int]:
        """The places of a word's most probable candidates."""
        part = slice(self.bounds[word], self.bounds[word + 1])
        order = np.argsort(-self.shares[part], kind="stable")[:count]
        likely: list[int] = self.places[part][order].tolist()
        return likely

    def places_of(self, word: int) -> list[int]:
        """The places of a word's candidates."""
        places: list[int] = self.places[self.bounds[word] : self.bounds[word + 1]].tolist()
        return places

    def share(self, word: int, place: int) -> float:
        """The probability of one candidate of a word."""
        part = slice(self.bounds[word], self.bounds[word + 1])
        return float(self.shares[part][self.places[part] == place].sum())


class Contexts:
    """Chosen sentences, and what the language model says of all candidates of each word beside its chosen neighbours.

    Asked once; the channel's scores and the document's own evidence may change afterwards.
    """

    def __init__(self, sentences: Sequence[Sequence[Step]], lattice: Lattice, ngrams: Ngrams) -> None:
        steps = [step for sentence in sentences for step in sentence]
        reads = np.array([step.read for step in steps], np.int64)
        chosen = [np.array([step.place for step in sentence], np.int64) for sentence in sentences]
        context = _context(chosen, lattice) if steps else (reads,) * 4
        counts = lattice.offsets[reads + 1] - lattice.offsets[reads]
        self._bounds = bounds = np.concatenate([[0], np.cumsum(counts)])
        self._word = np.repeat(np.arange(len(reads)), counts)
        self._place = place = lattice.offsets[reads][self._word] + np.arange(len(self._word)) - bounds[self._word]
        chosen_place = np.array([step.place for step in steps], np.int64)
        self._chosen = np.flatnonzero(place == chosen_place[self._word])
        u, v, x, y = (c[self._word] for c in context)
        first, last, second = lattice.first[place], lattice.last[place], lattice.second[place]
        before = np.where(lattice.before_last[place] >= 0, lattice.before_last[place], v)
        everywhere, longer, more = np.arange(len(place)), np.flatnonzero(second >= 0), np.flatnonzero(x != BREAK)
        asked = [
            (everywhere, u, v, first),
            (longer, v, first, second),
            (everywhere, before, last, x),
            (more, last, x, y),
        ]
        self._parts = [(at, b[at], c[at], ngrams.score(a[at], b[at], c[at])) for at, a, b, c in asked]
        self._language = np.zeros(len(place), np.float32)
        for at, _, _, language in self._parts:
            self._language[at] += language

    def posteriors(self, lattice: Lattice, rescore: Rescore | None = None) -> Posteriors:
        """How probable the candidates of each word are, the words around it being as chosen."""
        bounds, word, place = self._bounds, self._word, self._place
        if not len(word):
            nothing = np.zeros(0, np.int64)
            return Posteriors(nothing, nothing, nothing, np.zeros(1, np.int64), nothing)
        score = lattice.score[place]
        for at, b, c, language in self._parts:
            score[at] += language if rescore is None else rescore(b, c, language)
        top = np.maximum.reduceat(score, bounds[:-1])
        p = np.exp(score - top[word])
        shares = p / np.add.reduceat(p, bounds[:-1])[word]
        return Posteriors(place, shares, self._language, bounds, self._chosen)


def _context(chosen: list[Array], lattice: Lattice) -> tuple[Array, Array, Array, Array]:
    """The two chosen syllables before each word and the two after it."""
    parts: list[list[Array]] = [[], [], [], []]
    for places in chosen:
        first, last = lattice.first[places], lattice.last[places]
        before_last = lattice.before_last[places]
        then = np.where(lattice.second[places] >= 0, lattice.second[places], np.append(first[1:], BREAK))
        v = np.concatenate([[BREAK], last[:-1]])
        u = np.where(np.concatenate([[-1], before_last[:-1]]) >= 0, np.concatenate([[BREAK], before_last[:-1]]), 0)
        u = np.where(
            np.concatenate([[-1], before_last[:-1]]) >= 0, u, np.concatenate([[BREAK, BREAK], last[:-2]])[: len(v)]
        )
        x = np.append(first[1:], BREAK)
        y = np.append(then[1:], BREAK)
        for part, values in zip(parts, (u, v, x, y), strict=True):
            part.append(values)
    u, v, x, y = (np.concatenate(p) for p in parts)
    return u, v, x, y
