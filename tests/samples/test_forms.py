"""One source, laid out as PDF, Word and Markdown: the form of a document does not change what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from kehoach.ingest.pipeline import convert_bytes
from kehoach.samples import typed
from kehoach.samples.compare import compare, truth, wrong_numbers
from kehoach.samples.texts import Source, all_sources

FORMS: dict[str, Callable[[Source], bytes]] = {"pdf": typed.pdf, "docx": typed.word, "md": typed.markdown}
SOURCES = {source.name: source for source in all_sources()}
FACTS = {
    "targets": ("name", "comparator", "change", "value", "value_max", "unit", "status", "period", "section"),
    "deadlines": ("start", "end", "recurrence", "recurrence_day", "bound"),
    "award_tiers": ("name", "form", "rank", "quantity", "amount_vnd", "recipients"),
    "exemplars": ("movement", "lead", "coordinators", "start", "end"),
}
EVERY_SOURCE = pytest.mark.parametrize("name", SOURCES)
EVERY_FORM = pytest.mark.parametrize("form", FORMS)


@cache
def record(name: str, form: str) -> dict[str, Any]:
    plan = convert_bytes(FORMS[form](SOURCES[name]), f"{name}.{form}").plan
    written: dict[str, Any] = json.loads(plan.model_dump_json())
    return written


@EVERY_SOURCE
@pytest.mark.parametrize("form", ["docx", "md"])
@pytest.mark.parametrize("kind", FACTS)
def test_every_form_tells_the_same_facts(name: str, form: str, kind: str) -> None:
    found, wanted = ([[r[key] for key in FACTS[kind]] for r in record(name, f)[kind]] for f in (form, "pdf"))
    assert found == wanted


@EVERY_SOURCE
@EVERY_FORM
def test_no_number_is_made_up(name: str, form: str) -> None:
    assert wrong_numbers(record(name, form), truth(name)) == []


@EVERY_SOURCE
@EVERY_FORM
def test_nearly_all_of_the_truth_is_found(name: str, form: str) -> None:
    scores = compare(record(name, form), truth(name)).values()
    notes = "\n".join(note for score in scores for note in score.differences)
    assert sum(score.right for score in scores) >= 0.9 * sum(score.expected for score in scores), notes
