"""The search: the most probable syllables of all sentences of a document at once.

Sentences are independent of each other, so step `t` handles word `t` of every sentence in one set of array operations.
A candidate is one syllable, or two or three where a read word may be several run together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .ngrams import Ngrams

Array = np.ndarray[Any, Any]
BEAM = 10
_LOW = np.float32(-1e9)
BREAK = 0

Rescore = Callable[[Array, Array, Array], Array]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Candidates of all different reads, read after read: `offsets[r]` to `offsets[r + 1]` are those of read `r`.

    `first` is a candidate's first syllable, `second` the next or -1, `before_last` and `last` its last two (for a single
    syllable `before_last` is -1), `score` the logarithm of its channel probability.
    """

    offsets: Array
    first: Array
    second: Array
    before_last: Array
    last: Array
    score: Array


class _Beams:
    """The hypotheses of the sentences that are still running."""

    def __init__(self, size: int) -> None:
        self.u = np.full((size, BEAM), BREAK, np.int64)
        self.v = np.full((size, BEAM), BREAK, np.int64)
        self.score = np.full((size, BEAM), _LOW, np.float32)
        self.score[:, 0] = 0.0


def search(sentences: Sequence[Array], lattice: Lattice, ngrams: Ngrams, rescore: Rescore | None = None) -> list[Array]:
    """The chosen candidate (its place in the lattice) of each word of each sentence.

    `rescore(v, w, log P)` may raise the probability of what the document itself has shown.
    """
    order = sorted(range(len(sentences)), key=lambda s: -len(sentences[s]))
    lengths = np.array([len(sentences[s]) for s in order], np.int64)
    beams = _Beams(len(order))
    history: list[tuple[Array, Array]] = []
    for step in range(int(lengths[0]) if len(order) else 0):
        running = int(np.searchsorted(-lengths, -step, side="left"))
        reads = np.array([sentences[s][step] for s in order[:running]], np.int64)
        history.append(_advance(beams, running, reads, lattice, ngrams, rescore))
    ending = ngrams.score(beams.u, beams.v, np.full_like(beams.v, BREAK)) if len(order) else beams.score
    best = np.argmax(beams.score + ending, axis=1)
    chosen: list[Array] = [np.zeros(0, np.int64)] * len(sentences)
    for row, sentence in enumerate(order):
        chosen[sentence] = _trace(history, row, int(best[row]), int(lengths[row]))
    return chosen


def _advance(
    beams: _Beams, running: int, reads: Array, lattice: Lattice, ngrams: Ngrams, rescore: Rescore | None
) -> tuple[Array, Array]:
    """Extend the hypotheses by one word; gives the parents and the candidates chosen, (running, BEAM) each."""
    counts = lattice.offsets[reads + 1] - lattice.offsets[reads]
    sentence = np.repeat(np.arange(running), counts)
    within = np.arange(len(sentence)) - np.repeat(np.cumsum(counts) - counts, counts)
    candidate = lattice.offsets[reads][sentence] + within
    u, v, so_far = beams.u[:running], beams.v[:running], beams.score[:running]
    backoff = ngrams.context_backoff(u, v)
    u_of, v_of = u[sentence], v[sentence]
    w = np.broadcast_to(lattice.first[candidate][:, None], v_of.shape)
    lower = ngrams.after_one(v_of, w)
    language = ngrams.after_two(u_of, v_of, w, backoff[sentence], lower)
    if rescore is not None:
        language = rescore(v_of, w, language)
    longer = np.flatnonzero(lattice.second[candidate] >= 0)
    if len(longer):
        then = np.broadcast_to(lattice.second[candidate[longer]][:, None], (len(longer), BEAM))
        language[longer] += ngrams.score(v_of[longer], w[longer], then)
    total = so_far[sentence] + language + lattice.score[candidate][:, None]
    _drop_dominated(total, v_of)
    widest = int(counts.max())
    dense = np.full((running, widest, BEAM), 2 * _LOW, np.float32)
    dense[sentence, within] = total
    flat = dense.reshape(running, -1)
    best = np.argpartition(-flat, BEAM - 1, axis=1)[:, :BEAM] if flat.shape[1] > BEAM else np.argsort(-flat, axis=1)
    best = np.sort(best, axis=1)
    parent = best % BEAM
    place = lattice.offsets[reads][:, None] + np.minimum(best // BEAM, counts[:, None] - 1)
    rows = np.arange(running)[:, None]
    old_v = v[rows, parent]
    before = lattice.before_last[place]
    beams.u[:running] = np.where(before >= 0, before, old_v)
    beams.v[:running] = lattice.last[place]
    beams.score[:running] = flat[rows, best]
    return parent, place


def _drop_dominated(total: Array, v: Array) -> None:
    """Of hypotheses that end in the same two syllables only the best lives on."""
    for k in range(1, BEAM):
        same = v[:, :k] == v[:, k : k + 1]
        if not same.any():
            continue
        mine = total[:, k : k + 1]
        worse = same & (total[:, :k] < mine)
        beaten = (same & (total[:, :k] >= mine)).any(axis=1)
        total[:, :k][worse] = 2 * _LOW
        total[beaten, k] = 2 * _LOW


def _trace(history: list[tuple[Array, Array]], row: int, best: int, length: int) -> Array:
    chosen = np.zeros(length, np.int64)
    for step in range(length - 1, -1, -1):
        parent, place = history[step]
        chosen[step] = place[row, best]
        best = int(parent[row, best])
    return chosen
