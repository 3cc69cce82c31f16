"""Phases of a campaign: Đợt 1, Giai đoạn 2, Chặng nước rút, each with its term and purpose."""

from __future__ import annotations

from collections.abc import Sequence

from ...dictionaries import pattern
from ...schemas import Phase
from ..text.dates import find_dates, stated_year
from ..text.normalize import fold_signs, plain
from ..text.terms import Term, find_terms
from ..values import Passage
from .model import Block, Outline, PlanContext
from .statements import Statement, statements


def year_of(block: Block, context: PlanContext) -> int | None:
    """The year that completes a block's dates: of the nearest heading that states one, else the plan's."""
    for title in reversed(block.headings):
        if title and (year := stated_year(title)) is not None:
            return year
    return context.year


def phase_name(text: str, term: Term) -> str | None:
    """The phase that a statement names right before `term`, as printed; None when it names none."""
    folded = fold_signs(text[: term.start])
    label = folded.rfind(":", 0, len(folded.rstrip(" :(,-")))
    for begin in (0, label + 1 + len(folded[label + 1 :]) - len(folded[label + 1 :].lstrip())):
        for name in ("phase", "phase_run_on"):
            match = pattern("deadlines", name).search(folded[begin:])
            if match:
                return plain(text[begin + match.start("name") : begin + match.end("name")])
    return None


def _years_of_phases(text: str) -> list[Term]:
    """Terms of whole years, which are terms of phases alone: `Giai đoạn 1 (2026 - 2028)`."""
    return [
        Term(date.start, date.end, "from_to", date.first(), date.last(), grain="horizon", years=(date.last_year or 0,))
        for date in find_dates(text)
        if date.grain == "horizon"
    ]


def heading_phase(block: Block) -> str | None:
    """The phase that the heading of a block names (`Đợt 1`), None when it names none."""
    title = block.headings[-1] if block.headings else None
    if title and pattern("deadlines", "title_phase").search(fold_signs(title)):
        return plain(title.split(":")[0].split("(")[0])
    return None


def phase_term(statement: Statement, terms: Sequence[Term]) -> tuple[str, Term] | None:
    """Name and term of the phase that a statement opens or that its heading names."""
    text = statement.passage.text
    terms = [term for term in terms if term.first or term.last or not term.possible]
    for term in terms[:2] or _years_of_phases(text)[:1]:
        if term.recurrence is None and (name := phase_name(text, term)) is not None:
            return name, term
    label = pattern("deadlines", "time_label")
    if terms and terms[0].bound == "from_to" and (name := heading_phase(statement.block)) is not None:
        before = fold_signs(text[: terms[0].start]).strip(" :,(")
        if not before or label.search(before):
            return name, terms[0]
    return None


def _purpose(statement: Statement, term: Term) -> str | None:
    text = statement.passage.text[term.end :]
    if statement.first:
        whole = statement.block.passage.text
        at = whole.find(statement.passage.text)
        text = whole[at + term.end :] if at >= 0 else text
    return plain(text.lstrip(" ):;,.-–*").rstrip(" .;*")) or None


def _phase(name: str, term: Term, statement: Statement) -> Phase:
    source: Passage = statement.passage
    return Phase(
        name=name,
        start=term.first,
        end=term.last,
        purpose=_purpose(statement, term),
        provenance=source.provenance(),
    )


def _may_name_phase(block: Block) -> bool:
    named = pattern("deadlines", "phase_word").search(fold_signs(block.passage.text))
    return named is not None or heading_phase(block) is not None


def read_phases(outline: Outline, context: PlanContext) -> tuple[Phase, ...]:
    """All phases with a term, in document order, once each."""
    found: dict[tuple[str, str | None, str | None], Phase] = {}
    verbs = pattern("deadlines", "event")
    for block in outline.blocks:
        if block.kind == "table" or not _may_name_phase(block):
            continue
        year = year_of(block, context)
        for statement in statements(block, verbs):
            phase = phase_term(statement, find_terms(statement.passage.text, year))
            if phase is not None and (phase[1].first or phase[1].last):
                name, term = phase
                found.setdefault((name.lower(), term.first, term.last), _phase(name, term, statement))
    return tuple(found.values())
