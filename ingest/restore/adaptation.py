"""Self-training: the channel of one document, from the words of it that are certain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from .channel import LONGEST_READ, LONGEST_TRUE, Channel
from .expectation import IMPROBABLE

Array = np.ndarray[Any, Any]
TRUST = 30.0  # how many readings of a letter the learned channel is worth
LEAST_WORDS = 150  # certain words that a document must have to teach anything
LEAST_SHARE = 1e-6  # a reading that is less expected than this is not counted
PAIRS_AT_ONCE = 1000


class Lesson(NamedTuple):
    """What a pair of word and read teaches: letters, the segments that they were read as, and how often, expected."""

    letter: Array
    segment: Array
    share: Array


class Trainer:
    """Adapts one channel to documents; remembers what each pair of word and read teaches."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._memory: dict[tuple[str, str], Lesson] = {}

    def adapted(self, pairs: Mapping[tuple[str, str], int]) -> Channel | None:
        """The channel with what (word, read) pairs of a document teach; None where they are too few."""
        if sum(pairs.values()) < LEAST_WORDS:
            return None
        new = [pair for pair in pairs if pair not in self._memory]
        for start in range(0, len(new), PAIRS_AT_ONCE):
            part = new[start : start + PAIRS_AT_ONCE]
            self._memory.update(zip(part, lessons(self._channel, part), strict=True))
        taught = [self._memory[pair] for pair in pairs]
        times = np.repeat(np.array(list(pairs.values())), [len(lesson.share) for lesson in taught])
        letter, segment, share = (np.concatenate(column) for column in zip(*taught, strict=True))
        return self._channel.mixed(letter, segment, share * times, TRUST)


def lessons(channel: Channel, pairs: Sequence[tuple[str, str]]) -> list[Lesson]:
    """What each pair of word and read teaches, by all ways that the read may have come from the word."""
    ways = _Ways(channel, pairs)
    forward, backward = ways.forward(), ways.backward()
    every = np.arange(len(pairs))
    total = np.stack(forward)[ways.true_length, every, ways.read_length]
    short = [len(true) <= LONGEST_TRUE and len(read) <= LONGEST_READ for true, read in pairs]
    taught = np.array(short) & (total >= IMPROBABLE ** np.maximum(1, ways.true_length / 3))
    per_total = np.where(taught, 1 / np.maximum(total, np.finfo(float).tiny), 0)[:, None]
    found: list[tuple[Array, ...]] = []
    for i in range(len(forward) - 1):
        for k, chance in enumerate(ways.of_letter(i)):
            share = forward[i][:, : chance.shape[1]] * chance * backward[i + 1][:, k:] * per_total
            row, column = np.nonzero(share > LEAST_SHARE)
            found.append((row, ways.letters[row, i], ways.segments(k, row, column), share[row, column]))
    row, *columns = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(row, kind="stable")
    letter, segment, share = (column[order] for column in columns)
    bounds = np.searchsorted(row[order], np.arange(len(pairs) + 1)).tolist()
    return [Lesson(letter[a:b], segment[a:b], share[a:b]) for a, b in pairwise(bounds)]


class _Ways:
    """The steps from the beginnings of words and reads to their ends, and their probabilities; row after row a pair.

    A cell `i, j` is the place after `i` letters and `j` signs.
    """

    def __init__(self, channel: Channel, pairs: Sequence[tuple[str, str]]) -> None:
        reads = channel.prepare([read for _, read in pairs])
        self.letters, self._doubles, self.true_length = channel.spell([true for true, _ in pairs])
        self.read_length = reads.length
        self._longest = int(self.true_length.max())
        width = int(self.read_length.max())
        self._tables = channel.chances
        self._signs = [signs[:, k:width] for k, signs in enumerate((reads.one, reads.two, reads.three))]
        self._made_up = self._tables[0][0].take(self._signs[0])

    def of_letter(self, i: int) -> list[Array]:
        """Probabilities that letter `i` was read as none, one, two, three signs, from each cell of its row."""
        table, letter = self._tables[0], self.letters[:, i, None]
        none = np.repeat(table[letter, 1], self._made_up.shape[1] + 1, axis=1)
        return [none, *(np.where(signs >= 0, table[letter, signs], 0) for signs in self._signs)]

    def segments(self, k: int, row: Array, column: Array) -> Array:
        """The segments of `k` signs that begin at cells."""
        return self._signs[k - 1][row, column] if k else np.ones(len(row), np.int32)

    def forward(self) -> list[Array]:
        """The probability of coming to each cell, letter after letter."""
        rows: list[Array] = []
        for i in range(self._longest + 1):
            row = np.zeros((len(self.letters), self._made_up.shape[1] + 1))
            if i == 0:
                row[:, 0] = 1
            for k, chance in enumerate(self.of_letter(i - 1) if i else ()):
                row[:, k:] += rows[i - 1][:, : chance.shape[1]] * chance
            if i > 1:
                row[:, 1:] += rows[i - 2][:, :-1] * self._of_two(i - 1)
            for j in range(1, row.shape[1]):
                row[:, j] += row[:, j - 1] * self._made_up[:, j - 1]
            rows.append(row)
        return rows

    def backward(self) -> list[Array]:
        """The probability of coming to the end from each cell, letter after letter."""
        rows: list[Array] = []
        for i in range(self._longest, -1, -1):
            row = np.zeros((len(self.letters), self._made_up.shape[1] + 1))
            ended = np.flatnonzero(self.true_length == i)
            row[ended, self.read_length[ended]] = 1
            for k, chance in enumerate(self.of_letter(i) if rows else ()):
                row[:, : chance.shape[1]] += rows[-1][:, k:] * chance
            if len(rows) > 1:
                row[:, :-1] += rows[-2][:, 1:] * self._of_two(i + 1)
            for j in range(row.shape[1] - 2, -1, -1):
                row[:, j] += row[:, j + 1] * self._made_up[:, j]
            rows.append(row)
        return rows[::-1]

    def _of_two(self, i: int) -> Array:
        """Probabilities that letters `i - 1` and `i` were read as one sign."""
        chance: Array = self._tables[1][self._doubles[:, i, None], self._signs[0]]
        return chance
