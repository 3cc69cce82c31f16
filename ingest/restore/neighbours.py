"""The first pass of the search: which candidates may stand side by side, by bigrams.

Most pairs of candidates are hopeless wherever they stand; which ones are not is the same for any two reads in all
documents, and is remembered.
"""

from __future__ import annotations

from itertools import count
from typing import Any, NamedTuple

import numpy as np

from .ngrams import Ngrams
from .slots import Lattice, Slots, bounds_of, counted

Array = np.ndarray[Any, Any]
# How much worse than the best, in natural logarithms, is hopeless: a pair of candidates of two reads whatever stands
# around them, and a pair on the best path through a sentence that holds it.
HOPE, PATH_HOPE = 10.0, 11.0
RIVAL_HOPE = 16.0  # and a node that the rest of the document may yet speak for
MOST_REMEMBERED = 3_000_000  # pairs
READS_AT_ONCE = 128  # that many have some 60,000 pairs: more are slower, as no cache holds them
_UNIT = 1024  # paths are measured in whole parts of a logarithm, so that sums are the same in any order
_NEVER = -(2**29)


class Pairs(NamedTuple):
    """Pairs of neighbours, `after` in order: the place of their bigram, and log P of `after` by it.

    Those of the same `after` are `bounds[after]` to `bounds[after + 1]`.
    """

    before: Array
    after: Array
    bigram: Array
    language: Array
    bounds: Array


class Hopeful(NamedTuple):
    """Pairs on good paths. A path up to a pair and with it has `reached` something, which must be at least the `needed`
    of a pair with which it goes on. `rivals` tells of each node whether a path with it is not out of question."""

    pairs: Pairs
    reached: Array
    needed: Array
    rivals: Array


class Memory:
    """The pairs of candidates of two reads that are not hopeless by themselves, remembered for all documents."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._blocks: dict[int, int] = {}
        self._bounds = np.zeros(1, np.int64)
        self._columns: list[Array] = []

    def blocks(self, left: Array, right: Array, lattice: Lattice, ngrams: Ngrams) -> tuple[Pairs, Array]:
        """Blocks of pairs, and which of them is that of each two reads `left` and `right`."""
        if self._bounds[-1] > MOST_REMEMBERED:
            self._forget()
        numbers = np.arange(len(lattice.offsets)) if lattice.numbers is None else lattice.numbers
        keys = (numbers[left] << 32 | numbers[right]).tolist()
        new = [k for k, key in enumerate(keys) if key not in self._blocks]
        self._blocks.update(zip((keys[k] for k in new), count(len(self._blocks))))
        for start in range(0, len(new), READS_AT_ONCE):
            part = new[start : start + READS_AT_ONCE]
            self._keep(_blocks(left[part], right[part], lattice, ngrams))
        before, after, bigram, language = self._columns
        return Pairs(before, after, bigram, language, self._bounds), np.array([self._blocks[key] for key in keys])

    def _keep(self, blocks: Pairs) -> None:
        used, more = int(self._bounds[-1]), len(blocks.before)
        columns = (blocks.before.astype(np.int16), blocks.after.astype(np.int16), blocks.bigram, blocks.language)
        if not self._columns:
            self._columns = [column[:0] for column in columns]
        for k, column in enumerate(columns):
            if used + more > len(self._columns[k]):
                room = np.empty(max(used, more), column.dtype)
                self._columns[k] = np.concatenate([self._columns[k][:used], room])
            self._columns[k][used : used + more] = column
        self._bounds = np.concatenate([self._bounds, blocks.bounds[1:] + used])


def hopeful_pairs(slots: Slots, lattice: Lattice, ngrams: Ngrams, memory: Memory) -> Hopeful:
    """The pairs of nodes on good paths."""
    return _on_good_paths(slots, lattice.score[slots.place], _pairs(slots, lattice, ngrams, memory))


def _pairs(slots: Slots, lattice: Lattice, ngrams: Ngrams, memory: Memory) -> Pairs:
    """The pairs of nodes that are not hopeless by themselves."""
    degree = slots.until - slots.since
    after = np.repeat(np.arange(len(degree)), degree)
    before = np.repeat(slots.since, degree) + counted(degree)
    size = len(lattice.offsets)
    keys, block = np.unique(slots.read[before] * size + slots.read[after], return_inverse=True)
    blocks, of = memory.blocks(keys // size, keys % size, lattice, ngrams)
    block = of[block]
    counts = blocks.bounds[block + 1] - blocks.bounds[block]
    entry = np.repeat(blocks.bounds[block], counts) + counted(counts)
    before = np.repeat(slots.nodes[before], counts) + blocks.before[entry]
    after = np.repeat(slots.nodes[after], counts) + blocks.after[entry]
    if (degree > 1).any():
        order = np.argsort(after, kind="stable")
        before, after, entry = before[order], after[order], entry[order]
    bounds = bounds_of(np.bincount(after, minlength=slots.nodes[-1]))
    return Pairs(before, after, blocks.bigram[entry], blocks.language[entry], bounds)


def _blocks(left: Array, right: Array, lattice: Lattice, ngrams: Ngrams) -> Pairs:
    """The pairs of candidates of reads `left` and `right` that are not hopeless, reads after reads.

    The candidates are counted in each read; `bounds` are those of the reads. Every candidate to the right has a pair.
    """
    begins, counts = lattice.offsets[:-1], np.diff(lattice.offsets)
    # A row for each candidate to the right, with all those to the left.
    block = np.repeat(np.arange(len(right)), counts[right])
    place = np.repeat(begins[right], counts[right]) + counted(counts[right])
    width = counts[left][block]
    rows = np.cumsum(width) - width
    before = np.repeat(begins[left][block] - rows, width) + np.arange(int(width.sum()))
    v, w = lattice.last.take(before), np.repeat(lattice.first[place], width)
    bigram = ngrams.bigram(v, w)
    language = ngrams.after_one(v, w, bigram)
    score = language + (lattice.score + lattice.usual).take(before)
    best_of_row = np.maximum.reduceat(score, rows)
    own = lattice.score[place]
    firsts = np.cumsum(counts[right]) - counts[right]
    best = np.maximum.reduceat(best_of_row + own, firsts)
    least = np.minimum(best_of_row, best[block] - np.float32(HOPE) - own)
    good = score >= np.repeat(least, width)
    kept = np.flatnonzero(good)
    row = np.repeat(np.arange(len(width)), width)[kept]
    return Pairs(
        before[kept] - begins[left][block[row]],
        place[row] - begins[right][block[row]],
        bigram[kept],
        language[kept],
        bounds_of(good)[np.append(rows[firsts], len(score))],
    )


def _on_good_paths(slots: Slots, score: Array, pairs: Pairs) -> Hopeful:
    """The pairs on paths that are not much worse than the best of their sentence; `score` is that of each node."""
    own = np.rint(score * _UNIT).astype(np.int32)
    gain = np.rint(pairs.language * np.float32(_UNIT)).astype(np.int32) + own.take(pairs.after)
    bounds, steps = pairs.bounds, slots.steps_of_nodes
    reached = np.empty_like(gain)
    left = np.zeros(len(own), np.int32)
    for start, end in steps:
        low, high = bounds[start], bounds[end]
        np.add(left.take(pairs.before[low:high]), gain[low:high], out=reached[low:high])
        np.maximum.reduceat(reached[low:high], bounds[start:end] - low, out=left[start:end])
    right = np.full(len(own), _NEVER, np.int32)
    right[slots.last] = 0
    for start, end in reversed(steps):
        low, high = bounds[start], bounds[end]
        onwards = right.take(pairs.after[low:high]) + gain[low:high]
        np.maximum.at(right, pairs.before[low:high], onwards)
    best = np.repeat(left[slots.last][slots.sentence], np.diff(slots.nodes))
    rivals = left + right >= best - np.int32(RIVAL_HOPE * _UNIT)
    least = (best - np.int32(PATH_HOPE * _UNIT) - right).take(pairs.after)
    good = reached >= least
    kept = np.flatnonzero(good)
    before, after, bigram, language = (column[kept] for column in pairs[:4])
    hopeful = Pairs(before, after, bigram, language, bounds_of(good)[bounds])
    return Hopeful(hopeful, reached[kept], least[kept] - gain[kept], rivals)
