"""Model building, step 4: which words of a page were read as which, from the true lines and the text read."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import Levenshtein

from .tokens import core_of

Pair = tuple[str, str]


def _plain(text: str) -> str:
    """The text with one base letter for each character, so that true and read text are nearly equal."""
    return "".join(unicodedata.normalize("NFD", c)[0] for c in text).lower().replace("đ", "d")


def aligned(truth: str, read: str) -> Iterator[Pair]:
    """Pairs of passages between blanks that stand in both texts: mostly one word each."""
    truth, read = " ".join(truth.split()), " ".join(read.split())
    truth, read = unicodedata.normalize("NFC", truth), unicodedata.normalize("NFC", read)
    start_true = start_read = 0
    for block in Levenshtein.opcodes(_plain(truth), _plain(read)):
        if block.tag != "equal":
            continue
        for k in range(block.src_end - block.src_start):
            if truth[block.src_start + k] == " ":
                yield truth[start_true : block.src_start + k], read[start_read : block.dest_start + k]
                start_true, start_read = block.src_start + k + 1, block.dest_start + k + 1
    yield truth[start_true:], read[start_read:]


def word_pairs(pages: Iterable[tuple[str, str]]) -> Counter[Pair]:
    """How often a true word (letters only) was read as which string, over pages of (truth, read)."""
    found: Counter[Pair] = Counter()
    for truth, read in pages:
        for true, seen in aligned(truth, read):
            if " " in true or " " in seen:
                continue
            true_core, seen_core = core_of(true), core_of(seen)
            if true_core.isalpha() and seen_core and len(seen_core) <= len(true_core) + 4:
                found[true_core, seen_core] += 1
    return found
