"""Labels of headings and marks of bullets."""

from __future__ import annotations

import pytest
from kehoach.ingest.parse.labels import Expected, read_bullet, read_label
from kehoach.ingest.text.romans import repaired, roman_value


@pytest.mark.parametrize(
    ("text", "kind", "label", "rest"),
    [
        ("II. NỘI DUNG", "roman", "II", "NỘI DUNG"),
        ("V.TỔ CHỨC THỰC HIỆN", "roman", "V", "TỔ CHỨC THỰC HIỆN"),
        ("IV/ Kinh phí", "roman", "IV", "Kinh phí"),
        ("2.2.2 Giấy khen", "dotted", "2.2.2", "Giấy khen"),
        ("3. 1. Công tác tuyên truyền", "dotted", "3.1", "Công tác tuyên truyền"),
        ("1- Mục tiêu chung", "number", "1", "Mục tiêu chung"),
        ("đ) Khen thưởng", "letter", "đ", "Khen thưởng"),
        ("B. GIẢI PHÁP", "capital", "B", "GIẢI PHÁP"),
        ("PHẦN THỨ HAI", "part", "PHẦN THỨ HAI", ""),
        ("Điều 3. Hiệu lực", "article", "Điều 3", "Hiệu lực"),
        ("Phụ lục II: Chỉ tiêu", "annex", "Phụ lục II", "Chỉ tiêu"),
        ("-_1. Mục đích", "number", "1", "Mục đích"),
        ("2, Tổ chức hội nghị", "number", "2", "Tổ chức hội nghị"),
        ("1. 100% hộ gia đình", "number", "1", "100% hộ gia đình"),
        ("3) 5/6 thôn đạt chuẩn", "number", "3", "5/6 thôn đạt chuẩn"),
    ],
)
def test_reads_a_label_without_its_closing_sign(text: str, kind: str, label: str, rest: str) -> None:
    found = read_label(text)
    assert found is not None
    assert (found.kind, found.text, text[found.end :]) == (kind, label, rest)


@pytest.mark.parametrize(
    "text",
    ["2.350 tấn lúa", "15/6/2024 là hạn cuối", "1-2%/năm", "03 đợt thi đua", "VIỆT NAM", "V/v đăng ký", "của xã"],
)
def test_numbers_dates_and_words_are_no_labels(text: str) -> None:
    assert read_label(text) is None


@pytest.mark.parametrize(
    ("text", "expected", "label"),
    [
        ("I1. NỘI DUNG", Expected(), "II"),
        ("111. TỔ CHỨC", Expected(), "III"),
        ("|. MỤC ĐÍCH", Expected(), "I"),
        ("H. NỘI DUNG", Expected(roman=2), "II"),
        ("H. NỘI DUNG", Expected(roman=2, capital=8), "H"),
        ("1H. NỘI DUNG", Expected(roman=1), "II"),
        ("HI. NỘI DUNG", Expected(roman=3), "III"),
        ("11. NỘI DUNG", Expected(roman=2), "II"),
        ("11. NỘI DUNG", Expected(roman=2, number=11), "11"),
        ("1. MỤC ĐÍCH", Expected(), "1"),
        ("1. MỤC ĐÍCH", Expected(ones=True), "I"),
    ],
)
def test_strokes_of_ocr_are_roman_numbers_where_one_is_due(text: str, expected: Expected, label: str) -> None:
    found = read_label(text, expected)
    assert found is not None
    assert found.text == label


@pytest.mark.parametrize(
    ("text", "mark", "rest"),
    [
        ("- Tiếp tục", "-", "Tiếp tục"),
        ("-Tăng cường", "-", "Tăng cường"),
        ("- (5) Có 85%", "(5)", "Có 85%"),
        ("+ Hộ gia đình", "+", "Hộ gia đình"),
        ("(2) Trồng cây", "(2)", "Trồng cây"),
    ],
)
def test_a_number_wins_over_the_dash_of_a_bullet(text: str, mark: str, rest: str) -> None:
    found = read_bullet(text)
    assert found is not None
    assert (found.text, text[found.end :]) == (mark, rest)


@pytest.mark.parametrize("text", ["-5%", "(2021 - 2025)", "(qua Văn phòng)", "+2 điểm"])
def test_signs_and_parentheses_are_no_bullets(text: str) -> None:
    assert read_bullet(text) is None


@pytest.mark.parametrize(("text", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XVIII", 18), ("IIII", None), ("", None)])
def test_value_of_roman_numbers(text: str, value: int | None) -> None:
    assert roman_value(text) == value


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        (["IL", "II", "II", "IV"], [1, 2, 3, 4]),
        (["I", "H", "IH", "IV", "V"], [1, 2, 3, 4, 5]),
        (["1H", "HI", "1V"], [2, 3, 4]),
        (["II", "III", "IV"], [2, 3, 4]),
        (["I", "II", "IV"], [1, 2, 4]),
        ([], []),
    ],
)
def test_roman_labels_of_a_scan_are_read_as_a_list_that_counts_up(labels: list[str], values: list[int]) -> None:
    assert repaired(labels) == values
