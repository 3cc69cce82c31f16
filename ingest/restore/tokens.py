"""Where the words of a line are: runs of letters, digits and the signs that OCR writes for letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum
from functools import lru_cache, partial
from typing import NamedTuple

from ...dictionaries import pattern
from ..text.quality import is_syllable

_EDGE = " \t.,;:!?…\"“”„‘’'`´()[]{}<>«»*_/\\|+=~^-–—°•·■●▪#"
# Signs that are read for the horn and mark of a word's last letter (`ct?` for `cứ`), and what opens a quotation.
_HORNS, _OPENING_QUOTES = "?’'", "‘'“"
_CLOSERS = frozenset(":;.,)/")
# Single signs that are read for a one-letter word (`¢` for `có`, `&` for `ở`).
_LONE_SIGNS = "¢¥€&§$£"
# Figures that words are read as (`lễ`, `lề`: 18; `ở`, `ô`, `số`: 6); only the search can tell.
FIGURE_WORDS = frozenset({"6", "18", "16", "10", "14", "56"})
_CUT = re.compile(
    r"[,;:!()\[\]“”\"…/–—_|]+|\?(?![^\W\d_])|(?<=[^\W\d])[.\-](?=[^\W\d])|(?<=\d)\.(?=[^\W\d]{2})|(?<=[^\W\d])\.(?=\d)"
)
_CHUNK = re.compile(r"\S+")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_END = re.compile(r"[.;:!?…](?:[\"”’')\]]*)(?:\s|$)")


SAME_SHAPE = frozenset("ckopsuvwxz")
CAPITAL_RUN = 3  # words in capitals, one after the other, that are a part of a line set so
LONGEST_SENTENCE = 120  # tokens
LONGEST_CHUNK = 200  # signs without a blank; longer ones are no words
Regex = re.Pattern[str]


class Kind(Enum):
    """What a token is: a word to restore, a number, a document code, or something kept as it is."""

    WORD = "word"
    NUMBER = "number"
    CODE = "code"
    KEEP = "keep"
    POWER = "power"  # a measure with a lost power: `m?` for `m2`


class Piece(NamedTuple):
    """A token of a line: 0-based line and columns, its text, and whether a sentence begins with it.

    It is fresh as the first of its line, or after a number (a table's cell may begin there); capital in a line that is
    set in capitals, or in a part of one (columns of a letterhead read as one line).
    """

    line: int
    start: int
    end: int
    text: str
    kind: Kind
    begins: bool
    fresh: bool
    capital: bool = False


def core_of(chunk: str) -> str:
    """A blank-free chunk without the punctuation around it."""
    return chunk.strip(_EDGE)


def roman_numeral(text: str) -> bool:
    """Whether a word is a Roman numeral in capitals."""
    return _ROMAN.fullmatch(text) is not None


def _kind(text: str, measure: Regex) -> Kind:
    if not any(c.isalpha() for c in text):
        return Kind.WORD if any(c in _LONE_SIGNS for c in text) or text in FIGURE_WORDS else Kind.NUMBER
    if len(text) > 1 and (roman_numeral(text) or pattern("restoration", "broken_numeral").match(text)):
        return Kind.NUMBER
    if any(c.isdigit() for c in text) and measure.fullmatch(text):
        return Kind.NUMBER
    return Kind.WORD


@lru_cache(1)
def _cutter(address: Regex, code: Regex, measure: Regex) -> Callable[[str], list[tuple[int, int, Kind]]]:
    """Cuts chunks into tokens; remembers them. (To look up a pattern takes longer than to look up a chunk.)"""
    return lru_cache(100_000)(partial(_chunk_pieces, address=address, code=code, measure=measure))


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
            closed = chunk[at + 1 : at + 2] in _CLOSERS and roman_numeral(core)  # `I` by itself may be a stroke
            found.append((at, at + len(core), Kind.NUMBER if closed else _kind(core, measure)))
        start = cut.end() if cut else len(chunk)
    return [f for f in found if f[1] > f[0]]


def _goes_on(line: str, before: str) -> bool:
    """Whether a line may continue the sentence of the line before; rows of cells stand for themselves."""
    if "\t" in line or "\t" in before or pattern("restoration", "opening").match(line):
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


def is_capital(line: str) -> bool:
    """Whether the line is set in capitals."""
    letters = sum(map(str.isalpha, line))
    return letters >= 3 and sum(map(str.isupper, line)) > 0.7 * letters


def _small(found: Sequence[Piece]) -> list[bool]:
    """Which words are in small letters, their first ones aside; `Vo` may be either, and goes with the next word."""
    flags: list[bool] = []
    for piece in reversed(found):
        tail = piece.text[1:]
        told = len(tail) > 1 or any(c not in SAME_SHAPE for c in tail) or (bool(flags) and flags[-1])
        flags.append(tail.islower() and told)
    return flags[::-1]


def _cased(found: list[Piece], line: str) -> list[Piece]:
    """The pieces of a line, each with the case that its part of the line is set in."""
    if is_capital(line):
        small = _small(found)
        after = [False, *(not flag for flag in small)]
        return [
            piece._replace(capital=not flag, begins=piece.begins or (flag and big and piece.text[0].isupper()))
            for piece, flag, big in zip(found, small, after, strict=False)
        ]
    result = list(found)
    if sum(piece.text.isupper() for piece in found) < CAPITAL_RUN:
        return result
    start = 0
    for k in range(1, len(found) + 1):
        if k < len(found) and _goes_with(found[k - 1], found[k], line):
            continue
        run = found[start:k]
        if len(run) >= CAPITAL_RUN and sum(is_syllable(piece.text.lower()) for piece in run) > 1:
            result[start:k] = [piece._replace(capital=True) for piece in run]
            if k < len(found):
                result[k] = found[k]._replace(begins=True)
        start = k
    return result


def _goes_with(before: Piece, piece: Piece, line: str) -> bool:
    return before.text.isupper() and piece.text.isupper() and line[before.end : piece.start] == " "


def _horned(line: str, chunk: re.Match[str]) -> bool:
    """Whether the last sign of a chunk belongs to its word: nothing else ends there, and no quotation."""
    text = chunk.group()
    if len(text) < 2 or text[-1] not in _HORNS or not text[-2].isalpha():
        return False
    before, after = line[: chunk.start()] + text[:-1], line[chunk.end() :].lstrip()
    return after[:1].isalpha() and not any(sign in before for sign in _OPENING_QUOTES if text[-1] != "?")


def _measured(line: str, chunk: re.Match[str], number: Piece) -> tuple[int, int, Kind] | None:
    """A measure of an area or a room, after a number; its power may be lost."""
    if line[number.end : chunk.start()] != " ":
        return None
    found = pattern("restoration", "power").match(chunk.group())
    if found is None or ("“" in line[: chunk.start()] and "”" in found["power"]):
        return None
    return 0, found.end("power"), Kind.NUMBER if found["power"].isdigit() else Kind.POWER


def pieces(lines: Sequence[str], legacy: bool = True) -> list[Piece]:
    """The tokens of a document in order; in `legacy` text signs may stand for parts of letters."""
    cut = _cutter(*(pattern("restoration", name) for name in ("address", "code", "measure")))
    found: list[Piece] = []
    begins, before = True, ""
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if not begins and not _goes_on(line.strip(), before):
            begins = True
        position, label_end = 0, _label_end(line)
        of_line: list[Piece] = []
        fresh = True
        for chunk in _CHUNK.finditer(line):
            text, offset = chunk.group(), chunk.start()
            parts = cut(text)
            if legacy and fresh and of_line and (power := _measured(line, chunk, of_line[-1])):
                parts = [power]
            elif legacy and text[-1] in _HORNS and parts and parts[-1][2] is Kind.WORD and _horned(line, chunk):
                parts = [*parts[:-1], (parts[-1][0], len(text), Kind.WORD)]
            for start, end, kind in parts:
                at = offset + start
                begins = begins or position < label_end <= at or _parted(line[position:at])
                position = offset + end
                of_line.append(Piece(number, at, position, text[start:end], kind, begins, fresh))
                fresh, begins = kind is Kind.NUMBER, False
        found += _cased(of_line, line)
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
