"""The outline of a document: its parts, blocks and section tree, from printed lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ...dictionaries import pattern
from ...schemas import Notice, Section, section_path
from ..text.normalize import squeeze
from ..values import Grid, Line, Passage
from .blocks import Unit, units
from .labels import Label, parts
from .model import Block, Outline
from .partition import partition
from .printed import Printed, folded, read_printed
from .titles import title_of

_RANKS = {"annex": 0, "part": 1, "roman": 4, "article": 5, "number": 6, "letter": 20, "letter_number": 21}
_CHAPTERS = ("annex", "part", "roman", "capital")
_LETTERED = ("letter", "capital")
_BLANKS_OF_A_FORM = 3
_CAPITAL_ABOVE, _CAPITAL_BELOW = 3, 5


@dataclass(slots=True)
class _Node:
    """A section in the making."""

    label: Label
    rank: int
    path: str
    title: str | None
    whole: Passage
    texts: list[str] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)

    def section(self, level: int) -> Section:
        return Section(
            label=self.label.text,
            level=level,
            title=self.title,
            text="\n".join(text for text in self.texts if text),
            children=tuple(child.section(level + 1) for child in self.children),
            provenance=self.whole.provenance(),
        )


class _Tree:
    """The sections open at a point of the document; a document that is not `whole` may begin with any chapter."""

    def __init__(self, *, whole: bool) -> None:
        self._whole = whole
        self.roots: list[_Node] = []
        self.open: list[_Node] = []
        self.notices: list[Notice] = []
        self._roman_seen = False
        self._capital_rank = _CAPITAL_ABOVE

    def _rank(self, label: Label) -> int:
        if label.kind == "dotted":
            return _RANKS["number"] + len(parts(label.text)) - 1
        if label.kind == "capital":
            return self._capital_rank
        return _RANKS[label.kind]

    def _note_kind(self, label: Label) -> None:
        if label.kind == "roman":
            self._roman_seen = True
        elif label.kind == "capital" and label.value == 1:
            self._capital_rank = _CAPITAL_BELOW if self._roman_seen else _CAPITAL_ABOVE
        elif label.kind in ("annex", "part"):
            self._roman_seen = False

    def add(self, label: Label, title: str | None, whole: Passage) -> _Node:
        """Open the section of a heading below the nearest open section of higher rank."""
        self._note_kind(label)
        rank = self._rank(label)
        while self.open and self.open[-1].rank >= rank:
            self.open.pop()
        parent = self.open[-1] if self.open else None
        siblings = parent.children if parent else self.roots
        self._check_order(label, rank, siblings, whole)
        node = _Node(label, rank, section_path(parent.path if parent else None, label.text), title, whole)
        siblings.append(node)
        self.open.append(node)
        return node

    def _check_order(self, label: Label, rank: int, siblings: Sequence[_Node], whole: Passage) -> None:
        before = next((node.label for node in reversed(siblings) if node.rank == rank), None)
        if label.value is None or label.kind in ("annex", "part", "article"):
            return
        if (before is None and siblings is self.roots and not self._whole) or (before and before.value is None):
            return
        expected = 1 if before is None else (before.value or 0) + 1
        letters = (before.text + label.text).lower() if before is not None and label.kind in _LETTERED else ""
        skips_d = letters == "de"
        stem_moved = before is not None and label.kind == "dotted" and parts(before.text)[:-1] != parts(label.text)[:-1]
        if (label.value != expected and not skips_d) or stem_moved:
            after = f"after {before.text!r}" if before else "first of its list"
            self.notices.append(
                Notice(
                    code="label_out_of_sequence",
                    message=f"label {label.text!r} stands {after}",
                    provenance=whole.provenance(),
                )
            )

    def headings(self) -> tuple[str | None, ...]:
        return tuple(node.title for node in self.open)


class _Bullets:
    """Nesting of bullets by their marks, since the last heading or paragraph."""

    def __init__(self) -> None:
        self._marks: list[str] = []

    def depth(self, style: str) -> int:
        if style in self._marks:
            del self._marks[self._marks.index(style) + 1 :]
        else:
            self._marks.append(style)
        return len(self._marks)

    def clear(self) -> None:
        self._marks.clear()


def _heading(unit: Unit, label: Label, tree: _Tree) -> Block:
    passage = unit.passage()
    found = title_of(passage.text, chapter=label.kind in _CHAPTERS)
    title = squeeze(found[0]) if found else None
    node = tree.add(label, title, unit.whole())
    body_start = found[1] if found else 0
    node.texts.append(passage.text[body_start:])
    return Block(
        kind="heading",
        passage=passage,
        label=label.text,
        title=title,
        body_start=body_start,
        section=node.path,
        headings=tree.headings(),
        depth=len(tree.open),
    )


def _is_form(annex: Sequence[Unit]) -> bool:
    """Whether an annex is a form to be filled in, told by its label, its title or its blanks."""
    head = annex[0].whole().text
    named = pattern("outline", "form_head").search(folded(head)) is not None
    blanks = sum(len(pattern("outline", "blank").findall(unit.whole().text)) for unit in annex if unit.grid is None)
    return named or blanks >= _BLANKS_OF_A_FORM


def _forms(found: Sequence[Unit]) -> dict[int, int]:
    """Where the headings of annexes that are forms stand, each with the end of its annex."""
    annexes = [n for n, unit in enumerate(found) if unit.label is not None and unit.label.kind == "annex"]
    ends = zip(annexes, [*annexes[1:], len(found)], strict=False)
    return {start: end for start, end in ends if _is_form(found[start:end])}


def _blocks(found: Sequence[Unit], tree: _Tree) -> Iterator[Block]:
    bullets = _Bullets()
    forms, end_of_form = _forms(found), 0
    for index, unit in enumerate(found):
        end_of_form = forms.get(index, end_of_form)
        if index < end_of_form and index not in forms:
            tree.open[-1].texts.append(unit.whole().text)
            continue
        if unit.label is not None and unit.label.kind != "bullet":
            bullets.clear()
            yield _heading(unit, unit.label, tree)
            continue
        node = tree.open[-1] if tree.open else None
        section, headings = (node.path if node else None), tree.headings()
        if unit.grid is not None:
            lines = [line for row in unit.grid.rows for line in row.lines]
            if node:
                node.texts += [line.text for line in lines]
            yield Block("table", Passage.of_lines(lines, "\n"), section=section, headings=headings, grid=unit.grid)
            continue
        passage = unit.passage()
        if node:
            node.texts.append(unit.whole().text)
        if unit.label is not None:
            depth = bullets.depth(unit.label.style)
            yield Block("bullet", passage, unit.label.text, section=section, headings=headings, depth=depth)
        else:
            yield Block("paragraph", passage, section=section, headings=headings)


def _title(printed: Sequence[Printed]) -> Passage | None:
    if not printed:
        return None
    passage = Passage.of_lines([Line(p.line.number, p.line.page, p.text) for p in printed])
    return passage if passage.text else None


def build_outline(lines: Sequence[Line], grids: Sequence[Grid]) -> Outline:
    """Take a document apart: letterhead, title, blocks of the body in order, section tree, closing lines.

    `lines` are the restored lines in reading order, `grids` the tables joined from their rows among them. Cleaned
    lines (no markup, single blanks) stand in the letterhead and closing; text without a letterhead is all body.
    """
    printed = list(read_printed(lines))
    apart = partition(printed)
    tree = _Tree(whole=bool(apart.letterhead or apart.title))
    blocks = tuple(_blocks(list(units(apart.body, grids)), tree))
    return Outline(
        letterhead=tuple(p.line.with_text(p.text) for p in apart.letterhead),
        title=_title(apart.title),
        blocks=blocks,
        closing=tuple(p.line.with_text(p.text) for p in apart.closing),
        sections=tuple(node.section(1) for node in tree.roots),
        notices=tuple(tree.notices),
    )
