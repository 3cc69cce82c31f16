"""Units of a table's column get their marks back where only one unit has these letters."""

from __future__ import annotations

from kehoach.ingest.restore.unit_cells import mended_units
from kehoach.ingest.values import Line

ROWS = ["TT\tChỉ tiêu\tĐVT\tKế hoạch", "1\tDiện tích lúa\tHà\t310", "2\tSản lượng\tTân\t1.950", "3\tTân\tXyz\t5"]


def lines(texts: list[str]) -> list[Line]:
    return [Line(n, 1, text, cells=tuple(text.split("\t")), table=1) for n, text in enumerate(texts, 1)]


def test_a_unit_of_the_same_letters_gets_its_marks() -> None:
    assert mended_units(lines(ROWS), ROWS, range(4))[1:3] == ["1\tDiện tích lúa\tHa\t310", "2\tSản lượng\tTấn\t1.950"]


def test_other_columns_and_other_words_stay() -> None:
    assert mended_units(lines(ROWS), ROWS, range(4))[3] == ROWS[3]


def test_a_table_without_a_column_of_units_stays() -> None:
    rows = ["TT\tNội dung\tGhi chú", "1\tTân\tHà"]
    assert mended_units(lines(rows), rows, range(2)) == rows


def test_text_between_two_tables_ends_the_column() -> None:
    rows = [*lines(ROWS[:2]), Line(3, 1, "Danh sách:"), *lines(["1\tLê Văn Tân\tTân\t1990"])]
    texts = [line.text for line in rows]
    assert mended_units(rows, texts, range(4))[3] == texts[3]


def test_lines_that_no_engine_has_read_stay() -> None:
    assert mended_units(lines(ROWS), ROWS, [0]) == ROWS
