"""Documents cited before the first heading."""

from __future__ import annotations

import pytest
from kehoach.ingest.parse.legal_bases import read_legal_bases
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.values import Line


def bases(*texts: str) -> list[tuple[str | None, ...]]:
    lines = [Line(number, None, text) for number, text in enumerate([*texts, "I. MỤC ĐÍCH"], 1)]
    found = read_legal_bases(build_outline(lines, ()))
    return [(b.document_type, b.number, b.issued_on, b.issuer, b.subject) for b in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Thực hiện Kế hoạch số 9/KH-UBND ngày 23/01/2026 của UBND huyện Bắc Lãng về phát động thi đua năm 2026;",
            ("ke_hoach", "9/KH-UBND", "2026-01-23", "UBND huyện Bắc Lãng", "phát động thi đua năm 2026"),
        ),
        (
            "Căn cứ công văn số 351/UBND - NV ngày 25 tháng 01 năm 2026 của UBND huyện về việc đăng ký thi đua.",
            ("cong_van", "351/UBND-NV", "2026-01-25", "UBND huyện", "đăng ký thi đua"),
        ),
        (
            "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ quy định chi tiết thi hành Luật;",
            ("nghi_dinh", "98/2023/NĐ-CP", "2023-12-31", "Chính phủ", "quy định chi tiết thi hành Luật"),
        ),
        (
            "Theo Nghị quyết số 8-NQ/ĐU ngày 26/12/2025 của Ban Chấp hành Đảng bộ xã lần thứ 12, khóa V về nhiệm vụ;",
            ("nghi_quyet", "8-NQ/ĐU", "2025-12-26", "Ban Chấp hành Đảng bộ xã", "nhiệm vụ"),
        ),
        (
            "Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;",
            ("luat", None, "2022-06-15", None, "Thi đua, khen thưởng"),
        ),
        (
            "Căn cứ Chương trình phát triển kinh tế - xã hội năm 2026;",
            ("chuong_trinh", None, None, None, "phát triển kinh tế - xã hội năm 2026"),
        ),
        (
            "Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15/6/2022;",
            ("luat", "06/2022/QH15", "2022-06-15", None, "Thi đua, khen thưởng"),
        ),
        (
            "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng số 39/2013/QH13;",
            ("luat", "39/2013/QH13", None, None, "sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng"),
        ),
        (
            "Căn cứ Thông tư 1/2026/TT-BNV ngày 10/01/2026 của Bộ trưởng Bộ Nội vụ hướng dẫn công tác thi đua;",
            ("thong_tu", "1/2026/TT-BNV", "2026-01-10", "Bộ trưởng Bộ Nội vụ", "hướng dẫn công tác thi đua"),
        ),
        (
            "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội tại Tờ trình số 19/TTr-VHXH ngày 18/8/2026;",
            ("other", "19/TTr-VHXH", "2026-08-18", None, None),
        ),
        (
            "Căn cứ Nghị định số 15/2026/NĐ-CP ngày 14/6/2026 của Chính phủ quy định về phân cấp; thi đua, khen;",
            ("nghi_dinh", "15/2026/NĐ-CP", "2026-06-14", "Chính phủ", "quy định về phân cấp; thi đua, khen"),
        ),
        (
            "Thực hiện Công văn số 51/SVHTTDL-QL ngày 20/01/2026 của Sở Văn hóa, Thể thao và Du lịch về hội thao;",
            ("cong_van", "51/SVHTTDL-QL", "2026-01-20", "Sở Văn hóa, Thể thao và Du lịch", "hội thao"),
        ),
    ],
)
def test_reads_a_cited_document(text: str, expected: tuple[str | None, ...]) -> None:
    (found,) = bases(text)
    assert found == expected


def test_several_documents_in_one_sentence_and_the_launching_clause_left_out() -> None:
    found = bases(
        "Căn cứ Quyết định số 15/QĐ-UBND ngày 22/12/2025 của UBND huyện về giao chỉ tiêu và Nghị quyết số 37/NQ-HĐND",
        "ngày 28/12/2025 của HĐND xã về nhiệm vụ năm 2026, Ủy ban nhân dân xã An Hòa ban hành Kế hoạch số 1 như sau:",
    )
    assert [(number, subject) for _, number, _, _, subject in found] == [
        ("15/QĐ-UBND", "giao chỉ tiêu"),
        ("37/NQ-HĐND", "nhiệm vụ năm 2026"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ tình hình thực tế của địa phương;",
        "Để thực hiện tốt kế hoạch năm 2026, các thôn cần cố gắng.",
        "UBND xã ban hành Kế hoạch số 5/KH-UBND về thi đua.",
    ],
)
def test_text_that_cites_nothing_gives_no_basis(text: str) -> None:
    assert bases(text) == []
