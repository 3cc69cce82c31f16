"""Movements: names quoted after `phong trào (thi đua)` or in its list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from ...dictionaries import pattern
from ..text.normalize import fold, squeeze
from ..text.quality import is_syllable
from .model import Block
from .printed import folded, sentence_breaks
from .quotes import find_quotes

_WORDS = re.compile(r"[^\W\d_]+")
_WORDS_TO_FIRST = 14
_WORDS_BETWEEN = 9
_LONGEST_NAME = 260
_SAME_NAME = 93.0


def _gap(text: str, start: int, end: int) -> tuple[str, bool]:
    """The words between two quotations, and whether they begin a new sentence."""
    between = text[start:end]
    breaks = list(sentence_breaks(between))
    return (between[breaks[-1] :], True) if breaks else (between, False)


def _in_passage(text: str, listing: bool) -> Iterator[str]:
    """Names of movements quoted in one passage; `listing` when a list of movements is going on already."""
    position = 0
    for quote in find_quotes(text):
        gap, anew = _gap(text, position, quote.before)
        listing = listing and not anew
        position = quote.end + 1
        key = folded(gap)
        directly = pattern("campaign", "named_movement").search(key) is not None
        if not directly and pattern("campaign", "other_kind").search(key) is not None:
            continue
        mentions = list(pattern("campaign", "movement").finditer(key))
        if mentions:
            listing = len(key[mentions[-1].end() :].split()) <= _WORDS_TO_FIRST
        elif len(key.split()) > _WORDS_BETWEEN:
            listing = False
        name = squeeze(quote.of(text))
        if listing and 0 < len(name) <= _LONGEST_NAME:
            yield name


def _broken(name: str) -> int:
    """How many words of a name are no syllables: of two readings the one with fewer counts."""
    return sum(1 for word in _WORDS.findall(name) if not word.isupper() and not is_syllable(word))


def _mentions(text: str | None) -> bool:
    return text is not None and pattern("campaign", "movement").search(folded(text)) is not None


def read_movements(title: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    """All names of movements in title and blocks, once each, in order of first mention."""
    found = {fold(name): name for name in _in_passage(title, listing=False)}
    announced = False
    for block in blocks:
        if block.kind == "table":
            continue
        text = block.passage.text
        begins = text[:1] in '“"”'
        listing = begins and (announced or (block.kind == "bullet" and _mentions(next(reversed(block.headings), None))))
        for name in _in_passage(text, listing):
            key = fold(name)
            same = process.extractOne(key, list(found), scorer=fuzz.ratio, score_cutoff=_SAME_NAME)
            if same is None:
                found[key] = name
            elif _broken(name) < _broken(found[same[0]]):
                found[same[0]] = name
        if block.kind != "bullet":
            announced = text.rstrip().endswith(":") and _mentions(text[-200:])
    return tuple(found.values())
