"""Campaign: name, theme, scope, year, term; movements and quotations."""

from __future__ import annotations

import pytest
from kehoach.ingest.parse.campaign import plan_year, read_campaigns
from kehoach.ingest.parse.header import read_header
from kehoach.ingest.parse.model import PlanContext
from kehoach.ingest.parse.notices import read_notices
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.parse.quotes import find_quotes
from kehoach.ingest.values import Line
from kehoach.schemas import Campaign


def campaign(title: str, *body: str, letterhead: tuple[str, ...] = ("UBND XÃ AN HÒA",)) -> Campaign | None:
    texts = [*letterhead, "KẾ HOẠCH", title, "", "I. NỘI DUNG", *body]
    outline = build_outline([Line(n, None, text) for n, text in enumerate(texts, 1)], ())
    header, _ = read_header(outline)
    context = PlanContext(plan_year(outline, header), header.document_type, header.issuer, header.title)
    return next(iter(read_campaigns(outline, header, context, ())), None)


@pytest.mark.parametrize(
    ("title", "name", "scope"),
    [
        ("Phát động phong trào thi đua năm 2026", "Phong trào thi đua năm 2026", "xã An Hòa"),
        ("Tổ chức phong trào thi đua năm 2026", "Phong trào thi đua năm 2026", "xã An Hòa"),
        ("Phát động thi đua trên địa bàn phường Lê Lợi năm 2026", "Thi đua năm 2026", "phường Lê Lợi"),
        ("Phát động thi đua trên địa bàn xã", "Thi đua", "xã An Hòa"),
        ("Tuyên truyền gương điển hình năm 2026", "Tuyên truyền gương điển hình năm 2026", "xã An Hòa"),
    ],
)
def test_name_and_scope_come_from_the_title(title: str, name: str, scope: str) -> None:
    found = campaign(title)
    assert found is not None
    assert (found.name, found.scope) == (name, scope)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Phát động thi đua năm 2026", 2026),
        ("Tổ chức thi đua năm học 2025 - 2026", 2025),
        ("Chào mừng kỷ niệm 95 năm (03/02/1930 - 03/02/2025)", 2024),
        ("Thực hiện phong trào “Cả xã xây dựng nông thôn mới năm 2030”", 2024),
    ],
)
def test_year_of_the_plan_is_none_of_an_anniversary_or_a_name(title: str, year: int) -> None:
    found = campaign(title, letterhead=("UBND XÃ AN HÒA", "An Hòa, ngày 5 tháng 3 năm 2024"))
    assert found is not None
    assert found.year == year


@pytest.mark.parametrize(
    "body",
    [
        ("UBND xã phát động thi đua với chủ đề: “Kỷ cương, sáng tạo”.",),
        ("1. Chủ đề thi đua:", "", "“Kỷ cương, sáng tạo”"),
        ("1. Chủ đề: “Kỷ cương, sáng tạo”.",),
    ],
)
def test_theme_is_unquoted(body: tuple[str, ...]) -> None:
    found = campaign("Phát động thi đua", *body)
    assert found is not None
    assert found.theme == "Kỷ cương, sáng tạo"


def test_term_needs_explicit_dates_of_the_campaign() -> None:
    found = campaign("Phát động thi đua", "1. Thời gian phát động: Từ ngày 01/01/2026 đến ngày 25/11/2026")
    other = campaign("Phát động thi đua", "1. Thời gian sơ kết: Từ ngày 15/6/2026 đến ngày 30/6/2026")
    assert found is not None
    assert other is not None
    assert (found.start, found.end) == ("2026-01-01", "2026-11-25")
    assert (other.start, other.end) == (None, None)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Nâng cao chất lượng phong trào “Toàn dân đoàn kết”.", ("Toàn dân đoàn kết",)),
        (
            "Đẩy mạnh các phong trào thi đua: “A mới”; “B mới”, giai đoạn 2021 - 2025; phong trào “C mới”.",
            ("A mới", "B mới", "C mới"),
        ),
        ('Hưởng ứng phong trào "Xanh" và “Sạch”, cuộc vận động “Vì người nghèo”.', ("Xanh", "Sạch")),
        ("Phong trào thi đua với tinh thần “3 dám”; danh hiệu “Gia đình văn hóa”.", ()),
        ("Các phong trào: “A mới”; “B dở dang; “C mới”.", ("A mới", "B dở dang", "C mới")),
        ("Phong trào “A mới”. Thực hiện “chính quyền thân thiện”.", ("A mới",)),
        ("Phong trào “A mới” được nhắc lại: phong trào “A mới”.", ("A mới",)),
    ],
)
def test_movements_are_quoted_after_the_word_or_in_its_list(text: str, names: tuple[str, ...]) -> None:
    found = campaign("Phát động thi đua", text)
    assert found is not None
    assert found.movements == names


def test_a_letter_launches_no_campaign() -> None:
    texts = ["UBND XÃ AN HÒA", "Số: 5/UBND-VP", "V/v mời họp", "Kính gửi: Các thôn", "UBND xã mời họp."]
    outline = build_outline([Line(n, None, text) for n, text in enumerate(texts, 1)], ())
    header, _ = read_header(outline)
    assert read_campaigns(outline, header, PlanContext(), ()) == ()


def test_an_unclosed_quotation_ends_with_its_clause_and_is_warned_of() -> None:
    text = "Thi đua “Lao động giỏi; “Dạy tốt”"
    assert [(quote.of(text), quote.closed) for quote in find_quotes(text)] == [
        ("Lao động giỏi", False),
        ("Dạy tốt", True),
    ]
    outline = build_outline([Line(1, None, text)], ())
    assert [notice.code for notice in read_notices(outline)] == ["quote_unclosed"]


def test_of_two_readings_of_a_movement_the_one_in_whole_words_counts() -> None:
    found = campaign(
        "Phát động phong trào thi đua năm 2026",
        "- Phong trào “Dcfy mạnh chuyển đổi số trong cơ quan nhà nước”;",
        "- Phong trào “Đẩy mạnh chuyển đổi số trong cơ quan nhà nước”.",
    )
    assert found is not None
    assert found.movements == ("Đẩy mạnh chuyển đổi số trong cơ quan nhà nước",)


@pytest.mark.parametrize(
    "body",
    [
        (
            "1. Điển hình trong phong trào “Dân vận khéo”",
            "- Thời gian thực hiện: Từ tháng 3/2026 đến tháng 10/2026.",
        ),
        ("1. Thi đua trồng cây", "a) Thời gian: Từ ngày 01/3/2026 đến ngày 30/4/2026.", "b) Chủ trì: Hội Nông dân."),
    ],
)
def test_a_term_of_one_task_is_none_of_the_campaign(body: tuple[str, ...]) -> None:
    found = campaign("Phát động phong trào thi đua năm 2026", *body)
    assert found is not None
    assert (found.start, found.end) == (None, None)


@pytest.mark.parametrize(
    "body",
    [
        ("Phong trào thi đua được thực hiện từ tháng 02 đến tháng 11 năm 2026.",),
        ("II. THỜI GIAN, ĐỐI TƯỢNG", "1. Thời gian: Từ tháng 02/2026 đến tháng 11/2026.", "2. Đối tượng: Các thôn."),
        ("II. THỜI GIAN", "Đợt thi đua bắt đầu từ tháng 02/2026 đến tháng 11/2026."),
    ],
)
def test_the_term_of_the_campaign_itself(body: tuple[str, ...]) -> None:
    found = campaign("Phát động phong trào thi đua năm 2026", *body)
    assert found is not None
    assert (found.start, found.end) == ("2026-02", "2026-11")


def test_what_belongs_to_a_government_is_for_its_area() -> None:
    found = campaign("Phát động thi đua", letterhead=("UBND HUYỆN HÒA LỘC", "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG"))
    assert found is not None
    assert found.scope == "huyện Hòa Lộc"
    found = campaign("Phát động thi đua", letterhead=("BỘ CHỈ HUY QUÂN SỰ TỈNH", "BAN CHỈ HUY QUÂN SỰ HUYỆN LỘC AN"))
    assert found is not None
    assert found.scope == "huyện Lộc An"
    found = campaign("Phát động thi đua", letterhead=("HUYỆN ỦY HÒA LỘC",))
    assert found is not None
    assert found.scope == "huyện Hòa Lộc"


@pytest.mark.parametrize(
    ("title", "launches"),
    [
        ("Nhân rộng điển hình trong các phong trào thi đua yêu nước năm 2026", True),
        ("Lập hồ sơ đề nghị khen thưởng năm 2026", False),
    ],
)
def test_a_guidance_on_movements_has_a_campaign(title: str, launches: bool) -> None:
    texts = ["UBND XÃ AN HÒA", "HƯỚNG DẪN", title, "", "I. NỘI DUNG", "1. Phong trào thi đua “An Hòa sạch đẹp”"]
    outline = build_outline([Line(n, None, text) for n, text in enumerate(texts, 1)], ())
    header, _ = read_header(outline)
    context = PlanContext(plan_year(outline, header), header.document_type, header.issuer, header.title)
    assert bool(read_campaigns(outline, header, context, ())) == launches
