"""Assignments of the chapter Tổ chức thực hiện."""

from __future__ import annotations

from kehoach.ingest.parse.assignments import read_assignments
from kehoach.ingest.parse.model import PlanContext
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.values import Grid, GridRow, Line


def assignments(*texts: str) -> list[tuple[str, int, str | None]]:
    lines = [Line(n, None, text) for n, text in enumerate(["V. TỔ CHỨC THỰC HIỆN", *texts], 1)]
    found = read_assignments(build_outline(lines, ()), PlanContext())
    return [(a.body, a.task_count, a.section) for a in found]


def test_a_heading_that_names_a_body_collects_the_points_below_it() -> None:
    found = assignments(
        "1. Công an xã",
        "- Nắm tình hình;",
        "- Đề nghị cấp trên hỗ trợ.",
        "2. Đề nghị Hội Nông dân xã:",
        "Vận động hội viên.",
    )
    assert found == [("Công an xã", 2, "V.1"), ("Hội Nông dân xã", 1, "V.2")]


def test_a_sentence_addresses_its_subject() -> None:
    found = assignments(
        "1. Căn cứ Kế hoạch này, tổ chức, ban ngành và các thôn xây dựng kế hoạch.",
        "2. Đề nghị Ủy ban MTTQ, các đoàn thể tích cực phối hợp vận động.",
        "3. Văn phòng UBND xã: (Thường trực Hội đồng) theo dõi, đôn đốc.",
        "4. Tiếp tục đổi mới công tác khen thưởng.",
    )
    assert [body for body, _, _ in found] == [
        "Tổ chức, ban ngành và các thôn",
        "Ủy ban MTTQ, các đoàn thể",
        "Văn phòng UBND xã",
    ]


def test_each_sentence_of_a_paragraph_is_a_task() -> None:
    found = assignments("Các thôn tổ chức phát động thi đua. Định kỳ báo cáo kết quả. Lựa chọn điển hình.")
    assert found == [("Các thôn", 3, "V")]


def test_numbered_points_after_a_request_belong_to_it_unless_they_address_a_body() -> None:
    found = assignments(
        "1. Nhiệm vụ, giải pháp:",
        "Đề nghị các đơn vị (trường học, trạm y tế), các thôn cần làm tốt những việc sau:",
        "1.1. Đổi mới công tác thi đua.",
        "1.2. Đảng ủy, UBND xã tập trung lãnh đạo.",
        "1.3. Tăng cường kiểm tra.",
    )
    assert found == [("Các đơn vị (trường học, trạm y tế), các thôn", 2, "V.1"), ("Đảng ủy, UBND xã", 1, "V.1.2")]


def test_the_closing_request_is_one_and_the_closing_formula_none() -> None:
    found = assignments(
        "1. Công an xã chủ trì theo dõi.",
        "",
        "Trên đây là Kế hoạch thi đua. UBND xã yêu cầu các thôn, các trường học thực hiện./.",
    )
    assert [body for body, _, _ in found] == ["Công an xã", "Các thôn, các trường học"]


def test_the_same_body_twice_in_a_section_is_one() -> None:
    found = assignments(
        "Các thôn trên địa bàn khẩn trương phát động.",
        "",
        "Ngay sau Tết, các thôn trên địa bàn phải tập trung sản xuất.",
    )
    assert found == [("Các thôn trên địa bàn", 2, "V")]


def test_where_most_titles_of_a_list_name_bodies_the_others_do() -> None:
    found = assignments(
        "1. Công an xã",
        "Nắm tình hình.",
        "2. Thuế cơ sở 3",
        "Kiểm tra hóa đơn.",
        "3. Các thôn",
        "Tuyên truyền.",
        "4. Chế độ báo cáo",
        "Báo cáo hằng quý.",
    )
    assert [body for body, _, _ in found] == ["Công an xã", "Thuế cơ sở 3", "Các thôn"]


def test_without_the_chapter_there_are_none() -> None:
    lines = [Line(1, None, "I. MỤC TIÊU"), Line(2, None, "Các thôn tổ chức thi đua.")]
    assert read_assignments(build_outline(lines, ()), PlanContext()) == ()


def test_the_last_words_belong_to_the_chapter_or_to_nobody() -> None:
    found = assignments(
        "1. Công an xã: Nắm tình hình.",
        "2. Các thôn:",
        "- Đăng ký thi đua.",
        "Kế hoạch này được phổ biến đến thôn. Trong quá trình thực hiện, nếu có vướng mắc, báo cáo về UBND xã.",
    )
    assert found == [("Công an xã", 1, "V.1"), ("Các thôn", 1, "V.2")]
    found = assignments(
        "1. Công an xã: Nắm tình hình.",
        "",
        "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các đơn vị phản ánh về UBND xã để được hướng dẫn./.",
    )
    assert found == [("Công an xã", 1, "V.1"), ("Các đơn vị", 1, "V")]


def test_a_table_gives_one_assignment_for_each_body_in_charge() -> None:
    rows = (
        ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian"),
        ("1", "Rà soát tiêu chí", "Phòng Kinh tế", "Các thôn", "Quý I"),
        ("2", "Tuyên truyền", "Văn phòng", "", "Quý II"),
        ("3", "Bố trí kinh phí", "Phòng Kinh tế", "", "Quý I"),
    )
    lines = [Line(n, 1, "\t".join(row), cells=row) for n, row in enumerate(rows, 2)]
    grid = Grid(tuple(GridRow(line.cells or (), (line,)) for line in lines))
    outline = build_outline([Line(1, 1, "V. TỔ CHỨC THỰC HIỆN"), *lines], (grid,))
    found = read_assignments(outline, PlanContext())
    assert [(a.body, a.tasks, a.section) for a in found] == [
        ("Phòng Kinh tế", ("Rà soát tiêu chí", "Bố trí kinh phí"), "V"),
        ("Văn phòng", ("Tuyên truyền",), "V"),
    ]


def test_a_form_of_address_is_part_of_the_body_and_closing_words_follow_a_request() -> None:
    found = assignments(
        "1. Các ông (bà): Trưởng thôn, Bí thư chi bộ phổ biến Kế hoạch.",
        "Yêu cầu các đơn vị triển khai thực hiện.",
        "Quá trình thực hiện có vướng mắc, báo cáo về UBND xã.",
    )
    assert [(body, count) for body, count, _ in found] == [
        ("Các ông (bà): Trưởng thôn, Bí thư chi bộ", 1),
        ("Các đơn vị", 2),
    ]


def test_nouns_that_hold_a_verb_stay_in_the_name_of_the_body() -> None:
    found = assignments(
        "Các cơ quan, tổ chức, đơn vị gửi danh sách đại biểu.",
        "Tổ bầu cử niêm yết nội quy.",
        "Các cử tri kiểm tra thẻ.",
        "Đặc biệt, nhận diện sớm các nguy cơ.",
    )
    assert [body for body, _, _ in found[:3]] == ["Các cơ quan, tổ chức, đơn vị", "Tổ bầu cử", "Các cử tri"]
    assert "Đặc biệt" not in [body for body, _, _ in found]


def test_a_lone_request_at_the_end_stays_with_the_last_point() -> None:
    points = ("1. Công an xã nắm tình hình.", "2. Đề nghị Hội Nông dân xã vận động hội viên.")
    assert assignments(*points, "", "UBND xã yêu cầu các thôn thực hiện nghiêm túc./.")[-1] == ("Các thôn", 1, "V.2")
    closing = "Trên đây là Kế hoạch, quá trình thực hiện nếu có khó khăn, vướng mắc đề nghị các thôn báo cáo UBND xã./."
    assert assignments(*points, "", closing)[-1] == ("Các thôn", 1, "V")


def test_a_programme_is_no_verb() -> None:
    found = assignments("1. Giao Ủy ban nhân dân xã cụ thể hóa Chương trình bằng kế hoạch hằng năm.")
    assert found == [("Ủy ban nhân dân xã", 1, "V.1")]


def test_a_verb_before_the_next_body_is_a_part_of_the_name() -> None:
    found = assignments("- Phòng Kế hoạch tổng hợp, Phòng Điều dưỡng: kiểm tra hằng tuần.")
    assert found == [("Phòng Kế hoạch tổng hợp, Phòng Điều dưỡng", 1, "V")]


def test_who_hands_out_the_tasks_of_a_list_has_none() -> None:
    found = assignments("Ủy ban nhân dân xã giao:", "1. Công an xã nắm tình hình.", "2. Các thôn tổ chức thực hiện.")
    assert [body for body, _, _ in found] == ["Công an xã", "Các thôn"]


def test_labels_of_level_and_role_are_no_bodies() -> None:
    found = assignments(
        "- Cấp huyện: Phòng Nội vụ chủ trì tổng hợp.",
        "- Đoàn kiểm tra lập biên bản.",
        "- Đơn vị chủ trì: Hội Nông dân xã.",
    )
    assert [body for body, _, _ in found] == ["Phòng Nội vụ", "Đoàn kiểm tra"]


def test_a_body_whose_name_ends_like_a_form_of_address_has_its_own_points() -> None:
    found = assignments("1. Sở Thông tin và Truyền thông", "- Mở chuyên mục;", "2. Sở Nội vụ", "- Theo dõi, tổng hợp.")
    assert [body for body, _, _ in found] == ["Sở Thông tin và Truyền thông", "Sở Nội vụ"]
