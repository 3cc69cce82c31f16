"""Made-up documents of many kinds, and the parts of their records that outline, header and chapters give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from kehoach.ingest.parse.assignments import read_assignments
from kehoach.ingest.parse.campaign import plan_year, read_campaigns
from kehoach.ingest.parse.header import read_header
from kehoach.ingest.parse.legal_bases import read_legal_bases
from kehoach.ingest.parse.model import PlanContext
from kehoach.ingest.parse.notices import read_notices
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.parse.recipients import read_recipients
from kehoach.ingest.parse.signature import read_signature
from kehoach.ingest.values import Line
from kehoach.schemas import Section

HERE = Path(__file__).parent
DOCUMENTS = sorted([*HERE.glob("documents/*.json"), *HERE.glob("documents_held_out/*.json")])


def flat(sections: tuple[Section, ...], path: str = "") -> list[str]:
    """`path|title` of every section, labels from the root."""
    found: list[str] = []
    for section in sections:
        here = f"{path}.{section.label}" if path else section.label
        found += [f"{here}|{section.title or ''}", *flat(section.children, here)]
    return found


def read(path: Path) -> dict[str, Any]:
    """The parts of a text file's record, in the short form of the expected files."""
    lines = [Line(number, None, text) for number, text in enumerate(path.read_text("utf-8").split("\n"), 1)]
    outline = build_outline(lines, ())
    header, header_notices = read_header(outline)
    context = PlanContext(plan_year(outline, header), header.document_type, header.issuer, header.title)
    campaign = next(iter(read_campaigns(outline, header, context, ())), None)
    signature = read_signature(outline)
    return {
        "header": header.model_dump(exclude={"provenance"}),
        "signature": signature and signature.model_dump(exclude={"provenance"}),
        "recipients": list(read_recipients(outline)),
        "legal_bases": [
            [b.document_type, b.number, b.issued_on, b.issuer, b.subject] for b in read_legal_bases(outline)
        ],
        "sections": flat(outline.sections),
        "campaign": campaign and campaign.model_dump(include={"name", "theme", "scope", "year", "start", "end"}),
        "movements": list(campaign.movements) if campaign else [],
        "assignments": [[a.body, a.task_count] for a in read_assignments(outline, context)],
        "warnings": sorted(n.code for n in (*header_notices, *read_notices(outline))),
    }


@pytest.mark.parametrize("expected", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_reads_every_part_of_a_document(expected: Path) -> None:
    wanted = json.loads(expected.read_text("utf-8"))
    found = read(expected.with_suffix(".txt"))
    assert {key: found[key] for key in wanted} == wanted
