"""Every kind of record is flat, with one cell a column."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from kehoach.ingest.errors import UsageError
from kehoach.ingest.output.columns import kind_named, kinds
from kehoach.schemas import Plan, Provenance, Section

PLACE = Provenance(page=None, line_start=1, line_end=1, text="x")


def table(plan: Plan, name: str) -> list[dict[str, object]]:
    kind = kind_named(name)
    names = [column.name for column in kind.columns]
    return [dict(zip(names, row, strict=True)) for row in kind.rows(plan)]


@pytest.mark.parametrize("name", list(kinds()))
def test_the_file_comes_first_and_column_names_are_unique(name: str, plan: Callable[..., Plan]) -> None:
    names = [column.name for column in kind_named(name).columns]
    assert names[0] == "file"
    assert len(set(names)) == len(names)
    assert all(row["file"] == "a/kế hoạch.pdf" for row in table(plan(), name))


def test_a_target_keeps_its_number_its_type_and_its_place(plan: Callable[..., Plan]) -> None:
    first, second = table(plan(), "targets")
    assert (first["value"], first["unit"], first["status"]) == (1250.5, "con", None)
    assert (first["page"], first["line_start"], first["line_end"]) == (2, 7, 8)
    assert first["source_text"] == "- Tổng đàn lợn đạt 1.250 con"
    assert (second["value"], second["status"]) == (None, "giữ vững")
    types = {column.name: column.type for column in kind_named("targets").columns}
    assert (types["value"], types["period"], types["line_start"]) == ("number", "date", "integer")
    assert (types["confidence"], types["name"]) == ("number", "text")


def test_a_record_tells_whose_plan_it_is(plan: Callable[..., Plan]) -> None:
    row = table(plan(), "deadlines")[0]
    assert (row["plan_issuer"], row["plan_issued_on"]) == ("Ủy ban nhân dân xã Suối Mơ", "2031-02-05")


def test_lists_are_joined_and_an_empty_one_is_nothing(plan: Callable[..., Plan]) -> None:
    exemplar = table(plan(), "exemplars")[0]
    assert exemplar["coordinators"] == "Hội Phụ nữ; Đoàn Thanh niên"
    assert exemplar["criteria"] == "Tập thể: dẫn đầu; sáng tạo"
    assert table(plan(), "campaigns")[0]["movements"] is None


def test_a_plan_is_one_row_with_its_header_and_counts(plan: Callable[..., Plan]) -> None:
    (row,) = table(plan(), "plans")
    assert (row["issuer"], row["issued_on"]) == ("Ủy ban nhân dân xã Suối Mơ", "2031-02-05")
    assert row["failed_pages"] == 0
    assert (row["signature_name"], row["recipients"]) == (None, "Như trên; Lưu: VT")
    assert (row["targets_count"], row["award_tiers_count"]) == (2, 0)


def test_phases_are_rows_of_their_own(plan: Callable[..., Plan]) -> None:
    assert [row["name"] for row in table(plan(), "phases")] == ["Đợt 1"]


def test_sections_carry_their_path(plan: Callable[..., Plan]) -> None:
    child = Section(label="1.1", level=2, title="Chung", provenance=PLACE)
    tree = (Section(label="1", level=1, children=(child,), provenance=PLACE),)
    rows = table(plan(sections=tree, targets=()), "sections")
    assert [(row["path"], row["title"]) for row in rows] == [("1", None), ("1.1", "Chung")]


def test_an_unknown_kind_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="choose from plans, targets, deadlines"):
        kind_named("target")
