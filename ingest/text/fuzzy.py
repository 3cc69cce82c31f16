"""Fuzzy look-up in the dictionaries: RapidFuzz over keys without marks, shared by restorer and parsers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from rapidfuzz import fuzz, process

from ...dictionaries import Entry, entries
from .normalize import fold


class FuzzyIndex:
    """Finds the entry whose spelling is nearest to a text, tolerant of lost marks and wrong letters."""

    def __init__(self, listed: Iterable[Entry]) -> None:
        self._by_key: dict[str, Entry] = {}
        for entry in listed:
            for spelling in entry.spellings:
                self._by_key.setdefault(fold(spelling), entry)
        self._keys = sorted(self._by_key)

    def exact(self, text: str) -> Entry | None:
        """The entry that is spelled so, marks aside."""
        return self._by_key.get(fold(text))

    def nearest(self, text: str, floor: float = 85.0) -> tuple[Entry, float] | None:
        """The nearest entry and its similarity 0..100, or None below `floor`."""
        key = fold(text)
        if key in self._by_key:
            return self._by_key[key], 100.0
        best = process.extractOne(key, self._keys, scorer=fuzz.ratio, score_cutoff=floor)
        return (self._by_key[best[0]], float(best[1])) if best else None


@cache
def fuzzy_index(name: str) -> FuzzyIndex:
    """The fuzzy index of the word list `name`."""
    return FuzzyIndex(entries(name))
