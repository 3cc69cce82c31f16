"""Words that an engine has run together (`Đàntrâu`), parted where the parts are usual syllables that go together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from ...dictionaries import index
from ..text.quality import is_syllable
from .model import UNKNOWN, Model
from .repair import CERTAIN
from .syllables import old_tone

_RUN = re.compile(r"[^\W\d_]{3,30}")
_DIGIT, _CHUNK = re.compile(r"\d"), re.compile(r"\S+")
_MOST_PARTS = 4
_MOST_REMEMBERED = 100_000
_LONGEST = 7  # letters of a syllable: nghiêng
_USUAL, _USUAL_LETTER = -10.5, -7.55  # log P of a syllable by itself, of one that is a single letter (`y`, `ở`)
_LIKELY = -9.0  # mean log P of the parts, each after the one before it


def _is_set_alike(parts: Sequence[str]) -> bool:
    """Whether the parts may be words of one line: in capitals throughout, or with capitals at the beginning of each."""
    return all(map(str.isupper, parts)) or all(part[1:] == part[1:].lower() for part in parts)


def _first_chunk(text: str, start: int) -> str:
    found = _CHUNK.search(text, start)
    return found[0] if found else ""


class Parter:
    """Parts words with the language model of the package."""

    def __init__(self, model: Model) -> None:
        self._ngrams = model.ngrams
        usual = zip(model.words, model.weight.tolist(), strict=True)
        self._index = {
            word: number
            for number, (word, weight) in enumerate(usual)
            if weight > (_USUAL if len(word) > 1 else _USUAL_LETTER)
        }
        self._parts = lru_cache(_MOST_REMEMBERED)(self._parts_of)

    def parted(self, text: str, confidences: Sequence[tuple[int, float]]) -> tuple[str, list[tuple[int, float]]]:
        """A line with blanks between words that were run together, and its confidences with their new columns.

        `confidences`: columns (0-based) where words begin, and the engine's confidence in each.
        """
        starts = [column for column, _ in confidences]
        sure = [confidence for _, confidence in confidences]
        cuts: list[int] = []
        for run in _RUN.finditer(text):
            at = bisect_right(starts, run.start()) - 1
            if at < 0 or confidences[at][1] >= CERTAIN or run.group().isascii():
                continue
            if _DIGIT.search(_first_chunk(text, starts[at])):
                continue  # a number is found by the word that it stands in
            position = run.start()
            for part in self._parts(run.group())[:-1]:
                position += len(part)
                cuts.append(position)
                sure[at] = CERTAIN  # words that go together so well are right
        for cut in reversed(cuts):
            text = f"{text[:cut]} {text[cut:]}"
        return text, [(start + bisect_right(cuts, start), found) for start, found in zip(starts, sure, strict=True)]

    def _parts_of(self, run: str) -> tuple[str, ...]:
        if is_syllable(run) or run.lower() in index("units") or run.lower() in index("written_together"):
            return (run,)
        ways = (parts for parts in self._ways(run, _MOST_PARTS) if len(parts) > 1 and _is_set_alike(parts))
        likeliest = max(((self._score(parts), parts) for parts in ways), default=(_LIKELY, (run,)))
        return likeliest[1] if likeliest[0] > _LIKELY else (run,)

    def _ways(self, run: str, most: int) -> Iterator[tuple[str, ...]]:
        """The ways to cut a run into usual syllables."""
        if self._is_usual(run):
            yield (run,)
        for end in range(1, min(_LONGEST + 1, len(run)) if most > 1 else 0):
            if self._is_usual(run[:end]):
                yield from ((run[:end], *rest) for rest in self._ways(run[end:], most - 1))

    def _is_usual(self, part: str) -> bool:
        return len(part) <= _LONGEST and old_tone(part.lower()) in self._index and is_syllable(part)

    def _score(self, parts: Sequence[str]) -> float:
        """Mean log P of the parts."""
        numbers = np.array([UNKNOWN, UNKNOWN, *(self._index[old_tone(part.lower())] for part in parts)], np.int64)
        scores = self._ngrams.score(numbers[:-2], numbers[1:-1], numbers[2:])
        return float(np.mean(scores))
