"""Exemplars (điển hình tiên tiến): movement, lead, coordinators, term and criteria of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...dictionaries import pattern
from ...schemas import Criterion, Deadline, Exemplar
from ..text.fuzzy import fuzzy_index
from ..text.normalize import fold_signs, plain
from ..text.terms import Term, find_terms
from .bodies import labelled_body, split_body
from .criteria import read_criteria, recipient_label
from .exemplar_tables import TableExemplar, read_table
from .model import Block, Outline, PlanContext
from .phases import year_of

_QUOTED = re.compile("[“”\"«‘'](.{3,}?)[“”\"»’'](?!\\w)")
_LABEL_WIDTH = 45
_NEAR = 82.0
_BASE = 0.9


@dataclass(frozen=True, slots=True)
class FoundExemplar:
    """An exemplar, the deadline that its term gives, and the blocks it was read from (its head first)."""

    exemplar: Exemplar
    deadline: Deadline | None
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class _Parts:
    """The labelled parts below a head."""

    lead: str | None = None
    coordinators: str | None = None
    term: Block | None = None
    term_text: str = ""
    criteria: list[Block] = field(default_factory=list)
    has_criteria: bool = False

    @property
    def complete(self) -> bool:
        """An exemplar says who leads it and either how long, with whom, or what counts."""
        return self.lead is not None and (self.has_criteria or self.coordinators is not None or self.term is not None)


def _role(text: str) -> tuple[str | None, int]:
    """The role of a labelled paragraph and where its text begins; tolerant of misread letters."""
    colon = text.find(":", 0, _LABEL_WIDTH)
    if colon < 0:
        return None, 0
    near = fuzzy_index("exemplar_labels").nearest(text[:colon].strip(" -+*"), _NEAR)
    return (near[0].fields["role"], colon + 1) if near else (None, 0)


def _gives_lead(text: str) -> bool:
    return pattern("exemplars", "given_lead").search(fold_signs(text)) is not None and split_body(text)[0] is not None


def _is_recipient(block: Block) -> bool:
    """Whether a lettered item sets out what counts for one kind of recipient (`a) Tập thể: …`)."""
    return block.kind == "heading" and recipient_label(block.passage.text)[0] is not None


def _parts(blocks: Sequence[Block]) -> _Parts:
    found = _Parts()
    for block in blocks:
        text = block.passage.text
        role, begin = _role(text)
        rest = plain(text[begin:]).strip()
        starts_criteria = role is None and found.lead is not None and _is_recipient(block)
        if role == "criteria" or found.has_criteria or starts_criteria:
            found.has_criteria = True
            if role != "criteria" or rest:
                found.criteria.append(block)
        elif role == "lead" or (found.lead is None and role is None and _gives_lead(text)):
            found.lead = rest
        elif role == "coordinators":
            found.coordinators = rest
        elif role == "term":
            found.term, found.term_text = block, rest
        if pattern("exemplars", "criteria_lead_in").search(fold_signs(text.rstrip())):
            found.has_criteria = True
    return found


def _movement(text: str) -> str | None:
    """The movement that a head names: what is quoted, else what follows `phong trào (thi đua)`."""
    quoted = _QUOTED.search(text)
    if quoted:
        return quoted[1].strip(" ,.;:")
    match = pattern("exemplars", "before_name").search(fold_signs(text))
    name = text[match.end() :] if match else ""
    return name.strip(" ,.;:“”\"«»‘’'") or None


def _lead(text: str | None) -> str | None:
    if not text:
        return None
    body, _ = split_body(text)
    return body if body is not None else labelled_body(text)


def _named_beside(lead: str | None) -> str | None:
    """The bodies that the lead's own sentence names beside it: `… chủ trì, phối hợp với Đoàn xã, các thôn`."""
    folded = fold_signs(lead or "")
    match = pattern("exemplars", "together_with").search(folded)
    if lead is None or match is None:
        return None
    stop = re.search(r"[.;]\s|[.;]$", lead[match.end() :])
    named = lead[match.end() : match.end() + stop.start() if stop else None]
    task = pattern("exemplars", "task_after_bodies").search(fold_signs(named))
    return named[: task.start()] if task else named


def _coordinators(text: str | None) -> tuple[str, ...]:
    if not text:
        return ()
    folded, names, depth, begin = fold_signs(text), [], 0, 0
    breaks = {match.start(): match.end() for match in pattern("exemplars", "between_bodies").finditer(folded)}
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if at in breaks and depth <= 0 and at >= begin:
            names.append(text[begin:at])
            begin = breaks[at]
    names.append(text[begin:])
    return tuple(name for part in names if (name := part.strip(" .;,:")))


def _below(blocks: Sequence[Block], index: int) -> list[Block]:
    """The blocks that belong to the head at `index`: up to the next heading that is not below it."""
    head = blocks[index]
    found: list[Block] = []
    for block in blocks[index + 1 :]:
        if block.kind == "heading" and not (block.section or "").startswith(f"{head.section}."):
            break
        if block.label == "*" and pattern("exemplars", "all_of_them").search(fold_signs(block.passage.text)):
            break
        found.append(block)
    return found


def _deadline(head: Block, parts: _Parts, lead: str | None, term: Term | None, context: PlanContext) -> Deadline | None:
    if term is None or parts.term is None:
        return None
    provenance = parts.term.passage.provenance()
    return Deadline(
        kind="implementation",
        start=term.first,
        end=term.last,
        bound=term.bound,
        recurrence=term.recurrence,
        recurrence_day=term.recurrence_day,
        what=plain(f"{head.title or head.passage.text}: {parts.term.passage.text.split(':')[0]}"),
        responsible=lead,
        section=head.section,
        provenance=provenance,
        confidence=round(_BASE * context.trust(provenance), 4),
    )


def _found(blocks: Sequence[Block], index: int, context: PlanContext) -> FoundExemplar | None:
    head = blocks[index]
    if not pattern("exemplars", "head").search(fold_signs(head.passage.text[:300])):
        return None
    below = _below(blocks, index)
    parts = _parts(below)
    movement = _movement(plain(head.passage.text if head.title is None or not head.body_start else head.title))
    if not parts.complete or movement is None:
        return None
    lead = _lead(parts.lead)
    term = next(iter(find_terms(parts.term_text, year_of(head, context))), None)
    provenance = head.passage.provenance()
    exemplar = Exemplar(
        ordinal=head.label,
        movement=movement,
        lead=lead,
        coordinators=_coordinators(parts.coordinators or _named_beside(parts.lead)),
        start=term.first if term else None,
        end=term.last if term else None,
        criteria=tuple(read_criteria(parts.criteria)),
        section=head.section,
        provenance=provenance,
        confidence=round(_BASE * context.trust(provenance), 4),
    )
    return FoundExemplar(exemplar, _deadline(head, parts, lead, term, context), (head, *below))


def find_exemplars(outline: Outline, context: PlanContext) -> tuple[FoundExemplar, ...]:
    """All exemplars with their deadlines and blocks; a head whose sub-head is one is none itself."""
    found: list[FoundExemplar] = []
    blocks = outline.blocks
    for index, block in enumerate(blocks):
        if block.kind != "heading":
            continue
        following = blocks[index + 1 : index + 2]
        if following and following[0].kind == "heading" and _has_subheads(block, following[0]):
            continue
        exemplar = _found(blocks, index, context)
        if exemplar is not None:
            found.append(exemplar)
    return tuple(found)


def _has_subheads(block: Block, after: Block) -> bool:
    """True when the next heading is a numbered head below this one, not a lettered criterion of it."""
    return (after.section or "").startswith(f"{block.section}.") and bool(re.match(r"\d", after.label or ""))


def _of_table(row: TableExemplar, block: Block, context: PlanContext) -> Exemplar:
    term = next(iter(find_terms(row.term, year_of(block, context))), None) if row.term else None
    provenance = row.passage.provenance()
    return Exemplar(
        ordinal=row.ordinal,
        movement=_movement(row.movement) or row.movement,
        lead=_lead(row.lead),
        coordinators=_coordinators(row.partners or _named_beside(row.lead)),
        start=term.first if term else None,
        end=term.last if term else None,
        criteria=(Criterion(recipient=None, text=row.criteria),) if row.criteria else (),
        section=block.section,
        provenance=provenance,
        confidence=round(_BASE * context.trust(provenance), 4),
    )


def read_exemplars(outline: Outline, context: PlanContext) -> tuple[Exemplar, ...]:
    """All exemplars of a document, in order, from labelled paragraphs and from tables."""
    listed = {id(item.blocks[0]): item.exemplar for item in find_exemplars(outline, context)}
    found: list[Exemplar] = []
    for block in outline.blocks:
        if id(block) in listed:
            found.append(listed[id(block)])
        elif block.kind == "table" and block.grid is not None:
            found += [_of_table(row, block, context) for row in read_table(block.grid)]
    return tuple(found)
