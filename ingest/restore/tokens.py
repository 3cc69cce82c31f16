"""Where the words of a line are: runs of letters, digits and the signs that OCR writes for letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from ...dictionaries import pattern

_EDGE = " \t.,;:!?…\"“”„‘’'`´()[]{}<>«»*_/\\|+=~^-–—°•·■●▪#"
# Single signs that are read for a one-letter word (`¢` for `có`, `&` for `ở`).
_LONE_SIGNS = "¢¥€&§$£"
# Figures that words are read as (`lễ`, `lề`: 18; `ở`, `ô`, `số`: 6); only the search can tell.
FIGURE_WORDS = frozenset({"6", "18", "16", "10", "14", "56"})
_CUT = re.compile(r"[,;:!?()\[\]“”\"…/–—_|]+|(?<=[^\W\d])[.\-](?=[^\W\d])|(?<=\d)\.(?=[^\W\d]{2})|(?<=[^\W\d])\.(?=\d)")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_END = re.compile(r"[.;:!?…](?:[\"”’')\]]*)(?:\s|$)")


LONGEST_SENTENCE = 120  # tokens
LONGEST_CHUNK = 200  # signs without a blank; longer ones are no words
Regex = re.Pattern[str]


class Kind(Enum):
    """What a token is: a word to restore, a number, a document code, or something kept as it is."""

    WORD = "word"
    NUMBER = "number"
    CODE = "code"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Piece:
    """A token of a line: 0-based line and columns, its text, and whether a sentence begins with it.

    It is fresh as the first of its line, or after a number (a table's cell may begin there).
    """

    line: int
    start: int
    end: int
    text: str
    kind: Kind
    begins: bool
    fresh: bool


def core_of(chunk: str) -> str:
    """A blank-free chunk without the punctuation around it."""
    return chunk.strip(_EDGE)


def roman_numeral(text: str) -> bool:
    """Whether a word is a Roman numeral in capitals."""
    return _ROMAN.fullmatch(text) is not None


def _kind(text: str, measure: Regex) -> Kind:
    if not any(c.isalpha() for c in text):
        return Kind.WORD if any(c in _LONE_SIGNS for c in text) or text in FIGURE_WORDS else Kind.NUMBER
    if len(text) > 1 and roman_numeral(text):
        return Kind.NUMBER
    if any(c.isdigit() for c in text) and measure.fullmatch(text):
        return Kind.NUMBER
    return Kind.WORD


@lru_cache(100_000)
def _chunk_pieces(chunk: str, address: Regex, code: Regex, measure: Regex) -> list[tuple[int, int, Kind]]:
    """Tokens of a blank-free chunk."""
    if len(chunk) > LONGEST_CHUNK or address.search(chunk):
        return [(0, len(chunk), Kind.KEEP)]
    number = code.search(chunk)
    if number:
        return [(number.start(), number.end(), Kind.CODE)]
    found: list[tuple[int, int, Kind]] = []
    start = 0
    for cut in [*_CUT.finditer(chunk), None]:
        end = cut.start() if cut else len(chunk)
        part = chunk[start:end]
        core = core_of(part)
        if core or part in _LONE_SIGNS:
            core = core or part
            at = start + part.index(core)
            found.append((at, at + len(core), _kind(core, measure)))
        start = cut.end() if cut else len(chunk)
    return [f for f in found if f[1] > f[0]]


def _goes_on(line: str, before: str) -> bool:
    """Whether a line may continue the sentence of the line before."""
    if pattern("restoration", "opening").match(line):
        return False
    first = next((c for c in line if c.isalpha()), "")
    if before.isupper() != line.isupper():
        return False
    return first.islower() or len(before.strip()) > 45


def _parted(between: str) -> bool:
    """Whether a sentence or a table's cell ends between two tokens."""
    return between not in (" ", "") and ("\t" in between or _END.search(between) is not None)


def _label_end(line: str) -> int:
    """Where the label that opens a line ends (`- (5) `, `2.1. `, `a) `); 0 where there is none."""
    opening = pattern("restoration", "opening").match(line)
    return opening.end() if opening else 0


def pieces(lines: Sequence[str]) -> list[Piece]:
    """The tokens of a document in order."""
    address, code, measure = (pattern("restoration", name) for name in ("address", "code", "measure"))
    found: list[Piece] = []
    begins, before = True, ""
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if not begins and not _goes_on(line.strip(), before):
            begins = True
        position, label_end = 0, _label_end(line)
        for chunk in re.finditer(r"\S+", line):
            for start, end, kind in _chunk_pieces(chunk.group(), address, code, measure):
                at = chunk.start() + start
                begins = begins or position < label_end <= at or _parted(line[position:at])
                fresh = not position or found[-1].kind is Kind.NUMBER
                found.append(
                    Piece(number, at, chunk.start() + end, line[at : chunk.start() + end], kind, begins, fresh)
                )
                position, begins = chunk.start() + end, False
        begins = begins or _parted(line[position:])
        before = line.strip()
    return found


def sentence_starts(found: Sequence[Piece]) -> list[int]:
    """Where sentences begin among the tokens; text without any end is cut, so that no sentence is endless."""
    starts: list[int] = []
    for k, piece in enumerate(found):
        if piece.begins or not starts or k - starts[-1] >= LONGEST_SENTENCE:
            starts.append(k)
    return starts
