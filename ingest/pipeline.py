"""The way of a document, from bytes to record. This module holds the order of the stages and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from ..schemas import Plan, Source, SourcePage
from .options import Options, own_dictionaries
from .pages import read_document
from .parse.assemble import parse_plan
from .readers.files import read_file
from .restore import restore_document
from .values import PageReport, ReadDocument


@dataclass(frozen=True, slots=True)
class Conversion:
    """What one input gives: the record, and the restored text that its line numbers point into."""

    plan: Plan
    text: str


def _source_page(page: PageReport, restored: Set[int | None]) -> SourcePage:
    return SourcePage(
        page=page.page,
        method=page.method,
        restored=page.restored or page.page in restored,
        quality=round(page.quality, 4),
        ocr_confidence=None if page.ocr_confidence is None else round(page.ocr_confidence, 4),
        reason=page.reason,
        error=page.error,
    )


def _source(data: bytes, name: str, document: ReadDocument, restored_lines: Set[int]) -> Source:
    restored_pages = {line.page or 1 for line in document.lines if line.number in restored_lines}
    return Source(
        file=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=document.media_type,
        page_count=len(document.pages),
        pages=tuple(_source_page(page, restored_pages) for page in document.pages),
    )


def convert_bytes(data: bytes, name: str, options: Options | None = None) -> Conversion:
    """Convert the content of one file; `name` is its relative name in the record.

    Raises a KehoachError when nothing of the file can be read; a page that fails stays in the record with its error.
    """
    options = options or Options()
    with own_dictionaries(options.dictionaries):
        document = read_document(data, name, options)
        restored = restore_document(document.lines, options)
        source = _source(data, name, document, restored.restored_lines)
        plan = parse_plan(restored.lines, restored.doubtful, source)
    return Conversion(plan, "".join(f"{line.text}\n" for line in restored.lines))


def convert(path: str | Path, options: Options | None = None) -> Plan:
    """Convert one file into its record. Raises a KehoachError that says what is wrong and how to mend it."""
    path = Path(path)
    return convert_bytes(read_file(path), path.name, options).plan
