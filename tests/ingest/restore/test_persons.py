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


def choice(read: str, text: str, sure: float, *others: str) -> tuple[Choice, Token]:
    piece = Piece(0, 6, 6 + len(read), read, Kind.WORD, False, False)
    return Choice(piece, text, sure, others), Token(1, 7, text, read, sure, others)


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
    pair = choice("Hung", "Hùng", 0.6, "Hưng", "Hung")
    (kept,) = spared([pair[0]], [pair[1]], ["- Ông Hùng An"], ["- Ong Hung An"])
    assert (kept.text, kept.confidence, kept.alternatives) == ("Hung", CHANGED, ("Hùng", "Hưng"))


def test_a_part_of_a_name_whose_letters_were_read_right_gets_its_marks_back_and_is_doubtful() -> None:
    lines = ["- Ông Vũ Văn An"], ["- Ong Vu Van An"]
    pair = choice("Vu", "Vũ", 0.8, "Vụ")
    (marked,) = spared([pair[0]], [pair[1]], *lines)
    assert (marked.text, marked.confidence) == ("Vũ", CHANGED)
    pair = choice("Va", "Vũ", 0.8, "Và")
    (kept,) = spared([pair[0]], [pair[1]], *lines)
    assert (kept.text, kept.confidence) == ("Va", CHANGED)


def test_a_name_never_begins_with_what_is_no_family_name() -> None:
    pair = choice("Trén", "Trên", 0.999)
    (kept,) = spared([pair[0]], [pair[1]], ["- Ông Trên Văn An"], ["- Ong Trén Van An"])
    assert (kept.text, kept.confidence) == ("Trén", CHANGED)


def test_words_beside_names_are_restored_as_ever() -> None:
    pair = choice("Hung", "Hùng", 0.6)
    assert spared([pair[0]], [pair[1]], ["đã có Hùng An"], ["da co Hung An"]) == [pair[0]]


def test_a_signatory_who_was_taken_for_words_keeps_the_name() -> None:
    restored = restore_lines([BODY, BODY, "TM. UY BAN NHAN DAN", "CHU TICH", "Trén Thi Huong"])
    assert restored.lines[-1] == "Trén Thị Huong"
