"""Assignments: what the chapter Tổ chức thực hiện asks of each body, and its closing request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from ...dictionaries import pattern
from ...schemas import Assignment, Provenance
from ..text.normalize import fold, squeeze
from ..values import Passage
from .addresses import Address, addressed, addresses_persons, blanked, body_of_title, capitalised
from .assignment_tables import read_table
from .model import Block, Outline, PlanContext
from .printed import folded, sentence_breaks

_SAME_BODY = 80.0
_MOST = 0.6
_CLOSING_BLOCKS = 2
_WORDS_OF_A_BODY = 25


@dataclass(slots=True)
class _Open:
    """An assignment in the making; `titled` when a heading names the body, `lists` when a list follows it.

    `closing` when a paragraph asks outright.
    """

    body: str
    section: str | None
    provenance: Provenance
    titled: bool = False
    lists: bool = False
    closing: bool = False
    tasks: list[str] = field(default_factory=list)

    def done(self) -> Assignment:
        tasks = tuple(task for task in self.tasks if task)
        return Assignment(
            body=self.body, tasks=tasks, task_count=len(tasks), section=self.section, provenance=self.provenance
        )


def _sentences(passage: Passage) -> Iterator[Passage]:
    start = 0
    for stop in sentence_breaks(passage.text):
        yield passage.slice(start, stop).stripped()
        start = stop
    last = passage.slice(start).stripped()
    if last.text:
        yield last


def _is_aside(text: str, found: Address | None) -> bool:
    """Whether a sentence asks nothing: a closing formula, or a parenthesis of its own."""
    if found is not None and found.asked:
        return False
    return pattern("assignments", "no_task").match(text) is not None or not blanked(text).strip(" .;")


def _is_vague(body: str) -> bool:
    """Whether words such as `Mỗi thôn`, `Tổ` go on about a task instead of addressing another body."""
    return pattern("assignments", "vague_body").match(folded(body)) is not None


def _closes_plan(passage: Passage) -> bool:
    """Whether a paragraph speaks of the plan as a whole: what it asks belongs to the chapter, not to its last point."""
    names = ("closing_words", "no_task")
    return any(pattern("assignments", name).match(part.text) for part in _sentences(passage) for name in names)


def _task(text: str) -> str:
    return squeeze(text).strip(" ,;:").removesuffix("./.").rstrip(" ;.")


def _titled_bodies(chapter: Sequence[Block]) -> dict[int, str]:
    """The bodies that titles name, by block; where most titles of a list do, the others do as well."""
    lists: dict[tuple[int, str], list[Block]] = {}
    parents: dict[int, str] = {}
    for block in chapter:
        if block.kind == "heading":
            parents[block.depth] = block.section or ""
            if block.title is not None:
                lists.setdefault((block.depth, parents.get(block.depth - 1, "")), []).append(block)
    found: dict[int, str] = {}
    for blocks in lists.values():
        named = {id(block): name for block in blocks if block.title and (name := body_of_title(block.title))}
        rest = [block for block in blocks if id(block) not in named and _may_name(block)]
        if len(named) > 1 and len(named) >= _MOST * (len(named) + len(rest)):
            named |= {id(block): capitalised(block.title or "") for block in rest}
        found |= named
    return found


def _may_name(block: Block) -> bool:
    title = folded(block.title or "")
    if addresses_persons(block.title or ""):
        return False
    return pattern("assignments", "no_body_title").match(title) is None and len(title.split()) <= _WORDS_OF_A_BODY


class _Reader:
    """Goes through the blocks of the chapter and opens an assignment for each body addressed."""

    def __init__(self, bodies: Mapping[int, str], section: str | None) -> None:
        self.found: list[_Open] = []
        self._section = section
        self._bodies = bodies
        self._current: _Open | None = None
        self._list: _Open | None = None

    def _open(self, body: str, block: Block, passage: Passage, *, titled: bool = False) -> _Open:
        opened = _Open(body, block.section, passage.provenance(), titled=titled)
        self.found.append(opened)
        self._current = opened
        return opened

    def _covers(self, opened: _Open | None, block: Block) -> bool:
        """Whether a block stands in or below the section of an open assignment."""
        if opened is None or block.section is None:
            return False
        return opened.section is None or f"{block.section}.".startswith(f"{opened.section}.")

    def _holder(self, block: Block) -> _Open | None:
        """The assignment to which a point or sentence without body of its own belongs."""
        for opened in (self._current, self._list):
            if opened is not None and self._covers(opened, block):
                same = block.section == opened.section
                if opened.titled or opened.lists or (same and block.kind != "heading"):
                    return opened
        return None

    def _same(self, body: str, block: Block) -> _Open | None:
        current = self._current
        if current is None or not self._covers(current, block):
            return None
        alike = fuzz.ratio(fold(current.body), fold(body)) >= _SAME_BODY
        return current if alike and (current.titled or current.section == block.section) else None

    def heading(self, block: Block) -> None:
        """A numbered point: a body's own heading, a sentence that addresses one, or a task of the list above."""
        body_text = block.passage.slice(block.body_start)
        named = self._bodies.get(id(block))
        if named is not None:
            opened = self._open(named, block, block.passage, titled=True)
            opened.tasks += [_task(sentence.text) for sentence in _sentences(body_text)]
            return
        if block.title is not None and body_text.text:
            self._point(block, block.passage)
        elif block.title is not None and addressed(block.title) is None:
            self._titled(block)
        else:
            self._point(block, block.passage)

    def _titled(self, block: Block) -> None:
        if (holder := self._holder(block)) is not None:
            holder.tasks.append(_task(block.passage.text))
        else:
            self._current = self._list = None

    def _point(self, block: Block, passage: Passage) -> None:
        found = addressed(passage.text)
        holder = self._holder(block)
        if found is not None and not (holder is not None and holder.titled):
            self._add(found, block, passage)
        elif holder is not None:
            holder.tasks.append(_task(passage.text))

    def _add(self, found: Address, block: Block, passage: Passage) -> None:
        if not found.asked and pattern("assignments", "asks_list").search(passage.text):
            return
        same = None if found.asked else self._same(found.body, block)
        outer = self._list
        opened = same or self._open(found.body, block, passage)
        first = True
        for sentence in _sentences(passage.slice(found.task).stripped(" ,;:")):
            later = None if first else addressed(sentence.text)
            first = False
            if later is not None and (later.asked or (later.leads and not _is_vague(later.body))):
                self._add(later, block, sentence)
            elif not _is_aside(sentence.text, later):
                opened.tasks.append(_task(sentence.text))
        opened.lists = passage.text.rstrip().endswith(":")
        if opened.lists:
            opened.tasks = opened.tasks[:-1]
            self._list = opened
        elif outer is not None and self._covers(outer, block) and block.kind == "heading":
            self._list = outer

    def bullet(self, block: Block) -> None:
        """A bullet: a task of the body above, or one that addresses a body itself."""
        self._point(block, block.passage)

    def closing(self, block: Block) -> None:
        """A paragraph of another chapter: what it asks of a body outright."""
        for sentence in _sentences(block.passage):
            found = addressed(sentence.text)
            if found is not None and found.asked:
                self._add(found, block, sentence)

    def table(self, block: Block) -> None:
        """A table of tasks: one assignment for each body in charge."""
        bodies: dict[str, _Open] = {}
        for row in read_table(block.grid) if block.grid is not None else ():
            key = fold(row.body)
            if key not in bodies:
                bodies[key] = self._open(capitalised(row.body), block, row.passage)
            bodies[key].tasks.append(_task(row.task))
        self._current = self._list = None

    def paragraph(self, block: Block, *, last: bool = False) -> None:
        """A paragraph: each sentence goes to the body that it or a sentence before it addresses.

        Below a body's own heading all goes to it, but for requests and for the `last` words: those that ask belong to
        the chapter, those that ask nobody to no body above.
        """
        before = len(self.found)
        for sentence in _sentences(block.passage):
            found = addressed(sentence.text)
            closes = pattern("assignments", "closing_words").match(sentence.text) is not None
            closes = closes and len(self.found) == before and not (found is not None and found.asked)
            holder = self._holder(block)
            if _is_aside(sentence.text, found) or (closes and not (holder is not None and holder.closing)):
                continue
            begins = found is not None and (found.leads or sentence.text == block.passage.text[: len(sentence.text)])
            inside_titled = holder is not None and holder.titled and found is not None and not found.asked
            inside_titled = inside_titled and not (last and found is not None and found.leads)
            if found is not None and (found.asked or begins) and not inside_titled:
                held = len(self.found)
                self._add(found, block, sentence)
                for opened in self.found[held:]:
                    opened.closing = found.asked
            elif holder is not None:
                holder.tasks.append(_task(sentence.text))
        ends_plan = last and _closes_plan(block.passage)
        for opened in self.found[before:] if ends_plan else ():
            opened.section = self._section


def _chapter(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The chapter Tổ chức thực hiện (the last one of this title, the highest of them), and the blocks after it.

    Its own heading is the first block.
    """
    headings = [
        (index, block)
        for index, block in enumerate(blocks)
        if block.kind == "heading" and block.title and pattern("assignments", "chapter").search(folded(block.title))
    ]
    if not headings:
        return [], []
    top = min(block.depth for _, block in headings)
    highest = [(index, block) for index, block in headings if block.depth == top]
    whole = [pair for pair in highest if pattern("assignments", "chapter_whole").search(folded(pair[1].title or ""))]
    start, heading = (whole or highest)[-1]
    end = next(
        (i for i in range(start + 1, len(blocks)) if blocks[i].kind == "heading" and blocks[i].depth <= heading.depth),
        len(blocks),
    )
    return list(blocks[start:end]), list(blocks[end:])


def _closing_words(after: Sequence[Block]) -> list[Block]:
    """The last paragraphs of the plan itself where chapters follow the one of the assignments."""
    annex = pattern("labels", "annex")
    end = next((i for i, block in enumerate(after) if block.kind == "heading" and annex.match(block.label or "")), None)
    own = after[:end]
    return [block for block in own[-_CLOSING_BLOCKS:] if block.kind == "paragraph"]


def _awaits(block: Block) -> bool:
    """Whether a heading has no text of its own: what follows is."""
    return block.kind == "heading" and block.title is not None and not block.passage.text[block.body_start :].strip()


def read_assignments(outline: Outline, context: PlanContext) -> tuple[Assignment, ...]:  # noqa: ARG001 - readers of records all take both
    """One assignment for each body that the chapter addresses, in order, the closing request among them."""
    chapter, after = _chapter(outline.blocks)
    points = chapter[1:]
    reader = _Reader(_titled_bodies(points), chapter[0].section if chapter else None)
    for block, before in zip(points, chapter, strict=False):
        if block.kind == "heading":
            reader.heading(block)
        elif block.kind == "bullet":
            reader.bullet(block)
        elif block.kind == "table":
            reader.table(block)
        else:
            reader.paragraph(block, last=block is points[-1] and not _awaits(before))
    for block in _closing_words(after):
        reader.closing(block)
    return tuple(opened.done() for opened in reader.found)
