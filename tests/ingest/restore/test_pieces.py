"""Tokens of a line, section labels, lost lines, repair of single words, tones."""

from __future__ import annotations

import pytest
from kehoach.ingest.restore import restore_lines
from kehoach.ingest.restore.detect import lost_lines
from kehoach.ingest.restore.document import DOUBT
from kehoach.ingest.restore.labels import mended_labels, number_heads, roman_labels
from kehoach.ingest.restore.repair import like
from kehoach.ingest.restore.syllables import new_tone, old_tone
from kehoach.ingest.restore.tokens import Kind, pieces, sentence_starts


def kinds(line: str) -> list[tuple[str, Kind]]:
    return [(piece.text, piece.kind) for piece in pieces([line])]


def test_tokens_are_told_apart() -> None:
    assert kinds("x4 (85%), 12/KH-UBND; XXIV") == [
        ("x4", Kind.WORD),
        ("85%", Kind.NUMBER),
        ("12/KH-UBND", Kind.CODE),
        ("XXIV", Kind.NUMBER),
    ]
    assert kinds("gui vanthu@anphu.gov.vn") == [("gui", Kind.WORD), ("vanthu@anphu.gov.vn", Kind.KEEP)]
    assert kinds("50m2 15kg 7h30") == [("50m2", Kind.NUMBER), ("15kg", Kind.NUMBER), ("7h30", Kind.NUMBER)]


def test_tokens_stand_where_they_say() -> None:
    line = '  - (5) "Cac don vi", cac thon: 12,5 ha...'
    for piece in pieces([line]):
        assert line[piece.start : piece.end] == piece.text


@pytest.mark.parametrize(
    ("lines", "starts"),
    [
        (["phong trao thi dua", "nam nay"], ["phong"]),
        (["phong trao. Nam nay"], ["phong", "Nam"]),
        (["- (5) Co 12 thon"], ["5", "Co"]),
        (["thon ban\tTan\t12"], ["thon", "Tan", "12"]),
        (["phong trao thi dua", "- Nam nay"], ["phong", "Nam"]),
        (["thon ban\tTan", "xep loai\tTot", "thi dua"], ["thon", "Tan", "xep", "Tot", "thi"]),
    ],
)
def test_sentences_begin_after_ends_labels_and_cells(lines: list[str], starts: list[str]) -> None:
    assert [piece.text for piece in pieces(lines) if piece.begins] == starts


@pytest.mark.parametrize(
    ("line", "capital", "begins"),
    [
        ("XA DONG LANG Doc lap - Tu do", ["XA", "DONG", "LANG"], ["XA", "Doc"]),
        ("UY BAN NHAN DAN XA AN PHU Doc lap", ["UY", "BAN", "NHAN", "DAN", "XA", "AN", "PHU"], ["UY", "Doc"]),
        ("cac co quan UBND, HDND, UBMTTQ xa", [], ["cac"]),
        ("KE HOACH", ["KE", "HOACH"], ["KE"]),
    ],
)
def test_columns_in_capitals_are_told_from_those_that_are_not(line: str, capital: list[str], begins: list[str]) -> None:
    found = pieces([line])
    assert [piece.text for piece in found if piece.capital] == capital
    assert [piece.text for piece in found if piece.begins] == begins


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Can ct? Quyét dinh", ["Can", "ct?", "Quyét", "dinh"]),
        ("Can cw’ Nghi dinh", ["Can", "cw’", "Nghi", "dinh"]),
        ("t6 chi?c hdi thi", ["t6", "chi?c", "hdi", "thi"]),
        ("phong trao ‘Xanh’ cua xa", ["phong", "trao", "Xanh", "cua", "xa"]),
        ("hay khong?", ["hay", "khong"]),
    ],
)
def test_signs_that_are_read_for_horns_belong_to_the_word(line: str, words: list[str]) -> None:
    assert [piece.text for piece in pieces([line])] == words


@pytest.mark.parametrize(
    ("line", "kind"),
    [("12.000 m? dat", Kind.POWER), ("12.000 m2 dat", Kind.NUMBER), ("9 m6 hinh", Kind.WORD), ("co m? dat", Kind.WORD)],
)
def test_a_measure_after_a_number_keeps_or_has_lost_its_power(line: str, kind: Kind) -> None:
    assert pieces([line])[-2].kind is kind


def test_an_area_whose_power_is_lost_is_doubtful() -> None:
    (token,) = [
        t for t in restore_lines(["Hién trén 12.000 m? dat lam dudng giao thong néng thon"]).tokens if t.source == "m?"
    ]
    assert (token.token, token.alternatives) == ("m2", ("m3", "m"))
    assert token.confidence < DOUBT


def test_numerals_read_as_strokes_are_mended() -> None:
    lines = ["|. MUC DICH", "1. Muc dich", "I1. NOI DUNG", "111. TO CHUC", "1V. Kinh phi"]
    assert {line: numeral for line, (_, _, numeral) in roman_labels(lines).items()} == {
        0: "I",
        2: "II",
        3: "III",
        4: "IV",
    }


def test_figures_are_numerals_only_where_the_next_is_due() -> None:
    assert roman_labels(["11. TO CHUC THUC HIEN"]) == {}
    assert roman_labels(["I. MUC DICH", "11. cac don vi"]) == {0: (0, 1, "I")}


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        (["I. MUC DICH", "Il. CHU DE", "II. NOI DUNG", "IV. KHEN THUONG"], {1: "II", 2: "III"}),
        (["I. MUC DICH", "II. NOI DUNG", "Ill. KINH PHI", "IV. KHEN", "Vv. TO CHUC"], {2: "III", 4: "V"}),
        (["I. MUC DICH", "II. NOI DUNG", "III. KINH PHI", "Iv. KHEN", "v. TO CHUC"], {3: "IV", 4: "V"}),
        (["I. Chi tiéu", "II. Thoi gian", "Il. Khen thudng"], {2: "III"}),
        (["IV. THOI GIAN", "IV. KHEN THUONG", "VI. TO CHUC"], {}),
        (["A. DANH GIA", "I. Két qua", "IL. T6n tai", "B. NHIEM VU", "I. Muc tiéu", "Cc. TO CHUC"], {2: "II", 5: "C"}),
        (["Phan I", "Phan I I", "PHAN III"], {0: "Phần I", 1: "Phần II", 2: "PHẦN III"}),
        (["c) Cac thon", "d) Hé", "d) Mdi t6", "e) Thu"], {2: "đ"}),
        (["b) Ca nhan", "¢) Hé gia dinh", "d) Thon"], {1: "c"}),
        (["1. Muc dich", "3. Yéu cau", "3. Noi dung"], {1: "2"}),
        (["I. MUC DICH", "l. Muc dich", "2. Yéu cau"], {1: "1"}),
        (["1. Muc dich", "3. Yéu cau"], {}),
    ],
)
def test_labels_are_told_by_their_neighbours(read: list[str], mended: dict[int, str]) -> None:
    found = {line: label for line, (start, end, label) in mended_labels(read).items() if read[line][start:end] != label}
    assert found == mended


def test_the_word_before_the_own_number_is_known_by_its_place() -> None:
    assert number_heads(["Sb: 50 /KH-UBND", "Sau: cac don vi", "S6 45-KH/DU"]) == {0: (0, 2, "Số"), 2: (0, 2, "Số")}


SKELETONS = frozenset(
    [
        "thuc",
        "hien",
        "nhiem",
        "vu",
        "cua",
        "cac",
        "don",
        "vi",
        "xa",
        "tham",
        "gia",
        "trong",
        "nam",
        "nay",
        "to",
        "chuc",
        "phong",
        "trao",
    ]
)


def test_short_lines_go_with_their_neighbours() -> None:
    lost, good = "thuc hien nhiem vu cua cac don vi xa", "thực hiện nhiệm vụ của các đơn vị xã"
    assert lost_lines([lost, "tham gia", lost], SKELETONS.__contains__) == [True, True, True]
    assert lost_lines([good, "tham gia", good], SKELETONS.__contains__) == [False, False, False]
    assert lost_lines([good, lost, good], SKELETONS.__contains__) == [False, True, False]


def test_an_empty_text_has_no_lost_lines() -> None:
    assert lost_lines([], SKELETONS.__contains__) == []
    assert lost_lines(["", "12"], SKELETONS.__contains__) == [False, False]


@pytest.mark.parametrize(
    ("read", "word", "written"),
    [("thâm", "thẩm", "thẩm"), ("TÓ", "tổ", "TỔ"), ("Vêu", "yêu", "Yêu"), ("hoá", "hóa", "hoá")],
)
def test_a_repaired_word_keeps_the_case_and_tone_of_what_was_read(read: str, word: str, written: str) -> None:
    assert like(read, word) == written


def test_tone_placement() -> None:
    assert [old_tone(word) for word in ("hoà", "thuỷ", "quý", "hoàn", "khoẻ")] == ["hòa", "thủy", "quý", "hoàn", "khỏe"]
    assert [new_tone(word) for word in ("hòa", "thủy", "quý")] == ["hoà", "thuỷ", "quý"]


def test_text_without_ends_is_cut_into_sentences() -> None:
    assert len(sentence_starts(pieces(["thon " * 1000]))) > 5


def test_an_endless_word_is_kept() -> None:
    assert [piece.kind for piece in pieces(["x" * 5000])] == [Kind.KEEP]
