"""The channel: how probable it is that a syllable was read as a given string of signs.

A true letter is read as none to three signs, two letters as one sign, and a sign may come from nowhere. The score of a
pair is the best such reading; pairs are scored many at a time.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
IMPOSSIBLE = np.float32(-60.0)
UNSEEN = np.float32(-11.0)
LONGEST_TRUE, LONGEST_READ = 10, 14


def base(letter: str) -> str:
    """The letter without marks, its case kept."""
    return {"đ": "d", "Đ": "D"}.get(letter) or unicodedata.normalize("NFD", letter)[0]


@dataclass(frozen=True, slots=True)
class Reads:
    """Read strings prepared for scoring: numbers of the segments that end at each sign, and lengths."""

    one: Array  # (reads, LONGEST_READ)
    two: Array
    three: Array
    length: Array


class Channel:
    """Logarithms of the probabilities of all readings."""

    def __init__(
        self, letters: str, segments: Sequence[str], table: Array, pairs: dict[str, int], pair_table: Array
    ) -> None:
        """`table` (letters, segments) and `pair_table` (pairs, segments); segment 0 is any unknown sign, 1 is nothing.

        Row 0 of `table` is a sign that comes from nowhere, row 0 of `pair_table` is impossible.
        """
        self.letters, self.segments, self.table = letters, tuple(segments), table
        self.pairs, self.pair_table = pairs, pair_table
        self._letter = {c: n for n, c in enumerate(letters)}
        self._segment = {s: n for n, s in enumerate(segments)}

    @classmethod
    def of_arrays(cls, arrays: dict[str, Any]) -> Channel:
        """The channel from the arrays of its file (see `build_channel.arrays`)."""
        segments, trues = arrays["segments"].tolist(), arrays["trues"].tolist()
        single = sum(len(t) < 2 for t in trues)
        dense = np.full((len(trues) + 1, len(segments)), IMPOSSIBLE, np.float32)
        dense[arrays["true_of"], arrays["segment_of"]] = arrays["score"]
        table = dense[:single]
        table[:, 0] = UNSEEN
        shorter = np.array([len(s) == 1 for s in segments])
        table[:, shorter] = np.maximum(table[:, shorter], UNSEEN)
        table[0] = np.maximum(table[0], UNSEEN - 2)
        table[0, 1] = IMPOSSIBLE
        pairs = {t: n for n, t in enumerate(trues[single:], 1)}
        pair_table = np.concatenate([dense[-1:], dense[single:-1]])
        return cls("\0" + "".join(trues[1:single]), segments, table, pairs, pair_table)

    @cached_property
    def chances(self) -> tuple[Array, Array]:
        """The probabilities themselves, of `table` and `pair_table`."""
        return np.exp(self.table.astype(np.float64)), np.exp(self.pair_table.astype(np.float64))

    def without_marks(self) -> Channel:
        """The channel for words known without marks only: a letter is read as any of its marked kin might be."""
        kin: dict[str, list[int]] = {}
        for n, c in enumerate(self.letters[1:], 1):
            kin.setdefault(base(c), []).append(n)
        table = self.table.copy()
        for c, rows in kin.items():
            table[self._letter[c]] = self.table[rows].max(axis=0)
        grouped: dict[str, list[int]] = {}
        for pair, n in self.pairs.items():
            grouped.setdefault(base(pair[0]) + base(pair[1]), []).append(n)
        names = {pair: n for n, pair in enumerate(sorted(grouped), 1)}
        rows = [self.pair_table[0], *(self.pair_table[grouped[pair]].max(axis=0) for pair in names)]
        return Channel(self.letters, self.segments, table, names, np.stack(rows))

    def mixed(self, letter: Array, segment: Array, count: Array, trust: float) -> Channel:
        """This channel, worth `trust` readings of each letter, mixed with readings counted elsewhere."""
        total = trust + np.bincount(letter, count, len(self.letters))
        table = self.table + np.log(trust / total)[:, None].astype(np.float32)
        # Unknown signs count for their letter, but have no place in the table.
        keys, which = np.unique(letter * len(self.segments) + segment, return_inverse=True)
        own = np.bincount(which, count) / total[keys // len(self.segments)]
        seen = keys % len(self.segments) > 0
        place = np.divmod(keys[seen], len(self.segments))
        table[place] = np.logaddexp(table[place], np.log(own[seen]))
        return Channel(self.letters, self.segments, table, self.pairs, self.pair_table)

    def prepare(self, reads: Sequence[str]) -> Reads:
        """Read strings for `score`; signs beyond LONGEST_READ are ignored (such strings are no syllables)."""
        shape = (len(reads), LONGEST_READ)
        one, two, three = tables = tuple(np.zeros(shape, np.int32) for _ in range(3))
        for row, read in enumerate(reads):
            for end in range(1, min(len(read), LONGEST_READ) + 1):
                for k in range(1, min(3, end) + 1):
                    number = self._segment.get(read[end - k : end], 0)
                    tables[k - 1][row, end - 1] = number if k == 1 or number else -1
        lengths = np.array([min(len(r), LONGEST_READ) for r in reads], np.int32)
        return Reads(one, two, three, lengths)

    def spell(self, words: Sequence[str]) -> tuple[Array, Array, Array]:
        """True words as letter numbers, numbers of letter pairs (both padded), and lengths."""
        letters = np.zeros((len(words), LONGEST_TRUE), np.int32)
        pairs = np.zeros((len(words), LONGEST_TRUE), np.int32)
        for row, word in enumerate(words):
            for k, c in enumerate(word[:LONGEST_TRUE]):
                letters[row, k] = self._letter.get(c, 0)
                if k:
                    pairs[row, k] = self.pairs.get(word[k - 1 : k + 1], 0)
        return letters, pairs, np.array([min(len(w), LONGEST_TRUE) for w in words], np.int32)

    def score(self, reads: Reads, spelled: tuple[Array, Array, Array], read_of: Array, word_of: Array) -> Array:
        """log P(read | word) for each pair of a read and a word, given by their rows."""
        result = np.full(len(read_of), IMPOSSIBLE, np.float32)
        lengths = reads.length[read_of]
        for length in np.unique(lengths):
            rows = np.flatnonzero(lengths == length)
            order = np.argsort(-spelled[2][word_of[rows]], kind="stable")
            rows = rows[order]
            result[rows] = self._score_group(reads, spelled, read_of[rows], word_of[rows], int(length))
        return result

    def _score_group(
        self, reads: Reads, spelled: tuple[Array, Array, Array], read_of: Array, word_of: Array, m: int
    ) -> Array:
        """Pairs whose reads have `m` signs, longest words first. Arrays hold a row for each sign, a column a pair."""
        letters, pairs = (a[word_of].T for a in spelled[:2])
        true_lengths = spelled[2][word_of]
        one, two, three = (a[read_of, :m].T.astype(np.intp) for a in (reads.one, reads.two, reads.three))
        flat, pair_flat, width = self._flat
        made_up = self.table[0].take(one)
        size = len(read_of)
        before = np.zeros((m + 1, size), np.float32)
        np.cumsum(made_up, axis=0, out=before[1:])
        older = before
        result = np.full(size, IMPOSSIBLE, np.float32)
        for k in range(int(true_lengths.max()) if size else 0):
            active = int(np.searchsorted(-true_lengths, -k, side="left"))
            row = letters[k, :active] * width
            now = before[:, :active] + flat.take(row + 1)
            for length, found in enumerate((one, two, three)[:m]):
                gain = flat.take(row + found[length:, :active])
                gain += before[: m - length, :active]
                np.maximum(now[length + 1 :], gain, out=now[length + 1 :])
            if k:
                joint = pair_flat.take(pairs[k, :active] * width + one[:, :active])
                joint += older[:-1, :active]
                np.maximum(now[1:], joint, out=now[1:])
            for j in range(m):
                np.maximum(now[j + 1], now[j] + made_up[j, :active], out=now[j + 1])
            ended = np.flatnonzero(true_lengths[:active] == k + 1)
            result[ended] = now[m, ended]
            older, before = before, now
        return result

    @cached_property
    def _flat(self) -> tuple[Array, Array, int]:
        """`table` and `pair_table` in a row each, with a last column for impossible segments (-1), and their width."""
        padded = [np.pad(t, ((0, 0), (0, 1)), constant_values=IMPOSSIBLE) for t in (self.table, self.pair_table)]
        return padded[0].ravel(), padded[1].ravel(), padded[0].shape[1]
