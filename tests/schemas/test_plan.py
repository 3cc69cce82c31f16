"""The plan record as a whole: its references hold, and it survives JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.schemas import Header, Plan, Provenance, Section, Source, Target
from pydantic import ValidationError

PLACE = Provenance(page=None, line_start=1, line_end=1, text="x")
SOURCE = Source(file="a/b.pdf", sha256="0" * 64, media_type="application/pdf", page_count=1)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)


def section(label: str, level: int, *children: Section) -> Section:
    return Section(label=label, level=level, children=children, provenance=PLACE)


def target(number: int, **changes: Any) -> Target:
    fields: dict[str, Any] = {"name": "Tổng đàn", "status": "Đạt", "value_text": "Đạt", "confidence": 1.0}
    return Target(id=f"t{number}", provenance=PLACE, **{**fields, **changes})


def plan(**changes: Any) -> Plan:
    return Plan(**{"source": SOURCE, "header": Header(), **changes})


SECTIONS = (section("I", 1), section("II", 1, section("2", 2, section("2.1", 3))))


@pytest.mark.parametrize("path", [None, "I", "II", "II.2", "II.2.1"])
def test_records_point_to_sections_of_the_tree(path: str | None) -> None:
    assert plan(sections=SECTIONS, targets=(target(1, section=path),)).targets[0].section == path


@pytest.mark.parametrize("path", ["III", "2", "II.2.2.1", "II.1"])
def test_a_section_path_that_does_not_exist_is_refused(path: str) -> None:
    with pytest.raises(ValidationError, match="there is no section"):
        plan(sections=SECTIONS, targets=(target(1, section=path),))


def test_a_part_follows_the_target_that_it_is_part_of() -> None:
    assert plan(targets=(target(1), target(2, parent="t1"))).targets[1].parent == "t1"
    with pytest.raises(ValidationError, match="does not come before it"):
        plan(targets=(target(1, parent="t2"), target(2)))


@pytest.mark.parametrize(
    "changes", [{"schema_version": "2.0"}, {"notes": ()}, {"targets": [target(1)]}, {"header": {"issuer": 3}}]
)
def test_a_plan_is_strict(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        plan(**changes)


@pytest.mark.parametrize("changes", [{"sha256": "abc"}, {"page_count": -1}])
def test_an_impossible_source_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=next(iter(changes))):
        Source.model_validate({**SOURCE.model_dump(), **changes})


def test_optional_keys_are_written_and_never_missing() -> None:
    written = json.loads(plan().model_dump_json())
    assert set(written) == set(Plan.model_fields)
    assert written["signature"] is None
    assert written["targets"] == []


@given(TEXT, st.lists(TEXT, max_size=4))
def test_a_plan_survives_json(title: str, recipients: list[str]) -> None:
    record = plan(header=Header(title=title), recipients=tuple(recipients), sections=SECTIONS, targets=(target(1),))
    assert Plan.model_validate_json(record.model_dump_json()) == record


def test_the_json_schema_describes_every_field() -> None:
    schema = Plan.model_json_schema()
    assert set(schema["properties"]) == set(Plan.model_fields)
    assert schema["additionalProperties"] is False
    assert set(schema["$defs"]["Target"]["properties"]) == set(Target.model_fields)
    assert json.loads(json.dumps(schema)) == schema
