"""Puts the records of one document together; the order of the parsers and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ...schemas import Doubt, Plan, Source
from ..tables.join import grids
from ..values import DoubtfulToken, Line
from .assignments import read_assignments
from .awards import read_award_tiers
from .campaign import plan_year, read_campaigns
from .deadlines import read_deadlines
from .exemplars import read_exemplars
from .header import read_header
from .legal_bases import read_legal_bases
from .model import PlanContext
from .notices import read_notices
from .outline import build_outline
from .phases import read_phases
from .recipients import read_recipients
from .signature import read_signature, signature_notices
from .targets import read_targets
from .targets_notices import target_notices


def _by_line(doubtful: Sequence[DoubtfulToken]) -> dict[int, tuple[DoubtfulToken, ...]]:
    found: defaultdict[int, list[DoubtfulToken]] = defaultdict(list)
    for token in doubtful:
        found[token.line].append(token)
    return {line: tuple(tokens) for line, tokens in found.items()}


def parse_plan(lines: Sequence[Line], doubtful: Sequence[DoubtfulToken], source: Source) -> Plan:
    """Read every record from the restored `lines` of a document."""
    outline = build_outline(lines, grids(lines))
    header, header_notices = read_header(outline)
    context = PlanContext(
        year=plan_year(outline, header),
        document_type=header.document_type,
        issuer=header.issuer,
        title=header.title,
        doubts=_by_line(doubtful),
    )
    deadlines, deadline_notices = read_deadlines(outline, context)
    award_tiers, award_notices = read_award_tiers(outline, context)
    targets = read_targets(outline, context)
    signature = read_signature(outline)
    campaigns = read_campaigns(outline, header, context, read_phases(outline, context))
    return Plan(
        source=source,
        header=header,
        signature=signature,
        recipients=read_recipients(outline),
        legal_bases=read_legal_bases(outline),
        sections=outline.sections,
        campaigns=campaigns,
        targets=targets,
        deadlines=deadlines,
        award_tiers=award_tiers,
        exemplars=read_exemplars(outline, context),
        assignments=read_assignments(outline, context),
        doubtful=tuple(
            Doubt(line=d.line, column=d.column, token=d.token, alternatives=d.alternatives, confidence=d.confidence)
            for d in doubtful
        ),
        warnings=(
            *header_notices,
            *deadline_notices,
            *award_notices,
            *target_notices(targets),
            *signature_notices(signature),
            *read_notices(outline),
        ),
    )
