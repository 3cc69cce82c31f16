"""Blocks taken apart into statements, the units in which terms are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...dictionaries import pattern
from ..text.normalize import fold_signs
from ..values import Passage
from .model import Block

_ENDS = re.compile(r";|(?<![\s.][^\W\d])(?<!\bTP)(?<!\bTS)[.!?…]+(?=\s+[“\"(]?([^\W\d_]))")
_ASIDE = re.compile(r"\(([^()]{20,400})\)")
_LONGEST = 2000
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, clause or parenthesis of a block; `first` is the block's first statement, `aside` a parenthesis."""

    passage: Passage
    block: Block
    first: bool = False
    aside: bool = False


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of the sentences; one beyond all measure is cut, so that the time to read it stays in bounds."""
    for start, end in _sentences(text):
        begin = start
        while end - begin > _LONGEST:
            blank = text.rfind(" ", begin + 1, begin + _LONGEST)
            cut = blank if blank > begin else begin + _LONGEST
            yield begin, cut
            begin = cut
        yield begin, end


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    begin, rung = 0, pattern("deadlines", "rung")
    for match in _ENDS.finditer(text):
        if match[1] is not None and not match[1].isupper():
            continue
        if match.group() == ";" and rung.search(fold_signs(text[match.end() : match.end() + 60])):
            continue
        if _LETTER.search(text, begin, match.start()):
            yield begin, match.start()
            begin = match.end()
    if _LETTER.search(text, begin) or any(sign.isdigit() for sign in text[begin:]):
        yield begin, len(text)


def _without_asides(text: str, folded: str, verbs: re.Pattern[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text with its parentheses that state something of their own blanked out, and where they are."""
    asides = [m.span(1) for m in _ASIDE.finditer(text) if verbs.search(folded, m.start(1), m.end(1))]
    for begin, end in asides:
        text = text[: begin - 1] + " " * (end - begin + 2) + text[end + 1 :]
    return text, asides


def statements(block: Block, verbs: re.Pattern[str]) -> Iterator[Statement]:
    """The statements of a block in order; a parenthesis in which `verbs` is found is a statement of its own.

    The passages keep the lines they were read from; offsets inside a statement are its own.
    """
    source = block.passage
    text, asides = _without_asides(source.text, fold_signs(source.text), verbs)
    first = True
    inside = list(asides)
    for begin, end in _pieces(text):
        piece = source.slice(begin, end)
        blanked = Passage(text[begin:end], piece.marks).stripped()
        if blanked.text:
            yield Statement(blanked, block, first)
            first = False
        while inside and inside[0][1] <= end:
            start, stop = inside.pop(0)
            yield Statement(source.slice(start, stop).stripped(), block, aside=True)
