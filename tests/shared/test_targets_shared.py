"""Targets on the shared data: found whole on real plans, and not made up on text that sets none."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from kehoach.ingest.parse.model import Outline, PlanContext
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.parse.targets import read_targets
from kehoach.ingest.readers.plain import lines_of_text
from kehoach.ingest.tables.join import grids
from kehoach.ingest.text.dates import stated_year
from kehoach.ingest.text.normalize import nfc

# Plan, its text, lowest F1.
PLANS = (("000", "gold/000_*.txt", 0.9), ("001", "plans/001_*.txt", 0.95), ("002", "plans/002_*.txt", 0.95))
LAWS_LETTERS_NEWS = ("phapdien", "uts_vlc_2023", "uts_vlc_2021", "vanban_misc", "vietnews_pol", "xa_luongminh_baucu")
LINES_EACH = 400
LINES_A_CHUNK = 40


def outline_of(text: str) -> Outline:
    lines = lines_of_text(nfc(text))
    return build_outline(lines, grids(lines))


@pytest.mark.parametrize(("plan", "text", "floor"), PLANS, ids=[plan for plan, _, _ in PLANS])
def test_targets_of_real_plans(plan: str, text: str, floor: float, shared: Path, tmp_path: Path) -> None:
    (path,) = shared.glob(text)
    (gold,) = shared.glob(f"gold/{plan}_*.json")
    outline = outline_of(path.read_text("utf-8"))
    year = stated_year(outline.title.text) if outline.title else None
    found = read_targets(outline, PlanContext(year=year, document_type="ke_hoach"))
    record, truth = tmp_path / "record.json", tmp_path / "truth.json"
    record.write_text(json.dumps({"targets": [target.model_dump() for target in found]}), "utf-8")
    truth.write_text(json.dumps({"targets": json.loads(gold.read_text("utf-8"))["targets"]}), "utf-8")
    command = [sys.executable, str(shared / "score" / "score.py"), "record", str(record), str(truth), "--json"]
    row: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["targets"]
    assert row["f1"] >= floor, row["_missed"] + row["_made_up"]
    for attribute in ("comparator", "change", "group", "value_vnd"):
        assert row["attributes"][attribute] >= 0.95, attribute


def test_no_targets_are_made_up_from_laws_letters_and_news(shared: Path) -> None:
    chance = random.Random(20)
    picked: list[str] = []
    for name in LAWS_LETTERS_NEWS:
        with gzip.open(shared / "corpus" / f"{name}.txt.gz", "rt", encoding="utf-8") as file:
            picked += chance.sample(file.read().split("\n"), LINES_EACH)
    assert len(picked) >= 2000
    # what a newspaper says that a city strives for reads like any plan of the city
    plain = [line for line in picked if "phấn đấu" not in line.lower()]
    assert [line for line in plain if read_targets(outline_of(line), PlanContext())] == []


@pytest.mark.parametrize("name", LAWS_LETTERS_NEWS)
def test_no_targets_are_made_up_from_whole_pages_of_them(name: str, shared: Path) -> None:
    chance = random.Random(21)
    with gzip.open(shared / "corpus" / f"{name}.txt.gz", "rt", encoding="utf-8") as file:
        lines = file.read().split("\n")
    for _ in range(20):
        start = chance.randrange(len(lines) - LINES_A_CHUNK)
        page = "\n".join(lines[start : start + LINES_A_CHUNK])
        assert read_targets(outline_of(page), PlanContext()) == (), page
