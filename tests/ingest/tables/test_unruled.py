"""Tables without ruling lines are told by their head and the columns below it."""

from __future__ import annotations

from kehoach.ingest.tables.typed import fill
from kehoach.ingest.tables.unruled import find_unruled
from kehoach.ingest.values import Box, Word

COLUMNS = (60.0, 110.0, 380.0, 470.0)


def row(top: float, *cells: str) -> list[Word]:
    words = []
    for column, cell in zip(COLUMNS, cells, strict=True):
        left = column
        for part in cell.split():
            words.append(Word(part, Box(left, top, left + 6 * len(part), top + 12)))
            left += 6 * len(part) + 4
    return words


def test_head_and_rows_make_a_grid() -> None:
    words = row(100, "TT", "Chỉ tiêu", "ĐVT", "Mục tiêu") + row(125, "1", "Trồng cây phân tán", "Cây", "500")
    words += row(139, "", "quanh trường học", "", "") + row(164, "2", "Thu phí", "%", "97,5")
    (grid,) = find_unruled(words)
    filled, left = fill(grid, words)
    texts = {(cell.row, cell.column): " ".join(w.text for w in found) for cell, found in filled}
    assert left == []
    assert texts[1, 1] == "Trồng cây phân tán quanh trường học"
    assert (texts[1, 3], texts[2, 3]) == ("500", "97,5")


def test_text_across_the_columns_ends_the_table() -> None:
    words = row(100, "TT", "Chỉ tiêu", "ĐVT", "Mục tiêu") + row(125, "1", "Trồng cây", "Cây", "500")
    words += [*row(150, "2", "Thu phí", "%", "90"), Word("Các", Box(60, 175, 540, 187))]
    (grid,) = find_unruled(words)
    assert grid.box.bottom < 175


def test_columns_without_a_tables_head_are_no_table() -> None:
    words = [w for k in range(4) for w in row(100 + 25 * k, "Nơi", "nhận", "CHỦ", "TỊCH")]
    assert find_unruled(words) == []


def test_without_the_ordinal_column_there_is_no_table() -> None:
    words = [
        w for k, t in enumerate(["Chỉ tiêu", "Trồng cây", "Thu phí"]) for w in row(100 + 25 * k, "", t, "ĐVT", "9")
    ]
    assert find_unruled(words) == []


def test_no_words_no_table() -> None:
    assert find_unruled([]) == []
