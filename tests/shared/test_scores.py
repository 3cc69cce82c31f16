"""Floors under what was measured on real plans. The numbers only go up."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kehoach.ingest.pipeline import Conversion, convert_bytes

Score = Callable[[str, str, str], dict[str, Any]]
Converted = Callable[[str], Conversion]
pytestmark = pytest.mark.usefixtures("tesseract")
PLANS = ("000", "001", "002", "003", "004")


@pytest.mark.parametrize("plan", PLANS)
def test_every_plan_gives_a_record_with_its_place(plan: str, converted: Converted) -> None:
    conversion = converted(f"plans/{plan}_*.txt")
    assert conversion.plan.sections
    assert conversion.plan.header.issuer is not None
    assert len(conversion.text.splitlines()) >= max((t.provenance.line_end for t in conversion.plan.targets), default=1)


def test_legacy_text_is_restored(score: Score) -> None:
    assert score("text", "plans/000_*.txt", "gold/000_*.txt")["accuracy_any_case"] >= 0.90


@pytest.mark.parametrize(("plan", "floor"), [("000", 0.95), ("001", 0.97), ("002", 0.97)])
def test_records_of_real_plans(plan: str, floor: float, score: Score) -> None:
    assert score("record", f"plans/{plan}_*.txt", f"gold/{plan}_*.json")["mean_f1"] >= floor


def test_a_typed_table_gives_every_target(score: Score) -> None:
    targets = score("record", "rendered/002.typed.pdf", "rendered/002.gold.json")["targets"]
    assert targets["missed"] == 0


@pytest.mark.parametrize("kind", ["scan-grey200", "badlayer"])
def test_scans_are_read(kind: str, score: Score, converted: Converted) -> None:
    assert score("text", f"rendered/001.{kind}.pdf", "rendered/001.truth.txt")["accuracy"] >= 0.97
    assert {page.method for page in converted(f"rendered/001.{kind}.pdf").plan.source.pages} == {"ocr"}


@pytest.mark.parametrize("form", ["typed.pdf", "office.pdf", "docx"])
def test_one_document_gives_one_record_in_every_form(form: str, converted: Converted) -> None:
    plans = [converted("plans/001_*.txt").plan, converted(f"rendered/001.{form}").plan]
    text, other = ([(t.name, t.value, t.value_max, t.unit, t.status) for t in plan.targets] for plan in plans)
    assert len(set(text) ^ set(other)) <= 0.1 * len(text)


def test_passages_give_exactly_their_records(shared: Path) -> None:
    right = 0
    passages = [json.loads(line) for line in (shared / "gold" / "passages.jsonl").read_text("utf-8").splitlines()]
    for passage in passages:
        plan = convert_bytes(f"{passage['text']}\n".encode(), "passage.txt").plan
        expected = passage["expect"]
        values = [(t.value, t.value_max, t.unit, t.status is None) for t in plan.targets]
        wanted = [(t["value"], t["value_max"], t["unit"], t["status"] is None) for t in expected["targets"]]
        dates = [(d.start, d.end, d.recurrence) for d in plan.deadlines]
        due = [(d["start"], d["end"], d["recurrence"]) for d in expected["deadlines"]]
        sums = [(a.amount_vnd, a.quantity) for a in plan.award_tiers]
        awards = [(a["amount_vnd"], a["quantity"]) for a in expected["award_tiers"]]
        right += (values, dates, sums) == (wanted, due, awards)
    assert right / len(passages) >= 0.8
