"""The samples, converted: golden records, and the distance to what a careful reader wrote down.

`KEHOACH_REGENERATE=1` (`make goldens`) writes the golden files anew. What Tesseract reads differs from version to
version: the goldens of scans are compared only with the version that made them; their truth is checked with any.
"""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from kehoach.ingest.pipeline import Conversion, convert_bytes
from kehoach.samples.compare import Score, compare, truth, wrong_numbers
from kehoach.schemas import Plan

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = sorted((ROOT / "samples" / "documents").iterdir())
GOLDEN = ROOT / "samples" / "golden"
ENGINE = GOLDEN / "tesseract.txt"
SCANNED = ("02-dong-sen", "03-tan-khue", "07-dong-linh-ha")
REGENERATE = os.environ.get("KEHOACH_REGENERATE") == "1"
pytestmark = pytest.mark.usefixtures("tesseract")
EVERY_DOCUMENT = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


@cache
def converted(document: Path) -> Conversion:
    return convert_bytes(document.read_bytes(), document.name)


@cache
def record(document: Path) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(converted(document).plan.model_dump_json())
    return written


@cache
def engine() -> str:
    printed = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True)
    return (printed.stdout + printed.stderr).splitlines()[0]


def same_engine(document: Path) -> bool:
    return document.stem not in SCANNED or engine() == ENGINE.read_text("utf-8").strip()


def report(scores: dict[str, Score]) -> str:
    """What is right and what differs, for the golden file."""
    lines = [f"{kind}: {score.right} of {score.expected}" for kind, score in scores.items()]
    return "\n".join([*lines, "", *(note for score in scores.values() for note in score.differences)]) + "\n"


def rounded(value: Any) -> Any:
    """The record with three digits after the point, which hold from machine to machine."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    return [rounded(part) for part in value] if isinstance(value, list) else value


def check_golden(path: Path, text: str, regenerate: bool = REGENERATE) -> None:
    """Compare with the golden file, or write it when regenerating."""
    if regenerate:
        path.write_text(text, "utf-8")
    else:
        assert text == path.read_text("utf-8"), f"{path.name} differs; `make goldens` writes it anew when that is right"


def check_sample(document: Path, suffix: str, text: str) -> None:
    """The golden file of a sample, where it was made with the Tesseract that is here."""
    if REGENERATE:
        ENGINE.write_text(engine() + "\n", "utf-8")
    elif not same_engine(document):
        pytest.skip(f"the golden file was made with {ENGINE.read_text('utf-8').strip()}, here is {engine()}")
    check_golden(GOLDEN / f"{document.name}.{suffix}", text)


def test_goldens_are_not_rewritten_unless_asked(tmp_path: Path) -> None:
    assert not (REGENERATE and "CI" in os.environ)
    (tmp_path / "golden.txt").write_text("old", "utf-8")
    with pytest.raises(AssertionError, match="make goldens"):
        check_golden(tmp_path / "golden.txt", "new", regenerate=False)
    assert (tmp_path / "golden.txt").read_text("utf-8") == "old"


@EVERY_DOCUMENT
def test_the_record_is_the_golden_one(document: Path) -> None:
    text = json.dumps(rounded(record(document)), ensure_ascii=False, indent=1) + "\n"
    check_sample(document, "json", text)


@EVERY_DOCUMENT
def test_the_text_is_the_golden_one(document: Path) -> None:
    check_sample(document, "txt", converted(document).text)


@EVERY_DOCUMENT
def test_the_distance_to_the_truth_is_known(document: Path) -> None:
    scores = compare(record(document), truth(document.stem))
    check_sample(document, "differences.txt", report(scores))


@EVERY_DOCUMENT
def test_no_number_is_made_up(document: Path) -> None:
    assert wrong_numbers(record(document), truth(document.stem)) == []


@EVERY_DOCUMENT
def test_most_of_the_truth_is_found(document: Path) -> None:
    scores = compare(record(document), truth(document.stem))
    expected, right = (sum(getattr(score, key) for score in scores.values()) for key in ("expected", "right"))
    assert right / expected >= 0.7, report(scores)


@EVERY_DOCUMENT
def test_every_record_points_to_its_lines(document: Path) -> None:
    lines = converted(document).text.splitlines()
    plan = converted(document).plan
    kinds = (plan.targets, plan.deadlines, plan.award_tiers, plan.exemplars, plan.assignments)
    for place in (found.provenance for kind in kinds for found in kind):
        assert 1 <= place.line_start <= place.line_end <= len(lines)
        there = " ".join(" ".join(lines[place.line_start - 1 : place.line_end]).split())
        assert all(word in there for word in place.text.split())


@EVERY_DOCUMENT
def test_the_record_survives_json(document: Path) -> None:
    plan = converted(document).plan
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_the_same_input_gives_the_same_output() -> None:
    for document in (d for d in DOCUMENTS if d.stem not in SCANNED):
        again = convert_bytes(document.read_bytes(), document.name)
        assert again.plan.model_dump_json() == converted(document).plan.model_dump_json()
        assert again.text == converted(document).text
