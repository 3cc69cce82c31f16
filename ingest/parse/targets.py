"""Targets (chỉ tiêu) of a plan: from tables, lists and prose alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...dictionaries import pattern
from ...schemas import Decimal, Target
from ..text.normalize import fold, plain, without_markup
from ..text.numbers import times
from ..text.quantities import Quantity, find_quantities
from ..values import Passage
from .model import Block, Outline, PlanContext
from .targets_evidence import Reading, stated_period
from .targets_fact import Fact, read_facts
from .targets_scope import Scope, Scopes, is_generic, matches
from .targets_table import RowFact, read_table
from .targets_units import is_share
from .targets_words import capitalised

_HEAD_WORDS = 14
_ITEM_WORDS = 30
_PIECE = 15_000
_SIGNS = re.compile(r"[,;.]")


def _run_in(passage: Passage) -> tuple[str | None, int]:
    """The head that a list item opens with (`Về văn hóa: …`), and where the text after it begins."""
    match = matches("run_in_head", passage.text)
    if match is None or len(match["head"].split()) > _HEAD_WORDS:
        return None, 0
    head, rest = match["head"], passage.text[match.end() :]
    if matches("part", head) or find_quantities(head) or matches("status_absent", head):
        return None, 0
    following = find_quantities(rest[:160])
    if following and matches("own_indicator", head) and matches("year_alone", rest[: following[0].lead]):
        return None, 0
    if following and not rest[: following[0].lead].strip() and not _heads_value(head, rest, following[0]):
        return None, 0
    if not following and matches("action", head):
        return None, 0
    closing = matches("head_closing", head)
    return plain(head[: closing.start()] if closing else head).strip(" .,;+–-"), match.end()


def _heads_value(head: str, rest: str, figure: Quantity) -> bool:
    """Whether a head right before a figure names a field: `Quân sự: 100% đơn vị …`, but not `Thu ngân sách: 19 tỷ`."""
    if matches("field_head", head):
        return True
    after = rest[figure.end :]
    told = matches("inner_predicate", after)
    if (
        is_share(figure)
        and matches("action", head)
        and told
        and after[:1] == " "
        and not _SIGNS.search(after[: told.start()])
    ):
        return True
    own = any(matches(name, head) for name in ("indicator", "each", "action"))
    return not own and after[:1] == " " and after[1:2].isalpha()


class _Reader:
    """Reads the blocks of one outline in order and numbers what it finds."""

    def __init__(self, outline: Outline, context: PlanContext) -> None:
        self.outline = outline
        self.context = context
        self.scopes = Scopes(outline, context)
        self.targets: list[Target] = []
        self.caption: str | None = None
        self.criteria: str | None = None
        self.costs = False
        self.open_parent: tuple[int, str | None] | None = None

    def read(self) -> tuple[Target, ...]:
        for block in self.outline.blocks:
            scope = self.scopes.of(block)
            if block.kind == "table":
                self._table(block, scope)
            elif not (self._states_criteria(block, scope) or self._lists_costs(block)):
                self._text(block, scope)
            self.caption = None if block.kind == "table" else block.passage.text[-200:]
        return tuple(self.targets)

    def _states_criteria(self, block: Block, scope: Scope) -> bool:
        """Whether a block opens criteria of awards or exemplars, or is listed in the section that they rule."""
        if self.criteria is not None and not f"{block.section}.".startswith(f"{self.criteria}."):
            self.criteria = None
        opens = scope.kind != "target" and matches("criteria_opening", block.passage.text) is not None
        if opens and block.section:
            self.criteria = block.section
        return opens or self.criteria is not None

    def _lists_costs(self, block: Block) -> bool:
        """Whether a block says that a list of costs follows, or is an item of it."""
        opens = matches("budget_opening", block.passage.text) is not None
        self.costs = opens or (self.costs and block.kind == "bullet")
        return self.costs

    def _table(self, block: Block, scope: Scope) -> None:
        if block.grid is None:
            return
        first = len(self.targets)
        for fact in read_table(block.grid, scope, self.context.year, self.caption):
            self.targets.append(self._row_target(fact, block, scope, first))

    def _row_target(self, fact: RowFact, block: Block, scope: Scope, first: int) -> Target:
        provenance = Passage.of_lines(fact.row.lines).provenance()
        unit = fact.unit
        money = unit.vnd if unit is not None else None
        return Target(
            id=f"t{len(self.targets) + 1}",
            ordinal=fact.ordinal,
            group=fact.group,
            parent=None if fact.parent is None else f"t{first + fact.parent + 1}",
            name=fact.name,
            comparator=fact.comparator,
            change=fact.change,
            value=fact.value,
            value_max=fact.value_max,
            unit=unit.name if unit is not None else None,
            value_vnd=_in_dong(fact.value, money),
            value_vnd_max=_in_dong(fact.value_max, money),
            status=fact.status,
            value_text=fact.value_text,
            period=str(fact.year) if fact.year else scope.period,
            section=block.section,
            provenance=provenance,
            confidence=round(fact.confidence * self.context.trust(provenance), 3),
        )

    def _statements(self, block: Block, scope: Scope) -> Iterator[tuple[Passage, str | None]]:
        """The texts of a block that may state targets, each with its run-in head."""
        if block.kind == "heading":
            if block.title is None or (scope.kind == "target" and _states_figure(block.title)):
                yield block.passage, None
            elif block.passage.text[block.body_start :].strip():
                yield block.passage.slice(block.body_start).stripped(), block.title
            return
        yield block.passage, None

    def _text(self, block: Block, scope: Scope) -> None:
        for passage, title in self._statements(block, scope):
            clean = without_markup(passage)
            head, start = _run_in(clean) if block.kind == "bullet" or block.label else (None, 0)
            body = clean.slice(start) if start else clean
            group = head if head and not is_generic(head) else None
            reading = Reading(
                scope=scope,
                year=self.context.year,
                listed=block.kind == "bullet" or (block.label is not None and (scope.plan or scope.kind == "target")),
                numbered=block.label is not None,
                thing=group or (title if title and not is_generic(title) else None),
                stated=stated_period(clean.text[:start]) if start else None,
            )
            first = len(self.targets)
            for piece in _pieces(body):
                for fact in read_facts(piece.text, reading):
                    self.targets.append(self._target(fact, block, scope, piece, group, first))
            self._remember_parent(block, body.text, first)

    def _remember_parent(self, block: Block, text: str, first: int) -> None:
        """An item that ends in `trong đó:` is the parent of the items below it."""
        if matches("open_part", text) and len(self.targets) > first:
            self.open_parent = (len(self.targets), block.label)
        elif self.open_parent is not None and block.label == self.open_parent[1]:
            self.open_parent = None

    def _target(self, fact: Fact, block: Block, scope: Scope, body: Passage, group: str | None, first: int) -> Target:
        provenance = body.slice(fact.start, fact.end).stripped(" ,;").provenance()
        quantity = fact.quantity
        money = fact.unit.vnd if fact.unit is not None else None
        parent = None if fact.parent is None else f"t{first + fact.parent + 1}"
        if parent is None and self.open_parent is not None and block.label != self.open_parent[1]:
            parent = f"t{self.open_parent[0]}"
        return Target(
            id=f"t{len(self.targets) + 1}",
            ordinal=_ordinal(block, scope),
            group=_other_than(fact.name, group) or scope.group,
            parent=parent,
            name=capitalised(fact.name),
            comparator=fact.comparator,
            change=fact.change,
            value=quantity.value if quantity else None,
            value_max=quantity.value_max if quantity else None,
            unit=fact.unit.name.lower() if fact.unit else None,
            value_vnd=_in_dong(quantity.value if quantity else None, money),
            value_vnd_max=_in_dong(quantity.value_max if quantity else None, money),
            status=fact.status,
            value_text=fact.value_text,
            period=fact.period or scope.period,
            section=block.section,
            provenance=provenance,
            confidence=round(fact.confidence * self.context.trust(provenance), 3),
        )


def _other_than(name: str, group: str | None) -> str | None:
    """A run-in head as group, unless it is no more than the name of the target itself."""
    return None if group is None or fold(name).startswith(fold(group)) else group


def _in_dong(value: Decimal | None, factor: int | None) -> Decimal | None:
    return None if value is None or factor is None else times(value, factor)


def _pieces(passage: Passage) -> Iterator[Passage]:
    """The passage in pieces of whole sentences, none longer than what is read at once."""
    start = 0
    while len(passage.text) - start > _PIECE:
        stop = start + _PIECE
        # the last end of all is that of the piece itself, not of a sentence
        ends = [
            m.end() for m in pattern("targets", "sentence_end").finditer(passage.text, start, stop) if m.end() < stop
        ]
        blank = passage.text.rfind(" ", start + 1, stop) + 1
        end = ends[-1] if ends else (blank or stop)
        yield passage.slice(start, end)
        start = end
    yield passage.slice(start) if start else passage


def _states_figure(title: str) -> bool:
    """Whether a numbered line that reads as a heading is a target: an indicator or task with its figure."""
    return any(q.unit is not None and q.unit.kind != "time" for q in find_quantities(title))


def _ordinal(block: Block, scope: Scope) -> str | None:
    """The printed mark of a list item; a long numbered paragraph outside the chapters of targets is no item."""
    if block.kind == "heading" and scope.kind != "target" and len(block.passage.text.split()) > _ITEM_WORDS:
        return None
    return block.label


def read_targets(outline: Outline, context: PlanContext) -> tuple[Target, ...]:
    """All targets of a plan in document order, from tables, lists and prose."""
    return _Reader(outline, context).read()
