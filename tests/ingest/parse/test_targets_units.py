"""Units that cannot be the indicator's."""

from __future__ import annotations

import pytest
from kehoach.ingest.parse.targets_units import fitting_unit
from kehoach.ingest.text.quantities import Unit


@pytest.mark.parametrize(
    ("name", "read", "unit"),
    [
        ("Tổng sản lượng lương thực", "lần", "tấn"),
        ("Thu ngân sách trên địa bàn", "trò", "triệu đồng"),
        ("Năng suất lúa", "lạ/ha", None),
        ("Sản lượng cá", "con", None),
        ("Số lượng", "lần", None),
    ],
)
def test_one_wrong_letter_is_mended_where_the_indicator_says_so(name: str, read: str, unit: str | None) -> None:
    found, mended = fitting_unit(name, Unit(read, "count"))
    assert found is not None
    assert (found.name, mended) == ((unit, True) if unit else (read, False))


def test_measures_are_left_alone() -> None:
    unit = Unit("ha", "measure")
    assert fitting_unit("Sản lượng", unit) == (unit, False)
