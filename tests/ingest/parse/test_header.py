"""The letterhead, the names of bodies, the signature block and the recipients."""

from __future__ import annotations

import pytest
from kehoach.ingest.parse.header import read_header
from kehoach.ingest.parse.organisations import body_name
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.parse.recipients import read_recipients
from kehoach.ingest.parse.signature import read_signature, signature_notices
from kehoach.ingest.values import Line
from kehoach.schemas import Header, Signature


def lines(*texts: str) -> list[Line]:
    return [Line(number, 1, text) for number, text in enumerate(texts, 1)]


def header(*texts: str) -> Header:
    return read_header(build_outline(lines(*texts, "I. NỘI DUNG", "Thi đua."), ()))[0]


def signature(*texts: str) -> Signature | None:
    return read_signature(build_outline(lines("I. NỘI DUNG", "Thi đua./.", *texts), ()))


def recipients(*texts: str) -> tuple[str, ...]:
    return read_recipients(build_outline(lines("I. NỘI DUNG", "Thi đua./.", *texts), ()))


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 50 /KH-UBND", "50/KH-UBND"),
        ("Số:         /KH-UBND", "/KH-UBND"),
        ("Số: …/KH-UBND", "/KH-UBND"),
        ("Số 12-KH/ĐU", "12-KH/ĐU"),
        ("Số: 07 / HD – HĐTĐKT", "07/HD-HĐTĐKT"),
        ("Số: 9/2026/QĐ-UBND", "9/2026/QĐ-UBND"),
        ("Số: 07'CTr-UBND", "07/CTr-UBND"),
    ],
)
def test_number_loses_its_blanks(line: str, number: str) -> None:
    assert header("UBND XÃ AN HÒA", line, "KẾ HOẠCH", "Thi đua năm 2026").number == number


@pytest.mark.parametrize(
    ("line", "place", "issued_on"),
    [
        ("An Hòa, ngày 05 tháng 3 năm 2026", "An Hòa", "2026-03-05"),
        ("An Hòa, ngày    tháng 3 năm 2026", "An Hòa", "2026-03"),
        ("Số: 5/KH-UBND An Hòa, ngày 5 tháng 3 năm 2026", "An Hòa", "2026-03-05"),
        ("ngày 5 tháng 3 năm 2026", None, "2026-03-05"),
        ("An Hòa, ngày ... tháng ... năm 20…", "An Hòa", None),
    ],
)
def test_place_and_date(line: str, place: str | None, issued_on: str | None) -> None:
    found = header("UBND XÃ AN HÒA", line, "KẾ HOẠCH", "Thi đua năm 2026")
    assert (found.place, found.issued_on) == (place, issued_on)


@pytest.mark.parametrize(("first", "second"), [(" CHỦ NGHĨA VIỆT", "NAM"), ("", "CHỦ NGHĨA VIỆT NAM")])
def test_a_national_title_broken_over_two_lines_is_no_part_of_the_issuer(first: str, second: str) -> None:
    title = f"UBND TỈNH AN BÌNH CỘNG HÒA XÃ HỘI{first}"
    found = header(title, second, "UBND XÃ AN PHÚ Độc lập - Tự do - Hạnh", "phúc", "KẾ HOẠCH", "Thi đua")
    assert (found.parent_issuer, found.issuer) == ("Ủy ban nhân dân tỉnh An Bình", "Ủy ban nhân dân xã An Phú")


def test_the_time_of_an_electronic_signature_is_no_date_of_issue() -> None:
    found = header("Cơ quan: UBND xã An Hòa", "Giờ ký: 17/04/2026 10:39:42", "UBND XÃ AN HÒA", "KẾ HOẠCH", "Thi đua")
    assert (found.issuer, found.issued_on) == ("Ủy ban nhân dân xã An Hòa", None)


def test_columns_merged_into_one_line_are_told_apart() -> None:
    found = header(
        "UBND HUYỆN BẮC LÃNG  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TRƯỜNG MẦM NON HOA SEN   Độc lập - Tự do - Hạnh phúc",
        "Số: 3/KH-MN   Bắc Lãng, ngày 7 tháng 9 năm 2026",
        "KẾ HOẠCH",
        "Thi đua",
    )
    assert (found.parent_issuer, found.issuer) == ("Ủy ban nhân dân huyện Bắc Lãng", "Trường Mầm non Hoa Sen")


def test_an_impossible_date_is_null_with_a_warning() -> None:
    outline = build_outline(lines("UBND XÃ AN HÒA", "An Hòa, ngày 31 tháng 11 năm 2026", "KẾ HOẠCH", "Thi đua"), ())
    found, notices = read_header(outline)
    assert found.issued_on is None
    assert [notice.code for notice in notices] == ["impossible_date"]


def test_a_lost_issuer_is_read_from_the_body_and_completed_by_the_place() -> None:
    outline = build_outline(
        lines(
            "Số: /KH-UBND",
            "An Hòa, ngày tháng 3 năm 2026",
            "KẾ HOẠCH",
            "Thi đua",
            "",
            "Ủy ban nhân dân xã ban hành Kế hoạch như sau:",
        ),
        (),
    )
    found, notices = read_header(outline)
    assert found.issuer == "Ủy ban nhân dân xã An Hòa"
    assert [notice.code for notice in notices] == ["issuer_inferred"]


def test_the_printed_word_decides_the_type_not_the_abbreviation() -> None:
    assert header("UBND XÃ AN HÒA", "Số: 5/PD-UBND", "CHƯƠNG TRÌNH", "Thi đua").document_type == "chuong_trinh"
    assert header("UBND XÃ AN HÒA", "Số: 5/UBND-VP", "V/v đăng ký thi đua").document_type == "cong_van"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("UBND XÃ AN HÒA", "Ủy ban nhân dân xã An Hòa"),
        ("UỶ BAN NHÂN DÂN PHƯỜNG LÊ LỢI", "Ủy ban nhân dân phường Lê Lợi"),
        ("UY BANNHANDAN XÃ AN HÒA", "Ủy ban nhân dân xã An Hòa"),
        ("BCH ĐOÀN XÃ TÂN LẬP", "Ban Chấp hành Đoàn xã Tân Lập"),
        ("PHÒNG GD&ĐT HUYỆN TÂN HẠ", "Phòng Giáo dục và Đào tạo huyện Tân Hạ"),
        ("TRƯỜNG TIỂU HỌC SỐ 2 MỸ LÂM", "Trường Tiểu học số 2 Mỹ Lâm"),
        ("SỞ XÂY DỰNG", "Sở Xây dựng"),
        ("UBND xã An Phong", "Ủy ban nhân dân xã An Phong"),
    ],
)
def test_names_of_bodies_in_full_and_normal_case(printed: str, name: str) -> None:
    assert body_name(printed) == name


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Lê Văn Tám"), ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Văn Tám")),
        (
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Tám"),
            ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Tám"),
        ),
        (("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Lê Văn Tám"), ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Lê Văn Tám")),
        (("HIỆU TRƯỞNG", "(Đã ký)", "ThS. Lê Thị Tám"), (None, "HIỆU TRƯỞNG", "Lê Thị Tám")),
        (("TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Lê Văn Tám",), ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Văn Tám")),
        (("Nơi nhận: KT. CHỦ TỊCH", "- Các thôn; PHÓ CHỦ TỊCH", "- Lưu: VT."), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", None)),
        (("KT. GIÁM ĐỐC", "~-PHÓ GIÁM ĐỐC", "Lê Văn Tám"), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Văn Tám")),
        (("TM. BAN THƯỜNG TRỰC |", "CHỦ TỊCH", "Lê Văn Tám"), ("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH", "Lê Văn Tám")),
        (("HIỆU TRƯỞNG", "- Công đoàn;        Lê Thị Tám", "- Lưu: VT."), (None, "HIỆU TRƯỞNG", "Lê Thị Tám")),
    ],
)
def test_signature_block(closing: tuple[str, ...], expected: tuple[str | None, ...]) -> None:
    found = signature(*closing)
    assert found is not None
    assert (found.authority, found.position, found.name) == expected


def test_a_name_is_kept_where_a_stamp_hides_the_rest() -> None:
    found = signature("Nơi nhận:", "- Lưu: VT.", "Lê Văn Tám")
    assert found is not None
    assert (found.authority, found.position, found.name) == (None, None, "Lê Văn Tám")


def test_a_commune_called_like_a_type_is_no_type() -> None:
    found = header("ỦY BAN NHÂN DÂN", "PHƯỜNG AN THẠNH", "Số: 5/KH-UBND", "KẾ HOẠCH", "Thi đua năm 2026")
    assert (found.issuer, found.document_type) == ("Ủy ban nhân dân phường An Thạnh", "ke_hoach")


def test_no_signature_where_there_is_none() -> None:
    assert signature("Trên đây là kế hoạch.") is None


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        (
            ("Nơi nhận:", "- UBND huyện;", "- Các ban,", "ngành xã;", "- Lưu: VT."),
            ("UBND huyện", "Các ban, ngành xã", "Lưu: VT"),
        ),
        (("Nơi nhận:", "UBND huyện;", "6/6 thôn;", "Lưu: VT."), ("UBND huyện", "6/6 thôn", "Lưu: VT")),
        (("Nơi nhận:", "- UBND huyện;          Lò Văn Tám", "- Lưu: VT."), ("UBND huyện", "Lưu: VT")),
        (("Nơi nhận: - UBND huyện; - Lưu: VT. TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Lê Văn Tám",), ("UBND huyện", "Lưu: VT")),
        (
            ("Nơi nhận:   KT. CHỦ TỊCH", "- Phòng Nội vụ;   PHÓ CHỦ TỊCH", "- Các khóm,; ',", "- Lưu: VT."),
            ("Phòng Nội vụ", "Các khóm", "Lưu: VT"),
        ),
        (
            ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nơi nhận:", "- Các thôn;", "- Lưu: VT.", "Lê Văn Tám"),
            ("Các thôn", "Lưu: VT"),
        ),
    ],
)
def test_recipients_without_bullets_end_signs_and_signature(
    closing: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert recipients(*closing) == expected


@pytest.mark.parametrize("line", ["Số: ó#⁄ /KH-UBND", "Số: 267NQ-HĐND", "Số: 29IKH-UBND"])
def test_a_number_that_ocr_has_broken_is_none_and_flagged(line: str) -> None:
    outline = build_outline(lines("ỦY BAN NHÂN DÂN", "XÃ AN HÒA", line, "KẾ HOẠCH", "Thi đua", "I. MỤC ĐÍCH"), ())
    found, notices = read_header(outline)
    assert (found.issuer, found.number) == ("Ủy ban nhân dân xã An Hòa", None)
    assert [(notice.code, notice.provenance and notice.provenance.text) for notice in notices] == [
        ("number_unread", line)
    ]


def test_a_day_that_ocr_has_broken_is_left_out_and_flagged() -> None:
    outline = build_outline(lines("UBND XÃ AN HÒA", "An Hòa, ngày l5 tháng 3 năm 2026", "KẾ HOẠCH", "Thi đua"), ())
    found, notices = read_header(outline)
    assert (found.place, found.issued_on, [n.code for n in notices]) == ("An Hòa", "2026-03", ["date_unread"])


def test_a_blank_for_the_slash_stays() -> None:
    assert header("HUYỆN ĐOÀN AN HÒA", "Số: 33 KH/ĐTN", "KẾ HOẠCH", "Thi đua năm 2026").number == "33 KH/ĐTN"


def test_each_field_of_a_body_has_its_capital() -> None:
    assert body_name("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH") == "Sở Văn hóa, Thể thao và Du lịch"
    assert body_name("PHÒNG TÀI CHÍNH - KẾ HOẠCH") == "Phòng Tài chính - Kế hoạch"


def test_a_title_goes_on_with_a_line_of_its_time() -> None:
    assert header("UBND XÃ AN HÒA", "KẾ HOẠCH", "Phát động thi đua", "Năm học 2025 - 2026").title == (
        "Phát động thi đua Năm học 2025 - 2026"
    )


def test_the_subject_of_a_letter_goes_on_with_a_quotation() -> None:
    found = header("SỞ Y TẾ", "Số: 7/SYT-VP", "V/v phát động thi đua", "“Vì dân” năm 2026", "Kính gửi: Các trạm y tế")
    assert found.title == "phát động thi đua “Vì dân” năm 2026"


def test_a_second_line_of_the_position_is_no_name() -> None:
    found = signature("TM. CỤM THI ĐUA SỐ 9", "CỤM TRƯỞNG", "CHỦ TỊCH UBND XÃ AN HÒA", "Võ Minh Kiệt")
    assert found is not None
    assert (found.authority, found.position, found.name) == (
        "TM. CỤM THI ĐUA SỐ 9",
        "CỤM TRƯỞNG CHỦ TỊCH UBND XÃ AN HÒA",
        "Võ Minh Kiệt",
    )


def test_a_family_name_that_is_also_a_form_of_address_stays() -> None:
    found = signature("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Ông Ích Đại")
    assert found is not None
    assert found.name == "Ông Ích Đại"


def test_the_mark_of_a_signature_beside_the_recipients_is_cut_out() -> None:
    found = recipients(
        "Nơi nhận:            CHỦ TỊCH", "- Các thôn;            (Đã ký)", "- Lưu: VT.", "            Đào Thị Sáu"
    )
    assert found == ("Các thôn", "Lưu: VT")


def test_the_text_of_a_stamp_is_no_name_and_no_position() -> None:
    found = signature(
        "TM. BAN CHẤP HÀNH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "PHỤ TRÁCH THI ĐUA", "HÓA CHÀ", "Đào Thị Sáu"
    )
    assert found is not None
    assert (found.position, found.name) == ("PHÓ CHỦ TỊCH PHỤ TRÁCH THI ĐUA", "Đào Thị Sáu")
    assert signature("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "HÓA CHÀ").name is None  # type: ignore[union-attr]


def test_a_stamp_below_the_name_is_no_recipient_and_an_archive_copy_needs_no_colon() -> None:
    closing = (
        "Nơi nhận:        TM. BAN THƯỜNG TRỰC",
        "- Thành ủy;       CHỦ TỊCH",
        "- Lưu VT.    Vi Văn Sơn",
        "Ký bởi: Ban X",
    )
    assert recipients(*closing) == ("Thành ủy", "Lưu VT")
    assert signature(*closing).name == "Vi Văn Sơn"  # type: ignore[union-attr]


def test_the_subject_of_a_letter_goes_on_with_a_capital_on_the_next_line() -> None:
    found = header(
        "SỞ Y TẾ", "Số: 7/SYT", "V/v phát động thi đua chào mừng", "Ngày Thầy thuốc Việt Nam", "Kính gửi: Các trạm"
    )
    assert found.title == "phát động thi đua chào mừng Ngày Thầy thuốc Việt Nam"


def test_a_name_left_bare_is_spelled_as_the_text_spells_it() -> None:
    top = ("UBND XA TAN HOA", "Số: 7/KH-UBND", "KẾ HOẠCH", "Thi đua năm 2026", "UBND xã Tân Hòa ban hành kế hoạch:")
    assert header(*top).issuer == "Ủy ban nhân dân xã Tân Hòa"


def test_who_signs_for_another_never_holds_the_others_position() -> None:
    misread = signature("KT. GIÁM ĐỐC", "GIÁM ĐỐC", "Lê Văn Tám")
    assert misread is not None
    assert (misread.authority, misread.position, misread.name) == ("KT. GIÁM ĐỐC", None, "Lê Văn Tám")
    assert [notice.code for notice in signature_notices(misread)] == ["position_unread"]


def test_the_doubt_is_told_where_a_body_is_signed_for_too() -> None:
    misread = signature("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "CHỦ TỊCH", "Lê Văn Tám")
    assert misread is not None
    assert (misread.authority, misread.position) == ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", None)
    assert [notice.code for notice in signature_notices(misread)] == ["position_unread"]


def test_a_position_that_was_read_gives_no_warning() -> None:
    deputy = signature("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Văn Tám")
    assert deputy is not None
    assert deputy.position == "PHÓ GIÁM ĐỐC"
    assert signature_notices(deputy) == ()


def test_the_own_number_stands_after_a_colon_where_the_issuer_names_another() -> None:
    found = header(
        "SỞ Y TẾ", "TỔ KIỂM TRA THEO QUYẾT ĐỊNH", "SỐ 31/QĐ-SYT", "Số: 7 /KH-TKT", "KẾ HOẠCH", "Kiểm tra năm 2031"
    )
    assert found.number == "7/KH-TKT"
    assert header("HUYỆN ỦY BẢN MƠ", "Số 12-KH/HU", "KẾ HOẠCH", "Thi đua năm 2031").number == "12-KH/HU"


def test_the_date_of_a_letter_may_stand_below_its_address() -> None:
    head = ("SỞ Y TẾ", "Số: 7/SYT-VP", "V/v phát động thi đua", "Kính gửi:")
    found = header(*head, "Bản Mơ, ngày 26tháng 7 năm 2031", "- Các trạm y tế.")
    assert (found.place, found.issued_on) == ("Bản Mơ", "2031-07-26")
    other = header(*head, "- Các trạm y tế.", "Theo kết luận, ngày 05 tháng 3 năm 2031 của Sở, các trạm thi đua.")
    assert other.issued_on is None
