"""What is searched: sentences of read words, the candidates of each read, and both laid out word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
BREAK = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """The reads of a sentence; `joined[k]` is the read of words `k - 1` and `k` as one word, or -1."""

    reads: Array
    joined: Array


@dataclass(frozen=True, slots=True)
class Lattice:
    """Candidates of all different reads, read after read: `offsets[r]` to `offsets[r + 1]` are those of read `r`.

    `first` is a candidate's first syllable, `second` the next or -1, `before_last` and `last` its last two
    (`before_last` of a single syllable is -1), `score` the logarithm of its channel probability, `usual`
    that of the frequency of its syllables, tempered. `numbers` name the reads from 1 on, the same in all documents:
    whoever gives them promises that a read always has the same candidates.
    """

    offsets: Array
    first: Array
    second: Array
    before_last: Array
    last: Array
    score: Array
    usual: Array
    numbers: Array | None = None

    def with_break(self) -> Lattice:
        """The lattice with the break between sentences as its last read."""
        return Lattice(
            np.append(self.offsets, self.offsets[-1] + 1),
            np.append(self.first, BREAK),
            np.append(self.second, -1),
            np.append(self.before_last, BREAK),
            np.append(self.last, BREAK),
            np.append(self.score, np.float32(0)),
            np.append(self.usual, np.float32(0)),
            None if self.numbers is None else np.append(self.numbers, 0),
        )


def bounds_of(counts: Array) -> Array:
    """Where parts of these sizes begin, one after the other, and the end of the last."""
    bounds = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=bounds[1:])
    return bounds


def counted(counts: Array) -> Array:
    """0, 1, 2 … for each count, up to it."""
    numbers: Array = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    return numbers


@dataclass(frozen=True, slots=True)
class Slots:
    """Words of some sentences, and two words where they may be one, in the order of their ends.

    A break opens each sentence (`start` -1) and ends it. `steps[k]` is the first slot that ends after `k` words (the
    break counts); the slots `since` to `until` end where a slot begins. The candidates of a slot are its nodes, from
    `nodes[slot]` to `nodes[slot + 1]`; `place` is that of each node in the lattice.
    """

    sentence: Array
    start: Array
    length: Array
    read: Array
    since: Array
    until: Array
    steps: Array
    nodes: Array
    place: Array

    @classmethod
    def of(cls, sentences: Sequence[Sentence], lattice: Lattice) -> Slots:
        """Lay out sentences; the last read of the lattice is the break."""
        size = len(sentences)
        lengths = np.array([len(sentence.reads) for sentence in sentences], np.int64)
        joined = np.concatenate([sentence.joined for sentence in sentences])
        sizes = np.diff(lattice.offsets)
        whole = np.flatnonzero((joined >= 0) & (sizes[joined] > 0))
        every, none, breaks = np.arange(size), np.zeros(size, np.int64), np.full(size, len(lattice.offsets) - 2)
        of, word = np.repeat(every, lengths), counted(lengths)
        columns = (
            (every, none - 1, none, breaks),
            (of, word, word + 1, np.concatenate([sentence.reads for sentence in sentences])),
            (of[whole], word[whole] - 1, word[whole] + 1, joined[whole]),
            (every, lengths, lengths + 1, breaks),
        )
        sentence, start, end, read = np.concatenate([np.stack(part) for part in columns], axis=1)
        order = np.argsort(end * size + sentence, kind="stable")
        sentence, start, end, read = sentence[order], start[order], end[order], read[order]
        ends = np.bincount(end * size + sentence, minlength=(int(lengths.max()) + 2) * size)
        until = bounds_of(ends)
        begins = np.maximum(start, 0) * size + sentence
        counts = sizes[read]
        nodes = bounds_of(counts)
        return cls(
            sentence,
            start,
            end - start,
            read,
            until[begins],
            np.where(start < 0, until[begins], until[begins + 1]),
            until[::size],
            nodes,
            np.repeat(lattice.offsets[read], counts) + counted(counts),
        )

    @property
    def steps_of_nodes(self) -> list[tuple[int, int]]:
        """First and last (not included) of the nodes that end after one word, two words …"""
        edges = self.nodes[self.steps[1:]].tolist()
        return list(pairwise(edges))

    @property
    def last(self) -> Array:
        """The node of the break that ends each sentence."""
        slots = np.flatnonzero((self.read == self.read[0]) & (self.start >= 0))
        ends: Array = self.nodes[slots[np.argsort(self.sentence[slots])]]
        return ends
