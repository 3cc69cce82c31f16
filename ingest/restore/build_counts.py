"""Model building, step 2: syllables of a corpus counted in ones, twos and threes.

Text is lower case with the tone marks of `oa`, `oe`, `uy` placed the old way. A syllable outside the vocabulary is
`UNKNOWN`, whatever holds a digit is `NUMBER`, and a sentence begins and ends with `BREAK`; commas, quotes and brackets
leave no trace. Counts are weighted by source.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..text.quality import is_syllable
from .model import BREAK, NUMBER, UNKNOWN
from .syllables import old_tone
from .tokens import roman_numeral

Array = np.ndarray[Any, Any]
SPECIAL = ("<s>", "<unk>", "<num>")
HELD_OUT = 50  # one line in so many is left out of the counts, for measuring
DEFAULT_WEIGHT = 1.0
WEIGHTS = {
    "phapdien": 0.35,
    "uts_vlc_2023": 0.5,
    "uts_vlc_2021": 0.5,
    "gazetteer": 0.3,
    "readability1000": 1.5,
    "sct_laocai": 1.5,
    "admin7_khanhng": 2.0,
    "vanban_misc": 2.0,
    "xa_luongminh_baucu": 4.0,
}
_ENDS = ".;:!?…"
_PIECE = re.compile(r"[^\W_]*\d(?:\S*\w)?|[^\W\d_]+|[.;:!?…]+(?=\s|$|[\"”’')])")


@dataclass(frozen=True, slots=True)
class Counts:
    """Vocabulary and weighted n-gram counts; keys are base-`len(words)` numbers, sorted."""

    words: tuple[str, ...]
    ones: Array
    twos: tuple[Array, Array]
    threes: tuple[Array, Array]
    forms: np.ndarray  # (words, 3): lower case, capital first letter, all capitals; sentence starts left out


def corpus_lines(path: Path) -> Iterator[str]:
    """The lines of a corpus file (plain or gzip)."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield line.strip()


def held_out(line: str) -> bool:
    """Whether the line is kept for measuring."""
    return zlib.crc32(line.encode()) % HELD_OUT == 0


def pieces(line: str) -> list[str]:
    """Words, numbers and sentence ends of a line, as written."""
    return _PIECE.findall(line)


def source_name(path: Path) -> str:
    """The name of a corpus file without its endings."""
    return path.name.split(".")[0]


def build_vocabulary(paths: list[Path], least_syllable: float, least_other: float) -> tuple[tuple[str, ...], Array]:
    """Words seen often enough, most frequent first after the special ones, and how they are written."""
    written: dict[str, list[float]] = {}
    for path in paths:
        weight = WEIGHTS.get(source_name(path), DEFAULT_WEIGHT)
        seen: Counter[str] = Counter()
        first: Counter[str] = Counter()
        for line in corpus_lines(path):
            if not held_out(line):
                tokens = pieces(line)
                seen.update(tokens)
                if sum(map(str.isupper, tokens)) > 0.5 * len(tokens):
                    first.update(tokens)  # a capital line tells nothing about case
                else:
                    first.update(t for t, before in zip(tokens, [".", *tokens], strict=False) if before[0] in _ENDS)
        for token, count in seen.items():
            if not token.isalpha() or (len(token) > 1 and roman_numeral(token)):
                continue
            form = 0 if token.islower() else 2 if token.isupper() and len(token) > 1 else 1
            forms = written.setdefault(old_tone(token.lower()), [0.0, 0.0, 0.0, 0.0])
            forms[form] += weight * (count - first[token])
            forms[3] += weight * count
    kept = [
        (forms[3], word)
        for word, forms in written.items()
        if forms[3] >= (least_syllable if is_syllable(word) else least_other)
    ]
    kept.sort(key=lambda pair: (-pair[0], pair[1]))
    words = (*SPECIAL, *(word for _, word in kept))
    table = np.zeros((len(words), 3), np.float32)
    for number, (_, word) in enumerate(kept, len(SPECIAL)):
        table[number] = written[word][:3]
    return words, table


def _ids(path: Path, index: dict[str, int]) -> Array:
    """The corpus file as word numbers, a BREAK at each sentence end."""
    cache: dict[str, int] = {}
    numbers: list[int] = [BREAK]
    for line in corpus_lines(path):
        if held_out(line):
            continue
        for token in pieces(line):
            number = cache.get(token)
            if number is None:
                number = cache[token] = _number(token, index)
            numbers.append(number)
        numbers.append(BREAK)
    array = np.array(numbers, np.int64)
    repeated = (array[1:] == BREAK) & (array[:-1] == BREAK)
    kept: Array = array[np.concatenate([[True], ~repeated])]
    return kept


def _number(token: str, index: dict[str, int]) -> int:
    if token[0] in _ENDS:
        return BREAK
    if any(c.isdigit() for c in token) or (len(token) > 1 and roman_numeral(token)):
        return NUMBER
    return index.get(old_tone(token.lower()), UNKNOWN)


def _add(total: tuple[Array, Array], keys: Array, weight: float) -> tuple[Array, Array]:
    """Weighted counts of `keys` added to `total`."""
    new, counts = np.unique(keys, return_counts=True)
    merged = np.concatenate([total[0], new])
    values = np.concatenate([total[1], (counts * weight).astype(np.float32)])
    order = np.argsort(merged, kind="stable")
    merged, values = merged[order], values[order]
    starts = np.flatnonzero(np.concatenate([[True], merged[1:] != merged[:-1]]))
    return merged[starts], np.add.reduceat(values, starts)


def count(paths: list[Path], least_syllable: float = 8, least_other: float = 150) -> Counts:
    """Count the corpus files."""
    words, forms = build_vocabulary(paths, least_syllable, least_other)
    index = {word: number for number, word in enumerate(words)}
    size = len(words)
    nothing = (np.zeros(0, np.int64), np.zeros(0, np.float32))
    ones = np.zeros(size, np.float64)
    twos, threes = nothing, nothing
    for path in paths:
        weight = WEIGHTS.get(source_name(path), DEFAULT_WEIGHT)
        ids = _ids(path, index)
        ones += weight * np.bincount(ids, minlength=size)
        pairs = ids[:-1] * size + ids[1:]
        twos = _add(twos, pairs, weight)
        # A break in the middle says nothing about what follows it: `x <s> y` is not counted.
        inside = ids[1:-1] != BREAK
        threes = _add(threes, (pairs[:-1] * size + ids[2:])[inside], weight)
    return Counts(words, ones, twos, threes, forms)
