"""The flat columns of every kind of record: one definition for CSV, JSON, XLSX, Parquet and SQL.

They follow from the record models: a field is a column, a passage is its place and text, a list is joined, and what has
records of its own (phases) is a kind of its own. So a new field of a record needs nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from ...schemas import (
    Assignment,
    AwardTier,
    Campaign,
    Criterion,
    Deadline,
    Doubt,
    Exemplar,
    Header,
    LegalBasis,
    Notice,
    Phase,
    Plan,
    Provenance,
    Section,
    Signature,
    Source,
    SourcePage,
    Target,
    section_path,
)
from ..errors import UsageError

Cell = str | int | float | bool | None
ColumnType = Literal["text", "date", "integer", "number", "boolean"]
Row = tuple[Cell, ...]

LIST_JOINER = "; "
_DATE_FIELDS = {"issued_on", "start", "end", "period"}
_PLACE = (("page", "integer"), ("line_start", "integer"), ("line_end", "integer"), ("source_text", "text"))


@dataclass(frozen=True, slots=True)
class Column:
    """A named column and the type of its cells; any cell may be None."""

    name: str
    type: ColumnType


_PLAN_COLUMNS = (Column("plan_issuer", "text"), Column("plan_number", "text"), Column("plan_issued_on", "date"))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its columns, and its rows in one plan (as many cells as columns)."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Plan], Iterator[Row]]


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        rest = [part for part in get_args(annotation) if part is not NoneType]
        return rest[0] if len(rest) == 1 else tuple(rest)
    return annotation


def _column_type(name: str, annotation: Any) -> ColumnType:
    if name in _DATE_FIELDS:
        return "date"
    plain = _without_none(annotation)
    if plain is bool:
        return "boolean"
    if plain is int:
        return "integer"
    if plain is float or plain in ((int, float), int | float):
        return "number"
    return "text"


def _columns_of(model: type[BaseModel], left_out: tuple[str, ...]) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        if name in left_out:
            continue
        if _without_none(field.annotation) is Provenance:
            yield from (Column(part, kind) for part, kind in _PLACE)  # type: ignore[arg-type]
        else:
            yield Column(name, _column_type(name, field.annotation))


def _joined(item: object) -> str:
    if isinstance(item, Criterion):
        return f"{item.recipient}: {item.text}" if item.recipient else item.text
    return str(item)


def _cells_of(record: BaseModel | None, model: type[BaseModel], left_out: tuple[str, ...]) -> Iterator[Cell]:
    """The cells of `record`, as many as `_columns_of` gives; all None where there is no record."""
    for name, field in model.model_fields.items():
        if name in left_out:
            continue
        value = getattr(record, name) if record is not None else None
        if _without_none(field.annotation) is Provenance:
            place = value or None
            yield from (
                (place.page, place.line_start, place.line_end, place.text) if place else (None, None, None, None)
            )
        elif isinstance(value, tuple):
            yield LIST_JOINER.join(_joined(item) for item in value) or None
        else:
            yield value


def _list_kind(
    name: str,
    model: type[BaseModel],
    records: Callable[[Plan], Iterator[BaseModel]],
    left_out: tuple[str, ...] = (),
) -> Kind:
    """A kind with one row a record: the file, the record's fields, and whose plan it is (people filter by that)."""
    columns = (Column("file", "text"), *_columns_of(model, left_out), *_PLAN_COLUMNS)

    def rows(plan: Plan) -> Iterator[Row]:
        header = plan.header
        for record in records(plan):
            cells = _cells_of(record, model, left_out)
            yield (plan.source.file, *cells, header.issuer, header.number, header.issued_on)

    return Kind(name, columns, rows)


def _plans_kind() -> Kind:
    counted = ("targets", "deadlines", "award_tiers", "exemplars", "assignments", "doubtful", "warnings")
    parts: tuple[tuple[str, type[BaseModel], tuple[str, ...]], ...] = (
        ("", Source, ("file", "pages")),
        ("", Header, ("provenance",)),
        ("signature_", Signature, ("provenance",)),
    )
    columns = [Column("file", "text")]
    for prefix, model, left_out in parts:
        columns += [Column(prefix + column.name, column.type) for column in _columns_of(model, left_out)]
    columns += [Column("recipients", "text"), Column("failed_pages", "integer")]
    columns += [Column(f"{name}_count", "integer") for name in counted]

    def rows(plan: Plan) -> Iterator[Row]:
        cells: list[Cell] = [plan.source.file]
        for (_, model, left_out), record in zip(parts, (plan.source, plan.header, plan.signature), strict=True):
            cells += _cells_of(record, model, left_out)
        cells.append(LIST_JOINER.join(plan.recipients) or None)
        cells.append(sum(page.error is not None for page in plan.source.pages))
        yield (*cells, *(len(getattr(plan, name)) for name in counted))

    return Kind("plans", tuple(columns), rows)


def _sections_kind() -> Kind:
    left_out = ("children",)
    columns = (Column("file", "text"), Column("path", "text"), *_columns_of(Section, left_out))

    def walk(sections: tuple[Section, ...], parent: str | None) -> Iterator[tuple[str, Section]]:
        for section in sections:
            path = section_path(parent, section.label)
            yield path, section
            yield from walk(section.children, path)

    def rows(plan: Plan) -> Iterator[Row]:
        for path, section in walk(plan.sections, None):
            yield (plan.source.file, path, *_cells_of(section, Section, left_out))

    return Kind("sections", columns, rows)


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by name, in the order in which a workbook shows them."""
    listed = (
        _plans_kind(),
        _list_kind("targets", Target, lambda plan: iter(plan.targets)),
        _list_kind("deadlines", Deadline, lambda plan: iter(plan.deadlines)),
        _list_kind("award_tiers", AwardTier, lambda plan: iter(plan.award_tiers)),
        _list_kind("exemplars", Exemplar, lambda plan: iter(plan.exemplars)),
        _list_kind("assignments", Assignment, lambda plan: iter(plan.assignments)),
        _list_kind("campaigns", Campaign, lambda plan: iter(plan.campaigns), ("phases",)),
        _list_kind("phases", Phase, lambda plan: (phase for item in plan.campaigns for phase in item.phases)),
        _list_kind("legal_bases", LegalBasis, lambda plan: iter(plan.legal_bases)),
        _sections_kind(),
        _list_kind("pages", SourcePage, lambda plan: iter(plan.source.pages)),
        _list_kind("doubtful", Doubt, lambda plan: iter(plan.doubtful)),
        _list_kind("warnings", Notice, lambda plan: iter(plan.warnings)),
    )
    return {kind.name: kind for kind in listed}


def kind_named(name: str) -> Kind:
    """The kind `name`; raises UsageError that lists the kinds where there is none."""
    try:
        return kinds()[name]
    except KeyError:
        raise UsageError(f"There are no records of kind {name!r}; choose from {', '.join(kinds())}.") from None
