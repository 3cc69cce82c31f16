"""What restoration gives."""

from __future__ import annotations

from dataclasses import dataclass

from ..values import DoubtfulToken, Line
from .tokens import Piece


@dataclass(frozen=True, slots=True)
class Choice:
    """A restored piece: what stands in its place, how sure that is, and what else it may be."""

    piece: Piece
    text: str
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A restored token: 1-based line and column in the restored text, confidence 0..1, and what else it may be."""

    line: int
    column: int
    token: str
    source: str
    confidence: float
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RestoredText:
    """Restored lines, one for each that came in; the tokens of restored lines; 1-based numbers of those lines."""

    lines: tuple[str, ...]
    tokens: tuple[Token, ...]
    restored: frozenset[int]


@dataclass(frozen=True, slots=True)
class RestoredDocument:
    """Restored lines, what is doubtful in them, and the numbers of the lines that were restored or repaired."""

    lines: tuple[Line, ...]
    doubtful: tuple[DoubtfulToken, ...]
    restored_lines: frozenset[int]
