"""From lines to restored words: pieces, candidates, search, spelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .codes import Codes, roman_labels
from .confidence import ALTERNATIVES, posteriors
from .lattice import Candidate, LatticeBuilder, Part, Read
from .lexicon import LOWER, UPPER, Found, Lexicon
from .model import Model, model
from .search import search
from .tokens import Kind, Piece, pieces

Array = np.ndarray[Any, Any]
MERGE = -6.0  # that a blank was made up
LABEL_CONFIDENCE = 0.9
CASE_AT_START = 2.5


@dataclass(frozen=True, slots=True)
class Choice:
    """A restored piece: what stands in its place, how sure that is, and what else it may be."""

    piece: Piece
    text: str
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()


class Restorer:
    """Restores documents with one model; remembers candidates from one to the next."""

    def __init__(self, trained: Model) -> None:
        self.model = trained
        self.lexicon = Lexicon(trained.words, trained.weight, trained.forms, trained.channel, {})
        self.codes = Codes(trained.channel)
        self.builder = LatticeBuilder(self.lexicon, trained.ngrams, self.codes)

    def restore(self, lines: Sequence[str]) -> list[Choice]:
        """Restore the words of the lines."""
        labels = roman_labels(lines)
        capitals = [is_capital(line) for line in lines]
        found = [p for p in pieces(lines) if p.line not in labels or p.start >= labels[p.line][1]]
        self._learn(found, capitals)
        found = self._merged(found, lines, capitals)
        sentences, reads = _sentences(found, capitals)
        lattice, candidates = self.builder.build(reads)
        chosen = search(sentences, lattice, self.model.ngrams)
        places, shares, bounds = posteriors(sentences, chosen, lattice, self.model.ngrams)
        best = [int(place) for sentence in chosen for place in sentence]
        result: list[Choice] = []
        for k, (piece, place) in enumerate(zip(found, best, strict=True)):
            if piece.kind is Kind.WORD:
                part = slice(bounds[k], bounds[k + 1])
                result.append(self._choice(piece, place, places[part], shares[part], candidates, capitals[piece.line]))
            elif piece.kind is Kind.CODE:
                result.append(Choice(piece, *self.codes.code(piece.text)))
            else:
                result.append(Choice(piece, piece.text))
        for number, (start, end, numeral) in labels.items():
            label = Piece(number, start, end, lines[number][start:end], Kind.CODE, True)
            result.append(Choice(label, numeral, LABEL_CONFIDENCE, (label.text,)))
        return sorted(result, key=lambda choice: (choice.piece.line, choice.piece.start))

    def _learn(self, found: Sequence[Piece], capitals: Sequence[bool]) -> None:
        """Look up the candidates of all words at once."""
        self.lexicon.find([(p.text, capitals[p.line]) for p in found if p.kind is Kind.WORD])

    def _merged(self, found: Sequence[Piece], lines: Sequence[str], capitals: Sequence[bool]) -> list[Piece]:
        """Words that a made-up blank cuts in two are joined again."""
        suspects: list[int] = []
        for k in range(len(found) - 1):
            a, b = found[k], found[k + 1]
            if (
                a.kind is b.kind is Kind.WORD
                and a.line == b.line
                and b.start == a.end + 1
                and not b.begins
                and len(a.text) + len(b.text) <= 9
                and (min(len(a.text), len(b.text)) <= 2 or min(self._rank(a, capitals), self._rank(b, capitals)) < -13)
                and self.builder.is_key(a.text + b.text)
            ):
                suspects.append(k)
        both = [(found[k].text + found[k + 1].text, capitals[found[k].line]) for k in suspects]
        self.lexicon.find(both)
        joined: list[Piece] = []
        merge = {k for k, read in zip(suspects, both, strict=True) if self._better_joined(found[k : k + 2], read)}
        k = 0
        while k < len(found):
            piece = found[k]
            if k in merge:
                following = found[k + 1]
                piece = replace(piece, end=following.end, text=piece.text + following.text)
                k += 1
            joined.append(piece)
            k += 1
        return joined

    def _rank(self, piece: Piece, capitals: Sequence[bool]) -> float:
        return self.builder.rank((piece.text, capitals[piece.line]))

    def _better_joined(self, pair: Sequence[Piece], read: Read) -> bool:
        """Whether two reads make one syllable more probable than two."""
        first, second, both = self.lexicon.find([(pair[0].text, read[1]), (pair[1].text, read[1]), read])
        if not len(both.words):
            return False
        one = float((both.score + self.lexicon.weight[both.words]).max()) + MERGE
        return one > self._apart(first, second)

    def _apart(self, first: Found, second: Found) -> float:
        if not len(first.words) or not len(second.words):
            return -40.0
        v, w = np.meshgrid(first.words, second.words, indexing="ij")
        left = first.score + self.lexicon.weight[first.words]
        return float((left[:, None] + second.score[None, :] + self.model.ngrams.after_one(v, w)).max())

    def _choice(
        self, piece: Piece, place: int, places: Array, shares: Array, candidates: list[Candidate], capitals: bool
    ) -> Choice:
        text = self._spelled(piece, candidates[place], capitals)
        confidence = float(shares[places == place].sum())
        order = np.argsort(-shares, kind="stable")[: ALTERNATIVES + 1]
        others = (self._spelled(piece, candidates[int(p)], capitals) for p in places[order])
        likely = tuple(dict.fromkeys(o for o in others if o != text))[:ALTERNATIVES]
        return Choice(piece, text, confidence, likely)

    def _spelled(self, piece: Piece, candidate: Candidate, capitals: bool) -> str:
        return " ".join(
            self._written(part, piece.text, capitals, piece.begins and k == 0) for k, part in enumerate(candidate)
        )

    def _written(self, part: Part, read: str, capitals: bool, begins: bool) -> str:
        if part.forms is None:
            return part.text or read
        word = self.model.words[part.word]
        if capitals:
            return word.upper()
        prior = self.model.forms[part.word].copy()
        if begins:
            prior[LOWER] -= CASE_AT_START
            prior[1] = max(prior[1], -1.0)
        form = int(np.argmax(part.forms + prior))
        return word if form == LOWER else word.upper() if form == UPPER else word.capitalize()


def _sentences(found: Sequence[Piece], capitals: Sequence[bool]) -> tuple[list[Array], list[Read]]:
    """The pieces as sentences of read numbers, and the reads; read 0 (not in the list) is a number."""
    numbers: dict[Read, int] = {}
    sentences: list[list[int]] = []
    for piece in found:
        if piece.begins or not sentences:
            sentences.append([])
        read = (piece.text, capitals[piece.line])
        sentences[-1].append(numbers.setdefault(read, len(numbers) + 1) if piece.kind is Kind.WORD else 0)
    return [np.array(s, np.int64) for s in sentences], list(numbers)


def is_capital(line: str) -> bool:
    """Whether the line is set in capitals."""
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= 3 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def restorer() -> Restorer:
    """A restorer with the model of the package."""
    return Restorer(model())
