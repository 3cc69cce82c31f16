"""Deadlines (thời hạn): statements with a term that oblige somebody, from prose, bullets, labels and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ...dictionaries import pattern
from ...schemas import Deadline, Notice
from ...schemas.values import DeadlineKind
from ..text.normalize import fold_signs, plain
from ..text.terms import Term, find_terms
from ..values import Passage
from .bodies import body_of_heading, split_body, starts_with_verb
from .deadline_rules import is_due, is_too_old, kind_of, mentions
from .deadline_tables import read_table
from .exemplars import find_exemplars
from .model import Block, Outline, PlanContext
from .phases import phase_term, year_of
from .statements import Statement, statements

_BASE = 0.95
_DOUBLED = re.compile(r"\s*([,;])(?:\s*[,;])+")
_HALF_YEAR = (5, 6, 7)


@dataclass(frozen=True, slots=True)
class _Segment:
    """The part of a statement that belongs to one term, the term cut out."""

    text: str
    term: Term
    start: int
    end: int


def _boundaries(text: str, terms: Sequence[Term]) -> list[int]:
    """Where each term's part of the statement begins; the last one ends with the statement."""
    if not re.search(r"\w", _clean(text[: terms[0].start])):
        return [0, *(term.start for term in terms[1:]), len(text)]
    cuts, folded = [0], fold_signs(text)
    for left, right in pairwise(terms):
        match = pattern("deadlines", "next_part").search(folded, left.end, right.start + 1)
        cuts.append(match.start() if match else min(left.end, right.start))
    return [*cuts, len(text)]


def _side_by_side(folded: str, terms: Sequence[Term]) -> bool:
    """Whether recurrences stand together (`định kỳ hằng quý và hằng năm`): what is due is the same for all."""
    gaps = (folded[left.end : right.start] for left, right in pairwise(terms))
    undated = all(term.recurrence is not None and term.recurrence_day is None for term in terms)
    return len(terms) > 1 and undated and all(pattern("terms", "and").search(gap) for gap in gaps)


def _segments(text: str, terms: Sequence[Term]) -> Iterator[_Segment]:
    if _side_by_side(fold_signs(text), terms):
        whole = text[: terms[0].start] + " " + text[terms[-1].end :]
        yield from (_Segment(whole, term, 0, len(text)) for term in terms)
        return
    cuts = _boundaries(text, terms)
    for term, begin, end in zip(terms, cuts, cuts[1:], strict=False):
        start, stop = max(begin, term.start), max(term.start, min(end, term.end))
        yield _Segment(text[begin:start] + " " + text[stop:end], term, begin, end)


def _balanced(text: str) -> str:
    """The text without brackets that lost their partner to a term that was cut out."""
    opened: list[int] = []
    alone: set[int] = set()
    for at, sign in enumerate(text):
        if sign == "(":
            opened.append(at)
        elif sign == ")":
            if opened:
                opened.pop()
            else:
                alone.add(at)
    alone.update(opened)
    return "".join(" " if at in alone else sign for at, sign in enumerate(text)) if alone else text


def _clean(text: str) -> str:
    """What is due, without connecting words and punctuation at both ends."""
    text = plain(_DOUBLED.sub(r"\1", _balanced(text.replace("()", " ").replace("( )", " "))))
    for opening in (
        pattern("deadlines", "ordering_letter").search(fold_signs(text)),
        pattern("deadlines", "leaning").search(text),
    ):
        text = text[opening.end() :] if opening else text
    folded = fold_signs(text)
    lead = pattern("deadlines", "leading_words").search(folded)
    begin = lead.end() if lead else 0
    trail = pattern("deadlines", "trailing_words").search(folded[begin:])
    end = begin + trail.start() if trail else len(text)
    kept = text[begin:end] if end > begin or not re.search(r"\w", text[begin:]) else text[begin:]
    kept = kept.strip(" ,;:.–—-/").strip()
    counting = pattern("deadlines", "counting_word").search(kept)
    return kept[: counting.start()] if counting else kept


def _movement(block: Block) -> str | None:
    """`phong trào thi đua` of the nearest heading that speaks of it."""
    for title in reversed(block.headings):
        if title and (match := pattern("deadlines", "movement_object").search(fold_signs(title))):
            return title[match.start() : match.end()].lower()
    return None


def _timed(block: Block) -> str | None:
    """What the headings of a block say is timed: the nearest one that is more than `Thời gian`."""
    titles = [plain(title) for title in block.headings if title]
    named = [title for title in titles if not pattern("deadlines", "bare_label").search(fold_signs(title))]
    return named[-1] if named else titles[-1] if titles else None


def _what(text: str, block: Block, before: str, stated: str) -> str:
    """The obligation; a bare label takes its object from what is `stated` before it, else from the heading."""
    what = _clean(text)
    names = ("bare_label", "expected")
    if stated and (not re.search(r"\w", what) or any(pattern("deadlines", n).search(fold_signs(what)) for n in names)):
        return before or stated
    if stated and not before and pattern("deadlines", "exception").search(fold_signs(what)):
        return f"{stated}, {what}"
    continues = ("exception", "same_obligation")
    if before and any(pattern("deadlines", name).search(fold_signs(what)) for name in continues):
        what = f"{before}, {what}"
    if not re.search(r"\w", what):
        titles = [title for title in block.headings if title]
        what = before or (plain(titles[-1]) if titles else "")
    if pattern("deadlines", "review_label").search(fold_signs(what)) and (movement := _movement(block)):
        return f"{what} {movement}"
    if (before or stated) and pattern("deadlines", "concerning_label").search(fold_signs(what)):
        return f"{before or stated}, {what}"
    if any(pattern("deadlines", name).search(fold_signs(what)) for name in ("bare_label", "concerning_label")):
        title = _timed(block)
        return f"{what} ({title})" if title and what.lower() not in title.lower() else what
    return what


def _says_nothing(text: str) -> bool:
    """True for a part without words, or with no more than `06 tháng`, `cả năm`."""
    names = ("same_obligation", "concerning_label")
    return not re.search(r"\w", text) or any(pattern("deadlines", name).search(fold_signs(text)) for name in names)


def _timed_body(said: str, block: Block) -> str | None:
    """The body that a bullet below `Thời hạn nộp hồ sơ` names and nothing else: the heading says what it is to do."""
    title = block.headings[-1] if block.headings else None
    if not title or not all(pattern("deadlines", name).search(fold_signs(title)) for name in ("time_label", "report")):
        return None
    return body_of_heading(said)


def _obligations(
    text: str, terms: Sequence[Term], block: Block, stated: str
) -> Iterator[tuple[_Segment, str, str | None]]:
    """Each term's part of a statement with what is due and who is named; a part that says nothing shares the next.

    `stated` is what the statement before says, which a statement of a term alone completes.
    """
    parts = []
    holder, at = split_body(stated)
    for segment in _segments(text, terms):
        said = _clean(segment.text)
        named, rest = split_body(said)
        label = pattern("deadlines", "run_in_label").search(fold_signs(said)) if named is None else None
        if label is not None:
            named, rest = split_body(said[label.end() :])
            rest = rest + label.end() if named is not None else 0
        parts.append((segment, said[rest:], named))
    opening = next((part for part in parts if not _says_nothing(part[1])), None)
    what, body = "", None
    for segment, said, named in parts:
        silent = opening is not None and not what and _says_nothing(said)
        body = (opening[2] if silent and opening else named) or body
        whose = _timed_body(said, block) if named is None else None
        own = (block.headings[-1] or said) if whose is not None else said
        body = whose or body
        what = _what(opening[1] if silent and opening else own, block, what, stated[at:])
        if what:
            yield segment, what, body or (holder if what.startswith(stated[at:]) else None)


def _confidence(term: Term, passage: Passage, context: PlanContext) -> float:
    base = _BASE - (0.1 if term.bare else 0) - (0 if term.years or term.recurrence else 0.1)
    base -= 0 if term.possible else 0.35
    return round(base * context.trust(passage.provenance()), 4)


def _half_year_apart(first: Deadline, last: Deadline) -> bool:
    days = [item.recurrence_day or "" for item in (first, last)]
    if any(item.recurrence != "annual" for item in (first, last)) or not all("-" in day for day in days):
        return False
    return int(days[1][:2]) - int(days[0][:2]) in _HALF_YEAR


def _paired(found: Sequence[Deadline], passage: Passage) -> list[Deadline]:
    """A report due each year at its middle and at its end is one that is due each half-year."""
    paired: list[Deadline] = []
    for last in found:
        first = paired[-1] if paired else None
        if first is None or first.kind != "report" or last.kind != "report" or not _half_year_apart(first, last):
            paired.append(last)
            continue
        what = last.what if first.what in last.what else f"{first.what}, {last.what}"
        changes = {"recurrence": "semiannual", "recurrence_day": None, "what": what, "provenance": passage.provenance()}
        paired[-1] = first.model_copy(update=changes)
    return paired


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands before a statement: the body of its heading, the body said since, and whether something was due."""

    headed: str | None
    said: str | None = None
    due: bool = False
    stated: str = ""

    def body(self, what: str) -> str | None:
        """Who is to do `what`; a sentence with a subject of its own takes no body from the one before it."""
        return self.said if self.said is not None and starts_with_verb(what) else self.headed


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the deadlines of one document."""

    context: PlanContext

    def _deadline(
        self, kind: DeadlineKind, what: str, body: str | None, term: Term, passage: Passage, block: Block
    ) -> Deadline:
        return Deadline(
            kind=kind,
            start=term.first,
            end=term.last,
            bound=term.bound,
            recurrence=term.recurrence,
            recurrence_day=term.recurrence_day,
            what=what,
            responsible=plain(body) if body else None,
            section=block.section,
            provenance=passage.provenance(),
            confidence=_confidence(term, passage, self.context),
        )

    def _phase(self, statement: Statement, terms: Sequence[Term]) -> tuple[Deadline, Term] | None:
        phase = phase_term(statement, terms)
        if phase is None:
            return None
        name, term = phase
        if is_too_old(term, self.context):
            return None
        return self._deadline("phase", name, None, term, statement.passage, statement.block), term

    def _due(self, terms: Sequence[Term], statement: Statement, before: _Before) -> list[Term]:
        """The terms that bind somebody; after one that does, the next in the statement goes on with it."""
        due: list[Term] = []
        for term in terms:
            if is_due(term, statement, self.context, before.due or bool(due), bool(before.stated)):
                due.append(term)
        return due

    def statement(self, statement: Statement, before: _Before) -> Iterator[Deadline]:
        """The deadlines of one statement."""
        text, block = statement.passage.text, statement.block
        terms = list(find_terms(text, year_of(block, self.context)))
        if phase := self._phase(statement, terms):
            yield phase[0]
            terms = [term for term in terms if term.start >= phase[1].end and not term.bare]
        terms = self._due(terms, statement, before)
        exact = [term for term in terms if term.grain != "year"]
        terms = [term for term in terms if term in exact or not (term.bare and exact)]
        if not terms:
            return
        found: list[Deadline] = []
        for segment, what, body in _obligations(text, terms, block, before.stated):
            source = statement.passage.slice(segment.start, segment.end).stripped(" ,;")
            same = found and found[-1].what in what
            kind = found[-1].kind if same else kind_of(what, segment.text, statement)
            found.append(self._deadline(kind, what, body or before.body(what), segment.term, source, block))
        yield from _paired(found, statement.passage)

    def block(self, block: Block) -> Iterator[Deadline]:
        """The deadlines of one block."""
        if block.kind == "table" and block.grid is not None:
            for row in read_table(block.grid, year_of(block, self.context)):
                kind = kind_of(row.what, row.what, None)
                yield self._deadline(kind, row.what, row.body, row.term, row.passage, block)
            return
        before = _Before(body_of_heading(block.headings[-1] if block.headings else None))
        for statement in statements(block, pattern("deadlines", "event")):
            text = statement.passage.text
            read = list(self.statement(statement, before)) if mentions(text) else []
            yield from read
            before = replace(before, due=bool(read))
            if not statement.aside:
                named = split_body(_clean(text))[0]
                said = named or next((item.responsible for item in reversed(read)), None) or before.said
                stated = block.title if statement.first and block.title is not None else _clean(text)
                before = replace(before, said=said, stated=stated)


def _notices(deadlines: Sequence[Deadline], outline_year: int | None) -> Iterator[Notice]:
    for item in deadlines:
        if item.start is None and item.end is None and item.recurrence is None:
            yield Notice(
                code="impossible_date",
                message=f"no such date: {item.provenance.text}",
                provenance=item.provenance,
            )
        years = {iso[:4] for iso in (item.start, item.end) if iso is not None}
        if item.kind in ("phase", "campaign") and outline_year is not None and years and str(outline_year) not in years:
            yield Notice(
                code="year_mismatch",
                message=f"{item.what}: {item.start or '…'} to {item.end or '…'} is not in the plan year {outline_year}",
                provenance=item.provenance,
            )


def read_deadlines(outline: Outline, context: PlanContext) -> tuple[tuple[Deadline, ...], tuple[Notice, ...]]:
    """All deadlines of a document in order, once each, and warnings on impossible dates and wrong years."""
    if context.document_type in ("luat", "nghi_dinh", "thong_tu"):
        return (), ()
    reader = _Reader(context)
    exemplars = find_exemplars(outline, context)
    taken = {id(block) for item in exemplars for block in item.blocks}
    by_block = {id(item.blocks[0]): item.deadline for item in exemplars if item.deadline is not None}
    found: dict[tuple[str | None, ...], Deadline] = {}
    for block in outline.blocks:
        own = by_block.get(id(block))
        read = [own] if own is not None else [] if id(block) in taken else reader.block(block)
        for item in read:
            due = (item.start, item.end, item.recurrence, item.recurrence_day)
            place = None if item.start or item.end or item.recurrence_day else item.section
            key = (item.kind, *due, item.what.lower(), item.responsible, place)
            found.setdefault(key, item)
    deadlines = tuple(found.values())
    return deadlines, tuple(_notices(deadlines, context.year))
