"""What word processor and HTML files are made of, and its lines: one a paragraph, one a table row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..text.letterhead import letterhead_order
from ..values import Line, Zone

_LAYOUT_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text of the document's body, or of a footnote."""

    text: str
    zone: Zone = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its cells' paragraphs, row by row; `ruled` where lines are drawn; merged cells are filled once."""

    rows: tuple[tuple[tuple[str, ...], ...], ...]
    ruled: bool

    @property
    def sets_apart(self) -> bool:
        """Whether it only puts two things side by side: a letterhead, the recipients and the signature."""
        filled = {at for row in self.rows for at, cell in enumerate(row) if cell}
        return len(filled) < _LAYOUT_COLUMNS or (not self.ruled and len(filled) <= _LAYOUT_COLUMNS)


Block = Paragraph | Table


def _side_by_side(table: Table) -> list[str]:
    texts: list[str] = []
    for row in table.rows:
        cells = [cell for cell in row if cell]
        if len(cells) == _LAYOUT_COLUMNS:
            texts += letterhead_order(cells[0], cells[1])
        else:
            texts += [text for cell in cells for text in cell]
    return texts


def lines_of_blocks(blocks: Iterable[Block]) -> tuple[Line, ...]:
    """Numbered lines in document order; rows of a table with their cells, empty rows left out."""
    lines: list[Line] = []
    tables = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(Line(len(lines) + 1, None, block.text, zone=block.zone))
        elif block.sets_apart:
            for text in _side_by_side(block):
                lines.append(Line(len(lines) + 1, None, text))
        else:
            tables += 1
            width = max(len(row) for row in block.rows)
            for row in block.rows:
                cells = tuple(" ".join(cell) for cell in row) + ("",) * (width - len(row))
                if any(cells):
                    text = "\t".join(cells)
                    lines.append(Line(len(lines) + 1, None, text, zone="table", cells=cells, table=tables))
    return tuple(lines)
