"""The outline: paragraphs joined from printed lines, sections, bullets, parts of the document."""

from __future__ import annotations

from kehoach.ingest.parse.model import Block, Outline
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.values import Box, Grid, GridRow, Line, Word


def outline(*texts: str) -> Outline:
    return build_outline([Line(number, None, text) for number, text in enumerate(texts, 1)], ())


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.passage.text for block in blocks]


def test_a_blank_line_inside_a_sentence_ends_no_paragraph() -> None:
    found = outline("- Tăng cường kiểm tra và phối", "", "hợp xử lý vi phạm.", "", "- Báo cáo kết quả.")
    assert texts(found.blocks) == ["Tăng cường kiểm tra và phối hợp xử lý vi phạm.", "Báo cáo kết quả."]


def test_a_page_number_inside_a_sentence_vanishes() -> None:
    found = outline("1. Rà soát hộ nghèo trên địa", "4", "", "bàn xã.")
    assert texts(found.blocks) == ["Rà soát hộ nghèo trên địa bàn xã."]
    assert found.blocks[0].passage.provenance().line_end == 4


def test_an_open_parenthesis_goes_on_over_a_page_break() -> None:
    found = outline("Kỷ niệm 95 năm (03/02/1930 -", "", "03/02/2025) trên địa bàn.")
    assert texts(found.blocks) == ["Kỷ niệm 95 năm (03/02/1930 - 03/02/2025) trên địa bàn."]


def test_a_heading_is_not_joined_to_the_paragraph_below_it() -> None:
    found = outline("1. Đối tượng", "", "Các thôn trên địa bàn xã.", "2. Hình thức", "Giấy khen.")
    assert [(b.kind, b.title) for b in found.blocks if b.kind == "heading"] == [
        ("heading", "Đối tượng"),
        ("heading", "Hình thức"),
    ]
    assert [b.section for b in found.blocks] == ["1", "1", "2", "2"]


def test_boxes_tell_a_full_line_from_the_last_of_a_paragraph() -> None:
    lines = [
        Line(1, 1, "Các đơn vị phối hợp với Mặt trận", Box(60, 10, 500, 22)),
        Line(2, 1, "Tổ quốc tuyên truyền sâu rộng", Box(60, 24, 300, 36)),
        Line(3, 1, "Văn phòng theo dõi việc thực hiện", Box(90, 38, 420, 50)),
    ]
    found = build_outline(lines, ())
    assert texts(found.blocks) == [
        "Các đơn vị phối hợp với Mặt trận Tổ quốc tuyên truyền sâu rộng",
        "Văn phòng theo dõi việc thực hiện",
    ]


def test_paths_follow_the_labels() -> None:
    found = outline(
        "II. NỘI DUNG",
        "1. Chỉ tiêu",
        "1.1. Kinh tế:",
        "2. Khen thưởng",
        "2.1. Giấy khen",
        "2.1.1. Cấp xã",
        "a) Tập thể:",
    )
    assert [b.section for b in found.blocks] == ["II", "II.1", "II.1.1", "II.2", "II.2.1", "II.2.1.1", "II.2.1.1.a"]
    assert found.blocks[-1].headings == ("NỘI DUNG", "Khen thưởng", "Giấy khen", "Cấp xã", "Tập thể")


def test_a_label_out_of_sequence_is_kept_and_warned_of() -> None:
    found = outline("2.1.1. Cấp xã", "2.2.2 Cấp huyện", "2.2. Cấp tỉnh")
    assert [b.label for b in found.blocks] == ["2.1.1", "2.2.2", "2.2"]
    assert {n.code for n in found.notices} == {"label_out_of_sequence"}


def test_a_stroke_that_ocr_lost_is_put_back_where_the_next_number_tells_it() -> None:
    texts_read = ["I. MỤC ĐÍCH", "II. NỘI DUNG", "II. KHEN THƯỞNG", "IV. TỔ CHỨC"]
    word = Word("II.", Box(0, 0, 9, 9), 0.9)
    scanned = [Line(n, 1, text, words=(word,)) for n, text in enumerate(texts_read, 1)]
    assert [b.label for b in build_outline(scanned, ()).blocks] == ["I", "II", "III", "IV"]
    assert [b.label for b in outline(*texts_read).blocks] == ["I", "II", "II", "IV"]


def test_a_number_of_a_scan_that_its_neighbours_tell_is_mended() -> None:
    texts_read = ["4. Công tác một.", "9. Công tác hai.", "6. Công tác ba."]
    word = Word("4.", Box(0, 0, 9, 9), 0.9)
    scanned = [Line(n, 1, text, words=(word,)) for n, text in enumerate(texts_read, 1)]
    assert [b.label for b in build_outline(scanned, ()).blocks] == ["4", "5", "6"]
    assert [b.label for b in outline(*texts_read).blocks] == ["4", "9", "6"]


def test_recipients_without_their_heading_are_no_body() -> None:
    found = outline(
        "V. TỔ CHỨC", "Các thôn thực hiện./.", "- UBND huyện;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"
    )
    assert [line.text for line in found.closing][:2] == ["- UBND huyện;", "- Lưu: VT."]
    assert len(found.blocks) == 2


def test_bullets_are_no_sections_and_tell_how_deep_they_stand() -> None:
    found = outline("1. Mục tiêu", "- Kinh tế:", "+ Trồng 5 ha rừng;", "+ Thu 2 tỷ đồng;", "- (2) Văn hóa.")
    assert [(b.label, b.depth) for b in found.blocks[1:]] == [("-", 1), ("+", 2), ("+", 2), ("(2)", 1)]
    assert [section.label for section in found.sections] == ["1"]


def test_items_on_one_line_are_taken_apart() -> None:
    found = outline(
        "1. Mục đích: Động viên Nhân dân. 2. Yêu cầu: Thiết thực.", "3. Kinh tế: - Thu 5 tỷ đồng; - Trồng 20 ha."
    )
    assert [(b.kind, b.label) for b in found.blocks] == [
        ("heading", "1"),
        ("heading", "2"),
        ("heading", "3"),
        ("bullet", "-"),
        ("bullet", "-"),
    ]


def test_markup_and_escaped_stars_leave_no_trace() -> None:
    found = outline("### **I. NỘI DUNG**", r"\* *Đối với các thôn:* tặng **giấy khen**", "<b>1.</b> <i>Kinh phí</i>")
    assert [(b.label, b.passage.text) for b in found.blocks] == [
        ("I", "NỘI DUNG"),
        ("*", "Đối với các thôn: tặng giấy khen"),
        ("1", "Kinh phí"),
    ]


def test_a_table_is_one_block_in_its_section() -> None:
    rows = [Line(2, 1, "TT\tChỉ tiêu", cells=("TT", "Chỉ tiêu")), Line(3, 1, "1\tThu", cells=("1", "Thu"))]
    grid = Grid(tuple(GridRow(row.cells or (), (row,)) for row in rows))
    found = build_outline([Line(1, 1, "1. Chỉ tiêu:"), *rows, Line(4, 1, "2. Kinh phí")], [grid])
    assert [(b.kind, b.section) for b in found.blocks] == [("heading", "1"), ("table", "1"), ("heading", "2")]
    assert found.blocks[1].grid is grid


def test_title_goes_on_over_lines_and_stops_before_the_preamble() -> None:
    found = outline(
        "KẾ HOẠCH", "Phát động phong trào thi đua", "chào mừng ngày hội lớn (01/5/1976 -", "01/5/2026)", "",
        "Thực hiện Kế hoạch số 5/KH-UBND ngày 5/1/2026, xã ban hành kế hoạch:", "I. MỤC ĐÍCH",
    )  # fmt: skip
    assert found.title is not None
    assert found.title.text == "Phát động phong trào thi đua chào mừng ngày hội lớn (01/5/1976 - 01/5/2026)"
    assert found.blocks[0].passage.text.startswith("Thực hiện Kế hoạch")


def test_closing_lines_and_annexes_are_told_apart() -> None:
    found = outline(
        "I. NỘI DUNG", "Thi đua.", "Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH", "Lê Văn Tám", "PHỤ LỤC", "1. Trồng cây"
    )
    assert [line.text for line in found.closing] == ["Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH", "Lê Văn Tám"]
    assert [b.section for b in found.blocks] == ["I", "I", "PHỤ LỤC", "PHỤ LỤC.1"]


def test_text_without_letterhead_is_all_body() -> None:
    found = outline("- Trồng 5 ha rừng;", "- Thu ngân sách đạt 2 tỷ đồng.")
    assert found.letterhead == ()
    assert found.title is None
    assert len(found.blocks) == 2


def test_letters_without_the_barred_d_and_a_text_that_begins_inside_are_in_order() -> None:
    assert outline(*(f"{label}. NỘI DUNG" for label in "ABCDEG")).notices == ()
    assert outline("II. NỘI DUNG", "1. Thi đua").notices == ()


def test_the_next_letter_begins_an_item_below_a_full_line_without_end() -> None:
    lines = "1. Phong trào", "a) Cơ quan phối hợp: Trường Tiểu học số 2", "b) Thời gian: năm 2031", "c) Tiêu chí:"
    found = outline(*lines)
    assert [section.label for section in found.sections[0].children] == ["a", "b", "c"]


def test_a_line_that_names_a_list_goes_on_with_no_bullet() -> None:
    found = outline("- Tham mưu tổ chức ngày hội của toàn dân.", "Ban Chỉ huy quân sự xã:", "- Phối hợp tuần tra.")
    assert texts(found.blocks)[1] == "Ban Chỉ huy quân sự xã:"


def test_a_form_that_is_annexed_gives_neither_sections_nor_blocks() -> None:
    found = outline(
        "I. NỘI DUNG",
        "Thi đua trồng cây.",
        "PHỤ LỤC II",
        "MẪU ĐĂNG KÝ THI ĐUA",
        "1. Tên đơn vị: ............",
        "2. Đăng ký ... mô hình",
    )
    annex = found.sections[1]
    assert (annex.label, annex.title, annex.children) == ("PHỤ LỤC II", "MẪU ĐĂNG KÝ THI ĐUA", ())
    assert "Tên đơn vị" in annex.text
    assert [block.label for block in found.blocks] == ["I", None, "PHỤ LỤC II"]


def test_an_annex_of_targets_is_no_form() -> None:
    found = outline("I. NỘI DUNG", "Thi đua.", "PHỤ LỤC", "DANH MỤC CHỈ TIÊU", "1. Trồng cây", "2. Làm đường")
    assert [child.label for child in found.sections[1].children] == ["1", "2"]
