"""What restoration gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..values import DoubtfulToken, Line
from .tokens import Piece


class Choice(NamedTuple):
    """A restored piece: what stands in its place, how sure that is, and what else it may be."""

    piece: Piece
    text: str
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()


class Token(NamedTuple):
    """A restored token: 1-based line and column in the restored text, confidence 0..1, and what else it may be."""

    line: int
    column: int
    token: str
    source: str
    confidence: float
    alternatives: tuple[str, ...]


def columns_of(choices: Sequence[Choice]) -> list[int]:
    """Where each choice begins in the restored line, 0-based."""
    shift, columns = 0, list[int]()
    for choice in choices:
        columns.append(choice.piece.start + shift)
        shift += len(choice.text) - (choice.piece.end - choice.piece.start)
    return columns


@dataclass(frozen=True)
class RestoredText:
    """Restored lines, one for each that came in, and the choices of those that were restored, by 0-based line."""

    lines: tuple[str, ...]
    choices: Mapping[int, Sequence[Choice]]
    restored: frozenset[int]  # 1-based numbers of lines

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of restored lines, in order."""
        return tuple(self._tokens())

    def _tokens(self) -> Iterator[Token]:
        for number, choices in self.choices.items():
            for choice, column in zip(choices, columns_of(choices), strict=True):
                confidence = round(choice.confidence, 3)
                yield Token(number + 1, column + 1, choice.text, choice.piece.text, confidence, choice.alternatives)


@dataclass(frozen=True, slots=True)
class RestoredDocument:
    """Restored lines, what is doubtful in them, and the numbers of the lines that were restored or repaired."""

    lines: tuple[Line, ...]
    doubtful: tuple[DoubtfulToken, ...]
    restored_lines: frozenset[int]
