"""Documents: lines keep their numbers, cells and places; doubtful words of OCR lines are repaired."""

from __future__ import annotations

import pytest
from kehoach.ingest.options import Options
from kehoach.ingest.restore import document, restore_document, restore_lines
from kehoach.ingest.values import Box, Line, Word

BOX = Box(0, 0, 10, 10)


def ocr_line(number: int, *words: tuple[str, float]) -> Line:
    return Line(number, 1, " ".join(w for w, _ in words), BOX, tuple(Word(w, BOX, sure) for w, sure in words))


def test_a_doubtful_word_that_does_not_fit_is_repaired() -> None:
    line = ocr_line(
        3, ("cơ", 0.96), ("quan", 0.96), ("có", 0.96), ("thâm", 0.7), ("quyền", 0.96), ("phê", 0.96), ("duyệt", 0.96)
    )
    restored = restore_document([line], Options())
    assert restored.lines[0].text == "cơ quan có thẩm quyền phê duyệt"
    assert restored.lines[0].number == 3
    assert restored.restored_lines == {3}


def test_certain_words_names_and_numbers_are_kept() -> None:
    words = ("Ông", "Trần", "Vãn", "Tý", "nhận", "1.250", "đồng", "theo", "Quyết", "định", "số", "12/QD-UBND")
    line = ocr_line(1, *((word, 0.99) for word in words))
    restored = restore_document([line], Options())
    assert restored.lines == (line,)
    assert not restored.restored_lines


def test_abbreviations_without_a_vowel_are_kept() -> None:
    line = ocr_line(1, ("việc", 0.96), ("làm", 0.96), ("LĐ", 0.4), ("83", 0.96))
    assert restore_document([line], Options()).lines == (line,)


def test_words_that_were_run_together_are_parted() -> None:
    line = ocr_line(1, ("Diện", 0.96), ("tích", 0.96), ("gieo", 0.96), ("cấy", 0.96), ("lúacảnăm", 0.8))
    restored = restore_document([line], Options())
    assert restored.lines[0].text == "Diện tích gieo cấy lúa cả năm"
    assert restored.restored_lines == {1}


def test_repair_can_be_switched_off() -> None:
    line = ocr_line(1, ("cơ", 0.9), ("quan", 0.9), ("có", 0.9), ("thâm", 0.5), ("quyền", 0.9))
    assert restore_document([line], Options(repair_doubtful_words=False)).lines == (line,)


def test_cells_of_a_lost_table_row_stay_cells() -> None:
    cells = ("1", "T6ng san luong luong thuc c6 hat", "Tan", "1.417,5")
    row = Line(7, 2, "\t".join(cells), cells=cells, table=1, zone="table")
    (restored,) = restore_document([row], Options()).lines
    assert restored.cells is not None
    assert restored.cells[1] == "Tổng sản lượng lương thực có hạt"
    assert (restored.cells[0], restored.cells[3]) == ("1", "1.417,5")
    assert restored.text == "\t".join(restored.cells)
    assert (restored.number, restored.page, restored.table) == (7, 2, 1)


def test_doubtful_tokens_name_their_line_and_column() -> None:
    lines = [Line(5, None, "Thuc hién ké hoach cua Uy ban nhan dan xa Zqwxkpf nam nay")]
    restored = restore_document(lines, Options())
    (token,) = [t for t in restored.doubtful if t.token == "Zqwxkpf"]
    assert token.line == 5
    assert restored.lines[0].text[token.column - 1 :].startswith("Zqwxkpf")


def test_a_number_that_the_engine_is_unsure_of_stays_and_is_doubtful() -> None:
    words = tuple(Word(text, Box(0, 0, 9, 9), sure) for text, sure in (("Thu", 0.95), ("12", 0.95), ("1.250", 0.45)))
    line = Line(1, 1, "Thu\t12\t1.250", None, words, "table", ("Thu", "12", "1.250"), 1)
    restored = restore_document([line], Options())
    assert restored.lines[0].cells == ("Thu", "12", "1.250")
    assert [(t.line, t.column, t.token, t.confidence) for t in restored.doubtful] == [(1, 8, "1.250", 0.45)]


def test_an_empty_document_stays_empty() -> None:
    assert restore_document([], Options()).lines == ()


def test_a_long_run_forgets_what_it_read_and_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "Thuc hién t6t nhiém vu duge giao trong nam 2031"
    first = restore_lines([line])
    before = document._restorer()[0]
    monkeypatch.setattr(document, "MOST_REMEMBERED", 3)
    assert restore_lines([line]) == first
    assert document._restorer()[0] is not before
