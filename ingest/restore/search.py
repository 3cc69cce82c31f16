"""The search: the most probable syllables of all sentences of a document at once.

A candidate is one syllable, or two or three where a read word may be several run together; two words with a blank too
many between them may be one. So a sentence is a lattice of candidates. A first pass with bigrams finds which neighbours
may stand side by side on a good path; the second weighs these with trigrams and finds the best path. Sentences are
independent of each other: each step of a pass handles one word of every sentence, and n-grams are looked up for all
words at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from .neighbours import Hopeful, Memory, Pairs, hopeful_pairs
from .ngrams import Ngrams
from .slots import BREAK, Lattice, Sentence, Slots, bounds_of, counted

__all__ = ["BREAK", "Found", "Lattice", "Memory", "Rescore", "Sentence", "Step", "search"]

Array = np.ndarray[Any, Any]
Rescore = Callable[[Array, Array, Array], Array]
WORDS_AT_ONCE = 4000


class Step(NamedTuple):
    """A word of the answer: where it begins in its sentence, how many words it is made of, its read and candidate."""

    start: int
    length: int
    read: int
    place: int


class Found(NamedTuple):
    """The words of the best path through each sentence; and the candidates on good paths at each of these words.

    Word after word, `places` are those of the candidates, with the chosen one; `counts` tells how many a word has.
    """

    steps: list[list[Step]]
    places: Array
    counts: Array


class _Paths(NamedTuple):
    """Ways to continue: a path that ends with pair `earlier` goes on with pair `pair` (in order), at a score.

    Those to the same pair are `bounds[pair]` to `bounds[pair + 1]`; `own` is each pair's own score.
    """

    earlier: Array
    pair: Array
    score: Array
    bounds: Array
    own: Array


def search(sentences: Sequence[Sentence], lattice: Lattice, ngrams: Ngrams, memory: Memory | None = None) -> Found:
    """The most probable candidates of the words of each sentence; `memory` serves later searches of other documents."""
    memory = memory or Memory()
    lattice = lattice.with_break()
    batches = list(_batches(sentences))
    found: list[Found] = []
    for batch in batches:
        slots = Slots.of([sentences[k] for k in batch], lattice)
        found.append(_best(slots, lattice, hopeful_pairs(slots, lattice, ngrams, memory), ngrams))
    return _in_order(found, [k for batch in batches for k in batch])


def _in_order(found: Sequence[Found], numbers: Sequence[int]) -> Found:
    """What was found of sentences, in the order of their `numbers`."""
    if not found:
        return Found([], np.zeros(0, np.int64), np.zeros(0, np.int64))
    steps = [of_sentence for part in found for of_sentence in part.steps]
    counts = np.concatenate([part.counts for part in found])
    order = np.argsort(np.repeat(numbers, [len(of_sentence) for of_sentence in steps]), kind="stable")
    places = np.concatenate([part.places for part in found])
    places = places[np.repeat(bounds_of(counts)[order], counts[order]) + counted(counts[order])]
    return Found([of_sentence for _, of_sentence in sorted(zip(numbers, steps, strict=True))], places, counts[order])


def _batches(sentences: Sequence[Sentence]) -> Iterator[list[int]]:
    """Numbers of sentences that are searched together: of like length, and not too many."""
    batch: list[int] = []
    words = 0
    for number in sorted(range(len(sentences)), key=lambda k: -len(sentences[k].reads)):
        batch.append(number)
        words += len(sentences[number].reads)
        if words >= WORDS_AT_ONCE:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


def _best(slots: Slots, lattice: Lattice, hopeful: Hopeful, ngrams: Ngrams) -> Found:
    """The words of the best path through each sentence, and the others on good paths."""
    hopeful = _opened(hopeful, int(slots.steps[1]))
    pairs, paths = hopeful.pairs, _weighed(slots, lattice, hopeful, ngrams)
    score, best = np.zeros(len(pairs.after)), np.zeros(len(pairs.after))
    total = np.zeros(len(paths.pair))
    for start, end in slots.steps_of_nodes:
        low, high = pairs.bounds[start], pairs.bounds[end]
        first, last = paths.bounds[low], paths.bounds[high]
        np.add(score.take(paths.earlier[first:last]), paths.score[first:last], out=total[first:last])
        np.maximum.reduceat(total[first:last], paths.bounds[low:high] - first, out=best[low:high])
        np.add(best[low:high], paths.own[low:high], out=score[low:high])
    top = np.flatnonzero(total == best[paths.pair])[::-1]
    back = np.zeros(len(pairs.after), np.int64)
    back[paths.pair[top]] = paths.earlier[top]  # the first of equals: it is written last
    return _traced(slots, hopeful, score, back)


def _opened(hopeful: Hopeful, size: int) -> Hopeful:
    """The pairs with one more for each sentence: the break that opens it, after nothing."""
    pairs, none, nothing = hopeful.pairs, np.full(size, -1, np.int64), np.zeros(size, np.int32)
    opened = Pairs(
        np.concatenate([none, pairs.before]),
        np.concatenate([np.arange(size), pairs.after]),
        np.concatenate([none, pairs.bigram]),
        np.concatenate([nothing, pairs.language]),
        np.concatenate([np.arange(size), pairs.bounds[size:] + size]),
    )
    reached, needed = (np.concatenate([nothing, column]) for column in (hopeful.reached, hopeful.needed))
    return Hopeful(opened, reached, needed, hopeful.rivals)


def _ways(hopeful: Hopeful) -> tuple[Array, Array, Array]:
    """The hopeful ways to go on from one pair to another: `earlier`, `pair` (in order), and bounds of the latter's."""
    pairs, reached, needed, _ = hopeful
    opening = pairs.before < 0
    since = np.where(opening, 0, pairs.bounds[pairs.before])
    degree = np.where(opening, 0, pairs.bounds[pairs.before + 1] - since)
    earlier = np.repeat(since, degree) + counted(degree)
    good = reached.take(earlier) >= np.repeat(needed, degree)
    kept = np.flatnonzero(good)
    pair = np.repeat(np.arange(len(degree)), degree)[kept]
    return earlier[kept], pair, bounds_of(good)[bounds_of(degree)]


def _weighed(slots: Slots, lattice: Lattice, hopeful: Hopeful, ngrams: Ngrams) -> _Paths:
    """All ways to continue pairs, with trigrams."""
    pairs = hopeful.pairs
    before, after = slots.place[pairs.before], slots.place[pairs.after]
    first, own = lattice.first[after], lattice.score[after]
    within = lattice.before_last[after]
    u, v = np.where(within >= 0, within, lattice.last[before]), lattice.last[after]
    context = pairs.bigram.copy()
    other = np.flatnonzero(within >= 0)
    context[other] = ngrams.bigram(u[other], v[other])
    several = np.flatnonzero(lattice.second[after] >= 0)
    own[several] += ngrams.score(lattice.last[before[several]], first[several], lattice.second[after[several]])
    earlier, pair, bounds = _ways(hopeful)
    backoff = ngrams.backoffs(context)
    score = ngrams.after_two(u[earlier], v[earlier], first[pair], backoff[earlier], pairs.language[pair])
    return _Paths(earlier, pair, score, bounds, own)


def _traced(slots: Slots, hopeful: Hopeful, score: Array, back: Array) -> Found:
    """The words of each sentence, from the pairs that led to the best of its last pairs; and their rivals."""
    pairs = hopeful.pairs
    lasts = [pairs.bounds[end] + np.argmax(score[pairs.bounds[end] : pairs.bounds[end + 1]]) for end in slots.last]
    pair, found = np.array(lasts), []
    while len(pair):
        node = pairs.before[pair]
        inside = node >= slots.steps[1]  # the others are the breaks that open the sentences
        found.append(node[inside])
        pair = back[pair[inside]]
    nodes = np.concatenate(found)
    slot = np.searchsorted(slots.nodes, nodes, side="right") - 1
    order = np.lexsort((slots.start[slot], slots.sentence[slot]))
    slot = slot[order]
    columns = (slots.start[slot], slots.length[slot], slots.read[slot], slots.place[nodes[order]])
    steps = map(Step, *(column.tolist() for column in columns))
    sizes = np.bincount(slots.sentence[slot], minlength=len(lasts)).tolist()
    candidates = np.diff(slots.nodes)[slot]
    node = np.repeat(slots.nodes[slot], candidates) + counted(candidates)
    good = hopeful.rivals[node]
    counts = np.diff(bounds_of(good)[bounds_of(candidates)])
    return Found([list(islice(steps, size)) for size in sizes], slots.place[node[good]], counts)
