"""Reads the facts of a block: each figure or predicate that is a target, with its name and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...schemas import Change, Comparator
from ..text.normalize import squeeze
from ..text.quantities import Quantity, Unit, read_unit
from .targets_clause import Clause, clauses, mask
from .targets_evidence import (
    SHORT_TEXT,
    Reading,
    clause_period,
    evident,
    is_past,
    is_yield,
    opens_past,
    out_of_place,
    stated_period,
    tells,
)
from .targets_name import name_figure
from .targets_scope import loosely, matches
from .targets_shared import Naming
from .targets_units import fitting_unit, is_share
from .targets_words import bare_head, capitalised, tidy_name, without_time

_BASE = {"target": 0.95, "open": 0.8, "closed": 0.0}
_HALF = 0.7
_DOUBTFUL = 0.4
_STATUS_WORDS = 45


@dataclass(frozen=True, slots=True)
class Fact:
    """A target as read from a block's text, offsets in that text; `parent` is the index of the fact it is part of.

    `printed`: the words before its figure; `counted`: a status that says how many of its counts fall;
    `described`: a measure that is a target in company only; `part`: of the
    block's text that it stands in.
    """

    start: int
    end: int
    name: str
    comparator: Comparator | None
    change: Change
    quantity: Quantity | None
    unit: Unit | None
    status: str | None
    value_text: str
    period: str | None
    parent: int | None
    confidence: float
    printed: str = ""
    counted: bool = False
    described: bool = False
    part: int = -1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a block's text, from the end of the one before, and the period that it opens with."""

    number: int
    start: int
    end: int
    period: str | None


def sentence_of(text: str, clause: Clause, parts: list[Clause], before: int) -> Sentence:
    """The sentence that `clause` opens; `before` is where the sentence before it ends."""
    inside = [c for c in parts if c.sentence == clause.sentence]
    figure = next((c.quantity.lead for c in inside if c.quantity is not None), clause.end)
    opening = mask(text[before : max(figure, clause.start)])
    period = stated_period(opening) if matches("time", opening) else None
    return Sentence(clause.sentence, before, inside[-1].end, period)


def _bare_unit(quantity: Quantity, text: str, clause: Clause) -> Unit | None:
    """The unit in brackets at the end of the head (`Diện tích lúa (ha): 310`)."""
    match = matches("unit_in_head", text[clause.start : quantity.lead].rstrip(" :"))
    return read_unit(match["unit"].strip()) if match else None


def _figure(
    text: str, clause: Clause, naming: Naming, reading: Reading, parent: int | None, opening: str | None
) -> Fact | None:
    quantity = clause.quantity
    if quantity is None:
        return None
    unit, mended = fitting_unit(naming.name, quantity.unit or _bare_unit(quantity, text, clause))
    confidence = _BASE[reading.scope.kind]
    if clause.guessed or unit is None or naming.carried or quantity.about:
        confidence *= _HALF if clause.guessed or unit is None else 0.9
    if mended:
        confidence *= _HALF
    if clause.crowded:
        confidence *= 0.85
    if quantity.doubtful:
        confidence *= _DOUBTFUL
    return Fact(
        start=clause.start,
        end=clause.end,
        name=naming.name,
        comparator=naming.comparator,
        change=naming.change,
        quantity=quantity,
        unit=unit,
        status=None,
        value_text=squeeze(text[quantity.start : max(quantity.end, quantity.bound_end)]),
        period=clause_period(text, clause) or opening or reading.stated,
        parent=parent,
        confidence=round(confidence, 3),
        printed=bare_head(text[clause.start : quantity.lead]),
    )


def _says_how_long(clause: Clause) -> bool:
    """Whether a clause has a figure of days, hours or minutes, which is a target only where it says what lasts so."""
    return clause.quantity is not None and clause.quantity.unit is not None and clause.quantity.unit.kind == "time"


def _countable(quantity: Quantity, naming: Naming, clause: Clause, reading: Reading, text: str) -> bool:
    """A number without any unit counts only where an indicator says so, at the end of its clause."""
    if quantity.unit is not None:
        return True
    if matches("quoted", text[quantity.end : clause.end]) and matches("ends_with_verb", naming.subject):
        return True
    after = mask(text[quantity.end : clause.end]).strip(" .,;")
    if after and not after.startswith("("):
        return False
    colon = text[: quantity.number].rstrip().endswith((":", "="))
    return naming.kind == "indicator" or _bare_unit(quantity, text, clause) is not None or (colon and reading.listed)


def _group(text: str, match: re.Match[str], name: str) -> str:
    """A group as printed, where the match was made in the text without marks."""
    return text[match.start(name) : match.end(name)]


class _Facts:
    """Gathers the facts of one block; `together`: one that shows itself to be a target vouches for all."""

    def __init__(self, text: str, reading: Reading, together: bool = False) -> None:
        self.text = text
        self.reading = reading
        self.found: list[Fact] = []
        self.before: Naming | None = None
        self.parent: tuple[int, int] | None = None
        self.sentence = Sentence(-1, 0, 0, None)
        self.opened: tuple[int, str] | None = None
        self.accepted = -1
        self.together = together

    def read(self) -> list[Fact]:
        scope = self.reading.scope
        parts = clauses(self.text, scope.statuses or (scope.alone and self.reading.listed))
        told = refused = past = False
        part = -1
        for clause in parts:
            if clause.sentence != self.sentence.number:
                self.before = None
                self.sentence = sentence_of(self.text, clause, parts, self.sentence.end)
                whole = self.text[self.sentence.start : self.sentence.end]
                past = (past and matches("part", whole[:20]) is not None) or opens_past(whole, self.reading)
                told = scope.kind != "target" and tells(whole, self.text, self.reading)
            if clause.part != part:
                part = clause.part
                inside = [c for c in parts if c.part == part]
                passage = mask(self.text[inside[0].start : inside[-1].end])
                refused = not any(map(_says_how_long, inside)) and matches("no_target", passage) is not None
            here = self.text[clause.start : clause.end]
            if told or refused or (past and not matches("directive", here)) or is_past(self.text, clause, self.reading):
                continue
            if clause.quantity is not None:
                self._add_figure(clause)
            else:
                self._add_status(clause)
        return self._kept()

    def _kept(self) -> list[Fact]:
        """The facts without those that stand alone where only company makes them targets."""
        scope = self.reading.scope
        figures = [fact for fact in self.found if fact.quantity is not None]
        if (
            scope.alone
            and len(figures) == 1
            and (matches("only_bare_indicator", figures[0].printed) or figures[0].described)
        ):
            return []
        if scope.statuses or figures:
            return self.found
        prevented = any(matches("status_prevented", fact.value_text) for fact in self.found)
        return [
            fact for fact in self.found if fact.counted or (prevented and matches("status_absent", fact.value_text))
        ]

    def _parent(self, clause: Clause) -> int | None:
        if not clause.child:
            self.parent = None
            return None
        if self.parent is None or self.parent[0] != clause.part:
            self.parent = (clause.part, len(self.found) - 1)
        return self.parent[1] if self.parent[1] >= 0 else None

    def _add_figure(self, clause: Clause) -> None:
        quantity, scope = clause.quantity, self.reading.scope
        if quantity is None:
            return
        here = self.text[clause.start : clause.end]
        counted = None if is_share(quantity) else matches("status_counts", here)
        before = self.text[clause.start : quantity.number]
        kept_below = matches("kept_below", before)
        absent = matches("status_absent", here) if kept_below is None else None
        if absent is not None or (counted is not None and (scope.statuses or self.reading.listed)):
            self._counted_status(clause, counted, absent)
            return
        paid = quantity.vnd is not None and (matches("each_gets", before) or matches("allots", before))
        if paid or matches("budget", before) or _is_dimension(quantity, before):
            return
        if kept_below is None:
            naming = name_figure(self.text, clause, self.before, self.reading.thing)
        else:
            naming = Naming(capitalised(tidy_name(kept_below["name"])), "indicator", "le", "level", kept_below["name"])
        if naming is None or not _countable(quantity, naming, clause, self.reading, self.text):
            return
        self.before = naming
        if self.reading.scope.kind != "target":
            sibling = self.together or self.accepted == clause.sentence
            stands = (self.reading, self.text, self.sentence.start, sibling)
            if out_of_place(naming, clause, *stands) or not evident(naming, clause, *stands):
                return
        self.accepted = clause.sentence
        parent = self._parent(clause)
        if parent is not None and not _same_kind(self.found[parent], quantity, naming):
            parent = None
        naming, second = self._shared_predicate(clause, naming)
        fact = _figure(self.text, clause, naming, self.reading, parent, self._opening(clause, quantity))
        if fact is not None:
            colon = self.text[: quantity.number].rstrip().endswith(":")
            described = scope.kind != "target" and is_yield(naming, clause, self.reading, colon)
            self._share_back(clause, naming)
            self.found.append(replace(fact, described=described, part=clause.part))
        if second is not None:
            self._status(clause, *second)

    def _opening(self, clause: Clause, quantity: Quantity) -> str | None:
        """The period that a clause before this one opened with since the last `;`, else that of the sentence."""
        head = mask(self.text[clause.start : quantity.lead])
        if not clause.child and matches("time", head) and (own := stated_period(head)) is not None:
            self.opened = (clause.part, own)
        return self.opened[1] if self.opened is not None and self.opened[0] == clause.part else self.sentence.period

    def _counted_status(self, clause: Clause, counted: re.Match[str] | None, absent: re.Match[str] | None) -> None:
        """A status that holds a number: `giảm cả 3 tiêu chí`, `không còn xã dưới 15 tiêu chí`."""
        if counted is not None and counted["object"]:
            self._status(clause, counted["object"], f"{counted['verb']} {counted['all']}")
            return
        match = counted or absent
        if match is not None and (counted or self.found or self.reading.listed or self.reading.scope.statuses):
            self._status(clause, match["name"], match["status"])

    def _share_back(self, clause: Clause, naming: Naming) -> None:
        """`85% hộ gia đình, 90% cơ quan đạt chuẩn`: a bare counted noun takes the predicate of the next share."""
        last = self.found[-1] if self.found else None
        if last is None or last.quantity is None or last.printed or not naming.predicate or naming.kind != "none":
            return
        paired = (
            matches("joined", self.text[: clause.start]) is not None and matches("inner_predicate", last.name) is None
        )
        if last.part == clause.part and clause.start - last.end <= 1 and (paired or read_unit(last.name) is not None):
            self.found[-1] = replace(last, name=f"{last.name} {naming.predicate}")

    def _shared_predicate(self, clause: Clause, naming: Naming) -> tuple[Naming, tuple[str, str] | None]:
        """`04 trường và trạm y tế đạt chuẩn`: the predicate belongs to both; the second is a status."""
        quantity = clause.quantity
        if quantity is None or not self.reading.scope.statuses:
            return naming, None
        match = matches("joint_predicate", self.text[quantity.end : clause.end])
        if match is None:
            return naming, None
        noun = quantity.unit.name if quantity.unit is not None and quantity.unit.kind == "count" else ""
        name = capitalised(tidy_name(f"{noun} {match['own']} {match['status']}"))
        return Naming(name, naming.kind, naming.comparator, naming.change, naming.subject, noun), (
            match["other"],
            match["status"],
        )

    def _add_status(self, clause: Clause) -> None:
        if not self.reading.scope.statuses and not self._may_say_status(clause):
            return
        here = self.text[clause.start : clause.end].strip(" .,;")
        if len(here.split()) > _STATUS_WORDS:
            return
        for pattern_name in ("status_absent", "status_last", "status_first"):
            match = loosely(pattern_name, here)
            if match is not None:
                self._status(clause, _group(here, match, "name"), _group(here, match, "status"))
                return
        inside = loosely("status_inside", here)
        if inside is not None and self.reading.scope.statuses:
            name = f"{_group(here, inside, 'before')} {_group(here, inside, 'after')}"
            self._status(clause, name, _group(here, inside, "status"))

    def _may_say_status(self, clause: Clause) -> bool:
        """Outside chapters of targets a predicate counts beside figures that do, or as a whole short item."""
        here = self.text[clause.start : clause.end]
        if self.reading.scope.kind == "closed" or matches("status_first", here):
            return False
        return bool(self.found) or (self.reading.listed and self.reading.scope.alone)

    def _status(self, clause: Clause, name: str, status: str) -> None:
        tidy = capitalised(tidy_name(name, figure=False))
        if not tidy:
            return
        self.found.append(
            Fact(
                start=clause.start,
                end=clause.end,
                name=tidy,
                comparator=None,
                change="level",
                quantity=None,
                unit=None,
                status=without_time(status),
                value_text=squeeze(self.text[clause.start : clause.end]).strip(" .,;"),
                period=clause_period(self.text, clause) or self.sentence.period or self.reading.stated,
                parent=None,
                confidence=round(_BASE[self.reading.scope.kind] * 0.85, 3),
                counted=clause.quantity is not None,
            )
        )


def _is_dimension(quantity: Quantity, before: str) -> bool:
    """Whether a figure says how wide or thick a thing is: `rộng 3,5 m`."""
    measured = quantity.unit is not None and quantity.unit.kind == "measure" and "/" not in quantity.unit.name
    return measured and matches("dimension", before) is not None


def _same_kind(parent: Fact, quantity: Quantity, naming: Naming) -> bool:
    """Whether a figure can be part of another: a percentage that names its own indicator is not."""
    if quantity.unit is None or quantity.unit.kind != "percent" or parent.unit is None:
        return True
    return parent.unit.kind == "percent" or naming.kind != "indicator"


def read_facts(text: str, reading: Reading) -> Iterator[Fact]:
    """The targets that the text of a block states, in order."""
    if reading.scope.kind == "closed":
        return
    found = _Facts(text, reading).read()
    if found and reading.scope.alone and len(text.split()) <= SHORT_TEXT:
        found = _Facts(text, reading, together=True).read()
    yield from found
