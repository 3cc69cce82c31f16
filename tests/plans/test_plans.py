"""Plans and passages by a reader who did not know the parsers: how much of their truth comes out, and nothing made up.

They are there to measure how far the parsers generalise: no dictionary or pattern may be fitted to one of them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from kehoach.ingest.pipeline import convert_bytes
from kehoach.samples.compare import compare

FOLDER = Path(__file__).resolve().parent
PLANS = sorted(FOLDER.glob("*.txt"))
PASSAGES = [json.loads(line) for line in (FOLDER / "passages.jsonl").read_text("utf-8").splitlines()]
TRAPS = [passage for passage in PASSAGES if not any(passage["expect"].values())]
RECORDS = ("targets", "deadlines", "award_tiers")
IDENTITY = {
    "targets": ("value", "value_max", "unit", "status"),
    "deadlines": ("start", "end", "recurrence", "recurrence_day"),
    "award_tiers": ("form", "quantity", "amount_vnd"),
}


@cache
def record(name: str, text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(convert_bytes(text.encode(), name).plan.model_dump_json())
    return found


def facts(records: list[dict[str, Any]], kind: str) -> list[str]:
    """The numbers, dates and units of some records, in a form that can be compared."""
    listed = [{key: r.get(key) for key in IDENTITY[kind]} for r in records]
    return sorted(json.dumps(fact, ensure_ascii=False).lower() for fact in listed)


def right(passage: dict[str, Any]) -> bool:
    found = record(f"{passage['id']}.txt", passage["text"] + "\n")
    return all(facts(found[kind], kind) == facts(passage["expect"].get(kind, []), kind) for kind in RECORDS)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_most_of_a_plan_is_found_whole(path: Path) -> None:
    expected = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))
    scores = compare(record(path.name, path.read_text("utf-8")), expected)
    wanted, found = sum(s.expected for s in scores.values()), sum(s.right for s in scores.values())
    differences = [note for score in scores.values() for note in score.differences]
    assert found / wanted >= 0.8, "\n".join([f"{found} of {wanted}", *differences])


@pytest.mark.parametrize("passage", TRAPS, ids=lambda passage: passage["id"])
def test_nothing_is_made_up(passage: dict[str, Any]) -> None:
    assert right(passage)


def test_most_passages_give_exactly_their_facts() -> None:
    wrong = [passage["id"] for passage in PASSAGES if not right(passage)]
    assert len(wrong) <= len(PASSAGES) // 10, f"{len(wrong)} of {len(PASSAGES)}: {wrong}"
