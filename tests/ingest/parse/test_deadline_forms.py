"""Ways of writing a term: labels, ladders of reports, exceptions, columns; and dates that bind nobody."""

from __future__ import annotations

import pytest
from kehoach.ingest.parse.deadlines import read_deadlines
from kehoach.ingest.parse.model import PlanContext
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.tables.join import grids
from kehoach.ingest.values import Line
from kehoach.schemas import Deadline


def deadlines(text: str, year: int | None = None) -> tuple[Deadline, ...]:
    lines = []
    for number, row in enumerate(text.split("\n"), 1):
        cells = tuple(row.split("\t")) if "\t" in row else None
        is_row = cells is not None
        lines.append(
            Line(number, None, row, zone="table" if is_row else "body", cells=cells, table=1 if is_row else None)
        )
    return read_deadlines(build_outline(lines, grids(lines)), PlanContext(year=year))[0]


def due(text: str, year: int | None = None) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(d.kind, d.start, d.end, d.bound) for d in deadlines(text, year)]


def repeated(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(d.kind, d.recurrence, d.recurrence_day) for d in deadlines(text)]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Gửi báo cáo tổng kết trước ngày 12/01 năm sau.", "2027-01-12"),
        ("Gửi báo cáo tổng kết trước ngày 12/01 của năm tiếp theo.", "2027-01-12"),
        ("Gửi báo cáo tổng kết trước ngày 12/01.", "2026-01-12"),
    ],
)
def test_a_date_of_the_year_after_lies_in_the_year_after(text: str, end: str) -> None:
    assert [d.end for d in deadlines(text, 2026)] == [end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lễ tổng kết: dự kiến tháng 11 năm 2026.", ("review", "2026-11", "2026-11", "in")),
        ("Thời gian phát động: Từ ngày ký Kế hoạch đến ngày 30/9/2026.", ("campaign", None, "2026-09-30", "by")),
        ("Kế hoạch được triển khai từ tháng 3 đến tháng 9 năm 2026.", ("campaign", "2026-03", "2026-09", "from_to")),
        ("Phong trào thi đua được tổ chức trong năm 2027.", ("campaign", "2027", "2027", "in")),
        ("Đợt cao điểm: từ ngày 02/5 đến ngày 19/5/2026.", ("phase", "2026-05-02", "2026-05-19", "from_to")),
        ("Thời gian: 02 ngày (17 và 18/6/2026).", ("implementation", "2026-06-17", "2026-06-18", "from_to")),
        ("Hội thi: Từ 08h00 đến 10h30 ngày 20/10/2026.", ("implementation", "2026-10-20", "2026-10-20", "on")),
        ("Thời gian thực hiện: 2026 - 2028.", ("campaign", "2026", "2028", "from_to")),
        ("Hội nghị tổng kết được tổ chức vào ngày 25/11/2026.", ("review", "2026-11-25", "2026-11-25", "on")),
        ("Tổ chức hội nghị sơ kết vào tuần cuối tháng 6/2026.", ("review", "2026-06", "2026-06", "in")),
    ],
)
def test_labels_and_events_with_a_term(text: str, expected: tuple[str | None, ...]) -> None:
    assert due(text) == [expected]


def test_each_rung_of_a_ladder_of_reports_is_one() -> None:
    text = "Báo cáo tháng: trước ngày 18 hằng tháng; quý: trước ngày 12 của tháng cuối quý; năm: trước ngày 10/12."
    rungs = [("report", "monthly", "18"), ("report", "quarterly", "12"), ("report", "annual", "12-10")]
    assert repeated(text) == rungs


def test_half_year_and_year_are_one_beside_the_quarters() -> None:
    text = (
        "Báo cáo quý gửi trước ngày 12 tháng cuối quý, báo cáo 6 tháng trước ngày 10/6, báo cáo năm trước ngày 10/12."
    )
    assert repeated(text) == [("report", "quarterly", "12"), ("report", "semiannual", None)]


def test_an_exception_goes_on_with_what_was_due() -> None:
    text = "Các xóm gửi hồ sơ trước ngày 15/9/2026 (trường hợp đặc biệt không quá ngày 20/9/2026)."
    assert [d.end for d in deadlines(text)] == ["2026-09-15", "2026-09-20"]


def test_the_next_clause_of_a_statement_has_its_own_term() -> None:
    text = (
        "- Các xóm cử vận động viên tham gia trước ngày 05/4/2026; nộp kinh phí 300.000 đồng/xóm trước ngày 09/4/2026."
    )
    assert [(d.end, d.responsible) for d in deadlines(text)] == [("2026-04-05", "Các xóm"), ("2026-04-09", "Các xóm")]


def test_what_a_column_is_called_bounds_its_dates() -> None:
    head = "TT\tNội dung\tCơ quan chủ trì\tThời hạn hoàn thành\n"
    row = "1\tLập danh sách\tVăn phòng\t17/4/2026"
    assert [(d.start, d.end, d.bound) for d in deadlines(head + row)] == [(None, "2026-04-17", "by")]


def test_a_table_cell_without_a_year_gives_nothing_where_none_is_known() -> None:
    assert deadlines("TT\tNội dung\tThời hạn\n1\tBáo cáo kết quả\tTrước 20/6") == ()


def test_the_body_after_a_run_in_head_is_found() -> None:
    (found,) = deadlines("Chế độ báo cáo: Các xóm, trường học gửi báo cáo chậm nhất ngày 20/11/2026.")
    assert found.responsible == "Các xóm, trường học"


def test_a_sentence_with_its_own_subject_takes_no_body_from_the_one_before() -> None:
    (found,) = deadlines("Tổ giám sát xã tổ chức chấm điểm. Hồ sơ gửi về UBND huyện trước ngày 12/8/2026.")
    assert found.responsible is None


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ kết quả Hội nghị giao ban khối ngày 11/3/2026, Ủy ban nhân dân xã ban hành kế hoạch như sau:",
        "Xóm nào không gửi báo cáo đúng hạn (ngày 20 hằng tháng) thì trừ 02 điểm.",
        "Phương hướng giai đoạn 2026 - 2030.",
    ],
)
def test_bases_and_penalties_are_none(text: str) -> None:
    assert deadlines(text, 2026) == ()


def test_a_letter_that_orders_is_not_what_is_due() -> None:
    (found,) = deadlines("- Công văn số 31/UBND ngày 02/4/2026 yêu cầu báo cáo kết quả trước ngày 21/4/2026.")
    assert found.what == "báo cáo kết quả"


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Các xóm hoàn thành trước ngày 15/6 năm 2026.", "2026-06-15"),
        ("Các xóm hoàn thành trước ngày 10/02 (tức ngày 23 tháng 12 âm lịch) năm 2026.", "2026-02-10"),
        ("Các đội nộp bài dự thi, hạn chót 16 giờ ngày 09/10/2026.", "2026-10-09"),
    ],
)
def test_a_year_apart_and_a_time_of_day_belong_to_the_date(text: str, end: str) -> None:
    assert [(d.end, d.bound) for d in deadlines(text)] == [(end, "by")]


def test_the_steps_of_a_programme_follow_its_label() -> None:
    text = "Lộ trình: Quý I/2027 khảo sát; quý II/2027 thi công; quý III/2027 nghiệm thu."
    assert [(d.start, d.end) for d in deadlines(text)] == [
        ("2027-01", "2027-03"),
        ("2027-04", "2027-06"),
        ("2027-07", "2027-09"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hoàn thiện hồ sơ chậm nhất trong tháng 10/2031.", [("implementation", None, "2031-10", "by")]),
        (
            "Chiến dịch diệt chuột được triển khai từ ngày 01/4/2031 đến hết ngày 30/6/2031.",
            [("implementation", "2031-04-01", "2031-06-30", "from_to")],
        ),
        (
            "Các thôn báo cáo kết quả sau khi thực hiện về UBND xã trước ngày 25/11/2031.",
            [("report", None, "2031-11-25", "by")],
        ),
        (
            "Gửi báo cáo trước ngày 15/6/2031, mới có căn cứ tổng hợp.",
            [("report", None, "2031-06-15", "by")],
        ),
        ("- Tiến độ giải ngân chậm, đến 30/11/2030 mới đạt 70% kế hoạch.", []),
        ("Cụ thể hóa nhiệm vụ của phường sau khi sắp xếp đơn vị hành chính từ ngày 01/7/2030.", []),
    ],
)
def test_terms_of_what_is_carried_out_and_of_what_was(
    text: str, expected: list[tuple[str, str | None, str | None, str | None]]
) -> None:
    assert due(text, 2031) == expected


def test_what_is_due_is_told_without_the_word_for_doing_it() -> None:
    (found,) = deadlines("- Rà soát dữ liệu: thực hiện trong quý III/2031.", 2031)
    assert found.what == "Rà soát dữ liệu"
