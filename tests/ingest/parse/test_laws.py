"""Laws that hold for any text: nothing crashes, lines stay in order, sections that blocks name exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from kehoach.ingest.parse.assignments import read_assignments
from kehoach.ingest.parse.campaign import plan_year, read_campaigns
from kehoach.ingest.parse.header import read_header
from kehoach.ingest.parse.legal_bases import read_legal_bases
from kehoach.ingest.parse.model import PlanContext
from kehoach.ingest.parse.notices import read_notices
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.parse.recipients import read_recipients
from kehoach.ingest.parse.signature import read_signature
from kehoach.ingest.values import Line
from kehoach.schemas import Section, section_path

PIECES = st.sampled_from(
    [
        "",
        "  ",
        "UBND XÃ AN HÒA",
        "KẾ HOẠCH",
        "QUYẾT ĐỊNH:",
        "Số: /KH-UBND",
        "ngày 31 tháng 11 năm 2026",
        "I. A",
        "11. AB",
        "1. Mục đích:",
        "2.1 Việc",
        "a) Tập thể: Tốt",
        "- (1) x;",
        "* y",
        "“mở",
        "(ngoặc",
        "Nơi nhận:",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Lê Văn Tám",
        "Căn cứ Luật số 5 ngày 1/1/2026 của",
        "TỔ CHỨC THỰC HIỆN",
        "V. TỔ CHỨC THỰC HIỆN",
        "Đề nghị các thôn thực hiện:",
        "phong trào “x”, “y",
        "PHỤ LỤC I",
        "4",
        "-----",
        "a\tb\tc",
        "tiếp tục dòng dưới",
        "V/v họp",
        "Kính gửi:",
        "**đậm**",
        r"\* sao",
        "1. A. 2. B; - C",
        "chủ đề: “",
        "Điều 1.",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=25)


def paths(sections: Sequence[Section], parent: str | None = None) -> Iterator[str]:
    for section in sections:
        path = section_path(parent, section.label)
        yield path
        yield from paths(section.children, path)


def lines_of(texts: list[str]) -> list[Line]:
    return [
        Line(number, 1 + number // 9, text, cells=tuple(text.split("\t")) if "\t" in text else None)
        for number, text in enumerate(texts, 1)
    ]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_gives_records_that_point_into_it(texts: list[str]) -> None:
    outline = build_outline(lines_of(texts), ())
    header, _ = read_header(outline)
    context = PlanContext(plan_year(outline, header), header.document_type, header.issuer, header.title)
    known = set(paths(outline.sections))
    assert all(block.section is None or block.section in known for block in outline.blocks)
    starts = [block.passage.marks[0].line for block in outline.blocks if block.passage.marks]
    assert starts == sorted(starts)
    kinds = (
        read_legal_bases(outline),
        read_assignments(outline, context),
        read_campaigns(outline, header, context, ()),
    )
    for place in [record.provenance for kind in kinds for record in kind]:
        assert 1 <= place.line_start <= place.line_end <= len(texts)
    assert all(assignment.section in known for assignment in read_assignments(outline, context))
    read_signature(outline), read_recipients(outline), read_notices(outline)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_outline(texts: list[str]) -> None:
    assert build_outline(lines_of(texts), ()) == build_outline(lines_of(texts), ())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="abcdđeêghikmnoôơ ,", min_size=1, max_size=60), max_size=20))
def test_plain_prose_gives_no_sections_and_no_campaign(texts: list[str]) -> None:
    outline = build_outline(lines_of(texts), ())
    header, _ = read_header(outline)
    assert outline.sections == ()
    assert read_campaigns(outline, header, PlanContext(), ()) == ()
