"""All that a read may stand for: syllables, several syllables run together, an acronym, or itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from unidecode import unidecode

from ...dictionaries import entries
from .codes import Codes, is_acronym
from .lexicon import CAPITALS, Found, Lexicon, Read, key_of
from .model import NUMBER, UNKNOWN
from .ngrams import Ngrams
from .search import Lattice

Array = np.ndarray[Any, Any]

KEEP_WORD, KEEP_LETTER = -3.0, -2.6  # log P of a word that no list knows, and of each of its letters
KEEP_SMALL_WORD = -2.0  # unknown words are mostly names
UNIT = -3.0  # log P that an abbreviated unit lost its marks
LISTED = 2.0  # in favour of an acronym of the list
KEEP_ACRONYM, KEEP_CAPITAL = -3.0, -1.6
KEEP_FIGURE, KEEP_MIXED, KEEP_SMALL = -2.0, -6.0, -9.0  # each sign: figures then letters, mixed, a small letter first
NUMBER_KEPT = 2.0  # how much better a figure is as a figure than as a word read wrongly
USUAL = np.float32(0.8)  # how much a syllable's frequency counts before its neighbours are known
MERGE = -5.0  # that a blank was made up
SPLIT = -6.0  # that a blank was lost
POOR = -11.0  # rank of the best syllable below which a read may be several run together
PARTS_KEPT, SPLITS_KEPT = 3, 12


class Part(NamedTuple):
    """A syllable of a candidate with the scores of its case forms; `text` where it is written one way only."""

    word: int
    forms: Array | None
    text: str | None = None


Candidate = tuple[Part, ...]


class Candidates:
    """The candidates by their places in the lattice."""

    def __init__(self, offsets: Sequence[int], singles: Sequence[Found], extra: Mapping[int, Candidate]) -> None:
        self._offsets, self._singles, self._made = offsets, singles, dict(extra)

    def __getitem__(self, place: int) -> Candidate:
        candidate = self._made.get(place)
        if candidate is None:
            read = bisect_right(self._offsets, place) - 1
            found, k = self._singles[read], place - self._offsets[read]
            candidate = self._made[place] = (Part(int(found.words[k]), found.forms[k]),)
        return candidate

    def rescored(self, lattice: Lattice, scores: Mapping[int, Array]) -> Lattice:
        """The lattice with other scores for the single syllables of some reads (by their numbers)."""
        score = lattice.score.copy()
        for read, values in scores.items():
            start = self._offsets[read]
            score[start : start + len(values)] = values
        return replace(lattice, score=score)

    def found(self, read: int) -> Found:
        """The single syllables of a read."""
        return self._singles[read]


class LatticeBuilder:
    """Builds the candidates of reads; the lists of single syllables are remembered by the lexicon."""

    def __init__(self, lexicon: Lexicon, ngrams: Ngrams, codes: Codes) -> None:
        self._lexicon, self._ngrams, self._codes = lexicon, ngrams, codes
        self._keys = frozenset(lexicon.keys)
        self._units = {
            unidecode(unit): unit
            for entry in entries("units")
            for unit in entry.spellings
            if unit.isalpha() and unit.islower() and not unit.isascii() and not self.is_key(unit)
        }
        self._memory: dict[Read, list[tuple[float, Candidate]]] = {}
        self._numbers: dict[Read, int] = {}

    def rank(self, read: Read) -> float:
        """Score of the best syllable of a read: channel and frequency."""
        found = self._lexicon.find([read])[0]
        return float(found.score[0] + 0.8 * self._lexicon.weight[found.words[0]]) if len(found.words) else -40.0

    def is_key(self, text: str) -> bool:
        """Whether a text is a syllable, marks aside."""
        return key_of(text) in self._keys

    def build(self, reads: Sequence[Read]) -> tuple[Lattice, Candidates]:
        """The candidates of all reads; read 0 is a number, kept as it is."""
        found = self._lexicon.find([(read.replace(" ", ""), where) for read, where in reads])
        more = self._more(reads, found)
        number = Found(np.array([NUMBER], np.int64), np.zeros(1, np.float32), np.zeros((1, 3), np.float32))
        singles = [number, *found]
        others: list[list[tuple[float, Candidate]]] = [[], *more]
        sizes = np.array([len(f.words) for f in singles])
        offsets = np.cumsum([0, *(sizes + np.array([len(m) for m in others]))])
        first, before, last = (np.full(offsets[-1], -1, np.int64) for _ in range(3))
        second, score = before.copy(), np.zeros(offsets[-1], np.float32)
        rows = np.repeat(offsets[:-1] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        first[rows] = last[rows] = np.concatenate([f.words for f in singles])
        cost = np.array([0.0, *(MERGE if " " in read else 0.0 for read, _ in reads)], np.float32)
        score[rows] = np.concatenate([f.score for f in singles]) + np.repeat(cost, sizes)
        extra: dict[int, Candidate] = {0: (Part(NUMBER, None),)}
        for start, size, options in zip(offsets.tolist(), sizes.tolist(), others, strict=False):
            for place, (chance, candidate) in enumerate(options, start + size):
                words = [part.word for part in candidate]
                first[place], last[place], score[place] = words[0], words[-1], chance
                if len(words) > 1:
                    second[place], before[place] = words[1], words[-2]
                extra[place] = candidate
        usual = USUAL * (self._ngrams.one[first] + np.where(second >= 0, self._ngrams.one[second], np.float32(0)))
        numbers = np.array([1, *(self._numbers.setdefault(read, len(self._numbers) + 2) for read in reads)], np.int64)
        lattice = Lattice(offsets, first, second, before, last, score, usual, numbers)
        return lattice, Candidates(offsets.tolist(), singles, extra)

    def _more(self, reads: Sequence[Read], found: Sequence[Found]) -> list[list[tuple[float, Candidate]]]:
        """Candidates that are no single syllable; remembered."""
        pairs = [pair for pair in zip(reads, found, strict=True) if pair[0] not in self._memory]
        new, singles = [read for read, _ in pairs], [single for _, single in pairs]
        self._memory |= {(read, where): [] if " " in read else [_kept(read, where)] for read, where in new}
        acronyms = [(read, where) for read, where in new if is_acronym(read) and where != CAPITALS]
        ranked = self._codes.acronyms.ranked([read for read, _ in acronyms]) if acronyms else []
        for key, forms in zip(acronyms, ranked, strict=True):
            listed = any(form == key[0] for _, form in forms)
            own = [] if listed else self._memory[key]
            self._memory[key] = [*own, *((score + LISTED, (Part(UNKNOWN, None, form),)) for score, form in forms)]
        for read, where in new:
            unit = self._units.get(read.lower()) if where != CAPITALS else None
            if unit is not None:
                self._memory[read, where] = [*self._memory[read, where], (UNIT, (Part(UNKNOWN, None, unit),))]
        for r, options in self._splits(new, singles).items():
            self._memory[new[r]] = self._memory[new[r]] + options
        return [self._memory[read] for read in reads]

    def _splits(self, reads: Sequence[Read], found: Sequence[Found]) -> dict[int, list[tuple[float, Candidate]]]:
        """Readings of long reads as two or three syllables without a blank between."""
        weight = self._lexicon.weight
        wanted: dict[int, list[tuple[str, ...]]] = {}
        for r, ((read, _), singles) in enumerate(zip(reads, found, strict=True)):
            best = float(singles.score[0] + 0.8 * weight[singles.words[0]]) if len(singles.words) else -40.0
            if best < POOR and " " not in read and 4 <= len(read) <= 24 and (cuts := self._cuts(read)):
                wanted[r] = cuts
        parts = {(part, reads[r][1]) for r, cuts in wanted.items() for cut in cuts for part in cut}
        order = sorted(parts)
        lists = dict(zip(order, self._lexicon.find(order), strict=True))
        result: dict[int, list[tuple[float, Candidate]]] = {}
        for r, cuts in wanted.items():
            options: list[tuple[float, float, Candidate]] = []
            for cut in cuts:
                options += self._joined([lists[part, reads[r][1]] for part in cut])
            options.sort(key=lambda option: -option[0])
            result[r] = [(score, candidate) for _, score, candidate in options[:SPLITS_KEPT]]
        return self._within(result)

    def _within(self, options: dict[int, list[tuple[float, Candidate]]]) -> dict[int, list[tuple[float, Candidate]]]:
        """The options, those of three syllables with log P of the third after the others."""
        trios = [[part.word for part in c] for found in options.values() for _, c in found if len(c) == 3]
        first, second, third = np.array(trios, np.int64).reshape(-1, 3).T
        gains = iter(self._ngrams.score(first, second, third).tolist())
        return {
            r: [(score + next(gains) if len(candidate) == 3 else score, candidate) for score, candidate in found]
            for r, found in options.items()
        }

    def _cuts(self, read: str) -> list[tuple[str, ...]]:
        """The ways to cut a read into two or three parts that are syllables, marks aside."""
        ends = [k for k in range(2, len(read) - 1) if self.is_key(read[:k])]
        found: list[tuple[str, ...]] = [(read[:k], read[k:]) for k in ends if self.is_key(read[k:])]
        for a in ends if len(read) >= 7 else []:
            for b in range(a + 2, len(read) - 1):
                if self.is_key(read[a:b]) and self.is_key(read[b:]):
                    found.append((read[:a], read[a:b], read[b:]))
        return found

    def _joined(self, lists: Sequence[Found]) -> list[tuple[float, float, Candidate]]:
        """Rank, channel score and syllables of the best combinations of the parts' candidates."""
        weight = self._lexicon.weight
        options: list[tuple[float, float, Candidate]] = []
        tops = [range(min(PARTS_KEPT, len(found.words))) for found in lists]
        for choice in product(*tops):
            parts = [(found.words[k], found.score[k], found.forms[k]) for found, k in zip(lists, choice, strict=True)]
            score = SPLIT * (len(lists) - 1) + float(sum(s for _, s, _ in parts))
            rank = score + 0.8 * float(sum(weight[w] for w, _, _ in parts))
            options.append((rank, score, tuple(Part(int(w), f) for w, _, f in parts)))
        return options


def _kept(read: str, where: int) -> tuple[float, Candidate]:
    """The read as a candidate for itself: a word that no list knows, an acronym, or a figure."""
    size = len(read)
    if read.isdigit():
        return NUMBER_KEPT, (Part(NUMBER, None),)
    if not read.isalpha():
        if read[0].islower() or not any(map(str.isalnum, read)):
            return KEEP_SMALL * size, (Part(NUMBER, None),)
        figures = read[0].isdigit() and size > 2 and read[1].isdigit()
        return (KEEP_FIGURE if figures else KEEP_MIXED) * size, (Part(NUMBER, None),)
    if is_acronym(read) and where != CAPITALS:
        return KEEP_ACRONYM + KEEP_CAPITAL * size, (Part(UNKNOWN, None),)
    small = KEEP_SMALL_WORD if read.islower() else 0.0
    return KEEP_WORD + small + KEEP_LETTER * size, (Part(UNKNOWN, None),)


def kept_unknown(candidate: Candidate) -> bool:
    """Whether a candidate is a word that no list knows, or a mixture of letters and figures, kept as it was read."""
    part = candidate[0]
    return part.forms is None and part.text is None and part.word in (UNKNOWN, NUMBER)
