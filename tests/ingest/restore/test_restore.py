"""Legacy text in, restored text out: what is restored, and what is never touched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kehoach.ingest.restore import restore, restore_lines
from kehoach.ingest.restore.document import DOUBT

LEGACY = """KE HOACH
Phat dong phong trao thi dua yéu nudc nim 2031

Thuc hién Ké hoach sé 12/KH-UBND ngay 03/02/2031 caa Uy ban nhan dan huyén Binh Son;
Thuc hién Nghi quyét sé 07/NQ-HPND ngay 29/12/2030 ciia HDND xa An Phu;
I1. NOI DUNG
- T6 chtrc thuc hién t6t nhiém vu duge giao trong nam 2031.
"""
RESTORED = """KẾ HOẠCH
Phát động phong trào thi đua yêu nước năm 2031

Thực hiện Kế hoạch số 12/KH-UBND ngày 03/02/2031 của Ủy ban nhân dân huyện Bình Sơn;
Thực hiện Nghị quyết số 07/NQ-HĐND ngày 29/12/2030 của HĐND xã An Phú;
II. NỘI DUNG
- Tổ chức thực hiện tốt nhiệm vụ được giao trong năm 2031.
"""
TYPED = """Thực hiện Kế hoạch số 12/KH-UBND, Ủy ban nhân dân xã An Phú hoà giải 3 vụ
Tham gia 02 mo hinh
Trần Văn Bé
https://anphu.gov.vn
"""


def test_a_legacy_document_is_restored_line_for_line() -> None:
    assert restore(LEGACY) == RESTORED


def test_restored_text_is_not_changed_again() -> None:
    assert restore(RESTORED) == RESTORED


def test_line_ends_and_blank_lines_stay() -> None:
    assert restore(LEGACY.replace("\n", "\r\n")) == RESTORED.replace("\n", "\r\n")
    assert restore("\n\r\n \n") == "\n\r\n \n"
    assert restore("") == ""


def test_good_text_is_not_touched() -> None:
    assert restore(TYPED) == TYPED


def test_other_languages_are_not_touched() -> None:
    text = "This is a letter about the budget.\nPlease send us the report by Monday.\nWe are not able to come today."
    assert restore(text) == text


def test_lost_lines_among_good_ones_are_restored() -> None:
    good = "Ủy ban nhân dân xã An Phú ban hành kế hoạch phát động phong trào thi đua."
    lost = "Cac co quan, don vi t6 chtrc trién khai thuc hién t6t nhiém vu duge giao."
    restored = restore_lines([good, lost, good])
    assert restored.lines[0] == restored.lines[2] == good
    assert restored.lines[1] == "Các cơ quan, đơn vị tổ chức triển khai thực hiện tốt nhiệm vụ được giao."
    assert restored.restored == {2}


@pytest.mark.parametrize(
    ("lost", "whole"),
    [
        ("cac nganh, doan thé trén dia banxa thuc hién", "các ngành, đoàn thể trên địa bàn xã thực hiện"),
        ("Phéi hop véi c ac nganh, doan thé thuc hién", "Phối hợp với các ngành, đoàn thể thực hiện"),
        ("nang cao nhi ém vu cua can bd, cong chirc", "nâng cao nhiệm vụ của cán bộ, công chức"),
    ],
)
def test_lost_and_made_up_blanks_are_mended(lost: str, whole: str) -> None:
    assert restore(lost) == whole


@pytest.mark.parametrize(
    "token", ["1.417", "400,5", "99,6%", "15/3/2031", "0912.345.678", "XXIV", "vanthu@anphu.gov.vn", "www.anphu.gov.vn"]
)
def test_numbers_dates_numerals_and_addresses_stay(token: str) -> None:
    assert token in restore(f"Thuc hién chi tiéu phat trién kinh té - xa hoi {token} trén dia ban xa")


@pytest.mark.parametrize(
    ("read", "true"),
    [
        ("12/OD-UBND", "12/QĐ-UBND"),
        ("01/2031/TT-BLDTBXH", "01/2031/TT-BLĐTBXH"),
        ("15/2020/QH14", "15/2020/QH14"),
        ("87-CV/BTG", "87-CV/BTG"),
        ("1843/SGDDT-VP", "1843/SGDĐT-VP"),
        ("02/HD-CTD3", "02/HD-CTĐ3"),
    ],
)
def test_letters_of_document_numbers_are_restored_by_their_lists(read: str, true: str) -> None:
    assert true in restore(f"Can ctr van ban sé {read} vé viéc phé duyét ké hoach phat trién kinh té")


def test_broken_numerals_within_a_line_are_mended() -> None:
    restored = restore("2. Dot Il: Tw ngay 01/7 dén ngay 30/11; quy Ill/2031 va quy I/2032 tép trung thuc hién")
    assert restored.startswith("2. Đợt II: ")
    assert "quý III/2031 và quý I/2032" in restored


def test_a_document_is_filed_at_the_clerk() -> None:
    text = "Thuc hién t6t nhiém vu duge giao trong nam 2031, cac thon bao cao két qua\n- Luu: VI, TH."
    assert restore(text).endswith("- Lưu: VT, TH.")


def test_acronyms_are_kept_or_restored() -> None:
    assert restore("Cac CBCC, TYT va HDND xa thuc hién nhiém vu") == "Các CBCC, TYT và HĐND xã thực hiện nhiệm vụ"


def test_a_figure_taken_for_a_word_is_doubtful_and_one_that_stays_is_not() -> None:
    changed = restore_lines(["chan chinh tac phong 18 16i 1am viéc cua can b6, cong chirc"]).tokens
    assert [(t.token, t.confidence < DOUBT) for t in changed if t.source == "18"] == [("lề", True)]
    kept = restore_lines(["Thuc hién Ké hoach ngay 18 thang 4 nam 2031 cua Uy ban nhan dan xa"]).tokens
    assert [(t.token, t.confidence < DOUBT) for t in kept if t.source == "18"] == [("18", False)]


def test_an_abbreviated_unit_gets_its_marks() -> None:
    assert restore("Thu ngan sach trén dia ban dat chi tiéu giao 1a 1250 trd;").endswith("là 1250 trđ;")


def test_each_token_tells_where_it_stands_and_where_it_comes_from() -> None:
    restored = restore_lines(LEGACY.split("\n"))
    assert restored.tokens
    for token in restored.tokens:
        line = restored.lines[token.line - 1]
        assert line[token.column - 1 :].startswith(token.token)
        assert 0 <= token.confidence <= 1
        assert token.token not in token.alternatives


def test_a_word_that_no_list_knows_is_kept_and_doubtful() -> None:
    (token,) = [
        t for t in restore_lines(["Thuc hién dy an Zqwxkpf trén dia ban huyén, x4"]).tokens if t.source == "Zqwxkpf"
    ]
    assert token.token == "Zqwxkpf"
    assert token.confidence < DOUBT


LOST_WORDS = [
    "thuc",
    "hién",
    "nhiém",
    "vu",
    "x4",
    "c6",
    "duge",
    "¢",
    "4c",
    "UBND",
    "12/KH-UBND",
    "2031",
    "-",
    "I1.",
    "đ",
    "hoà",
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(st.text(max_size=30), st.lists(st.sampled_from(LOST_WORDS)).map(" ".join)), max_size=8))
def test_no_line_is_lost_added_or_moved(lines: list[str]) -> None:
    restored = restore_lines(lines)
    assert len(restored.lines) == len(lines)
    for number, (before, after) in enumerate(zip(lines, restored.lines, strict=True), 1):
        if number not in restored.restored:
            assert after == before


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_any_text_keeps_its_lines(text: str) -> None:
    assert restore(text).count("\n") == text.count("\n")


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from(LOST_WORDS), min_size=1, max_size=9).map(" ".join), max_size=6))
def test_twice_is_as_once(lines: list[str]) -> None:
    once = restore_lines(lines).lines
    assert restore_lines(once).lines == once


@settings(deadline=None, max_examples=40)
@given(st.lists(st.decimals(min_value=20, max_value=10**6, places=1).map(str), min_size=1, max_size=4))
def test_figures_come_out_as_they_came_in(figures: list[str]) -> None:
    lost = "Phan dau thuc hién dat " + " ty déng va ".join(figures) + " ty déng trong nam nay"
    assert re.findall(r"\d[\d.]*\d", restore(lost)) == re.findall(r"\d[\d.]*\d", lost)


@pytest.mark.parametrize(
    ("read", "written", "is_doubtful"),
    [("300.000d", "300.000đ", False), ("200.0004", "200.000đ", True), ("1.250", "1.250", False)],
)
def test_a_lost_sign_of_the_currency_comes_back(read: str, written: str, is_doubtful: bool) -> None:
    restored = restore_lines([f"Giai nhat cho tap thé xuat sic nhat la {read} theo quy dinh cua huyén"])
    (token,) = [token for token in restored.tokens if token.source == read]
    assert (token.token, token.confidence < DOUBT) == (written, is_doubtful)


@pytest.mark.parametrize(("good", "written"), [("Văn hoá, thể thao của xã Hoà An", "hoá"), ("Văn hóa của xã", "hóa")])
def test_tones_are_written_as_the_good_lines_of_the_document_write_them(good: str, written: str) -> None:
    restored = restore(f"{good}\nThuc hién nép séng van hoa trong viéc cudi, viéc tang va 1é h6i")
    assert restored.split("\n")[1].startswith(f"Thực hiện nếp sống văn {written} trong việc cưới")


def test_an_acronym_of_no_list_is_kept_and_is_no_doubt() -> None:
    tokens = restore_lines(["Cac phong chuyén mén giri vé KSTTHC y kién cla minh truéc buéi hop, néu r6 ly do"]).tokens
    assert [(t.token, t.confidence < DOUBT) for t in tokens if t.source == "KSTTHC"] == [("KSTTHC", False)]
