"""Plain text and Markdown: physical lines one for one; tab and pipe tables as table rows."""

from __future__ import annotations

import re

from ...dictionaries import pattern
from ..text.encodings import decode_bytes
from ..text.normalize import nfc
from ..values import Line

_PIPE_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")


def _pipe_cells(text: str) -> tuple[str, ...] | None:
    stripped = text.strip()
    if not (stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") > 2):
        return None
    inner = stripped[1:-1].replace("\\|", "\x00")
    return tuple(cell.strip().replace("\x00", "|") for cell in inner.split("|"))


def _tab_cells(text: str) -> tuple[str, ...] | None:
    cells = tuple(cell.strip() for cell in text.split("\t"))
    return cells if len(cells) > 1 and sum(map(bool, cells)) > 0 else None


def _rows(texts: list[str]) -> dict[int, tuple[str, ...]]:
    """Cells of table rows by line index. A lone line with tabs is indented or aligned text, no table."""
    rows: dict[int, tuple[str, ...]] = {}
    for at, text in enumerate(texts):
        cells = _pipe_cells(text) or (_tab_cells(text) if "\t" in text.strip() else None)
        if cells is not None and not _PIPE_RULE.match(text):
            rows[at] = cells
        elif at - 1 in rows and text.startswith("\t") and len(rows[at - 1]) > 1:
            rows[at] = tuple(cell.strip() for cell in text.split("\t"))
    return {at: cells for at, cells in rows.items() if len(cells) > 2 or at - 1 in rows or at + 1 in rows}


def lines_of_text(text: str) -> tuple[Line, ...]:
    """All physical lines of a text, numbered from 1, blank lines too; table rows with their cells.

    A Markdown rule between header and rows is an empty line.
    """
    texts = [nfc(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    if texts and not texts[-1]:
        texts.pop()
    rows = _rows(texts)
    lines: list[Line] = []
    table = 0
    last_row = -2
    for at, content in enumerate(texts):
        shown = "" if _PIPE_RULE.match(content) else content.replace("\f", "").rstrip()
        cells = rows.get(at)
        if cells is None:
            lines.append(Line(at + 1, None, shown))
            continue
        if any(texts[between].strip() and not _PIPE_RULE.match(texts[between]) for between in range(last_row + 1, at)):
            table += 1
        last_row = at
        lines.append(Line(at + 1, None, "\t".join(cells), zone="table", cells=cells, table=max(1, table)))
    return tuple(lines)


def read_plain(data: bytes) -> tuple[Line, ...]:
    """Lines of a text file in whatever encoding it is."""
    return lines_of_text(decode_bytes(data))


def looks_markdown(text: str) -> bool:
    """Whether a text uses Markdown's headings, emphasis or tables."""
    return bool(pattern("media", "markdown").search(text))
