"""The plan record and its parts: one source document gives one `Plan`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .records import Assignment, AwardTier, Campaign, Deadline, Exemplar, Target
from .values import (
    Confidence,
    DocumentType,
    PageMethod,
    PartialDate,
    Provenance,
    Record,
    section_path,
)

SCHEMA_VERSION: Literal["1.0"] = "1.0"


class SourcePage(Record):
    """How one page of the source was read; `error` tells why a failed page is empty."""

    page: Annotated[int, Field(ge=1)]
    method: PageMethod
    restored: bool
    quality: Confidence
    ocr_confidence: Confidence | None = None
    reason: str = ""
    error: str | None = None


class Source(Record):
    """The input file."""

    file: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    media_type: str
    page_count: Annotated[int, Field(ge=0)]
    pages: tuple[SourcePage, ...] = ()


class Header(Record):
    """Parts of the letterhead of Nghị định 30/2020/NĐ-CP."""

    issuer: str | None = None
    parent_issuer: str | None = None
    number: str | None = None
    place: str | None = None
    issued_on: PartialDate | None = None
    document_type: DocumentType = "other"
    title: str | None = None
    provenance: Provenance | None = None


class Signature(Record):
    """Signing block: power and body (`TM. ỦY BAN NHÂN DÂN`), position, name."""

    authority: str | None = None
    position: str | None = None
    name: str | None = None
    provenance: Provenance | None = None


class LegalBasis(Record):
    """A document cited before the first section heading."""

    document_type: DocumentType
    number: str | None = None
    issued_on: PartialDate | None = None
    issuer: str | None = None
    subject: str | None = None
    provenance: Provenance


class Section(Record):
    """A numbered part of the document; `level` is its depth (1 = top)."""

    label: str
    level: Annotated[int, Field(ge=1)]
    title: str | None = None
    text: str = ""
    children: tuple[Section, ...] = ()
    provenance: Provenance


class Doubt(Record):
    """A token of the restored text that the reader or restorer is not sure of; line and column are 1-based."""

    line: Annotated[int, Field(ge=1)]
    column: Annotated[int, Field(ge=1)]
    token: str
    alternatives: tuple[str, ...] = ()
    confidence: Confidence


class Notice(Record):
    """A warning on the document, with a stable code."""

    code: str
    message: str
    provenance: Provenance | None = None


def _paths(sections: tuple[Section, ...], parent: str | None = None) -> Iterator[str]:
    for section in sections:
        path = section_path(parent, section.label)
        yield path
        yield from _paths(section.children, path)


class Plan(Record):
    """One document: header, sections and every record read from it."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    source: Source
    header: Header
    signature: Signature | None = None
    recipients: tuple[str, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()
    sections: tuple[Section, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    targets: tuple[Target, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    award_tiers: tuple[AwardTier, ...] = ()
    exemplars: tuple[Exemplar, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    doubtful: tuple[Doubt, ...] = ()
    warnings: tuple[Notice, ...] = ()

    @model_validator(mode="after")
    def _section_paths_exist(self) -> Self:
        known = set(_paths(self.sections))
        kinds = (self.campaigns, self.targets, self.deadlines, self.award_tiers, self.exemplars, self.assignments)
        for records in kinds:
            for record in records:
                if record.section is not None and record.section not in known:
                    raise ValueError(f"{type(record).__name__}: there is no section {record.section!r}")
        return self

    @model_validator(mode="after")
    def _target_parents_exist(self) -> Self:
        seen: set[str] = set()
        for target in self.targets:
            if target.parent is not None and target.parent not in seen:
                raise ValueError(f"target {target.id}: its parent {target.parent!r} does not come before it")
            seen.add(target.id)
        return self
