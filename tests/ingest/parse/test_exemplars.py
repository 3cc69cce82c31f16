"""Exemplars with lead, coordinators, term and criteria, and the deadline that each gives."""

from __future__ import annotations

from kehoach.ingest.parse.deadlines import read_deadlines
from kehoach.ingest.parse.exemplars import read_exemplars
from kehoach.ingest.parse.model import Outline, PlanContext
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.values import Line

PLAN = """III. LỰA CHỌN ĐIỂN HÌNH

3.1. Điển hình trong phong trào thi đua “Làng xanh, bản sạch” giai đoạn 2026 - 2030

- Thực hiện: Giao Công chức Địa chính - xây dựng chủ trì, phối hợp với các thôn lựa chọn.

- Phối hợp: Hội Nông dân, Hội Phụ nữ và các trường học.

- Thời gian thực hiện: Từ tháng 3/2026 đến tháng 10/2026.

- Tiêu chuẩn gồm:

a) Tập thể: Có đường hoa tự quản.

b) Cá nhân, hộ gia đình:

- Cá nhân: Tham gia vệ sinh hằng tuần.

- Hộ gia đình: Phân loại rác tại nguồn.

3.2. Điển hình trong phong trào “Dân vận khéo”

- Thực hiện: Đề nghị Khối Dân vận chủ trì.

- Thời gian thực hiện: Thực hiện trong năm 2026.

- Tiêu chuẩn gồm:

- Có mô hình được đăng ký.

* Ngoài các điển hình nêu trên, các đơn vị tự chọn điển hình phù hợp.
"""


def outline() -> Outline:
    return build_outline([Line(number, None, row) for number, row in enumerate(PLAN.split("\n"), 1)], ())


def test_an_exemplar_has_all_its_parts() -> None:
    first, second = read_exemplars(outline(), PlanContext(year=2026))
    assert (first.ordinal, first.movement) == ("3.1", "Làng xanh, bản sạch")
    assert first.lead == "Công chức Địa chính - xây dựng"
    assert first.coordinators == ("Hội Nông dân", "Hội Phụ nữ", "các trường học")
    assert (first.start, first.end) == ("2026-03", "2026-10")
    assert (second.lead, second.start, second.end) == ("Khối Dân vận", "2026", "2026")


def test_a_bullet_s_own_label_overrides_the_lettered_head() -> None:
    first, second = read_exemplars(outline(), PlanContext(year=2026))
    assert [(c.recipient, c.text) for c in first.criteria] == [
        ("Tập thể", "Có đường hoa tự quản."),
        ("Cá nhân", "Tham gia vệ sinh hằng tuần."),
        ("Hộ gia đình", "Phân loại rác tại nguồn."),
    ]
    assert [(c.recipient, c.text) for c in second.criteria] == [(None, "Có mô hình được đăng ký.")]


def test_the_term_of_an_exemplar_is_one_implementation_deadline() -> None:
    found, _ = read_deadlines(outline(), PlanContext(year=2026))
    assert [(d.kind, d.start, d.end, d.bound, d.section) for d in found] == [
        ("implementation", "2026-03", "2026-10", "from_to", "III.3.1"),
        ("implementation", "2026", "2026", "in", "III.3.2"),
    ]


def test_a_lead_whose_name_is_misread_is_known_by_its_place() -> None:
    misread = PLAN.replace("Đề nghị Khối Dân vận chủ trì", "Đề nghị Khói Dân vẫn chủ trì, phối hợp với các thôn")
    lines = [Line(number, None, row) for number, row in enumerate(misread.split("\n"), 1)]
    assert read_exemplars(build_outline(lines, ()), PlanContext(year=2026))[1].lead == "Khói Dân vẫn"


def test_a_lead_is_given_by_a_sentence_without_a_label() -> None:
    text = """II. ĐIỂN HÌNH TIÊN TIẾN
1. Phong trào “Đường quê nở hoa”
Giao Hội Phụ nữ xã chủ trì, phối hợp với Đoàn Thanh niên xã và các thôn.
Thời gian thực hiện: từ tháng 2/2031 đến tháng 9/2031."""
    lines = [Line(number, None, line) for number, line in enumerate(text.split("\n"), 1)]
    (found,) = read_exemplars(build_outline(lines, ()), PlanContext())
    assert found.lead == "Hội Phụ nữ xã"
    assert list(found.coordinators) == ["Đoàn Thanh niên xã", "các thôn"]
    assert (found.start, found.end) == ("2031-02", "2031-09")


def test_lettered_recipients_below_the_term_are_criteria() -> None:
    text = """II. ĐIỂN HÌNH TIÊN TIẾN
1. Phong trào “Đường quê nở hoa”
Hội Phụ nữ xã chủ trì, phối hợp với Đoàn Thanh niên xã và các thôn trên địa bàn toàn xã.
Thời gian thực hiện: từ tháng 2/2031 đến tháng 9/2031.
a) Tập thể: Có đường hoa tự quản dài trên một cây số.
b) Cá nhân: Tham gia chăm sóc đường hoa."""
    lines = [Line(number, None, line) for number, line in enumerate(text.split("\n"), 1)]
    (found,) = read_exemplars(build_outline(lines, ()), PlanContext())
    assert (found.lead, found.start, found.end) == ("Hội Phụ nữ xã", "2031-02", "2031-09")
    assert [criterion.recipient for criterion in found.criteria] == ["Tập thể", "Cá nhân"]
