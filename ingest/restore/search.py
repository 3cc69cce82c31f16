"""The search: the most probable syllables of all sentences of a document at once.

Sentences are independent of each other, so step `t` handles word `t` of every sentence in one set of array operations.
A candidate is one syllable, or two or three where a read word may be several run together; two words with a blank too
many between them may be one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from .ngrams import Ngrams

Array = np.ndarray[Any, Any]
BEAM = 10
HOPE = 14.0  # a continuation that is so much worse before its neighbours are looked at is not tried
_LOW = np.float32(-1e9)
BREAK = 0

Rescore = Callable[[Array, Array, Array], Array]


class Step(NamedTuple):
    """A word of the answer: where it begins in its sentence, how many words it is made of, its read and candidate."""

    start: int
    length: int
    read: int
    place: int


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
    that of the frequency of its syllables, tempered.
    """

    offsets: Array
    first: Array
    second: Array
    before_last: Array
    last: Array
    score: Array
    usual: Array


class _Beams:
    """The best hypotheses of each sentence: last two syllables and scores, after this step and after the one before."""

    def __init__(self, size: int) -> None:
        self.u = np.full((size, BEAM), BREAK, np.int64)
        self.v = np.full((size, BEAM), BREAK, np.int64)
        self.score = np.full((size, BEAM), _LOW, np.float32)
        self.score[:, 0] = 0.0


class _Expansion(NamedTuple):
    """Scores of continued hypotheses: row, candidate, and the score from each hypothesis of the row."""

    row: Array
    place: Array
    total: Array


def search(
    sentences: Sequence[Sentence], lattice: Lattice, ngrams: Ngrams, rescore: Rescore | None = None
) -> list[list[Step]]:
    """The most probable candidates of the words of each sentence.

    `rescore(v, w, log P)` may raise the probability of what the document itself has shown.
    """
    if not sentences:
        return []
    order = sorted(range(len(sentences)), key=lambda s: -len(sentences[s].reads))
    lengths = np.array([len(sentences[s].reads) for s in order], np.int64)
    reads = np.zeros((len(order), int(lengths[0])), np.int64)
    joined = np.full(reads.shape, -1, np.int64)
    for row, number in enumerate(order):
        reads[row, : lengths[row]] = sentences[number].reads
        joined[row, : lengths[row]] = sentences[number].joined
    beams = older = _Beams(len(order))
    history: list[tuple[Array, Array]] = []
    for step in range(int(lengths[0])):
        running = int(np.searchsorted(-lengths, -step, side="left"))
        parts = [_expand(beams, np.arange(running), reads[:running, step], lattice, ngrams, rescore)]
        whole = np.flatnonzero(joined[:running, step] >= 0)
        if whole.size:
            parts.append(_expand(older, whole, joined[whole, step], lattice, ngrams, rescore))
        after, parent, place = _select(older, beams, parts, running, lattice)
        older, beams = beams, after
        history.append((parent, place))
    ending = ngrams.score(beams.u, beams.v, np.full_like(beams.v, BREAK))
    best = np.argmax(beams.score + ending, axis=1)
    chosen: list[list[Step]] = [[] for _ in sentences]
    for row, number in enumerate(order):
        chosen[number] = _trace(history, row, int(best[row]), sentences[number])
    return chosen


def _expand(
    beams: _Beams, rows: Array, reads: Array, lattice: Lattice, ngrams: Ngrams, rescore: Rescore | None
) -> _Expansion:
    """Continue the hypotheses of `rows` with the candidates of `reads`."""
    counts = lattice.offsets[reads + 1] - lattice.offsets[reads]
    of = np.repeat(np.arange(len(rows)), counts)
    place = lattice.offsets[reads][of] + np.arange(len(of)) - (np.cumsum(counts) - counts)[of]
    u, v, before = beams.u[rows], beams.v[rows], beams.score[rows]
    total = before[of] + lattice.score[place][:, None]
    entry, beam = _hopeful(total + lattice.usual[place][:, None], of, counts)
    row, candidate = of[entry], place[entry]
    v_of, w = v[row, beam], lattice.first[candidate]
    backoff = ngrams.context_backoff(u, v)[row, beam]
    language = ngrams.after_two(u[row, beam], v_of, w, backoff, ngrams.after_one(v_of, w))
    if rescore is not None:
        language = rescore(v_of, w, language)
    longer = np.flatnonzero(lattice.second[candidate] >= 0)
    if longer.size:
        language[longer] += ngrams.score(v_of[longer], w[longer], lattice.second[candidate[longer]])
    language += total[entry, beam]
    total.fill(2 * _LOW)
    total[entry, beam] = language
    _drop_dominated(total, v, of)
    return _Expansion(rows[of], place, total)


def _hopeful(rough: Array, of: Array, counts: Array) -> tuple[Array, Array]:
    """Which hypotheses and candidates are worth a look at the language model, by their scores without it."""
    full = counts > 0
    best = np.full(len(counts), _LOW, np.float32)
    best[full] = np.maximum.reduceat(rough.max(axis=1), (np.cumsum(counts) - counts)[full])
    entry, beam = np.nonzero(rough > best[of][:, None] - HOPE)
    return entry, beam


def _select(
    older: _Beams, beams: _Beams, parts: Sequence[_Expansion], running: int, lattice: Lattice
) -> tuple[_Beams, Array, Array]:
    """The best hypotheses of each row after a step, their parents and candidates.

    A parent of BEAM or more is one of the step before the last (two words were taken as one).
    """
    row = np.concatenate([part.row for part in parts])
    place = np.concatenate([part.place for part in parts])
    total = np.concatenate([part.total for part in parts])
    late = np.concatenate([np.full(len(part.row), k * BEAM) for k, part in enumerate(parts)])
    if len(parts) > 1:
        order = np.argsort(row, kind="stable")
        row, place, total, late = row[order], place[order], total[order], late[order]
    counts = np.bincount(row, minlength=running)
    starts = np.cumsum(counts) - counts
    dense = np.full((running, int(counts.max()), BEAM), 2 * _LOW, np.float32)
    dense[row, np.arange(len(row)) - starts[row]] = total
    flat = dense.reshape(running, -1)
    best = np.argpartition(-flat, BEAM - 1, axis=1)[:, :BEAM] if flat.shape[1] > BEAM else np.argsort(-flat, axis=1)
    best = np.sort(best, axis=1)
    entry = starts[:, None] + np.minimum(best // BEAM, counts[:, None] - 1)
    rows = np.arange(running)[:, None]
    chosen, parent = place[entry], best % BEAM + late[entry]
    after = _Beams(len(beams.u))
    after.u[running:], after.v[running:], after.score[running:] = (
        beams.u[running:],
        beams.v[running:],
        beams.score[running:],
    )
    before = lattice.before_last[chosen]
    previous = np.where(parent < BEAM, beams.v[rows, parent % BEAM], older.v[rows, parent % BEAM])
    after.u[:running] = np.where(before >= 0, before, previous)
    after.v[:running] = lattice.last[chosen]
    after.score[:running] = flat[rows, best]
    return after, parent, chosen


def _drop_dominated(total: Array, v: Array, of: Array) -> None:
    """Of hypotheses that end in the same two syllables only the best lives on; `v` is that of each row."""
    for k in range(1, BEAM):
        alike_of = v[:, :k] == v[:, k : k + 1]
        rows = np.flatnonzero(alike_of.any(axis=1)[of])
        if not rows.size:
            continue
        mine, theirs, alike = total[rows, k], total[rows, :k], alike_of[of[rows]]
        beaten = (alike & (theirs >= mine[:, None])).any(axis=1)
        theirs[alike & (theirs < mine[:, None])] = 2 * _LOW
        total[rows, :k] = theirs
        total[rows[beaten], k] = 2 * _LOW


def _trace(history: list[tuple[Array, Array]], row: int, best: int, sentence: Sentence) -> list[Step]:
    steps: list[Step] = []
    step = len(sentence.reads) - 1
    while step >= 0:
        parents, places = history[step]
        place, parent = int(places[row, best]), int(parents[row, best])
        length = 1 if parent < BEAM else 2
        read = sentence.reads[step] if length == 1 else sentence.joined[step]
        steps.append(Step(step - length + 1, length, int(read), place))
        step, best = step - length, parent % BEAM
    return steps[::-1]
