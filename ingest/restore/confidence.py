"""How probable each choice is: a choice against its alternatives, its neighbours taken as given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .ngrams import Ngrams
from .search import BREAK, Found, Lattice, Rescore
from .slots import bounds_of

Array = np.ndarray[Any, Any]
ALTERNATIVES = 3


@dataclass(frozen=True, slots=True)
class Posteriors:
    """Probabilities of the likely candidates of the words of some sentences, word after word.

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
    """What was found, and what the language model says of each word's candidates beside its chosen neighbours.

    Asked once; the channel's scores and the document's own evidence may change afterwards.
    """

    def __init__(self, found: Found, lattice: Lattice, ngrams: Ngrams) -> None:
        chosen = np.array([step.place for sentence in found.steps for step in sentence], np.int64)
        self._bounds = bounds_of(found.counts)
        self._word = word = np.repeat(np.arange(len(chosen)), found.counts)
        self._place = place = found.places
        self._chosen = np.flatnonzero(place == chosen[word])
        around = _context(chosen, np.cumsum([0, *map(len, found.steps)]), lattice)
        self._parts = _weighed(place, word, around, lattice, ngrams)
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


def _weighed(
    place: Array, word: Array, context: tuple[Array, ...], lattice: Lattice, ngrams: Ngrams
) -> list[tuple[Array, Array, Array, Array]]:
    """What the language model says of candidates at `place` of each `word`, the words around it given.

    For the first syllable, the second, and the two that follow: for which candidates, of what bigrams, and log P.
    """
    u, v, x, y = context
    ahead = ngrams.backoffs(ngrams.bigram(u, v))[word]
    far = ngrams.after_one(x, y, ngrams.bigram(x, y))[word]
    v, x, y = v[word], x[word], y[word]
    first, last, second = lattice.first[place], lattice.last[place], lattice.second[place]
    here, there = ngrams.bigram(v, first), ngrams.bigram(last, x)
    before, within = v.copy(), here.copy()
    several, more = np.flatnonzero(second >= 0), np.flatnonzero(x != BREAK)
    before[several] = lattice.before_last[place[several]]
    within[several] = ngrams.bigram(before[several], last[several])
    entries = np.arange(len(place))
    return [
        (entries, v, first, ngrams.after_two(u[word], v, first, ahead, ngrams.after_one(v, first, here))),
        (several, first[several], second[several], ngrams.score(v[several], first[several], second[several])),
        (
            entries,
            last,
            x,
            ngrams.after_two(before, last, x, ngrams.backoffs(within), ngrams.after_one(last, x, there)),
        ),
        (
            more,
            x[more],
            y[more],
            ngrams.after_two(last[more], x[more], y[more], ngrams.backoffs(there[more]), far[more]),
        ),
    ]


def _context(chosen: Array, bounds: Array, lattice: Lattice) -> tuple[Array, Array, Array, Array]:
    """The two chosen syllables before each word and the two after it; sentences are from bounds to bounds."""
    first, last, second = lattice.first[chosen], lattice.last[chosen], lattice.second[chosen]
    opens, ends = np.zeros(len(chosen), bool), np.zeros(len(chosen), bool)
    opens[bounds[:-1]] = ends[bounds[1:] - 1] = True
    v = np.where(opens, BREAK, np.roll(last, 1))
    within = np.roll(lattice.before_last[chosen], 1)
    u = np.where(opens, BREAK, np.where(within >= 0, within, np.roll(v, 1)))
    x = np.where(ends, BREAK, np.roll(first, -1))
    y = np.where(ends, BREAK, np.roll(np.where(second >= 0, second, x), -1))
    return u, v, x, y
