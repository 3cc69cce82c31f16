"""The texts that the sample documents are made from: plain text in five parts, each under a line `=== name`."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).resolve().parent
PARTS = ("letterhead", "title", "body", "recipients", "signature")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading (bold), or a table as rows of cells, header first."""

    kind: Literal["paragraph", "heading", "table"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A sample document before it is laid out; `letterhead` holds two issuer lines, number, place and date."""

    name: str
    letterhead: tuple[str, ...]
    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]

    @property
    def characters(self) -> set[str]:
        """Every printed character."""
        cells = [cell for block in self.blocks for row in block.rows for cell in row]
        texts = [*self.letterhead, *self.title, *(b.text for b in self.blocks), *self.recipients, *self.signature]
        return set("".join(texts + cells)) - {" "}


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for line in lines:
        if "\t" in line:
            row = tuple(line.split("\t"))
            if blocks and blocks[-1].kind == "table":
                blocks[-1] = Block("table", rows=(*blocks[-1].rows, row))
            else:
                blocks.append(Block("table", rows=(row,)))
        elif line.startswith("# "):
            blocks.append(Block("heading", line[2:]))
        else:
            blocks.append(Block("paragraph", line))
    return tuple(blocks)


def read(path: Path) -> Source:
    """The source text in `path`; ValueError when a part is missing."""
    parts: dict[str, list[str]] = {}
    current: list[str] = []
    for line in unicodedata.normalize("NFC", path.read_text("utf-8")).splitlines():
        if line.startswith("=== "):
            current = parts.setdefault(line[4:].strip(), [])
        elif line.strip():
            current.append(line)
    if tuple(parts) != PARTS:
        raise ValueError(f"{path}: the parts must be {PARTS}, not {tuple(parts)}")
    plain = {part: tuple(lines) for part, lines in parts.items()}
    blocks = _blocks(parts["body"])
    return Source(path.stem, plain["letterhead"], plain["title"], blocks, plain["recipients"], plain["signature"])


def all_sources() -> list[Source]:
    """All source texts, by name."""
    return [read(path) for path in sorted((FOLDER / "source").glob("*.txt"))]
