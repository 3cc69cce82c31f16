"""What the parsers share: blocks of a document's outline, and what is known of the plan as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ...schemas import DocumentType, Notice, Provenance, Section
from ..values import DoubtfulToken, Grid, Line, Passage

BlockKind = Literal["heading", "bullet", "paragraph", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like unit of the body.

    `label` is the printed label without closing punctuation (`II`, `1.1`, `a`) of a heading, or the mark of a bullet
    (`-`, `+`, `*`, `(5)`; a number wins over a dash). `passage` is the text after the label, without markup; of a
    heading that has a title it is the whole run-in text, title first. `body_start` is where the text after the title
    begins (0 when there is no title). `section` is the path of the section that holds the block (a heading's own
    path). `headings` are the titles from the root down to that section, None where a section has no title. `depth` is
    the level of a heading, or how deep a bullet stands among the bullets before it (from 1); 0 otherwise.
    """

    kind: BlockKind
    passage: Passage
    label: str | None = None
    title: str | None = None
    body_start: int = 0
    section: str | None = None
    headings: tuple[str | None, ...] = ()
    depth: int = 0
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A document taken apart: letterhead and title, body blocks in order, closing lines (Nơi nhận, signature)."""

    letterhead: tuple[Line, ...]
    title: Passage | None
    blocks: tuple[Block, ...]
    closing: tuple[Line, ...]
    sections: tuple[Section, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What is known of the plan before its records are read."""

    year: int | None = None
    document_type: DocumentType = "other"
    issuer: str | None = None
    title: str | None = None
    doubts: Mapping[int, tuple[DoubtfulToken, ...]] = field(default_factory=dict)

    def trust(self, provenance: Provenance) -> float:
        """How far the text of a passage can be trusted, 0..1: the least certain token on it counts."""
        tokens = [d for n in range(provenance.line_start, provenance.line_end + 1) for d in self.doubts.get(n, ())]
        return min((t.confidence for t in tokens if t.token in provenance.text), default=1.0)
