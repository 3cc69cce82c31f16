"""Names of persons are mended only where hardly another is possible, and never without a doubt."""

from __future__ import annotations

import pytest
from kehoach.ingest.restore import RestoredText, Token, restore_lines
from kehoach.ingest.restore.document import DOUBT
from kehoach.ingest.restore.persons import CHANGED, name_spans, spared
from kehoach.ingest.restore.result import Choice
from kehoach.ingest.restore.tokens import Kind, Piece

BODY = "Thuc hién t6t nhiém vu duge giao trong nam 2031, cac thon, xom bao cao két qua"


def token_of(restored: RestoredText, source: str) -> Token:
    (token,) = [token for token in restored.tokens if token.source == source]
    return token


def choice(read: str, text: str, sure: float, *others: str) -> Choice:
    return Choice(Piece(0, 6, 6 + len(read), read, Kind.WORD, False, False), text, sure, others)


def in_name(part: Choice, restored: list[str], read: list[str]) -> Choice:
    """What becomes of the one choice of a line with a name."""
    ((kept,),) = spared({0: [part]}, restored, read).values()
    return kept


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["TM. ỦY BAN NHÂN DÂN", "XÃ AN PHÚ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Lê Văn Tám"], ["Lê Văn Tám"]),
        (["CHỦ TỊCH", "(Đã ký)", "TRẦN THỊ BA"], ["TRẦN THỊ BA"]),
        (["Nơi nhận:      CHỦ TỊCH", "- Lưu: VT.      Hà Văn Sáu"], ["Hà Văn Sáu"]),
        (
            ["- Đ/c Lê Văn Tám, Chủ tịch;", "- Ông Hà Văn Sáu, bà Trần Thị Ba."],
            ["Lê Văn Tám", "Hà Văn Sáu", "Trần Thị Ba"],
        ),
        (["Các Thôn An Phú", "- Đ/c Chủ tịch UBND xã", "Bà Mẹ Việt Nam anh hùng"], []),
        (["PHÓ CHỦ TỊCH", *["- UBND xã;"] * 7, "Lê Văn Tám"], []),
    ],
)
def test_names_stand_below_positions_and_after_forms_of_address(lines: list[str], names: list[str]) -> None:
    assert [lines[number][start:end] for number, start, end in name_spans(lines)] == names


def test_a_sure_part_of_a_name_is_restored_and_doubtful() -> None:
    restored = restore_lines([BODY, "TM. UY BAN NHAN DAN", "CHU TICH", "Nguyén Van Hiing"])
    assert restored.lines[1:3] == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    token = token_of(restored, "Nguyén")
    assert token.token == "Nguyễn"
    assert token.confidence < DOUBT


def test_a_part_of_a_name_that_may_be_many_is_left_and_the_others_are_told() -> None:
    part = choice("Hung", "Hùng", 0.6, "Hưng", "Hung")
    kept = in_name(part, ["- Ông Hùng An"], ["- Ong Hung An"])
    assert (kept.text, kept.confidence, kept.alternatives) == ("Hung", CHANGED, ("Hùng", "Hưng"))


def test_a_part_of_a_name_whose_letters_were_read_right_gets_its_marks_back_and_is_doubtful() -> None:
    lines = ["- Ông Vũ Văn An"], ["- Ong Vu Van An"]
    part = choice("Vu", "Vũ", 0.8, "Vụ")
    marked = in_name(part, *lines)
    assert (marked.text, marked.confidence) == ("Vũ", CHANGED)
    part = choice("Va", "Vũ", 0.8, "Và")
    kept = in_name(part, *lines)
    assert (kept.text, kept.confidence) == ("Va", CHANGED)


def test_a_name_never_begins_with_what_is_no_family_name() -> None:
    part = choice("Trén", "Trên", 0.999)
    kept = in_name(part, ["- Ông Trên Văn An"], ["- Ong Trén Van An"])
    assert (kept.text, kept.confidence) == ("Trén", CHANGED)


def test_words_beside_names_are_restored_as_ever() -> None:
    part = choice("Hung", "Hùng", 0.6)
    assert not spared({0: [part]}, ["đã có Hùng An"], ["da co Hung An"])


def test_a_signatory_who_was_taken_for_words_keeps_the_name() -> None:
    restored = restore_lines([BODY, BODY, "TM. UY BAN NHAN DAN", "CHU TICH", "Trén Thi Huong"])
    assert restored.lines[-1] == "Trén Thị Huong"
