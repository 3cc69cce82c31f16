"""Candidates: the syllables that a read string may stand for, with their channel scores.

A read is compared without marks with the vocabulary's keys (syllables without marks); the nearest keys are scored by
the channel, and the syllables of the best keys once more, with their marks and their case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from unidecode import unidecode

from .channel import IMPOSSIBLE, Channel, Reads

Array = np.ndarray[Any, Any]
Read = tuple[str, int]  # what was read, and where: one of the next three
RUNNING, CAPITALS, OPENING = range(3)  # within a sentence, in a line set in capitals, as a capitalised first word
KEYS_KEPT = 14
KEPT = 32
POOR_KEY = -12.0  # rank of the nearest key below which all keys are compared
MOST_SEARCHED = 60  # reads of a batch for which that is done
MARGIN = 9.0
OPENS = -2.0  # least log P that a word which opens a sentence has its capital: any has, but not every line is one
LOWER, TITLE, UPPER = range(3)
# Signs that look like a letter: how a read is keyed before it is compared with the keys.
_LOOKS = str.maketrans("1!|04568939¢€¥§&@©$£{}<>’'`°^~*?", "llloaSooSgceysaacsfccccc        ".replace("S", "s"))


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates of a read, best first: word numbers, channel scores (best case form), and the scores of each form."""

    words: Array
    score: Array
    forms: Array  # (candidates, 3)


@lru_cache(200_000)
def key_of(read: str) -> str:
    """A read without marks, lower case, signs as the letters that they look like."""
    return unidecode(read).lower().translate(_LOOKS).replace(" ", "")


def forms_to_try(read: str, where: int) -> tuple[int, ...]:
    """The cases in which a candidate is compared with the read."""
    if where == CAPITALS:
        return (UPPER,)
    letters = [c for c in read if c.isalpha()]
    if not any(c.isupper() for c in letters):
        return (LOWER,)
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return (LOWER, TITLE, UPPER) if len(letters) < 4 else (TITLE, UPPER)
    return (LOWER, TITLE, UPPER) if letters[0].islower() else (LOWER, TITLE)


class Lexicon:
    """The vocabulary with its keys, and the memory of reads seen before."""

    def __init__(
        self, words: Sequence[str], weight: Array, forms: Array, channel: Channel, known: Mapping[str, Sequence[int]]
    ) -> None:
        """`weight` and `forms`: log P of each word and of its three case forms; `known`: reads with their best keys."""
        self.words, self.weight, self.channel = tuple(words), weight, channel
        opening = forms.copy()
        opening[:, TITLE] = np.maximum(opening[:, TITLE], OPENS)
        self._form_weight = np.stack([forms, np.zeros_like(forms), opening]).astype(np.float32)  # by where it was read
        by_key: dict[str, list[int]] = {}
        for number, word in enumerate(words):
            if word.isalpha():
                by_key.setdefault(unidecode(word), []).append(number)
        self.keys = sorted(by_key)
        self._of_key = [np.array(by_key[key], np.int64) for key in self.keys]
        self.key_weight = np.array([np.logaddexp.reduce(weight[ids]) for ids in self._of_key], np.float32)
        self._key_channel = channel.without_marks()
        self._spelled_keys = tuple(
            self._key_channel.spell([form(k) for k in self.keys]) for form in (str.lower, str.title, str.upper)
        )
        self._spelled = tuple(channel.spell([form(w) for w in words]) for form in (str.lower, str.title, str.upper))
        self._known = known
        self._memory: dict[Read, Found] = {}

    def scored_by(self, channel: Channel, reads: Sequence[Read], found: Sequence[Found]) -> list[Array]:
        """The scores of candidates by another channel; the candidates stay the same."""
        prepared = channel.prepare([read for read, _ in reads])
        read_of = np.repeat(np.arange(len(reads)), [len(f.words) for f in found])
        word_of = np.concatenate([np.zeros(0, np.int64), *(f.words for f in found)])
        scores = self._form_scores(channel, reads, prepared, read_of, word_of)
        where = np.array([where for _, where in reads], np.int64)[read_of]
        scores += self._form_weight[where, word_of]
        bounds = np.searchsorted(read_of, np.arange(len(reads) + 1))
        best = scores.max(axis=1, initial=IMPOSSIBLE)
        return [best[bounds[r] : bounds[r + 1]] for r in range(len(reads))]

    def _form_scores(
        self, channel: Channel, reads: Sequence[Read], prepared: Reads, read_of: Array, word_of: Array
    ) -> Array:
        """Channel scores of (read, word) pairs in each case form that the read allows."""
        scores = np.full((len(read_of), 3), IMPOSSIBLE, np.float32)
        wanted = [forms_to_try(read, where) for read, where in reads]
        for form in (LOWER, TITLE, UPPER):
            use = np.array([form in w for w in wanted], bool)[read_of]
            if use.any():
                scores[use, form] = channel.score(prepared, self._spelled[form], read_of[use], word_of[use])
        return scores

    @property
    def remembered(self) -> int:
        """How many readings were looked up so far."""
        return len(self._memory)

    def find(self, reads: Sequence[Read]) -> list[Found]:
        """Candidates of each read."""
        new = [read for read in dict.fromkeys(reads) if read not in self._memory]
        for start in range(0, len(new), 512):
            self._learn(new[start : start + 512])
        return [self._memory[read] for read in reads]

    def _learn(self, reads: list[Read]) -> None:
        prepared = self.channel.prepare([read for read, _ in reads])
        keys = self._nearest_keys(reads, prepared)
        words = [self._of_key[k] for ks in keys for k in ks]
        sizes = np.array([sum(len(self._of_key[k]) for k in ks) for ks in keys], np.int64)
        read_of = np.repeat(np.arange(len(reads)), sizes)
        word_of = np.concatenate([np.zeros(0, np.int64), *words])
        scores = self._form_scores(self.channel, reads, prepared, read_of, word_of)
        self._memory.update(zip(reads, self._best(reads, read_of, word_of, scores), strict=True))

    def _best(self, reads: Sequence[Read], read_of: Array, words: Array, forms: Array) -> list[Found]:
        """The likeliest words of each read, best first."""
        where = np.array([where for _, where in reads], np.int64)[read_of]
        lower, title, upper = (forms + self._form_weight[where, words]).T
        score = np.maximum(np.maximum(lower, title), np.maximum(upper, IMPOSSIBLE))
        rank = score + 0.8 * self.weight[words]
        order = np.lexsort((-rank, read_of))
        first = np.searchsorted(read_of, read_of)  # that of each read, before and after ordering
        near = (np.arange(len(order)) - first < KEPT) & (rank[order] > rank[order[first]] - MARGIN)
        kept = order[near & (score[order] > -30)]
        words, score, forms = words[kept], score[kept], forms[kept]
        bounds = np.searchsorted(read_of[kept], np.arange(len(reads) + 1)).tolist()
        return [Found(words[a:b], score[a:b], forms[a:b]) for a, b in pairwise(bounds)]

    def _nearest_keys(self, reads: list[Read], prepared: Reads) -> list[list[int]]:
        result: list[list[int]] = [[] for _ in reads]
        unknown: list[int] = []
        for r, (read, _) in enumerate(reads):
            if read in self._known:
                result[r] = list(self._known[read])
            else:
                unknown.append(r)
        if not unknown:
            return result
        keys = [key_of(reads[r][0]) for r in unknown]
        near = process.cdist(keys, self.keys, scorer=Levenshtein.distance, score_cutoff=3, dtype=np.uint8)
        limit = np.array([1 if len(k) <= 1 else 2 if len(k) <= 6 else 3 for k in keys], np.uint8)
        row, column = np.nonzero(near <= limit[:, None])
        read_of = np.array(unknown, np.int64)[row]
        score = self.score_keys(reads, prepared, read_of, column)
        rank = score + 0.5 * self.key_weight[column]
        bounds = np.searchsorted(row, np.arange(len(unknown) + 1))
        poor: list[int] = []
        for k, r in enumerate(unknown):
            part = slice(bounds[k], bounds[k + 1])
            best = np.argsort(-rank[part], kind="stable")[:KEYS_KEPT]
            result[r] = column[part][best].tolist()
            top = rank[part][best[0]] if len(best) else IMPOSSIBLE
            if top < POOR_KEY and 3 <= len(reads[r][0]) <= 8 and not reads[r][0].isupper():
                poor.append(r)
        self._search_all(reads, prepared, poor[:MOST_SEARCHED], result)
        return result

    def _search_all(self, reads: Sequence[Read], prepared: Reads, poor: Sequence[int], result: list[list[int]]) -> None:
        """Compare reads that no key is near to with all keys."""
        if not poor:
            return
        everything = np.arange(len(self.keys))
        read_of, keys = np.repeat(np.array(poor, np.int64), len(everything)), np.tile(everything, len(poor))
        rank = self.score_keys(reads, prepared, read_of, keys).reshape(len(poor), -1) + 0.5 * self.key_weight
        for r, order in zip(poor, np.argsort(-rank, axis=1, kind="stable")[:, :KEYS_KEPT].tolist(), strict=True):
            result[r] = order

    def score_keys(self, reads: Sequence[Read], prepared: Reads, read_of: Array, key_of_pair: Array) -> Array:
        """Channel scores of (read, key) pairs in the likeliest case form."""
        score = np.full(len(read_of), IMPOSSIBLE, np.float32)
        wanted = [forms_to_try(read, where) for read, where in reads]
        for form in (LOWER, TITLE, UPPER):
            use = np.array([form in w for w in wanted], bool)[read_of]
            if use.any():
                part = self._key_channel.score(prepared, self._spelled_keys[form], read_of[use], key_of_pair[use])
                score[use] = np.maximum(score[use], part)
        return score
