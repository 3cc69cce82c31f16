"""What of a heading's text is its title."""

from __future__ import annotations

import pytest
from kehoach.ingest.parse.titles import title_of


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("MỤC ĐÍCH, YÊU CẦU:", "MỤC ĐÍCH, YÊU CẦU", ""),
        ("Về văn hóa - xã hội", "Về văn hóa - xã hội", ""),
        ("Tập thể: Tổ chức tốt phong trào.", "Tập thể", "Tổ chức tốt phong trào."),
        ("Thời gian phát động : Từ ngày 01/01/2026", "Thời gian phát động", "Từ ngày 01/01/2026"),
        ("Chủ đề: “Đoàn kết”.", "Chủ đề", "“Đoàn kết”."),
        ("Tài chính; đầu tư; các thành phần kinh tế:", "Tài chính; đầu tư; các thành phần kinh tế", ""),
        ("TỔ CHỨC THỰC HIỆN.", "TỔ CHỨC THỰC HIỆN", ""),
        ("Mục đích.", "Mục đích", ""),
    ],
)
def test_heading_or_run_in_head_is_the_title(text: str, title: str, rest: str) -> None:
    found = title_of(text)
    assert found is not None
    assert (found[0].strip(), text[found[1] :].strip()) == (title, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Ban Văn hóa xã chủ trì mở chuyên mục.",
        "Hội đồng thi đua xã: tiến hành kiểm tra, đôn đốc.",
        "Đổi mới nội dung thi đua. Nâng cao chất lượng khen thưởng:",
        "Trồng 5 ha rừng;",
        "",
    ],
)
def test_a_numbered_sentence_has_no_title(text: str) -> None:
    assert title_of(text) is None


def test_a_long_text_is_no_title_though_a_colon_closes_it() -> None:
    assert title_of("các ngành, đoàn thể " * 12 + "tập trung vào các việc sau:") is None
