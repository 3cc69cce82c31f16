"""Deadlines and phases of small plans, their warnings, and what gives none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kehoach.ingest.parse.awards import read_award_tiers
from kehoach.ingest.parse.deadlines import read_deadlines
from kehoach.ingest.parse.exemplars import read_exemplars
from kehoach.ingest.parse.model import Outline, PlanContext
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.parse.phases import read_phases
from kehoach.ingest.values import DoubtfulToken, Line
from kehoach.schemas import Deadline


def outline_of(text: str) -> Outline:
    return build_outline([Line(number, 1, row) for number, row in enumerate(text.split("\n"), 1)], ())


def deadlines(text: str, year: int | None = None) -> tuple[Deadline, ...]:
    return read_deadlines(outline_of(text), PlanContext(year=year))[0]


def test_a_deadline_knows_its_line_and_section() -> None:
    (found,) = deadlines("II. TỔ CHỨC THỰC HIỆN\n\n1. Các xóm:\n\n- Gửi báo cáo về UBND xã trước ngày 10/12/2026.")
    assert (found.section, found.provenance.line_start, found.provenance.page) == ("II.1", 5, 1)
    assert found.responsible == "Các xóm"
    assert "10/12/2026" in found.provenance.text


def test_an_impossible_date_is_kept_with_a_warning() -> None:
    found, notices = read_deadlines(outline_of("Các thôn gửi báo cáo trước ngày 31/11/2026."), PlanContext(year=2026))
    assert [(d.end, d.bound) for d in found] == [(None, "by")]
    assert [n.code for n in notices] == ["impossible_date"]


def test_a_phase_in_another_year_than_the_plan_is_kept_and_told() -> None:
    text = "- Đợt 1 (từ ngày 01/01/2025 đến ngày 30/6/2025): thi đua làm giao thông."
    found, notices = read_deadlines(outline_of(text), PlanContext(year=2026))
    assert [(d.kind, d.start) for d in found] == [("phase", "2025-01-01")]
    assert [n.code for n in notices] == ["year_mismatch"]


def test_a_date_without_a_year_is_less_sure() -> None:
    (bare,) = deadlines("Các thôn gửi báo cáo trước ngày 10/12.", 2026)
    (full,) = deadlines("Các thôn gửi báo cáo trước ngày 10/12/2026.", 2026)
    assert bare.end == full.end == "2026-12-10"
    assert bare.confidence < full.confidence


def test_a_doubtful_token_lowers_the_confidence() -> None:
    outline = outline_of("Các thôn gửi báo cáo trước ngày 10/12/2026.")
    doubt = DoubtfulToken(1, 30, "10/12/2026", ("10/11/2026",), 0.4)
    sure, _ = read_deadlines(outline, PlanContext())
    unsure, _ = read_deadlines(outline, PlanContext(doubts={1: (doubt,)}))
    assert unsure[0].confidence < 0.5 < sure[0].confidence


def test_laws_have_no_deadlines() -> None:
    outline = outline_of("Ủy ban nhân dân xã gửi báo cáo trước ngày 15/12 hằng năm.")
    assert read_deadlines(outline, PlanContext(document_type="luat")) == ((), ())


def test_phases_have_name_term_and_purpose() -> None:
    text = "- Đợt thi đua thứ nhất (từ ngày 02/01/2026 đến 30/6/2026): Hoàn thành 50% chỉ tiêu. Chào mừng Đại hội.\n"
    (phase,) = read_phases(outline_of(text), PlanContext(year=2026))
    assert (phase.name, phase.start, phase.end) == ("Đợt thi đua thứ nhất", "2026-01-02", "2026-06-30")
    assert phase.purpose == "Hoàn thành 50% chỉ tiêu. Chào mừng Đại hội"


def test_a_heading_may_name_the_phase() -> None:
    text = "1. Giai đoạn 1\n\n- Thời gian: từ ngày 02/01/2026 đến 30/6/2026.\n"
    assert [p.name for p in read_phases(outline_of(text), PlanContext(year=2026))] == ["Giai đoạn 1"]


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 15/3/2026, UBND xã đã tổ chức hội nghị tổng kết phong trào.",
        "Bà Lê Thị Sen cho biết dự án sẽ hoàn thành trong tháng 10/2026.",
        "Tính đến ngày 30/6/2026, toàn xã thu ngân sách đạt 52% kế hoạch.",
        "Căn cứ Kế hoạch số 21/KH-UBND ngày 11/3/2026 của UBND huyện Hồng Sơn;",
        "Kết quả trực 24/24 giờ, giải quyết 15/16 vụ việc.",
    ],
)
def test_stories_results_and_citations_give_none(text: str) -> None:
    assert deadlines(text, 2026) == ()


LINES = st.lists(
    st.sampled_from(
        [
            "I. MỤC ĐÍCH",
            "1. Giấy khen của Chủ tịch UBND xã",
            "a) Tập thể: hoàn thành nhiệm vụ",
            "- Giải nhất: 500.000đ/ mỗi khối",
            "- Đợt 1 (từ 01/01 đến 31/6/2026): thi đua",
            "- Thời gian thực hiện: Quý II/2026",
            "3.1. Điển hình trong phong trào “Dân vận khéo”",
            "- Thực hiện: Giao Khối Dân vận chủ trì",
            "- Tiêu chuẩn gồm:",
            "Các thôn báo cáo hằng tháng trước ngày 32.",
            "(Nếu đạt giải thì trao thưởng)",
            "",
        ]
    )
    | st.text(max_size=40),
    max_size=14,
)


@settings(deadline=None)
@given(LINES, st.none() | st.integers(1990, 2050))
def test_any_text_gives_valid_records_of_known_sections(lines: list[str], year: int | None) -> None:
    outline, context = outline_of("\n".join(lines)), PlanContext(year=year)
    known = {block.section for block in outline.blocks}
    read_phases(outline, context)
    deadlines, awards = read_deadlines(outline, context)[0], read_award_tiers(outline, context)[0]
    for section, place in [
        (record.section, record.provenance)
        for kind in (deadlines, awards, read_exemplars(outline, context))
        for record in kind
    ]:
        assert section in known
        assert 1 <= place.line_start <= place.line_end
