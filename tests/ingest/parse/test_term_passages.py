"""Made-up passages with exactly the deadlines and award tiers that they must give; half were held out while tuning."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kehoach.ingest.parse.awards import read_award_tiers
from kehoach.ingest.parse.deadlines import read_deadlines
from kehoach.ingest.parse.model import Outline, PlanContext
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.tables.join import grids
from kehoach.ingest.text.dates import stated_year
from kehoach.ingest.values import Line
from rapidfuzz import fuzz

PASSAGES = Path(__file__).parents[2] / "passages"
FILES = ("deadlines", "awards", "deadlines_held_out", "awards_held_out", "terms_fresh", "terms_latest", "terms_recent")
Records = list[dict[str, Any]]
# Passages of the held-out half that are known to fail: they stay, to be seen.
KNOWN_TO_FAIL: frozenset[str] = frozenset()


def passages() -> list[Any]:
    return list(_passages())


def _passages() -> Iterator[Any]:
    for name in FILES:
        for line in (PASSAGES / f"{name}.jsonl").read_text("utf-8").splitlines():
            passage = json.loads(line)
            marks = [pytest.mark.xfail(strict=True)] if passage["id"] in KNOWN_TO_FAIL else []
            yield pytest.param(passage, id=passage["id"], marks=marks)


def outline_of(text: str) -> Outline:
    lines = []
    for number, row in enumerate(text.split("\n"), 1):
        cells = tuple(row.split("\t")) if "\t" in row else None
        lines.append(
            Line(number, None, row, zone="table" if cells else "body", cells=cells, table=1 if cells else None)
        )
    return build_outline(lines, grids(lines))


def same_deadline(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    fixed = ("kind", "start", "end", "bound", "recurrence", "recurrence_day")
    bodies = (str(found["responsible"]).lower(), str(wanted["responsible"]).lower())
    alike = fuzz.token_set_ratio(found["what"].lower(), wanted["what"].lower()) >= 65
    return alike and bodies[0] == bodies[1] and all(found[key] == wanted[key] for key in fixed)


def same_tier(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    fixed = ("form", "rank", "quantity", "amount_vnd", "authority")
    named = found["name"].lower() == wanted["name"].lower()
    recipients = [[name.lower() for name in item["recipients"]] for item in (found, wanted)]
    return named and recipients[0] == recipients[1] and all(found[key] == wanted[key] for key in fixed)


def unmatched(found: Records, wanted: Records, same: Callable[[dict[str, Any], dict[str, Any]], bool]) -> Records:
    left = list(found)
    missing = []
    for item in wanted:
        hit = next((other for other in left if same(other, item)), None)
        if hit is None:
            missing.append(item)
        else:
            left.remove(hit)
    return missing + left


@pytest.mark.parametrize("passage", passages())
def test_a_passage_gives_exactly_its_records(passage: dict[str, Any]) -> None:
    outline = outline_of(passage["text"])
    context = PlanContext(year=stated_year(outline.title.text) if outline.title else None)
    deadlines = [item.model_dump(mode="json") for item in read_deadlines(outline, context)[0]]
    tiers = [item.model_dump(mode="json") for item in read_award_tiers(outline, context)[0]]
    assert unmatched(deadlines, passage["expect"]["deadlines"], same_deadline) == []
    assert unmatched(tiers, passage["expect"]["award_tiers"], same_tier) == []
