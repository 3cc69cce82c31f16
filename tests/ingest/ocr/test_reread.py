"""Columns that the page's reading is not sure of are read once more, each alone; the best line of each row stays."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from kehoach.ingest.ocr.engine import OcrEngine, TextLine
from kehoach.ingest.ocr.level_page import LevelPage
from kehoach.ingest.ocr.pieces import pieces_of
from kehoach.ingest.ocr.reread import best_lines, reread_bare_lines, reread_columns, trimmed
from kehoach.ingest.values import Box, Word

Image = npt.NDArray[np.uint8]


def words(text: str, x: float, top: float, confidence: float = 0.95) -> tuple[Word, ...]:
    """Words of a line, each 40 points wide."""
    return tuple(
        Word(part, Box(x + 45 * k, top, x + 45 * k + 40, top + 10), confidence) for k, part in enumerate(text.split())
    )


def said(lines: list[tuple[Word, ...]] | tuple[tuple[Word, ...], ...]) -> list[str]:
    return [" ".join(word.text for word in line) for line in lines]


def page(engine: OcrEngine, sealed: bool = False) -> LevelPage:
    """A page of 595 x 842 points at 72 dpi: recipients on the left, on the right a signature, `sealed` or not."""
    image = np.full((842, 595), 240, np.uint8)
    for top in range(260, 380, 15):
        for x in range(85, 230, 8):
            image[top : top + 10, x : x + 5] = 20
    for top in (260, 278, 350):
        for x in range(330, 500, 8):
            image[top : top + 10, x : x + 5] = 20
    if sealed:
        image[300:340, 380:440] = 150
    ink = np.where(image < 128, 255, 0).astype(np.uint8)
    return LevelPage(image, pieces_of(ink), 0.0, 72.0, engine)


@dataclass
class ColumnEngine:
    """Reads the same lines from every image and counts how often it was asked."""

    lines: tuple[TextLine, ...]
    mode: str = "block"
    widths: list[int] = field(default_factory=list)

    def read(self, image: Image, dpi: float, mode: str = "page", alphabet: str = "") -> tuple[TextLine, ...]:  # noqa: ARG002
        self.widths.append(image.shape[1])
        assert mode == self.mode
        return self.lines

    def orientation(self, image: Image, dpi: float) -> int:  # noqa: ARG002
        return 0


def test_the_surest_reading_of_each_row_stays() -> None:
    first = [words("CHU TICH", 300, 100, 0.6), words("Lò Văn Điệp", 300, 200)]
    second = [words("CHỦ TỊCH", 300, 101, 0.96), words("Lo Yan", 300, 201, 0.7)]
    assert said(best_lines(first, second)) == ["CHỦ TỊCH", "Lò Văn Điệp"]


def test_of_two_readings_as_sure_that_with_the_marks_stays() -> None:
    assert said(best_lines([words("PHO GIAM ĐOC", 300, 100)], [words("PHÓ GIÁM ĐỐC", 300, 100)])) == ["PHÓ GIÁM ĐỐC"]


def test_of_two_readings_as_sure_that_with_fewer_words_stays() -> None:
    assert said(best_lines([words("PHÓ GI ÁM ĐỐC", 300, 100)], [words("PHÓ GIÁM ĐỐC", 300, 100)])) == ["PHÓ GIÁM ĐỐC"]


def test_sure_words_beside_the_best_reading_of_a_row_complete_it() -> None:
    first = [words("TỊCH", 345, 100, 0.97)]
    second = [words("CHỦ", 300, 101, 0.9) + words("Tl", 345, 101, 0.5)]
    assert said(best_lines(first, second)) == ["CHỦ TỊCH"]


def test_a_number_that_two_readings_see_differently_is_doubtful() -> None:
    first = [words("Số: 46/KH-UBND", 85, 100, 0.97)]
    second = [words("Số: 16/KH-UBND", 85, 101, 0.9)]
    ((label, number),) = best_lines(first, second)
    assert (number.text, label.confidence, number.confidence) == ("46/KH-UBND", 0.97, 0.45)


def test_a_comma_that_one_reading_loses_makes_the_number_doubtful() -> None:
    ((_, number),) = best_lines([words("kinh 1,5", 85, 100, 0.75)], [words("kinh 15", 85, 101, 0.95)])
    assert (number.text, number.confidence) == ("15", 0.45)


def test_a_number_that_the_best_reading_leaves_out_stays() -> None:
    whole = words("Số 125 người", 85, 100, 0.5)
    short = (*words("Số", 85, 101), *words("người", 175, 101))
    (line,) = best_lines([whole], [short])
    assert [word.text for word in line] == ["Số", "125", "người"]
    assert line[1].confidence == 0.45


def test_lines_of_strokes_go_and_figures_stay() -> None:
    lines = [words("\\ Z=.", 300, 100, 0.2), words("1.250.000", 300, 130, 0.2)]
    assert said(best_lines([], lines)) == ["1.250.000"]
    assert said(best_lines([], [words("70/2275", 300, 130, 0.0)])) == ["70/2275"]


def test_marks_at_the_head_of_one_line_are_strokes_of_several_are_bullets() -> None:
    alone = [words("~ CHỦ TỊCH", 300, 100), words("Lò Văn Điệp", 300, 130)]
    assert said(trimmed(alone)) == ["CHỦ TỊCH", "Lò Văn Điệp"]
    listed = [words("- Như trên;", 60, 100), words("- Lưu: VT.", 60, 130)]
    assert said(trimmed(listed)) == ["- Như trên;", "- Lưu: VT."]


def test_sure_columns_are_not_read_again() -> None:
    lines = (words("Nơi nhận:", 85, 260), words("CHỦ TỊCH", 330, 260))
    engine = ColumnEngine(())
    assert reread_columns(lines, (), page(engine)) == lines
    assert engine.widths == []


def test_an_unsure_column_is_read_alone_and_its_words_stand_where_they_are_on_the_page() -> None:
    lines = (words("Nơi nhận:", 85, 262), words("CHU", 330, 262, 0.3))
    # The crop of the right column is enlarged to 300 dpi and begins left of its ink and above the zone.
    factor = 300 / 72
    engine = ColumnEngine(((Word("CHỦ", Box(24 * factor, 4 * factor + 12, 74 * factor, 14 * factor + 12), 0.96),),))
    found = reread_columns(lines, (), page(engine))
    assert said(found) == ["Nơi nhận:", "CHỦ"]
    assert 330 < found[1][0].box.x0 < 350
    assert len(engine.widths) == 1


def test_a_word_over_both_columns_makes_both_be_read_again() -> None:
    across = Word("nhận:TM.", Box(200, 262, 400, 272), 0.95)
    engine = ColumnEngine(())
    reread_columns(((across,),), (), page(engine))
    assert len(engine.widths) >= 2


def test_where_words_were_seen_and_not_believed_the_column_is_read_again() -> None:
    lines = (words("Nơi nhận:", 85, 262), words("CHỦ TỊCH", 330, 262))
    engine = ColumnEngine(())
    reread_columns(lines, [Box(340, 300, 360, 310)], page(engine))
    assert len(engine.widths) == 1


def test_print_is_read_apart_from_a_seal_where_there_is_one() -> None:
    lines = (words("Nơi nhận:", 85, 262), words("CHU", 330, 262, 0.3))
    engine = ColumnEngine(())
    reread_columns(lines, (), page(engine, sealed=True))
    assert len(engine.widths) == 3


def test_parts_of_lines_beyond_a_column_are_none_of_its_words() -> None:
    lines = (words("CHU", 330, 262, 0.3), words("toàn bộ", 330, 250, 0.96))
    factor = 300 / 72
    # Its middle stands within the column, much of it on the line above, which was read whole.
    cut = (Word("125", Box(24 * factor, -1 * factor + 12, 54 * factor, 6 * factor + 12), 0.1),)
    assert said(reread_columns(lines, (), page(ColumnEngine((cut,))))) == ["toàn bộ", "CHU"]


def test_where_the_new_reading_is_worse_the_old_one_stays() -> None:
    lines = (words("Nơi nhận:", 85, 262), words("CHỦ TỊCH", 330, 262, 0.75))
    assert said(reread_columns(lines, (), page(ColumnEngine(())))) == ["Nơi nhận:", "CHỦ TỊCH"]


def test_what_a_column_shows_of_the_lines_beyond_it_is_left_out() -> None:
    lines = (words("CHU", 330, 262, 0.3),)
    factor = 300 / 72
    cut_line = (Word("giêm", Box(60 * factor, -6 * factor, 110 * factor, 1 * factor), 0.9),)
    assert said(reread_columns(lines, (), page(ColumnEngine((cut_line,))))) == ["CHU"]


def test_a_line_that_lost_all_its_marks_is_read_alone() -> None:
    lines = (words("TINH DONG VONG", 330, 278), words("Nơi nhận:", 85, 260))
    new = tuple(
        Word(text, Box(50 + 190 * k, 30, 220 + 190 * k, 70), 0.9) for k, text in enumerate(("TỈNH", "ĐỒNG", "VỌNG"))
    )
    engine = ColumnEngine((new,), mode="line")
    assert said(reread_bare_lines(lines, page(engine))) == ["TỈNH ĐỒNG VỌNG", "Nơi nhận:"]
    assert len(engine.widths) == 1


def test_a_bare_line_stays_where_the_new_reading_is_no_better() -> None:
    lines = (words("VNPT HANOI", 330, 278), words("UBND", 85, 260))
    assert reread_bare_lines(lines, page(ColumnEngine((), mode="line"))) == lines


def test_a_foreign_page_is_not_read_again_line_by_line() -> None:
    lines = tuple(words("plain words here", 330, 100 + 20 * k) for k in range(30))
    engine = ColumnEngine((), mode="line")
    assert reread_bare_lines(lines, page(engine)) == lines
    assert len(engine.widths) < 10


@dataclass
class SealEngine:
    """Reads figures in a column as it is, and nothing once the ink of the seal is gone."""

    sure: float
    calls: int = 0

    def read(self, image: Image, dpi: float, mode: str = "page", alphabet: str = "") -> tuple[TextLine, ...]:  # noqa: ARG002
        self.calls += 1
        return ((Word("70/2275", Box(300, 250, 500, 290), self.sure),),) if self.calls == 1 else ()

    def orientation(self, image: Image, dpi: float) -> int:  # noqa: ARG002
        return 0


def test_figures_that_are_gone_with_the_ink_of_a_seal_are_none_unless_they_were_believed() -> None:
    lines = (words("Nơi nhận:", 85, 262), words("CHU", 330, 262, 0.3))
    assert "70/2275" not in said(reread_columns(lines, (), page(SealEngine(0.0), sealed=True)))
    assert "70/2275" in said(reread_columns(lines, (), page(SealEngine(0.3), sealed=True)))
