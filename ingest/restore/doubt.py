"""How sure a restored word is: the share of right words among those of held-out pages that looked like it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from .confidence import Posteriors
from .lattice import Candidate, kept_unknown
from .search import Lattice
from .tokens import Piece

Array = np.ndarray[Any, Any]
TRAITS = (
    "always",
    "probability",  # of the choice against its alternatives, as log odds
    "channel",  # log P of what was read, for each sign of it
    "language",  # log P of the word beside its neighbours
    "usual",  # log P of the word anywhere
    "several",  # the word was read as several, or several as one
    "unchanged",
    "capital_within",  # a capital where no sentence begins: a name, mostly
    "capitals",  # its line is in capitals
    "unknown",  # no list knows it
)
_EDGE = 1e-4  # a probability is never nearer to 0 or 1 than this


class Word(NamedTuple):
    """A word of the answer: where it was read, the candidate chosen, and how that is written."""

    piece: Piece
    candidate: Candidate
    text: str


def traits(words: Sequence[Word], known: Posteriors, lattice: Lattice, usual: Array) -> Array:
    """A row of TRAITS for each word; `usual` is log P of the vocabulary."""
    place = known.best
    size = np.array([len(word.piece.text) for word in words], np.float64)
    probability = np.clip(known.sure, _EDGE, 1 - _EDGE)
    seen = np.array([_seen(word) for word in words], np.float64).reshape(len(words), 4)
    columns = (
        np.ones(len(words)),
        np.log(probability / (1 - probability)),
        np.clip(lattice.score[place] / np.maximum(size, 1), -8, 2),
        np.clip(known.language[known.chosen], -60, 0) / 10,
        np.clip(usual[lattice.first[place]], -20, 0) / 5,
        lattice.before_last[place] >= 0,
    )
    return np.column_stack([*columns, seen])


def _seen(word: Word) -> tuple[bool, bool, bool, bool]:
    read = word.piece.text
    within = read[:1].isupper() and not word.piece.begins and not word.piece.capital
    return word.text == read, within, word.piece.capital, kept_unknown(word.candidate)


def confidence(traits_of_words: Array, weights: Array) -> Array:
    """The share of right words, 0 to 1, among those with such traits."""
    return np.asarray(1 / (1 + np.exp(-(traits_of_words @ weights))))
