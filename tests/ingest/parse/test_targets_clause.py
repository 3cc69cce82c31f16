"""Clauses, names and evidence of targets in running text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from kehoach.ingest.parse.targets_clause import clauses, mask
from kehoach.ingest.parse.targets_evidence import Reading
from kehoach.ingest.parse.targets_fact import Fact, read_facts
from kehoach.ingest.parse.targets_scope import Scope

TARGETS = Scope("target", statuses=True, plan=True)
OPEN = Scope("open", plan=True)
ALONE = Scope("open", alone=True)


def facts(text: str, scope: Scope = TARGETS, *, listed: bool = True, year: int | None = None) -> list[Fact]:
    return list(read_facts(text, Reading(scope, year, listed)))


def values(text: str) -> list[tuple[str, float | None]]:
    return [(fact.name, fact.quantity.value if fact.quantity else None) for fact in facts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trồng 3 ngàn cây phân tán; 15 ha rừng phòng hộ", [("Trồng cây phân tán", 3000), ("Trồng rừng phòng hộ", 15)]),
        (
            "88% hộ đạt gia đình văn hóa; 41% đạt gia đình hiếu học",
            [("Hộ đạt gia đình văn hóa", 88), ("Hộ đạt gia đình hiếu học", 41)],
        ),
        ("Tổng đàn trâu 640 con, bò 1.150 con", [("Tổng đàn trâu", 640), ("Tổng đàn bò", 1150)]),
        (
            "Lúa mùa 210 ha, năng suất 52 tạ/ha, sản lượng 1.092 tấn",
            [("Lúa mùa", 210), ("Năng suất lúa mùa", 52), ("Sản lượng lúa mùa", 1092)],
        ),
        ("Xử lý 100% đơn cũ và 90% trở lên đơn mới", [("Xử lý đơn cũ", 100), ("Xử lý đơn mới", 90)]),
        ("Hội Nông dân phấn đấu xây dựng ba mô hình vườn mẫu", [("Xây dựng mô hình vườn mẫu", 3)]),
        ("Tỷ lệ hộ nghèo giảm từ 5% năm 2030 xuống còn 4% năm 2031", [("Tỷ lệ hộ nghèo", 4)]),
        (
            "Học sinh giỏi cấp trường 18 em; cấp huyện 04 em",
            [("Học sinh giỏi cấp trường", 18), ("Học sinh giỏi cấp huyện", 4)],
        ),
        ("Số thôn đạt từ 10 tiêu chí trở lên: 3 thôn", [("Số thôn đạt từ 10 tiêu chí trở lên", 3)]),
        ("90% trường học có từ 2 phòng máy trở lên", [("Trường học có từ 2 phòng máy trở lên", 90)]),
        ("Cơ cấu: dịch vụ trên 40%, nông, lâm, thủy sản dưới 10%", [("Dịch vụ", 40), ("Nông, lâm, thủy sản", 10)]),
        ("sửa chữa, xây mới 07 nhà ở cho hộ nghèo", [("Sửa chữa, xây mới nhà ở cho hộ nghèo", 7)]),
    ],
)
def test_each_fact_has_its_own_name(text: str, expected: list[tuple[str, float]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "status"),
    [
        ("Không để xảy ra cháy rừng", "Cháy rừng", "Không để xảy ra"),
        ("Đảm bảo an ninh trật tự trên địa bàn", "An ninh trật tự trên địa bàn", "Đảm bảo"),
        ("Giữ vững các thôn đạt chuẩn văn hóa", "Các thôn", "đạt chuẩn văn hóa"),
        ("Đảng bộ hằng năm được xếp loại hoàn thành tốt nhiệm vụ", "Đảng bộ", "được xếp loại hoàn thành tốt nhiệm vụ"),
        ("Kiềm chế và giảm tai nạn giao thông trên cả 3 tiêu chí", "Tai nạn giao thông", "giảm trên cả 3 tiêu chí"),
        (
            "Phối hợp với nhà thầu hoàn thành giải phóng mặt bằng",
            "Phối hợp với nhà thầu giải phóng mặt bằng",
            "hoàn thành",
        ),
    ],
)
def test_predicates_without_a_figure(text: str, name: str, status: str) -> None:
    (fact,) = facts(text)
    assert (fact.name, fact.status, fact.quantity) == (name, status, None)


def test_a_joint_predicate_holds_for_both() -> None:
    found = facts("Giữ vững 03 trường học và Trạm y tế xã đạt chuẩn quốc gia")
    assert [(fact.name, fact.status) for fact in found] == [
        ("Trường học đạt chuẩn quốc gia", None),
        ("Trạm y tế xã", "đạt chuẩn quốc gia"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Xã đã trồng 15 ha rừng.",
        "Kinh phí thực hiện 20 triệu đồng.",
        "Trường hợp có từ 02 hộ trở lên thì tổ chức họp.",
        "Toàn xã có 1.240 hộ, 5.300 nhân khẩu.",
        "Đạt từ 90 điểm trở lên xếp loại Xuất sắc.",
        "Tặng 02 giải nhất, mỗi giải 500.000 đồng.",
        "Doanh thu đạt 500 tỷ đồng, tăng 5%.",
        "Ông Bình cho biết huyện sẽ trồng 15 ha rừng.",
        "Tỷ lệ cử tri tham dự ít nhất 50%.",
    ],
)
def test_what_is_no_target_in_a_text_alone(text: str) -> None:
    assert facts(text, ALONE, listed=False) == []


def test_the_verb_phan_dau_makes_a_target_anywhere() -> None:
    (fact,) = facts("Đẩy mạnh chuyển đổi số, phấn đấu cài đặt 200 tài khoản.", OPEN, listed=False)
    assert (fact.name, fact.unit.name if fact.unit else None) == ("Cài đặt tài khoản", "tài khoản")


def test_a_closed_scope_has_no_facts() -> None:
    assert facts("Phấn đấu trồng 15 ha rừng", Scope("closed")) == []


def test_brackets_and_quotations_are_blotted_out_sign_for_sign() -> None:
    text = "Xây dựng 02 mô hình “3 không” (năm 2030: 5 mô hình)"
    assert len(mask(text)) == len(text)
    assert not any(sign.isdigit() for sign in mask(text)[24:])
    assert "trong đó" in mask("20 ha (trong đó lúa 5 ha)")


def test_clauses_lie_in_order_inside_the_text() -> None:
    text = "Trồng 5 ha ngô, 3 ha lạc; kết nạp 02 đảng viên. Xây 01 cầu, sửa 02 cống và làm 3 km đường."
    found = clauses(text, statuses=True)
    assert [clause.quantity.value for clause in found if clause.quantity] == [5, 3, 2, 1, 2, 3]
    assert all(a.end <= b.start for a, b in pairwise(found))
