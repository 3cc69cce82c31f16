"""What is a target and what is none: ranks, criteria, prizes, dimensions, grades, stages; changes that are shared."""

from __future__ import annotations

import pytest
from kehoach.ingest.parse.model import PlanContext
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.parse.targets import read_targets
from kehoach.ingest.parse.targets_notices import target_notices
from kehoach.ingest.readers.plain import lines_of_text
from kehoach.ingest.tables.join import grids
from kehoach.schemas import Target

PLAN = "KẾ HOẠCH\nThi đua năm 2033\nI. CÁC CHỈ TIÊU\n"


def targets_of(text: str) -> tuple[Target, ...]:
    lines = lines_of_text(text)
    return read_targets(build_outline(lines, grids(lines)), PlanContext(year=2033, document_type="ke_hoach"))


def facts(text: str) -> list[tuple[str, object, str | None]]:
    return [(t.name, t.value if t.status is None else t.status, t.unit) for t in targets_of(PLAN + text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Chỉ số hài lòng xếp thứ 2/9 xã.", [("Chỉ số hài lòng", "xếp thứ 2/9 xã", None)]),
        (
            "- Trường Mầm non Hoa Mai 3 giữ vững trường đạt chuẩn quốc gia.",
            [("Trường Mầm non Hoa Mai 3 giữ vững trường", "đạt chuẩn quốc gia", None)],
        ),
        ("- Làm 800 m đường bê tông, rộng 3 m, dày 0,2 m.", [("Làm đường bê tông", 800, "m")]),
        ("- Học sinh xếp loại khá, giỏi trên 70%.", [("Học sinh xếp loại khá, giỏi", 70, "%")]),
        ("- Thu nhập đạt 50 triệu đồng trở lên/người/năm.", [("Thu nhập", 50, "triệu đồng/người/năm")]),
        ("- Từ 70% hội viên trở lên tham gia bảo hiểm.", [("Hội viên tham gia bảo hiểm", 70, "%")]),
        (
            "- Tiêm phòng trâu bò: đợt 1 đạt 75%, đợt 2 đạt 85%.",
            [("Tiêm phòng trâu bò đợt 1", 75, "%"), ("Tiêm phòng trâu bò đợt 2", 85, "%")],
        ),
        (
            "- Cây lạc diện tích 12 ha, năng suất bình quân 20 tạ/ha.",
            [("Diện tích cây lạc", 12, "ha"), ("Năng suất bình quân cây lạc", 20, "tạ/ha")],
        ),
        ("- Có 03 (ba) sản phẩm mới.", [("Sản phẩm mới", 3, "sản phẩm")]),
        (
            "- Trồng mới 9 ha cây ăn quả (trong đó: cam 5 ha; ổi 4 ha), cải tạo 3 ha vườn.",
            [
                ("Trồng mới cây ăn quả", 9, "ha"),
                ("Cam", 5, "ha"),
                ("Ổi", 4, "ha"),
                ("Cải tạo vườn", 3, "ha"),
            ],
        ),
        (
            "- Đến năm 2033: 50% hộ dùng nước máy; đến năm 2040: 70%.",
            [("Hộ dùng nước máy", 50, "%"), ("Hộ dùng nước máy", 70, "%")],
        ),
        ("- Tuyên truyền tại 12 xã, thị trấn.", []),
        ("- Tặng danh hiệu “Tổ lao động giỏi” cho 03 tổ; danh hiệu “Lao động giỏi” cho 20 người.", []),
        (
            "- Tỷ lệ dân có bảo hiểm y tế đạt 95%, bảo hiểm xã hội đạt 4%; bảo hiểm tự nguyện 2%.",
            [
                ("Tỷ lệ dân có bảo hiểm y tế", 95, "%"),
                ("Tỷ lệ dân có bảo hiểm xã hội", 4, "%"),
                ("Bảo hiểm tự nguyện", 2, "%"),
            ],
        ),
        (
            "- Rèn luyện: Tốt 80%, Khá 18%, Đạt 2%, không có học sinh chưa đạt.",
            [("Tốt", 80, "%"), ("Khá", 18, "%"), ("Đạt", 2, "%"), ("Học sinh chưa đạt", "không có", None)],
        ),
        ("- Tổ chức 03 hội nghị với 400 lượt người dự.", [("Tổ chức hội nghị", 3, "hội nghị")]),
        ("- Sản lượng tôm 900 tấn, bằng 104% so cùng kỳ.", [("Sản lượng tôm", 900, "tấn")]),
        (
            "- Huy động tối thiểu 2 tỷ 300 triệu đồng và 1.500 ngày công.",
            [("Huy động", 2.3, "tỷ đồng"), ("Huy động ngày công", 1500, "ngày công")],
        ),
    ],
)
def test_what_a_figure_says(text: str, expected: list[tuple[str, object, str | None]]) -> None:
    assert facts(text) == expected


def test_a_verb_of_change_rules_the_counts_after_it() -> None:
    found = targets_of(PLAN + "- Giảm 4 hộ nghèo, 06 hộ cận nghèo.\n- Giảm 3 hộ nghèo, 5/6 thôn đạt chuẩn.")
    assert [(t.value, t.change) for t in found] == [
        (4, "decrease"),
        (6, "decrease"),
        (3, "decrease"),
        (5, "level"),
    ]


def test_each_year_has_its_own_value() -> None:
    found = targets_of(PLAN + "- Đến năm 2033: 50% hộ dùng nước máy; đến năm 2040: 70%.")
    assert [t.period for t in found] == ["2033", "2040"]


def test_criteria_of_exemplars_and_scores_are_none() -> None:
    text = (
        "- Trồng 5 ha rừng.\nII. XÂY DỰNG ĐIỂN HÌNH\n1. Phong trào làm đường\n- Tiêu chuẩn gồm:\n"
        "a) Tập thể: Chi hội có từ 40% hội viên trở lên tham gia;\n"
        "b) Hộ gia đình: Thu nhập từ 90 triệu đồng/năm trở lên.\n"
        "III. TIÊU CHÍ ĐÁNH GIÁ\n- Có trên 80% hội viên tham gia: 10 điểm."
    )
    assert [t.name for t in targets_of(PLAN + text)] == ["Trồng rừng"]


def test_a_lone_comma_before_three_digits_is_doubted() -> None:
    found = targets_of(PLAN + "- Tổng đàn gà 11,500 con.\n- Thu ngân sách 25,300 triệu đồng.\n- Đàn vịt 1.500 con.")
    assert [(t.value, t.confidence < 0.5) for t in found] == [(11500, True), (25.3, True), (1500, False)]
    assert [notice.code for notice in target_notices(found)] == ["value_ambiguous"] * 2


def test_a_long_paragraph_is_read_to_its_end() -> None:
    text = "; ".join(f"đội số {n} cùng nhân dân địa phương trồng {n} ha rừng phòng hộ" for n in range(1, 701))
    found = targets_of(f"{PLAN}- {text}.")
    assert [t.value for t in found] == list(range(1, 701))


def test_the_years_column_wins_over_the_quarters() -> None:
    table = "TT\tChỉ tiêu\tĐVT\tCả năm\tQuý I\tQuý II\n1\tThu ngân sách\tTriệu đồng\t400\t150\t250\n"
    assert facts(table) == [("Thu ngân sách", 400, "triệu đồng")]


def test_rows_of_bodies_reach_what_the_column_says() -> None:
    table = "TT\tThôn\tSố hộ nghèo năm 2032\tChỉ tiêu trồng cây năm 2033\n1\tThôn Trên\t9\t300\n\tCộng\t9\t300\n"
    assert facts(table) == [("Trồng cây - Thôn Trên", 300, None), ("Trồng cây", 300, None)]


def test_purposes_hold_a_target_only_where_they_say_how_much_each_must_reach() -> None:
    text = "II. YÊU CẦU\n- Mỗi thôn giới thiệu ít nhất 02 điển hình.\n- Phong trào có 05 nội dung, 12 thôn tham gia."
    assert [t.value for t in targets_of(f"KẾ HOẠCH\nThi đua năm 2033\n{text}")] == [2]


def test_letters_read_for_digits_are_doubted() -> None:
    (target,) = targets_of(PLAN + "- Công nhận O3 tập thể tiên tiến.")
    assert (target.value, target.unit) == (3, "tập thể")
    assert target.confidence < 0.5
    assert [notice.code for notice in target_notices([target])] == ["value_ambiguous"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("- Đến ngày 30/9/2033 tỷ lệ giải ngân đạt 70%.", "2033-09-30"),
        ("- Đến hết tháng 6/2033 trồng 12 ha rừng.", "2033-06"),
        ("- Mục tiêu đến năm 2035: Trồng 300 ha rừng.", "2035"),
        ("- Phấn đấu đến 2035, trồng 300 ha rừng.", "2035"),
        ("- Trồng 300 ha rừng, tăng 20 ha so với ngày 31/12/2032.", "2033"),
    ],
)
def test_the_period_is_as_exact_as_the_statement(text: str, period: str) -> None:
    title = "KẾ HOẠCH\nThi đua năm 2033\nI. CÁC CHỈ TIÊU NĂM 2033\n"
    assert {target.period for target in targets_of(title + text)} == {period}


@pytest.mark.parametrize(
    "text",
    [
        "- Xây dựng báo cáo cấp xã: 1.200.000 đồng/báo cáo.",
        "Đà Bắc: Thu giữ 200 lít rượu không rõ nguồn gốc",
        "b) Mức giảm trừ đối với mỗi người phụ thuộc là 2 triệu đồng/tháng.",
        "- Mức B: Số điểm từ 40 điểm đến dưới 80 điểm.",
        "Các cơ quan được trang bị hơn 500 xe chuyên dùng",
        "c) Diện tích phòng tối thiểu 12 m2 mà không có cửa sổ thì phải có quạt.",
        "* Số thuế được giảm: (1ha x 500kg/ha) x 10% = 50 kg",
    ],
)
def test_prices_headlines_bands_and_formulas_without_a_plan_are_none(text: str) -> None:
    lines = lines_of_text(text)
    assert read_targets(build_outline(lines, grids(lines)), PlanContext()) == ()


def test_a_long_text_without_headings_gives_no_targets() -> None:
    prose = "\n\n".join(f"Đoạn {word} của câu chuyện kể rằng xã trồng ít nhất 12 ha rừng." for word in "abcdeghiklmnop")
    lines = lines_of_text(prose)
    assert read_targets(build_outline(lines, grids(lines)), PlanContext()) == ()
