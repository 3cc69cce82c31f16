"""Names agree: what a document writes several times with the same letters is one name, in capitals or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from .confidence import Posteriors
from .lexicon import key_of
from .search import Lattice
from .tokens import Kind, Piece

Numbers = np.ndarray[Any, Any]
SHORTEST, LONGEST = 2, 4  # words of a name
LEAST = 1e-3  # share of a candidate that an occurrence does not think of


def agreed(found: Sequence[Piece], known: Posteriors, lattice: Lattice) -> Posteriors:
    """The same, each name being what all its occurrences together make most probable.

    `found`: the pieces that the words were read from, one for each word.
    """
    keys = [key_of(piece.text) if piece.kind is Kind.WORD and piece.text[0].isupper() else "" for piece in found]
    places: dict[str, list[int]] = {}
    for k, key in enumerate(keys):
        if key:
            places.setdefault(key, []).append(k)
    chosen = known.chosen.copy()
    done: set[int] = set()
    for name in sorted({tuple(keys[start:stop]) for start, stop in _names(found, keys)}, key=lambda n: (-len(n), n)):
        at = [k for k in places[name[0]] if tuple(keys[k : k + len(name)]) == name]
        for position in range(len(name) if len(at) > 1 else 0):
            words = [k + position for k in at if k + position not in done]
            done |= set(words)
            _settle(words, known, lattice, chosen)
    return replace(known, chosen=chosen)


def _names(found: Sequence[Piece], keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where words with capitals follow each other outside of lines in capitals."""
    start = 0
    for k in range(1, len(found) + 1):
        if k < len(found) and keys[k] and keys[k - 1] and not found[k].begins and not found[k].capital:
            continue
        if SHORTEST <= k - start <= LONGEST and keys[start] and not found[start].capital:
            yield start, k
        start = k


def _settle(words: Sequence[int], known: Posteriors, lattice: Lattice, chosen: Numbers) -> None:
    """Choose the same syllable for all words, one of those that were chosen somewhere."""
    first, single = lattice.first[known.places], lattice.second[known.places] < 0
    if not all(single[chosen[k]] for k in words):
        return
    entries = [
        {int(first[e]): e for e in range(known.bounds[k + 1] - 1, known.bounds[k] - 1, -1) if single[e]} for k in words
    ]
    forms = sorted({int(first[chosen[k]]) for k in words})
    if len(forms) == 1:
        return
    totals = [
        sum(float(np.log(max(known.shares[of[form]], LEAST) if form in of else LEAST)) for of in entries)
        for form in forms
    ]
    best = forms[int(np.argmax(totals))]
    for k, of in zip(words, entries, strict=True):
        chosen[k] = of.get(best, chosen[k])
