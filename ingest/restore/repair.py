"""Repair of doubtful words of a page that the Vietnamese OCR model has read.

Such text is mostly right: a word is changed only where another of nearly the same letters is far more probable in its
place, and the surer the engine was of the word the more it takes. Numbers, codes and unknown names stay.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from ...dictionaries import pattern
from .channel import Channel
from .confidence import ALTERNATIVES, Contexts, Posteriors
from .model import NUMBER, UNKNOWN, Model
from .result import Choice
from .search import Lattice, Sentence, Step, search
from .syllables import new_tone, old_tone
from .tokens import Kind, Piece, pieces, sentence_starts

Array = np.ndarray[Any, Any]
Read = tuple[str, int]  # a word as read, and the grade of the engine's confidence in it

CERTAIN = 0.975  # a word as sure as this is never changed
GRADES = (0.5, 0.7, 0.8, 0.87, 0.93, 0.97, CERTAIN)  # bounds of the engine's confidence
ODDS = (0.5, -0.6, -0.8, -1.0, -2.3, -3.3, -5.2, -20.0)  # that a word of each grade is wrong, from made pages
USUAL_ODDS = -2.7  # of all words, as the channel was learned from
CHANGE = 0.6  # a word is changed when its repair is as probable as this
NEAR, KEPT = 2, 20
UNKNOWN_COST = -4.0


class Repairer:
    """Repairs with the language model of the package and a channel of the Vietnamese model's errors."""

    def __init__(self, model: Model, channel: Channel) -> None:
        self._model, self._channel = model, channel
        self._index = {word: number for number, word in enumerate(model.words)}
        self._split = [unicodedata.normalize("NFD", word) for word in model.words]
        self._spelled = channel.spell(model.words)
        self._memory: dict[str, tuple[Array, Array]] = {}

    @property
    def remembered(self) -> int:
        """How many readings were looked up so far."""
        return len(self._memory)

    def repair(self, lines: Sequence[str], confidences: Sequence[Sequence[tuple[int, float]]]) -> list[Choice]:
        """Words of the lines, changed or kept. `confidences`: for each line, columns (0-based) where words begin, and
        the engine's confidence in each."""
        found = pieces(lines, legacy=False)
        grades = [_grade(confidences[piece.line], piece.start) for piece in found]
        numbers: dict[Read, int] = {}
        starts = sentence_starts(found)
        sentences: list[Sentence] = []
        for start, end in pairwise([*starts, len(found)]):
            reads = [
                numbers.setdefault((found[k].text.lower(), grades[k]), len(numbers) + 1)
                if found[k].kind is Kind.WORD
                else 0
                for k in range(start, end)
            ]
            sentences.append(Sentence(np.array(reads, np.int64), np.full(len(reads), -1, np.int64)))
        lattice, own = self._lattice(list(numbers))
        best = search(sentences, lattice, self._model.ngrams)
        known = Contexts(best, lattice, self._model.ngrams).posteriors(lattice)
        steps = [step for sentence in best.steps for step in sentence]
        return [
            self._choice(piece, step, k, known, lattice, own)
            for k, (piece, step) in enumerate(zip(found, steps, strict=True))
            if piece.kind is Kind.WORD
        ]

    def _choice(self, piece: Piece, step: Step, k: int, known: Posteriors, lattice: Lattice, own: set[int]) -> Choice:
        words = self._model.words
        likely = known.likeliest(k, ALTERNATIVES + 1)
        forms = [piece.text if place in own else like(piece.text, words[int(lattice.last[place])]) for place in likely]
        sure = float(known.sure[k])
        if (
            step.place in own
            or sure < CHANGE
            or len(piece.text) < 2
            or pattern("restoration", "consonants").search(piece.text)
        ):
            kept = sum(known.share(k, place) for place in known.places_of(k) if place in own)
            others = tuple(form for form in forms if form != piece.text)
            return Choice(piece, piece.text, min(1.0, kept), others[:ALTERNATIVES])
        text = like(piece.text, words[int(lattice.last[step.place])])
        return Choice(piece, text, sure, tuple(dict.fromkeys(form for form in forms if form != text)))

    def _lattice(self, reads: Sequence[Read]) -> tuple[Lattice, set[int]]:
        """Candidates of the reads, and the places of those that leave the read as it is."""
        self._learn(sorted({read for read, _ in reads}))
        offsets, words, scores = [0, 1], [np.array([NUMBER])], [np.zeros(1, np.float32)]
        own = {0}
        for read, grade in reads:
            near, score = self._memory[read]
            same = self._index.get(old_tone(read), UNKNOWN)
            others = near[near != same]
            shift = ODDS[grade] - USUAL_ODDS
            own.add(offsets[-1])
            words += [np.array([same]), others]
            kept = 0.0 if same != UNKNOWN else UNKNOWN_COST
            scores += [np.array([kept], np.float32), score[near != same] + np.float32(shift)]
            offsets.append(offsets[-1] + 1 + len(others))
        word = np.concatenate(words).astype(np.int64)
        none = np.full(len(word), -1, np.int64)
        score, usual = np.concatenate(scores), self._model.ngrams.one[word]
        return Lattice(np.array(offsets, np.int64), word, none, none, word, score, usual), own

    def _learn(self, reads: Sequence[str]) -> None:
        """Find the words near to each new read, with log P(read | word) against that of a right reading."""
        new = [read for read in reads if read not in self._memory]
        if not new:
            return
        split = [unicodedata.normalize("NFD", read) for read in new]
        distance = process.cdist(split, self._split, scorer=Levenshtein.distance, score_cutoff=NEAR, dtype=np.uint8)
        read_of, word_of = np.nonzero(distance <= NEAR)
        score = self._channel.score(self._channel.prepare(new), self._spelled, read_of, word_of)
        bounds = np.searchsorted(read_of, np.arange(len(new) + 1))
        for r, read in enumerate(new):
            part = slice(bounds[r], bounds[r + 1])
            best = np.argsort(-score[part], kind="stable")[:KEPT]
            self._memory[read] = word_of[part][best], score[part][best]


def like(read: str, word: str) -> str:
    """The word in the case of what was read, its tone where the read has it."""
    if new_tone(word) == read.lower():
        return read
    if read.isupper() and len(read) > 1:
        return word.upper()
    return word.capitalize() if read[:1].isupper() else word


def _grade(confidences: Sequence[tuple[int, float]], column: int) -> int:
    """The grade of the word that holds a column."""
    at = bisect_right(confidences, (column, 2.0)) - 1
    return bisect_right(GRADES, confidences[at][1]) if at >= 0 else len(GRADES)
