"""From lines to restored words: candidates, search, spelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .confidence import ALTERNATIVES, posteriors
from .lexicon import LOWER, UPPER, Found, Lexicon
from .model import NUMBER, UNKNOWN, Model, model
from .search import Lattice, search
from .tokens import Kind, Piece, pieces

Array = np.ndarray[Any, Any]
Spelling = tuple[int, Array | None]  # a word and the scores of its case forms; None for what is kept as read
KEEP_LETTER = -2.6  # log P of a letter of a word that no list knows
KEEP_WORD = -3.0
KEEP_NUMBER = -2.0  # for each sign of a word with digits, taken for a number or a code


@dataclass(frozen=True, slots=True)
class Choice:
    """A restored piece: what stands in its place and the candidates that it was chosen from."""

    piece: Piece
    text: str
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()


class Restorer:
    """Restores documents with one model; remembers candidates from one to the next."""

    def __init__(self, trained: Model) -> None:
        self.model = trained
        self.lexicon = Lexicon(trained.words, trained.weight, trained.forms, trained.channel, {})

    def restore(self, lines: Sequence[str]) -> list[Choice]:
        """Restore the words of the lines."""
        found = pieces(lines)
        capitals = [is_capital(line) for line in lines]
        reads = [(p.text, capitals[p.line]) for p in found]
        numbers: dict[tuple[str, bool] | None, int] = {None: 0}
        for read, piece in zip(reads, found, strict=True):
            if piece.kind is Kind.WORD:
                numbers.setdefault(read, len(numbers))
        distinct = [r for r in numbers if r is not None]
        candidates = self.lexicon.find(distinct)
        lattice, spellings = self._lattice(distinct, candidates)
        sentences: list[list[int]] = []
        for read, piece in zip(reads, found, strict=True):
            if piece.begins or not sentences:
                sentences.append([])
            sentences[-1].append(numbers[read] if piece.kind is Kind.WORD else 0)
        arrays = [np.array(s) for s in sentences]
        chosen = search(arrays, lattice, self.model.ngrams)
        places, shares, bounds = posteriors(arrays, chosen, lattice, self.model.ngrams)
        result: list[Choice] = []
        best = [int(place) for sentence in chosen for place in sentence]
        for k, (piece, place) in enumerate(zip(found, best, strict=True)):
            if piece.kind is not Kind.WORD:
                result.append(Choice(piece, piece.text))
                continue
            part = slice(bounds[k], bounds[k + 1])
            result.append(self._choice(piece, place, places[part], shares[part], spellings, capitals[piece.line]))
        return result

    def _choice(
        self, piece: Piece, place: int, places: Array, shares: Array, spellings: list[Spelling], capitals: bool
    ) -> Choice:
        text = self._spelled(piece, *spellings[place], capitals)
        confidence = float(shares[places == place].sum())
        order = np.argsort(-shares, kind="stable")[: ALTERNATIVES + 1]
        others = (self._spelled(piece, *spellings[int(p)], capitals) for p in places[order] if shares[order].max() > 0)
        likely = tuple(dict.fromkeys(o for o in others if o != text))[:ALTERNATIVES]
        return Choice(piece, text, confidence, likely)

    def _spelled(self, piece: Piece, word: int, forms: Array | None, capitals: bool) -> str:
        if forms is None:
            return piece.text
        text = self.model.words[word]
        if capitals:
            return text.upper()
        prior = self.model.forms[word].copy()
        if piece.begins:
            prior[LOWER] -= 2
        form = int(np.argmax(forms + prior))
        return text if form == LOWER else text.upper() if form == UPPER else text.capitalize()

    def _lattice(self, reads: Sequence[tuple[str, bool]], found: Sequence[Found]) -> tuple[Lattice, list[Spelling]]:
        """Candidates of all reads; number 0 is a number or code, kept."""
        offsets, words, scores = [0, 1], [np.array([NUMBER])], [np.zeros(1, np.float32)]
        spellings: list[Spelling] = [(NUMBER, None)]
        for (read, _), candidates in zip(reads, found, strict=True):
            keep = NUMBER if any(c.isdigit() for c in read) else UNKNOWN
            score = KEEP_NUMBER * len(read) if keep == NUMBER else KEEP_WORD + KEEP_LETTER * len(read)
            words += [candidates.words, np.array([keep])]
            scores += [candidates.score, np.array([score], np.float32)]
            spellings += [(int(w), f) for w, f in zip(candidates.words, candidates.forms, strict=True)]
            spellings.append((keep, None))
            offsets.append(offsets[-1] + len(candidates.words) + 1)
        word = np.concatenate(words).astype(np.int64)
        none = np.full(len(word), -1, np.int64)
        lattice = Lattice(np.array(offsets, np.int64), word, none, none, word, np.concatenate(scores))
        return lattice, spellings


def is_capital(line: str) -> bool:
    """Whether the line is set in capitals."""
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= 3 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def written(lines: Sequence[str], choices: Sequence[Choice]) -> list[str]:
    """The lines with the chosen words in place."""
    result = list(lines)
    for choice in reversed(choices):
        line = result[choice.piece.line]
        result[choice.piece.line] = line[: choice.piece.start] + choice.text + line[choice.piece.end :]
    return result


def restorer() -> Restorer:
    """A restorer with the model of the package."""
    return Restorer(model())
