"""From lines to restored words: pieces, candidates, search, spelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from ..text.quality import is_syllable
from .adaptation import Trainer
from .agreement import agreed
from .codes import Codes, figures, powers
from .confidence import ALTERNATIVES, Contexts, Posteriors
from .doubt import Word, confidence, traits
from .evidence import CERTAIN, Evidence
from .labels import Mended, mended_labels
from .lattice import Candidates, LatticeBuilder, kept_unknown
from .lexicon import CAPITALS, OPENING, RUNNING, Lexicon, Read
from .model import Model
from .result import Choice
from .search import Lattice, Memory, Sentence, Step, search
from .settlements import favoured
from .spelling import Speller
from .tokens import Kind, Piece, pieces, sentence_starts

Array = np.ndarray[Any, Any]
NO_WORD = -7.5  # rank below which a read is hardly a word by itself
LABEL_CONFIDENCE = 0.9
UNKNOWN_CONFIDENCE = 0.45  # of a word that no list knows, kept as read
KEPT_CONFIDENCE = 0.65  # of an acronym that no list knows, and of a letter that numbers a line, kept as read
LONGEST_WHOLE = 9  # signs of a word with a blank in it
NO_OTHER = 0.998  # a word as sure as this has no alternatives


class Answer(NamedTuple):
    """The words of a document, a row of traits for each, and how probable their candidates are."""

    words: Sequence[Word]
    traits: Array
    known: Posteriors
    sure: Sequence[float]
    candidates: Candidates


class Restorer:
    """Restores documents with one model; remembers candidates from one to the next."""

    def __init__(self, trained: Model) -> None:
        self.model = trained
        self.lexicon = Lexicon(trained.words, trained.weight, trained.forms, trained.channel, trained.known)
        self.codes = Codes(trained.channel)
        self.speller = Speller(trained)
        self.trainer = Trainer(trained.channel)
        self.memory = Memory()
        self.builder = LatticeBuilder(self.lexicon, trained.ngrams, self.codes)

    def restore(self, lines: Sequence[str], self_training: bool = True) -> list[Choice]:
        """Restore the words of the lines; with `self_training` the channel learns from the document itself."""
        labels = mended_labels(lines)
        found = list(_with_labels(pieces(lines), labels))
        answer = self.answer(found, self_training)
        sure = confidence(answer.traits, self.model.doubt).tolist()
        result = [self._choice(answer, k, sure[k]) for k in range(len(answer.words))]
        if not labels:
            return result
        result = [c for c in result if c.piece.line not in labels or not _overlaps(c.piece, labels[c.piece.line])]
        for number, (start, end, numeral) in labels.items():
            label = Piece(number, start, end, lines[number][start:end], Kind.CODE, True, True)
            others = (label.text,) if label.text != numeral else ()
            result.append(Choice(label, numeral, LABEL_CONFIDENCE, others))
        return sorted(result, key=lambda choice: (choice.piece.line, choice.piece.start))

    def answer(self, found: Sequence[Piece], train: bool) -> Answer:
        """The words of the pieces, each chosen again by the light of the whole document.

        `train`: whether the channel learns from the document.
        """
        ngrams = self.model.ngrams
        sentences, reads, starts = self._sentences(found)
        lattice, candidates = self.builder.build(reads)
        best = search(sentences, lattice, ngrams, self.memory)
        chosen, contexts = best.steps, Contexts(best, lattice, ngrams)
        known = contexts.posteriors(lattice)
        liked = {self.model.words.index(w): f for w, f in favoured(found).items() if w in self.model.words}
        evidence = Evidence.of(chosen, known.sure, lattice, self.model.weight, liked)
        if train:
            lattice = self._trained(chosen, known, reads, lattice, candidates)
        read = [
            _joined(found[start + step.start : start + step.start + step.length])
            for start, steps in zip(starts, chosen, strict=True)
            for step in steps
        ]
        known = agreed(read, contexts.posteriors(lattice, evidence.rescore).settled(), lattice)
        words: list[Word] = []
        for piece, place in zip(read, known.best.tolist(), strict=True):
            candidate = candidates[place]
            words.append(Word(piece, candidate, self.speller.spelled(piece, candidate, piece.capital)))
        return Answer(words, traits(words, known, lattice, ngrams.one), known, known.sure.tolist(), candidates)

    def _trained(
        self,
        chosen: Sequence[Sequence[Step]],
        known: Posteriors,
        reads: Sequence[Read],
        lattice: Lattice,
        candidates: Candidates,
    ) -> Lattice:
        """The lattice with doubtful reads scored by a channel that has learned from the certain ones."""
        certain: Counter[tuple[int, int]] = Counter()
        doubtful: set[int] = set()
        steps = (step for sentence in chosen for step in sentence)
        for (_, _, read, place), sure in zip(steps, known.sure.tolist(), strict=True):
            if sure < CERTAIN:
                doubtful.add(read)
            else:
                certain[read, place] += 1
        several = {number for number, (text, _) in enumerate(reads, 1) if " " in text}
        pairs: Counter[tuple[str, str]] = Counter()
        for (read, place), times in certain.items():
            candidate = candidates[place]
            if read and read not in several and len(candidate) == 1 and candidate[0].forms is not None:
                pairs[self.speller.as_read(candidate[0]), reads[read - 1][0]] += times
        doubtful -= {0, *several}
        channel = self.trainer.adapted(pairs)
        if channel is None or not doubtful:
            return lattice
        order = sorted(doubtful)
        scores = self.lexicon.scored_by(channel, [reads[r - 1] for r in order], [candidates.found(r) for r in order])
        return candidates.rescored(lattice, dict(zip(order, scores, strict=True)))

    def _sentences(self, found: Sequence[Piece]) -> tuple[list[Sentence], list[Read], list[int]]:
        """The pieces as sentences of read numbers, the reads, and the first piece of each sentence.

        Read 0 (not in the list) is a number or a code.
        """
        words = [_read(piece) if piece.kind is Kind.WORD else None for piece in found]
        self.lexicon.find([read for read in words if read])
        numbers: dict[Read, int] = {}
        starts = sentence_starts(found)
        sentences: list[Sentence] = []
        for start, end in pairwise([*starts, len(found)]):
            reads, joined, before = [], [], None
            for k in range(start, end):
                read = words[k]
                reads.append(numbers.setdefault(read, len(numbers) + 1) if read else 0)
                whole = None
                if read and before and len(read[0]) + len(before[0]) < LONGEST_WHOLE:
                    whole = self._whole(found[k - 1], found[k])
                joined.append(numbers.setdefault(whole, len(numbers) + 1) if whole else -1)
                before = read
            sentences.append(Sentence(np.array(reads, np.int64), np.array(joined, np.int64)))
        return sentences, list(numbers), starts

    def _whole(self, a: Piece, b: Piece) -> Read | None:
        """Two words as one read, where a blank may have been made up between them."""
        if not (a.line == b.line and b.start == a.end + 1 and a.capital == b.capital):
            return None
        text = f"{a.text} {b.text}"
        if not self.builder.is_key(text):
            return None
        letter = min(len(a.text), len(b.text)) == 1
        if not letter and self.builder.rank(_read(a)) > NO_WORD and self.builder.rank(_read(b)) > NO_WORD:
            return None
        return text, _read(a)[1]

    def _choice(self, answer: Answer, number: int, confidence: float) -> Choice:
        piece, candidate, text = answer.words[number]
        if piece.kind is not Kind.WORD:
            return self._no_word(piece)
        figure = piece.text.isdigit()
        # A figure that is taken for a word is always shown to the reader; one that stays is a figure like others.
        if text == piece.text and _stands_for_itself(piece):
            confidence = max(confidence, KEPT_CONFIDENCE)
        elif (text != piece.text) if figure else kept_unknown(candidate):
            confidence = min(confidence, UNKNOWN_CONFIDENCE)
        elif answer.sure[number] > NO_OTHER:
            return Choice(piece, text, confidence)
        likely = answer.known.likeliest(number, ALTERNATIVES + 1)
        others = (self.speller.spelled(piece, answer.candidates[place], piece.capital) for place in likely)
        return Choice(piece, text, confidence, tuple(dict.fromkeys(o for o in others if o != text))[:ALTERNATIVES])

    def _no_word(self, piece: Piece) -> Choice:
        if piece.kind is Kind.CODE:
            return Choice(piece, *self.codes.code(piece.text))
        if piece.kind is Kind.NUMBER:
            return Choice(piece, *figures(piece.text))
        return Choice(piece, *powers(piece.text)) if piece.kind is Kind.POWER else Choice(piece, piece.text)


def _stands_for_itself(piece: Piece) -> bool:
    """An acronym (`GPMB`) outside lines in capitals, or the one letter that numbers a line."""
    if not piece.text.isalpha() or not piece.text.isupper() or piece.capital:
        return False
    return piece.start == 0 if len(piece.text) == 1 else len(piece.text) > 2 and not is_syllable(piece.text.lower())


def _read(piece: Piece) -> Read:
    """What was read as a piece, and where."""
    if piece.capital:
        return piece.text, CAPITALS
    return piece.text, OPENING if piece.begins and piece.text[0].isupper() and len(piece.text) > 1 else RUNNING


def _overlaps(piece: Piece, label: tuple[int, int, str]) -> bool:
    return piece.start < label[1] and label[0] < piece.end


def _with_labels(found: Sequence[Piece], labels: Mended) -> Iterator[Piece]:
    """The pieces, a label being one that is no word."""
    last = -1
    for piece in found:
        label = labels.get(piece.line)
        if label is None or not _overlaps(piece, label):
            yield piece
        elif piece.line != last:
            last = piece.line
            yield piece._replace(start=label[0], end=label[1], kind=Kind.NUMBER)


def _joined(parts: Sequence[Piece]) -> Piece:
    """Neighbouring pieces as one."""
    if len(parts) == 1:
        return parts[0]
    return parts[0]._replace(end=parts[-1].end, text=" ".join(part.text for part in parts))
