"""Exemplars in tables, and coordinators that the lead's own sentence names."""

from __future__ import annotations

from typing import Literal

import pytest
from kehoach.ingest.parse.exemplars import read_exemplars
from kehoach.ingest.parse.model import PlanContext
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.tables.join import grids
from kehoach.ingest.values import Line
from kehoach.schemas import Exemplar


def exemplars(text: str) -> tuple[Exemplar, ...]:
    lines = []
    for number, row in enumerate(text.split("\n"), 1):
        cells = tuple(row.split("\t")) if "\t" in row else None
        zone: Literal["table", "body"] = "table" if cells else "body"
        lines.append(Line(number, None, row, zone=zone, cells=cells, table=1 if cells else None))
    return read_exemplars(build_outline(lines, grids(lines)), PlanContext(year=2026))


def test_each_row_of_a_table_of_models_is_one() -> None:
    head = "STT\tTên mô hình\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời gian thực hiện\n"
    rows = (
        "1\tMô hình “Ngõ sáng”\tCông an xã\tĐoàn xã, các xóm\tTừ tháng 4/2026 đến tháng 9/2026\n"
        "2\tVườn mẫu\tHội Nông dân xã\t\tNăm 2026"
    )
    first, second = exemplars(head + rows)
    assert (first.ordinal, first.movement, first.lead) == ("1", "Ngõ sáng", "Công an xã")
    assert first.coordinators == ("Đoàn xã", "các xóm")
    assert (first.start, first.end) == ("2026-04", "2026-09")
    assert (second.movement, second.coordinators, second.start) == ("Vườn mẫu", (), "2026")


def test_a_table_of_tasks_holds_none() -> None:
    assert exemplars("TT\tNội dung\tĐơn vị chủ trì\n1\tLập danh sách\tVăn phòng") == ()


@pytest.mark.parametrize(
    "lead",
    [
        "Hội Nông dân xã chủ trì, phối hợp với Đoàn xã, các xóm.",
        "Hội Nông dân xã phối hợp cùng Đoàn xã và các xóm tổ chức thực hiện.",
    ],
)
def test_the_lead_may_name_its_partners(lead: str) -> None:
    (found,) = exemplars(f"1. Mô hình “Vườn mẫu”\n- Chủ trì: {lead}\n- Thời gian thực hiện: năm 2026.")
    assert (found.lead, found.coordinators) == ("Hội Nông dân xã", ("Đoàn xã", "các xóm"))
