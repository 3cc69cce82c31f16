"""Targets of whole texts: scopes, groups, parents, periods, provenance."""

from __future__ import annotations

from kehoach.ingest.parse.model import Outline, PlanContext
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.parse.targets import read_targets
from kehoach.ingest.readers.plain import lines_of_text
from kehoach.ingest.tables.join import grids
from kehoach.ingest.values import DoubtfulToken
from kehoach.schemas import Target


def outline_of(text: str) -> Outline:
    lines = lines_of_text(text)
    return build_outline(lines, grids(lines))


def targets_of(text: str, context: PlanContext | None = None) -> tuple[Target, ...]:
    return read_targets(outline_of(text), context or PlanContext(document_type="ke_hoach"))


def names(found: tuple[Target, ...]) -> list[str]:
    return [target.name for target in found]


def test_ids_follow_the_document() -> None:
    found = targets_of("I. CHỈ TIÊU\n- Trồng 15 ha rừng.\n- Kết nạp 05 đảng viên.\n- Tỷ lệ hộ nghèo còn 3%.")
    assert [target.id for target in found] == ["t1", "t2", "t3"]


def test_the_heading_that_names_a_field_is_the_group() -> None:
    found = targets_of("II. CÁC CHỈ TIÊU NĂM 2031\n1. Về nông nghiệp\n- Trồng 15 ha rừng.")
    assert (found[0].group, found[0].section, found[0].period) == ("Về nông nghiệp", "II.1", "2031")


def test_a_heading_of_generic_words_is_no_group() -> None:
    assert targets_of("II. MỤC TIÊU CỤ THỂ\n- Trồng 15 ha rừng.")[0].group is None


def test_a_run_in_head_is_the_group() -> None:
    found = targets_of("II. MỤC TIÊU CỤ THỂ\n- Quân sự: giữ vững 100% đơn vị an toàn; giao 12 thanh niên nhập ngũ.")
    assert {target.group for target in found} == {"Quân sự"}


def test_an_indicator_before_a_colon_is_no_group() -> None:
    found = targets_of("II. MỤC TIÊU CỤ THỂ\n- Thu ngân sách: 19 tỷ đồng, trong đó thu trên địa bàn 12 tỷ đồng.")
    assert [(t.name, t.group, t.parent) for t in found] == [
        ("Thu ngân sách", None, None),
        ("Thu trên địa bàn", None, "t1"),
    ]


def test_an_item_that_ends_in_trong_do_is_the_parent_of_those_below() -> None:
    text = "I. CHỈ TIÊU\n- Diện tích gieo trồng 900 ha, trong đó:\n+ Lúa 600 ha;\n+ Ngô 300 ha.\n- Trồng rừng 20 ha."
    assert [target.parent for target in targets_of(text)] == [None, "t1", "t1", None]


def test_results_awards_money_and_purposes_are_none() -> None:
    text = (
        "I. MỤC ĐÍCH, YÊU CẦU\n- Yêu cầu 100% cán bộ tham gia.\n"
        "II. KẾT QUẢ NĂM 2030\n- Trồng 15 ha rừng; tỷ lệ hộ nghèo 4%.\n"
        "III. KINH PHÍ\n- Ngân sách xã 30 triệu đồng.\n"
        "IV. TIÊU CHUẨN KHEN THƯỞNG\n- Có trên 95% hội viên tham gia."
    )
    assert targets_of(text) == ()


def test_a_predicate_counts_below_a_heading_of_targets_alone() -> None:
    item = "- Trạm y tế đạt chuẩn quốc gia."
    found = targets_of(f"I. CÁC CHỈ TIÊU\n{item}")
    assert [(t.name, t.status, t.value, t.comparator) for t in found] == [
        ("Trạm y tế", "đạt chuẩn quốc gia", None, None)
    ]
    assert targets_of(f"I. NHIỆM VỤ\n{item}") == ()


def test_a_year_before_the_plan_makes_a_result() -> None:
    text = "I. CHỈ TIÊU\n- Năm 2030 tỷ lệ hộ nghèo 4%; năm 2031 tỷ lệ hộ nghèo 3%."
    found = targets_of(text, PlanContext(year=2031, document_type="ke_hoach"))
    assert [(target.value, target.period) for target in found] == [(3, "2031")]


def test_the_opening_year_holds_for_the_sentence() -> None:
    found = targets_of("I. MỤC TIÊU\nĐến năm 2035, tỷ lệ hộ nghèo dưới 2%; thu nhập đạt 90 triệu đồng/người.")
    assert [target.period for target in found] == ["2035", "2035"]


def test_every_target_says_where_it_was_read() -> None:
    text = "I. CHỈ TIÊU\n- Trồng 15 ha rừng; tổ chức 02 lớp\ntập huấn kỹ thuật."
    first, second = targets_of(text)
    assert (first.provenance.line_start, first.provenance.line_end) == (2, 2)
    assert (second.provenance.line_start, second.provenance.line_end) == (2, 3)
    assert second.provenance.text == "tổ chức 02 lớp tập huấn kỹ thuật"


def test_doubtful_text_lowers_confidence() -> None:
    doubt = DoubtfulToken(line=2, column=3, token="rừng", alternatives=("rưng",), confidence=0.4)
    text = "I. CHỈ TIÊU\n- Trồng 15 ha rừng."
    sure = targets_of(text)[0].confidence
    assert targets_of(text, PlanContext(document_type="ke_hoach", doubts={2: (doubt,)}))[0].confidence < sure


def test_a_unit_that_is_not_known_lowers_confidence() -> None:
    known, guessed = targets_of("I. CHỈ TIÊU\n- Mua 20 bộ máy vi tính.\n- Mua 20 chõng tre.")
    assert guessed.unit == "chõng"
    assert guessed.confidence < known.confidence


def test_a_numbered_target_is_read_though_it_looks_like_a_heading() -> None:
    found = targets_of("I. CÁC CHỈ TIÊU\n1. Tỷ lệ hộ nghèo giảm 0,5%\n2. Trồng mới 15 ha rừng")
    assert [(target.ordinal, target.value) for target in found] == [("1", 0.5), ("2", 15)]


def test_wrong_marks_in_headings_and_keywords_do_no_harm() -> None:
    found = targets_of(
        "II. CÁC CHỈ TIỀU\n- Phần đấu tỷ lệ hộ dùng nước sạch đạt 95% trờ lên.\n- Trạm y tế đặt chuẩn quốc gia."
    )
    assert [(t.value, t.comparator, t.status) for t in found] == [(95, "ge", None), (None, None, "đặt chuẩn quốc gia")]


def test_a_head_that_returns_inside_a_table_says_nothing() -> None:
    head = "STT\tChỉ tiêu\tĐVT\tThực hiện 2030\tKế hoạch 2031"
    found = targets_of(f"III. CHỈ TIÊU\n{head}\n1\tTrồng rừng\tha\t12\t15\n\n{head}\n2\tĐàn bò\tcon\t900\t950")
    assert [(target.name, target.value) for target in found] == [("Trồng rừng", 15), ("Đàn bò", 950)]


def test_how_long_something_lasts_is_a_target_and_a_term_is_none() -> None:
    found = targets_of(
        "II. CHỈ TIÊU\n- Thời gian chờ trung bình của người dân không quá 25 phút.\n- Nộp hồ sơ trong 5 ngày."
    )
    assert [(target.name, target.value, target.unit) for target in found] == [
        ("Thời gian chờ trung bình của người dân", 25, "phút")
    ]


def test_staged_values_after_a_colon_belong_to_the_indicator() -> None:
    found = targets_of(
        "II. CHỈ TIÊU\n- Số hợp tác xã thành lập mới: năm 2031 là 2 hợp tác xã, năm 2032 là 3 hợp tác xã."
    )
    assert [(target.name, target.value, target.period, target.group) for target in found] == [
        ("Số hợp tác xã thành lập mới", 2, "2031", None),
        ("Số hợp tác xã thành lập mới", 3, "2032", None),
    ]


def test_a_result_in_brackets_does_not_make_the_target_one() -> None:
    found = targets_of("II. CHỈ TIÊU\n- Thu ngân sách đạt 8,5 tỷ đồng (ước thực hiện năm 2030 là 7,2 tỷ đồng).")
    assert [target.value for target in found] == [8.5]


def test_a_period_said_since_the_last_semicolon_goes_on() -> None:
    found = targets_of(
        "II. CHỈ TIÊU\n- Năm 2030, tỷ lệ hộ khá là 40%; phấn đấu năm 2031 tỷ lệ hộ khá đạt 50%, tỷ lệ hộ giàu đạt 20%."
    )
    assert [(target.value, target.period) for target in found][-2:] == [(50, "2031"), (20, "2031")]


def test_verbs_in_a_row_keep_their_first() -> None:
    found = targets_of("II. CHỈ TIÊU\n- Hỗ trợ xây mới, sửa chữa 12 nhà cho hộ nghèo.")
    assert names(found) == ["Hỗ trợ xây mới, sửa chữa nhà cho hộ nghèo"]


def test_the_period_of_a_part_is_its_own() -> None:
    text = "- Đến năm 2035: tỷ lệ hộ nghèo giảm còn 1%, trong đó năm 2031 còn 3%, tỷ lệ hộ dùng nước sạch đạt 98%."
    found = targets_of(f"II. CHỈ TIÊU\n{text}")
    assert [(target.value, target.period) for target in found] == [(1, "2035"), (3, "2031"), (98, "2035")]
