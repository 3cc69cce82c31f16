"""HTML pages, also when they are named .doc: paragraphs and tables, as a browser shows them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ..text.encodings import decode_bytes, mend
from ..text.normalize import nfc, squeeze
from .blocks import Block, Paragraph, Table

# Elements that end a line when they begin and end.
_BREAKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol"),
        *("p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"),
    )
)
_HIDDEN = frozenset(("script", "style", "head", "template", "noscript"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BORDER = re.compile(r"border(?:-\w+)?\s*:\s*(?!none|0|medium none)[^;]*(?:solid|double|dotted|dashed)", re.IGNORECASE)


class _Open:
    """A table that is being read."""

    def __init__(self, ruled: bool) -> None:
        self.ruled = ruled
        self.rows: list[list[tuple[str, ...]]] = []
        self.pending: dict[int, int] = {}
        self.cell: list[str] | None = None
        self.span = (1, 1)

    def open_cell(self, columns: int, rows: int) -> None:
        """Begin a cell after the places that cells from above still hold."""
        if not self.rows:
            self.rows.append([])
        row = self.rows[-1]
        while self.pending.get(len(row), 0) > 0:
            self.pending[len(row)] -= 1
            row.append(())
        self.cell, self.span = [], (columns, rows)

    def close_cell(self) -> None:
        """End the cell; the columns that it spans stay empty but the first."""
        if self.cell is None:
            return
        columns, rows = self.span
        row = self.rows[-1]
        for at in range(columns):
            if rows > 1:
                self.pending[len(row)] = rows - 1
            row.append(tuple(text for text in self.cell if text) if at == 0 else ())
        self.cell = None


def _number(value: str | None) -> int:
    return min(100, int(value)) if value and value.isdigit() and int(value) > 0 else 1


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._texts: list[str] = []
        self._tables: list[_Open] = []
        self._hidden = 0
        self._counts: list[int | None] = []

    def _flush(self) -> None:
        text = squeeze("".join(self._texts))
        self._texts.clear()
        if not text:
            return
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.append(text)
        else:
            self.blocks.append(Paragraph(text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _HIDDEN:
            self._hidden += 1
        if tag in _BREAKS:
            self._flush()
        if tag == "table":
            style, border = values.get("style") or "", values.get("border")
            self._tables.append(_Open(border not in (None, "", "0") or bool(_BORDER.search(style))))
        elif tag == "tr" and self._tables:
            self._tables[-1].close_cell()
            self._tables[-1].rows.append([])
        elif tag in ("td", "th") and self._tables:
            table = self._tables[-1]
            table.close_cell()
            table.ruled = table.ruled or bool(_BORDER.search(values.get("style") or ""))
            table.open_cell(_number(values.get("colspan")), _number(values.get("rowspan")))
        elif tag in ("ol", "ul"):
            self._counts.append(_number(values.get("start")) if tag == "ol" else None)
        elif tag == "li":
            self._texts.append(self._label())

    def _label(self) -> str:
        if not self._counts or self._counts[-1] is None:
            return "- "
        number = self._counts[-1]
        self._counts[-1] = number + 1
        return f"{number}. "

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        if tag in _BREAKS:
            self._flush()
        if tag in ("td", "th") and self._tables:
            self._tables[-1].close_cell()
        elif tag in ("ol", "ul") and self._counts:
            self._counts.pop()
        elif tag == "table" and self._tables:
            self._close_table()

    def _close_table(self) -> None:
        table = self._tables.pop()
        table.close_cell()
        rows = tuple(tuple(row) for row in table.rows if any(row))
        if not rows:
            return
        if self._tables and self._tables[-1].cell is not None:  # a table inside a cell is its text
            self._tables[-1].cell += [text for row in rows for cell in row for text in cell]
        else:
            self.blocks.append(Table(rows, table.ruled))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._texts.append(data)

    def close(self) -> None:
        super().close()
        self._flush()
        while self._tables:
            self._close_table()


def _text(data: bytes) -> str:
    charset = _CHARSET.search(data[:4096])
    if charset:
        try:
            return data.decode(charset[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_bytes(data)


def read_html(data: bytes) -> list[Block]:
    """Paragraphs and tables of an HTML page in order; lists keep their numbers and bullets."""
    parser = _Parser()
    parser.feed(nfc(mend(_text(data))))
    parser.close()
    return parser.blocks
