"""Tables without ruling lines are told by columns that keep apart and rows that stand apart, and by what they hold."""

from __future__ import annotations

from kehoach.ingest.ocr.pieces import boxes_of, pieces_of
from kehoach.ingest.tables.letters import letters
from kehoach.ingest.tables.rules import CellGrid
from kehoach.ingest.tables.typed import fill
from kehoach.ingest.tables.unruled import find_unruled, tables_of_words
from kehoach.ingest.values import Box, Word
from numpy import full, uint8, zeros

COLUMNS = (60.0, 110.0, 380.0, 470.0)
HEAD = ("TT", "Chỉ tiêu", "ĐVT", "Mục tiêu")


def text(left: float, top: float, content: str) -> list[Word]:
    words = []
    for part in content.split():
        words.append(Word(part, Box(left, top, left + 6 * len(part), top + 12)))
        left += 6 * len(part) + 4
    return words


def row(top: float, *cells: str) -> list[Word]:
    return [word for column, cell in zip(COLUMNS, cells, strict=True) for word in text(column, top, cell)]


def texts(grid: CellGrid, words: list[Word]) -> dict[tuple[int, int], str]:
    filled, _ = fill(grid, words)
    return {(cell.row, cell.column): " ".join(w.text for w in found) for cell, found in filled if found}


def test_head_and_rows_make_a_grid() -> None:
    words = row(100, *HEAD) + row(125, "1", "Trồng cây phân tán", "Cây", "500")
    words += row(139, "", "quanh trường học", "", "") + row(164, "2", "Thu phí", "%", "97,5")
    (grid,) = tables_of_words(words)
    found = texts(grid, words)
    assert found[1, 1] == "Trồng cây phân tán quanh trường học"
    assert (found[1, 3], found[2, 3]) == ("500", "97,5")


def test_lines_above_an_ordinal_in_the_middle_of_its_row_belong_to_it() -> None:
    words = row(100, *HEAD) + row(125, "1", "Thu phí", "%", "90")
    words += row(150, "", "Trồng cây phân tán", "", "") + row(164, "2", "bên đường liên thôn", "Cây", "500")
    words += row(178, "", "và quanh trường học", "", "") + row(203, "3", "Thu nợ", "%", "80")
    (grid,) = tables_of_words(words)
    assert texts(grid, words)[2, 1] == "Trồng cây phân tán bên đường liên thôn và quanh trường học"


def test_rows_no_farther_apart_than_lines_begin_with_an_ordinal() -> None:
    words = row(100, *HEAD) + row(114, "1", "Trồng cây phân tán", "Cây", "500")
    words += row(128, "", "quanh trường học", "", "") + row(142, "2", "Thu phí", "%", "97,5")
    words += row(156, "", "Trong đó phí chợ", "%", "60") + row(170, "3", "Thu nợ", "%", "80")
    (grid,) = tables_of_words(words)
    found = texts(grid, words)
    assert (found[1, 1], found[3, 3]) == ("Trồng cây phân tán quanh trường học", "60")


def test_a_column_that_the_first_rows_leave_empty_is_one() -> None:
    words = row(100, "TT", "Chỉ tiêu", "", "Mục tiêu") + row(125, "1", "Trồng cây", "", "500")
    words += [w for k in range(3) for w in row(150 + 25 * k, str(k + 2), "Thu phí", "Ha", "90")]
    (grid,) = tables_of_words(words)
    assert (texts(grid, words)[2, 2], texts(grid, words)[1, 3]) == ("Ha", "500")


def test_a_heading_over_several_columns_spans_them() -> None:
    words = text(390, 90, "Kế hoạch giao") + text(60, 96, "TT") + text(110, 96, "Chỉ tiêu")
    words += text(376, 106, "Cả năm") + text(460, 106, "Quý đầu")
    words += [w for k in range(4) for w in row(131 + 25 * k, str(k + 1), "Thu phí", "90", "20")]
    (grid,) = tables_of_words(words)
    spans = {(cell.row, cell.row_end, cell.column, cell.column_end) for cell in grid.cells if cell.row < 2}
    assert spans == {(0, 2, 0, 1), (0, 2, 1, 2), (0, 1, 2, 4), (1, 2, 2, 3), (1, 2, 3, 4)}
    assert texts(grid, words)[2, 3] == "20"


def test_text_across_the_columns_ends_the_table() -> None:
    words = row(100, *HEAD) + row(125, "1", "Trồng cây", "Cây", "500")
    words += [*row(150, "2", "Thu phí", "%", "90"), Word("Các", Box(60, 175, 540, 187))]
    (grid,) = tables_of_words(words)
    assert grid.box.bottom < 175


def test_columns_without_head_and_numbers_are_no_table() -> None:
    words = [w for k in range(4) for w in row(100 + 25 * k, "Nơi", "nhận", "CHỦ", "TỊCH")]
    assert tables_of_words(words) == []


def test_bullets_beside_a_signature_are_no_table() -> None:
    words = [w for k in range(6) for w in text(60, 100 + 14 * k, "-") + text(110, 100 + 14 * k, "Ban ngành xã")]
    for at, line in enumerate(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "", "Lò Văn Bình")):
        words += text(380, 100 + 14 * at, line)
    assert tables_of_words(words) == []


def test_a_letterhead_and_lines_of_text_have_no_grid() -> None:
    words = text(60, 40, "ỦY BAN NHÂN DÂN") + text(320, 40, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    words += text(70, 56, "XÃ TÂN LỘC") + text(340, 56, "Độc lập - Tự do - Hạnh phúc")
    words += [w for k in range(9) for w in text(60 + (k % 3) * 9, 90 + 18 * k, "Các thôn tổ chức thực hiện tốt " * 2)]
    assert find_unruled([word.box for word in words], 12.0) == []


def test_without_the_ordinal_column_there_is_no_table() -> None:
    words = [
        w for k, t in enumerate(["Chỉ tiêu", "Trồng cây", "Thu phí"]) for w in row(100 + 25 * k, "", t, "ĐVT", "9")
    ]
    assert tables_of_words(words) == []


def test_no_words_no_table() -> None:
    assert tables_of_words([]) == []
    assert letters(boxes_of(pieces_of(zeros((400, 400), uint8)), 0.0), 400, 100.0)[0] == []


def test_letters_and_dashes_are_found_in_ink_and_dust_is_not() -> None:
    ink = zeros((400, 400), uint8)
    for left in (100, 120, 140):
        ink[100:112, left : left + 9] = 255
    ink[200:202, 100:107] = 255
    ink[300:302, 300:302] = 255
    ink[100:112, 2:11] = full((12, 9), 255)
    boxes, size = letters(boxes_of(pieces_of(ink), 0.0), 400, 100.0)
    assert [(round(box.x0), round(box.top)) for box in boxes] == [(72, 72), (86, 72), (101, 72), (72, 144)]
    assert 15 < size < 22
