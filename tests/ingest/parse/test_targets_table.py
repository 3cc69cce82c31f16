"""Targets in tables."""

from __future__ import annotations

from typing import Any

from kehoach.ingest.parse.targets_scope import Scope
from kehoach.ingest.parse.targets_table import RowFact, read_table
from kehoach.ingest.values import Grid, GridRow, Line

SCOPE = Scope("target", plan=True)


def grid(text: str, header_rows: int = 1) -> Grid:
    rows = [tuple(row.strip().split("|")) for row in text.strip().split("\n")]
    width = max(map(len, rows))
    made = [
        GridRow(tuple(c.strip() for c in row) + ("",) * (width - len(row)), (Line(number, None, "\t".join(row)),))
        for number, row in enumerate(rows, 1)
    ]
    return Grid(tuple(made), header_rows)


def read(text: str, year: int | None = None, caption: str | None = None, header_rows: int = 1) -> list[RowFact]:
    return list(read_table(grid(text, header_rows), SCOPE, year, caption))


def brief(found: list[RowFact]) -> list[tuple[Any, ...]]:
    return [(fact.name, fact.value, fact.unit.name if fact.unit else None) for fact in found]


def test_the_unit_column_is_the_unit() -> None:
    found = read("TT|Chỉ tiêu|ĐVT|Kế hoạch\n1|Thu ngân sách|Trđ|1.300\n2|Lao động có việc làm|LĐ|83")
    assert brief(found) == [("Thu ngân sách", 1300, "triệu đồng"), ("Lao động có việc làm", 83, "lao động")]


def test_heading_rows_group_what_is_below_their_level() -> None:
    found = read(
        "TT|Chỉ tiêu|ĐVT|KH\nI|KINH TẾ||\n1|Trồng rừng|ha|15\n2|Vườn tạp||\n-|Số vườn cải tạo|vườn|9\nII|XÃ HỘI||\n"
        "1|Hộ nghèo|%|3"
    )
    assert [fact.group for fact in found] == ["KINH TẾ", "Vườn tạp", "XÃ HỘI"]


def test_only_the_columns_of_the_plan_give_targets() -> None:
    found = read("TT|Chỉ tiêu|ĐVT|TH 2030|KH 2031|KH/TH (%)\n1|Đàn bò|con|900|950|105,6", year=2031)
    assert brief(found) == [("Đàn bò", 950, "con")]
    assert found[0].year == 2031


def test_a_column_for_each_year_gives_a_target_for_each_year() -> None:
    found = read("TT|Chỉ tiêu|ĐVT|Năm 2031|Năm 2032\n1|Sản phẩm OCOP|sản phẩm|2|4")
    assert [(fact.value, fact.year) for fact in found] == [(2, 2031), (4, 2032)]


def test_two_assigners_are_told_apart() -> None:
    found = read("TT|Chỉ tiêu|ĐVT|Tỉnh giao|Huyện giao\n1|Thu ngân sách|tỷ đồng|50|55")
    assert brief(found) == [
        ("Thu ngân sách (Tỉnh giao)", 50, "tỷ đồng"),
        ("Thu ngân sách (Huyện giao)", 55, "tỷ đồng"),
    ]


def test_a_head_over_two_rows_and_a_row_of_column_numbers() -> None:
    found = read("TT|Chỉ tiêu|ĐVT|Năm 2031||\n|||Quý I|Cả năm|\nA|B|C|1|2|3\n1|Trồng rừng|ha|5|15|", header_rows=3)
    assert brief(found) == [("Trồng rừng", 15, "ha")]


def test_parts_belong_to_the_row_above() -> None:
    found = read("TT|Chỉ tiêu|ĐVT|KH\n1|Gieo trồng|ha|520\n|Trong đó: lúa|ha|310\n2|Trồng rừng|ha|15")
    assert [fact.parent for fact in found] == [None, 0, None]
    assert found[1].name == "Lúa"


def test_the_unit_of_the_caption_and_the_unit_above() -> None:
    found = read("TT|Nội dung|Chỉ tiêu giao\n1|Thu phí|45\n2|Thu hoa lợi|12,5", caption="Đơn vị tính: triệu đồng")
    assert {fact.unit.name for fact in found if fact.unit} == {"triệu đồng"}
    found = read("TT|Chỉ tiêu|ĐVT|KH\n1|Trâu|con|45\n2|Bò|nt|90")
    assert [fact.unit.name for fact in found if fact.unit] == ["con", "con"]


def test_words_in_value_cells_are_statuses() -> None:
    found = read("TT|Chỉ tiêu|ĐVT|KH\n1|Tuyển quân|Đạt|Đạt\n2|Xếp loại chi bộ|Xếp loại|Tốt")
    assert [(fact.status, fact.unit, fact.comparator) for fact in found] == [("Đạt", None, None), ("Tốt", None, None)]


def test_comparators_stand_in_the_cell_or_in_the_name() -> None:
    found = read(
        "TT|Chỉ tiêu|ĐVT|KH\n1|Hộ dùng nước sạch|%|≥ 97\n2|Hồ sơ giải quyết đúng hạn đạt từ 98% trở lên|%|98\n"
        "3|Tổ chức hội thi từ 2 cuộc trở lên|Cuộc|4\n4|Thoát nghèo|hộ|15 - 20"
    )
    assert [(fact.name, fact.comparator, fact.value) for fact in found] == [
        ("Hộ dùng nước sạch", "ge", 97),
        ("Hồ sơ giải quyết đúng hạn", "ge", 98),
        ("Tổ chức hội thi từ 2 cuộc trở lên", "eq", 4),
        ("Thoát nghèo", "range", 15),
    ]


def test_change_is_told_by_the_name() -> None:
    found = read(
        "TT|Chỉ tiêu|ĐVT|KH\n1|Số hộ nghèo giảm trong năm|hộ|40\n2|Tỷ lệ thấp còi giảm còn|%|12\n"
        "3|Tốc độ tăng trưởng|%|8"
    )
    assert [(fact.change, fact.comparator) for fact in found] == [("decrease", "eq"), ("level", "le"), ("level", "eq")]


def test_scores_budgets_and_duties_are_no_targets() -> None:
    assert read("TT|Nội dung|Điểm tối đa\n1|Thực hiện chỉ tiêu|40") == []
    assert read("TT|Nội dung|Số lượng|Đơn giá|Thành tiền\n1|Băng rôn|10|300.000|3.000.000") == []
    assert read("TT|Nội dung|Đơn vị chủ trì|Thời gian\n1|Tổ chức 02 lớp tập huấn|Văn phòng|Quý II") == []


def test_the_only_assigner_of_a_row_needs_no_name() -> None:
    found = read("TT|Chỉ tiêu|ĐVT|Tỉnh giao|Huyện giao\n1|Trồng rừng|ha||120\n2|Thu ngân sách|tỷ đồng|20|25")
    assert [fact.name for fact in found] == ["Trồng rừng", "Thu ngân sách (Tỉnh giao)", "Thu ngân sách (Huyện giao)"]
