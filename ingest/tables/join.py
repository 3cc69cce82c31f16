"""Table lines of a document into tables: parts on several pages joined, repeated headers off, cut rows made whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from ...dictionaries import pattern
from ..text.normalize import fold, plain
from ..values import Grid, GridRow, Line

_SAME_HEADER = 85.0


def _parts(lines: Sequence[Line]) -> list[tuple[bool, list[Line]]]:
    """Runs of table lines with one table number, and whether text stands before each; blank lines part nothing."""
    parts: list[tuple[bool, list[Line]]] = []
    apart = True
    for line in lines:
        if line.cells is None:
            apart = apart or (bool(line.text.strip()) and line.zone == "body")
            continue
        if apart or line.table != parts[-1][1][-1].table:
            parts.append((apart, []))
        parts[-1][1].append(line)
        apart = False
    return parts


def _padded(line: Line, width: int) -> GridRow:
    cells = tuple(plain(cell) for cell in line.cells or ())
    return GridRow(cells + ("",) * (width - len(cells)), (line,))


def _is_value(cell: str) -> bool:
    return bool(pattern("tables", "value").search(cell))


def _is_ordinal(cell: str) -> bool:
    return bool(pattern("tables", "ordinal").search(cell))


def _header_rows(rows: Sequence[GridRow]) -> int:
    """Rows at the top that name the columns: none where the table begins with a data row."""
    if not rows or _is_ordinal(rows[0].cells[0]) or sum(map(bool, rows[0].cells)) < 2:
        return 0
    if any(_is_value(cell) for cell in rows[0].cells[1:]):
        return 0
    count = 1
    while count < min(3, len(rows)) and _continues_header(rows[count - 1], rows[count]):
        count += 1
    return count


def _continues_header(above: GridRow, row: GridRow) -> bool:
    """A second header row fills columns under merged cells, or numbers the columns."""
    filled = [cell for cell in row.cells if cell]
    if len(filled) > 2 and all(pattern("tables", "column_number").search(cell) for cell in filled):
        return True
    if row.cells[0] or not filled or any(_is_value(cell) for cell in filled):
        return False
    under = [bool(a) for a, cell in zip(above.cells, row.cells, strict=True) if cell]
    return len(filled) > 1 and not all(under)


def _same_header(a: Sequence[GridRow], b: Sequence[GridRow]) -> bool:
    """Whether two headers say the same, up to what OCR reads differently."""
    if len(a) != len(b):
        return False
    texts = [fold("\t".join(cell for row in rows for cell in row.cells)) for rows in (a, b)]
    return texts[0] == texts[1] or fuzz.ratio(*texts) >= _SAME_HEADER


def _is_continuation(above: GridRow, row: GridRow) -> bool:
    """The rest of a row cut by a page break: no ordinal, text that goes on in mid-sentence, no second value."""
    texts = [cell for cell in row.cells if cell]
    if row.cells[0] or not texts or any(a and b for a, b in zip(above.cells[2:], row.cells[2:], strict=True)):
        return False
    goes_on = next((letter for letter in texts[0] if letter.isalnum()), "a")
    return len(row.cells) > 2 and bool(row.cells[1]) and not goes_on.isupper()


def _joined(above: GridRow, below: GridRow) -> GridRow:
    cells = tuple(" ".join(filter(None, pair)) for pair in zip(above.cells, below.cells, strict=True))
    return GridRow(cells, above.lines + below.lines)


def _append(table: list[GridRow], header: int, part: list[GridRow]) -> None:
    """Add a later part of the table: without its repeated header, its first row joined where it was cut."""
    repeated = header and _same_header(table[:header], part[:header])
    rest = part[header:] if repeated else part
    if rest and len(table) > header and _is_continuation(table[-1], rest[0]):
        table[-1] = _joined(table[-1], rest[0])
        rest = rest[1:]
    table += rest


def _belongs(table: list[GridRow], part: list[GridRow]) -> bool:
    """Whether a part goes on with the table above it: as many columns, and a repeated or no header of its own."""
    if len(table[0].cells) != len(part[0].cells):
        return False
    header, own = _header_rows(table), _header_rows(part)
    if own and header:
        return _same_header(table[:header], part[:header]) or _is_continuation(table[-1], part[0])
    return not own


def grids(lines: Sequence[Line]) -> tuple[Grid, ...]:
    """Tables of a document in order. Rows have equally many cells; header rows come first, once.

    Parts follow each other when no text stands between them. A row that a page break cuts covers the lines of both
    parts; so does a row whose text goes on in a line without ordinal and value.
    """
    tables: list[list[GridRow]] = []
    for apart, part in _parts(lines):
        width = max(len(line.cells or ()) for line in part)
        rows = [_padded(line, width) for line in part]
        if not apart and tables and _belongs(tables[-1], rows):
            _append(tables[-1], _header_rows(tables[-1]), rows)
        else:
            tables.append(rows)
    return tuple(_grid(rows) for rows in tables)


def _grid(rows: list[GridRow]) -> Grid:
    """A table as a Grid; a header repeated inside it (plain text knows no pages) vanishes."""
    header = _header_rows(rows)
    if not header:
        return Grid(tuple(rows), 0)
    kept = rows[:header]
    position = header
    while position < len(rows):
        if _same_header(rows[:header], rows[position : position + header]):
            position += header
            if position < len(rows) and len(kept) > header and _is_continuation(kept[-1], rows[position]):
                kept[-1] = _joined(kept[-1], rows[position])
                position += 1
            continue
        kept.append(rows[position])
        position += 1
    return Grid(tuple(kept), header)


def _whole_row(rows: GridRow) -> Line:
    """A row cut by a page break as one line on the page where it begins."""
    words = tuple(word for line in rows.lines for word in line.words)
    return replace(rows.lines[0], text="\t".join(rows.cells), cells=rows.cells, words=words)


def across_pages(lines: Sequence[Line]) -> list[Line]:
    """Lines of a document's pages: a table's header printed again on a later page is dropped like a running head, and
    the rest of a row that the page break cuts goes to the row's first line.
    """
    changed: dict[int, Line | None] = {}
    above: list[GridRow] = []
    for apart, part in _parts(lines):
        width = max(len(line.cells or ()) for line in part)
        rows = [_padded(line, width) for line in part]
        if not apart and above and rows[0].lines[0].page != above[-1].lines[-1].page and _belongs(above, rows):
            header = _header_rows(above)
            if header and _same_header(above[:header], rows[:header]):
                changed.update({id(line): None for row in rows[:header] for line in row.lines})
                rows = rows[header:]
            if rows and len(above) > header and _is_continuation(above[-1], rows[0]):
                whole = _joined(above[-1], rows[0])
                changed[id(above[-1].lines[0])] = _whole_row(whole)
                changed.update({id(line): None for line in rows[0].lines})
                rows = rows[1:]
            above = above + rows
        else:
            above = rows
    kept = (changed.get(id(line), line) for line in lines)
    return [line for line in kept if line is not None]
