"""Values that travel through the pipeline. A line keeps its page, number and box for ever."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, Self

from ..schemas import Provenance

Zone = Literal["body", "table", "furniture", "footnote"]


class Box(NamedTuple):
    """A rectangle in PDF points (1/72 inch), origin at the top left of the upright page."""

    x0: float
    top: float
    x1: float
    bottom: float


# Confidence of a number that two readings see differently: whatever the engine says of each, the reader must look.
DISPUTED = 0.45


@dataclass(frozen=True, slots=True)
class Word:
    """A word as read; `confidence` 0..1 where the engine gives one."""

    text: str
    box: Box
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document in reading order.

    `number` is the 1-based line of the restored text file. A table row has `cells`, and its text is the cells joined
    by tabs; `table` numbers the printed table that the row belongs to, so that neighbours are told apart.
    """

    number: int
    page: int | None
    text: str
    box: Box | None = None
    words: tuple[Word, ...] = ()
    zone: Zone = "body"
    cells: tuple[str, ...] | None = None
    table: int | None = None

    def with_text(self, text: str) -> Self:
        """The same line with other text (and cells, where it is a table row)."""
        cells = tuple(text.split("\t")) if self.cells is not None else None
        return replace(self, text=text, cells=cells)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a table; a row cut by a page break covers the lines of both its parts."""

    cells: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of equally many cells, the header among them; joined over pages."""

    rows: tuple[GridRow, ...]
    header_rows: int = 1


@dataclass(frozen=True, slots=True)
class PageReport:
    """How a page was read: route and reason, quality 0..1; `error` for a page that could not be read."""

    page: int
    method: Literal["text_layer", "ocr", "plain_text"]
    quality: float
    reason: str = ""
    restored: bool = False
    ocr_confidence: float | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A source as read: its pages and its lines, in order, before restoration."""

    media_type: str
    pages: tuple[PageReport, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DoubtfulToken:
    """A token of a line that the reader or restorer is not sure of; 1-based line and column."""

    line: int
    column: int
    token: str
    alternatives: tuple[str, ...]
    confidence: float


class Mark(NamedTuple):
    """From `offset` on, a passage's text comes from this line."""

    offset: int
    line: int
    page: int | None


def _offset_of(mark: Mark) -> int:
    return mark.offset


@dataclass(frozen=True, slots=True)
class Passage:
    """Text joined from lines that knows, for each character, the line that it came from."""

    text: str
    marks: tuple[Mark, ...]

    @classmethod
    def of_lines(cls, lines: Iterable[Line], joiner: str = " ") -> Self:
        """Join the stripped texts of `lines`; empty lines leave no trace."""
        parts: list[str] = []
        marks: list[Mark] = []
        offset = 0
        for line in lines:
            text = line.text.strip()
            if not text:
                continue
            if parts:
                offset += len(joiner)
            marks.append(Mark(offset, line.number, line.page))
            parts.append(text)
            offset += len(text)
        return cls(joiner.join(parts), tuple(marks))

    def _mark_index(self, offset: int) -> int:
        return max(0, bisect_right(self.marks, offset, key=_offset_of) - 1)

    def slice(self, start: int, end: int | None = None) -> Passage:
        """The part from `start` to `end`, with its lines."""
        stop = len(self.text) if end is None else end
        if not self.marks:
            return Passage(self.text[start:stop], ())
        first, last = self._mark_index(start), self._mark_index(max(start, stop - 1))
        marks = tuple(Mark(max(0, m.offset - start), m.line, m.page) for m in self.marks[first : last + 1])
        return Passage(self.text[start:stop], marks)

    def stripped(self, characters: str | None = None) -> Passage:
        """The passage without the given characters (white space) at both ends."""
        start = len(self.text) - len(self.text.lstrip(characters))
        end = len(self.text.rstrip(characters))
        return self.slice(start, max(start, end))

    def provenance(self, start: int = 0, end: int | None = None) -> Provenance:
        """Where the characters from `start` to `end` were read."""
        part = self.slice(start, end)
        if not part.marks:
            raise ValueError("a passage without lines has no provenance")
        first, last = part.marks[0], part.marks[-1]
        return Provenance(page=first.page, line_start=first.line, line_end=last.line, text=part.text)

    def joined(self, other: Passage, joiner: str = " ") -> Passage:
        """This passage followed by `other`."""
        if not self.text:
            return other
        shift = len(self.text) + len(joiner)
        moved = tuple(Mark(m.offset + shift, m.line, m.page) for m in other.marks)
        return Passage(self.text + joiner + other.text, self.marks + moved)
