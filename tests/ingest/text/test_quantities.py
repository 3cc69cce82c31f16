"""The grammar of quantities."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kehoach.ingest.text.quantities import Quantity, find_quantities, money_vnd, read_unit


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


def unit_of(quantity: Quantity) -> str | None:
    return quantity.unit.name if quantity.unit else None


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator", "passage"),
    [
        ("đạt và vượt dự toán giao là 1.520 trđ", 1520, "triệu đồng", "ge", "đạt và vượt dự toán giao là 1.520 trđ"),
        ("đạt từ 98,5% trở lên", 98.5, "%", "ge", "từ 98,5% trở lên"),
        ("còn dưới 3%", 3, "%", "lt", "dưới 3%"),
        ("giảm xuống còn 11,2%", 11.2, "%", "le", "giảm xuống còn 11,2%"),
        ("không quá 2 vụ", 2, "vụ", "le", "không quá 2 vụ"),
        ("đạt ≥ 97%", 97, "%", "ge", "≥ 97%"),
        ("ít nhất hai hộ", 2, "hộ", "ge", "ít nhất hai hộ"),
        ("xây dựng ba mô hình", 3, "mô hình", "eq", "ba mô hình"),
        ("trồng 3 ngàn cây", 3000, "cây", "eq", "3 ngàn cây"),
        ("đạt 10 nghìn tỷ đồng", 10_000, "tỷ đồng", "eq", "10 nghìn tỷ đồng"),
        ("2,5 triệu lượt khách", 2_500_000, "lượt khách", "eq", "2,5 triệu lượt khách"),
        ("bình quân 19 tiêu chí/xã", 19, "tiêu chí/xã", "eq", "bình quân 19 tiêu chí/xã"),
        ("62 triệu đồng / người/ năm", 62, "triệu đồng/người/năm", "eq", "62 triệu đồng / người/ năm"),
        ("5/6 thôn", 5, "thôn", "eq", "5/6 thôn"),
        ("từ 01 mô hình", 1, "mô hình", "ge", "từ 01 mô hình"),
        ("20 bác sĩ/vạn dân", 20, "bác sĩ/vạn dân", "eq", "20 bác sĩ/vạn dân"),
        ("40 LĐ", 40, "lao động", "eq", "40 LĐ"),
        ("ít nhất 2 buổi/học kỳ", 2, "buổi/học kỳ", "ge", "ít nhất 2 buổi/học kỳ"),
        ("6 buổi/năm học", 6, "buổi/năm học", "eq", "6 buổi/năm học"),
    ],
)
def test_value_unit_comparator(text: str, value: float, unit: str, comparator: str, passage: str) -> None:
    found = only(text)
    assert (found.value, unit_of(found), found.comparator) == (value, unit, comparator)
    assert text[found.start : found.end] == passage


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("từ 60 - 70 người", 60, 70, "người"),
        ("19 đến 20 tỷ đồng", 19, 20, "tỷ đồng"),
        ("từ 5% đến 7%", 5, 7, "%"),
        ("1-2%/năm", 1, 2, "%/năm"),
        ("5.000 - 10.000 con", 5000, 10_000, "con"),
        ("2 - 3 nghìn cây", 2000, 3000, "cây"),
    ],
)
def test_ranges(text: str, low: float, high: float, unit: str) -> None:
    found = only(text)
    assert (found.value, found.value_max, unit_of(found), found.comparator) == (low, high, unit, "range")


def test_a_dash_between_different_units_is_no_range() -> None:
    area, output = find_quantities("lạc: 15,00 ha - 60,90 tấn")
    assert (area.value, area.value_max, unit_of(area)) == (15, None, "ha")
    assert (output.value, unit_of(output)) == (60.9, "tấn")


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("tăng 5%", "increase"),
        ("tăng thêm 120 hộ", "increase"),
        ("giảm 1,2%/năm", "decrease"),
        ("giảm còn 1,4%", "level"),
        ("tăng lên 85%", "level"),
        ("đạt 85%", "level"),
    ],
)
def test_change_is_told_from_what_is_reached(text: str, change: str) -> None:
    assert only(text).change == change


@pytest.mark.parametrize(
    ("text", "vnd"),
    [
        ("16 tỷ 257 triệu đồng", 16_257_000_000),
        ("500.000đ/ mỗi khối", 500_000),
        ("1,5 triệu đồng", 1_500_000),
        ("mỗi giải 2.000.000 đồng", 2_000_000),
        ("54 trđ", 54_000_000),
        ("khoảng 12 tỷ", 12_000_000_000),
        ("300 nghìn đồng", 300_000),
        ("35 ha", None),
    ],
)
def test_money_in_dong(text: str, vnd: int | None) -> None:
    assert money_vnd(text) == vnd


@pytest.mark.parametrize(
    "text",
    [
        "trẻ em dưới 5 tuổi",
        "phụ nữ 15 - 49 tuổi",
        "con thứ ba trở lên",
        "Nghị quyết số 26 của Đảng ủy",
        "khoản 2 Điều 74",
        "ngày 15/6/2024",
        "năm 2024",
        "kế hoạch đầu tư công 2024",
        "OCOP 3 sao trở lên",
        "học sinh lớp 1",
        "Bộ phận 1 cửa",
        "Tỷ lệ hộ nghèo",
        "dịch COVID-19",
        "Giá trị thu hoạch trên 01 ha đất trồng trọt",
        "Số bác sĩ trên 10.000 dân",
        "mạng 5G",
    ],
)
def test_numbers_that_are_names(text: str) -> None:
    assert find_quantities(text) == ()


def test_tens_of_units_with_wrong_marks() -> None:
    assert unit_of(only("đạt 56 triệu đống/ngưòi/nằm")) == "triệu đồng/người/năm"


def test_unit_of_a_cell() -> None:
    unit = read_unit("Tr.đ/người")
    assert unit is not None
    assert (unit.name, unit.kind, unit.vnd) == ("triệu đồng/người", "money", 1_000_000)
    assert read_unit("Xếp loại") is None


@settings(max_examples=300)
@given(st.text(alphabet="đạttừ trởlên123456789.,%/-–:;()tỷđồngnghìnhộ“” \t\n", max_size=120))
def test_spans_are_ordered_and_inside_the_text(text: str) -> None:
    position = 0
    for q in find_quantities(text):
        assert position <= q.lead <= q.start <= q.number < q.core_end <= q.end <= len(text)
        assert q.value_max is None or q.value_max > q.value
        position = q.end


@given(st.integers(1, 10**6), st.sampled_from(["hộ", "ha", "tấn", "%", "con", "mô hình"]))
def test_a_number_with_its_unit_is_found_anywhere(value: int, unit: str) -> None:
    printed = f"{value:,}".replace(",", ".")
    found = only(f"Tỷ lệ, số lượng phấn đấu đạt {printed} {unit}; các nội dung khác")
    assert (found.value, unit_of(found)) == (value, unit)
