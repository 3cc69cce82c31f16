"""Award tiers: prizes, forms by authority with criteria, sums by recipient, what a document only mentions."""

from __future__ import annotations

import pytest
from kehoach.ingest.parse.awards import read_award_tiers
from kehoach.ingest.parse.model import PlanContext
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.values import Line
from kehoach.schemas import AwardTier, Notice


def read(text: str) -> tuple[tuple[AwardTier, ...], tuple[Notice, ...]]:
    lines = [Line(number, None, row) for number, row in enumerate(text.split("\n"), 1)]
    return read_award_tiers(build_outline(lines, ()), PlanContext(year=2026))


FORMS = """V. KHEN THƯỞNG

1. Giấy khen

1.1. Giấy khen của Chủ tịch UBND xã

Các tập thể, cá nhân được xét khen thưởng khi đạt các tiêu chuẩn sau:

a) Đối với tập thể

Hoàn thành vượt mức chỉ tiêu được giao.

b) Đối với cá nhân

- Có sáng kiến được áp dụng.

- Gương mẫu trong công tác.

1.2. Giấy khen của Chủ tịch UBND huyện

a) Đối với tập thể

Các tập thể được đề nghị Chủ tịch UBND xã tặng Giấy khen 02 năm liền.
"""


def test_a_form_has_its_criteria_by_recipient_and_a_group_heading_is_none() -> None:
    tiers, _ = read(FORMS)
    assert [(t.name, t.section) for t in tiers] == [
        ("Giấy khen của Chủ tịch UBND xã", "V.1.1"),
        ("Giấy khen của Chủ tịch UBND huyện", "V.1.2"),
    ]
    assert tiers[0].recipients == ("tập thể", "cá nhân")
    assert [(c.recipient, c.text) for c in tiers[0].criteria] == [
        ("tập thể", "Hoàn thành vượt mức chỉ tiêu được giao."),
        ("cá nhân", "Có sáng kiến được áp dụng."),
        ("cá nhân", "Gương mẫu trong công tác."),
    ]


def test_the_heading_wins_over_the_text_and_the_reader_is_told() -> None:
    tiers, notices = read(FORMS)
    assert tiers[1].authority == "Chủ tịch UBND huyện"
    assert [n.code for n in notices] == ["authority_conflict"]
    assert "Chủ tịch UBND xã" in notices[0].message


def test_a_lead_in_tells_giver_recipient_and_criterion_of_all_prizes() -> None:
    tiers, _ = read(
        "Ủy ban nhân dân xã trao giải thưởng cho các xóm có phong trào sôi nổi, với cơ cấu như sau:\n\n"
        "- 01 giải nhất: 4.000.000 đồng.\n- 02 giải nhì: 2.000.000 đồng.\n\n(Chỉ trao khi xã hoàn thành kế hoạch)."
    )
    assert [(t.rank, t.quantity, t.amount_vnd) for t in tiers] == [(1, 1, 4000000), (2, 2, 2000000)]
    assert {t.authority for t in tiers} == {"Ủy ban nhân dân xã"}
    assert {t.recipients for t in tiers} == {("các xóm",)}
    assert [(c.recipient, c.text) for c in tiers[0].criteria] == [
        ("các xóm", "có phong trào sôi nổi"),
        (None, "Chỉ trao khi xã hoàn thành kế hoạch"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Hội đồng thẩm định hồ sơ, trình Chủ tịch UBND xã tặng Giấy khen theo thẩm quyền.",
        "Năm 2025, xã được tặng Cờ thi đua của Chính phủ và 12 Giấy khen.",
        "Tặng Giấy khen cho ông Hà Văn Lợi, Trưởng xóm Bến.",
        "Kinh phí khen thưởng 45.000.000 đồng từ quỹ thi đua, khen thưởng.",
        "Mừng Ngày giải phóng miền Nam, giải ngân 12 tỷ đồng.",
    ],
)
def test_mentions_of_commendations_are_no_tiers(text: str) -> None:
    assert read(text) == ((), ())
