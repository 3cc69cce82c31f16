"""The public functions: texts and documents in, restored texts and documents out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from unidecode import unidecode

from ..options import Options
from ..values import DoubtfulToken, Line
from .detect import lost_lines
from .engine import Choice, Restorer, restorer
from .result import RestoredDocument, RestoredText, Token

DOUBT = 0.8  # a token below this confidence is doubtful


@cache
def _shared() -> tuple[Restorer, frozenset[str]]:
    shared = restorer()
    return shared, frozenset(shared.lexicon.keys)


def restore(text: str) -> str:
    """The text with its lost marks restored, line for line; line ends and blank lines stay as they are."""
    lines = text.split("\n")
    bare = [line.removesuffix("\r") for line in lines]
    restored = restore_lines(bare).lines
    return "\n".join(new + line[len(old) :] for new, old, line in zip(restored, bare, lines, strict=True))


def restore_lines(lines: Sequence[str], options: Options | None = None) -> RestoredText:
    """Restore the lines that have lost their marks."""
    options = options or Options()
    engine, keys = _shared()
    lost = lost_lines(lines, lambda word: unidecode(word) in keys)
    numbers = [k for k, is_lost in enumerate(lost) if is_lost and lines[k].strip()]
    choices = engine.restore([lines[k] for k in numbers])
    result = list(lines)
    tokens: list[Token] = []
    by_line: dict[int, list[Choice]] = {}
    for choice in choices:
        by_line.setdefault(numbers[choice.piece.line], []).append(choice)
    for number, of_line in by_line.items():
        result[number], found = _rewritten(number + 1, lines[number], of_line)
        tokens += found
    return RestoredText(tuple(result), tuple(tokens), frozenset(k + 1 for k in numbers))


def _rewritten(number: int, line: str, choices: Sequence[Choice]) -> tuple[str, list[Token]]:
    """A line with its restored words in place, and its tokens."""
    parts: list[str] = []
    tokens: list[Token] = []
    done = length = 0
    for choice in choices:
        between = line[done : choice.piece.start]
        parts += [between, choice.text]
        column = length + len(between) + 1
        tokens.append(
            Token(number, column, choice.text, choice.piece.text, round(choice.confidence, 3), choice.alternatives)
        )
        length += len(between) + len(choice.text)
        done = choice.piece.end
    return "".join([*parts, line[done:]]), tokens


def restore_document(lines: Sequence[Line], options: Options) -> RestoredDocument:
    """Restore the lines of a document; the cells of a table row one by one."""
    texts: list[str] = []
    owner: list[tuple[int, int]] = []
    for k, line in enumerate(lines):
        for part, text in enumerate(line.cells if line.cells is not None else (line.text,)):
            texts.append(text)
            owner.append((k, part))
    restored = restore_lines(texts, options)
    parts: list[list[str]] = [[] for _ in lines]
    offsets: list[int] = []
    for (k, _), text in zip(owner, restored.lines, strict=True):
        offsets.append(sum(len(p) + 1 for p in parts[k]))
        parts[k].append(text)
    result = tuple(
        replace(line, text="\t".join(parts[k]), cells=tuple(parts[k]))
        if line.cells is not None
        else replace(line, text=parts[k][0])
        for k, line in enumerate(lines)
    )
    doubtful = tuple(
        DoubtfulToken(
            lines[owner[t.line - 1][0]].number, offsets[t.line - 1] + t.column, t.token, t.alternatives, t.confidence
        )
        for t in restored.tokens
        if t.confidence < DOUBT
    )
    touched = frozenset(lines[owner[n - 1][0]].number for n in restored.restored)
    return RestoredDocument(result, doubtful, touched)
