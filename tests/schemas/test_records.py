"""What a record refuses, so that no reader of records has to check it again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.schemas import Assignment, AwardTier, Campaign, Deadline, Exemplar, Phase, Provenance, Target
from pydantic import ValidationError

PLACE = Provenance(page=1, line_start=3, line_end=4, text="đạt 85%")
NUMBERS = st.integers(0, 10**12) | st.floats(0, 1e12, allow_nan=False)
ORDERED: list[tuple[type[Any], dict[str, Any]]] = [
    (Phase, {"name": "Đợt 1"}),
    (Campaign, {"name": "Phong trào thi đua năm 2025"}),
    (Deadline, {"kind": "review", "what": "Sơ kết", "confidence": 0.9}),
    (Exemplar, {"movement": "Dân vận khéo", "confidence": 0.9}),
]


def target(**changes: Any) -> Target:
    fields: dict[str, Any] = {
        "id": "t1",
        "name": "Hộ thoát nghèo",
        "comparator": "eq",
        "value": 42,
        "value_text": "42 hộ",
        "provenance": PLACE,
        "confidence": 0.9,
    }
    return Target(**{**fields, **changes})


def test_a_target_has_a_value_or_a_status() -> None:
    assert target().value == 42
    assert target(value=None, comparator=None, status="Đạt").status == "Đạt"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"status": "Đạt"}, "exactly one of value and status"),
        ({"value": None, "comparator": None}, "exactly one of value and status"),
        ({"comparator": None}, "needs a comparator"),
        ({"value": None, "status": "Đạt"}, "needs a comparator"),
        ({"comparator": "range"}, "value_max"),
        ({"value_max": 50}, "value_max"),
        ({"comparator": "range", "value_max": 41}, "below its start"),
        ({"id": "t0"}, "id"),
        ({"id": "1"}, "id"),
        ({"name": ""}, "name"),
        ({"comparator": "about"}, "comparator"),
        ({"change": "up"}, "change"),
        ({"period": "2024-02-30"}, "period"),
        ({"confidence": 1.2}, "confidence"),
        ({"value": "42"}, "value"),
        ({"note": "x"}, "note"),
    ],
)
def test_an_impossible_target_is_refused(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        target(**changes)


@given(NUMBERS, NUMBERS)
def test_a_range_is_accepted_exactly_when_it_does_not_fall(low: float, high: float) -> None:
    if low <= high:
        assert target(comparator="range", value=low, value_max=high).value_max == high
    else:
        with pytest.raises(ValidationError, match="below its start"):
            target(comparator="range", value=low, value_max=high)


@given(NUMBERS)
def test_numbers_survive_json_unchanged(value: float) -> None:
    record = target(value=value)
    assert Target.model_validate_json(record.model_dump_json()) == record


def test_records_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(target(), "value", 43)  # noqa: B010


@pytest.mark.parametrize(("kind", "fields"), ORDERED)
def test_what_ends_before_it_starts_is_refused(kind: type[Any], fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="before it starts"):
        kind(**fields, provenance=PLACE, start="2025-07-01", end="2025-06-30")


@pytest.mark.parametrize(("kind", "fields"), ORDERED)
@pytest.mark.parametrize(
    ("start", "end"),
    [("2025-07-01", "2025-07-01"), ("2025-07", "2025-07-15"), ("2025-07-15", "2025"), (None, "2025"), ("2025", None)],
)
def test_terms_compare_at_the_precision_that_both_have(
    kind: type[Any], fields: dict[str, Any], start: str | None, end: str | None
) -> None:
    assert kind(**fields, provenance=PLACE, start=start, end=end).end == end


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kind": "party"}, "kind"),
        ({"bound": "until"}, "bound"),
        ({"recurrence": "weekly"}, "recurrence"),
        ({"recurrence_day": "31-12"}, "recurrence_day"),
        ({"end": "2025-11-31"}, "end"),
    ],
)
def test_an_impossible_deadline_is_refused(changes: dict[str, Any], told: str) -> None:
    fields: dict[str, Any] = {"kind": "report", "what": "Báo cáo", "provenance": PLACE, "confidence": 0.5}
    with pytest.raises(ValidationError, match=told):
        Deadline(**{**fields, **changes})


@pytest.mark.parametrize("changes", [{"form": "cup"}, {"rank": 0}, {"quantity": -1}, {"amount_vnd": "5.000"}])
def test_an_impossible_award_tier_is_refused(changes: dict[str, Any]) -> None:
    fields: dict[str, Any] = {"name": "Giải nhất", "form": "giai_thuong", "provenance": PLACE, "confidence": 0.5}
    with pytest.raises(ValidationError, match=next(iter(changes))):
        AwardTier(**{**fields, **changes})


def test_an_assignment_counts_its_tasks() -> None:
    with pytest.raises(ValidationError, match="task_count"):
        Assignment(body="Các thôn", tasks=("Phát động.",), task_count=2, provenance=PLACE)


@pytest.mark.parametrize("changes", [{"page": 0}, {"line_start": 0}, {"line_end": 0}])
def test_pages_and_lines_count_from_one(changes: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match=next(iter(changes))):
        Provenance.model_validate({**PLACE.model_dump(), **changes})
