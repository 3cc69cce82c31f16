"""Words of a page become lines in reading order."""

from __future__ import annotations

from kehoach.ingest.layout.lines import cut_line, lines_of, lines_of_runs
from kehoach.ingest.values import Box, Word

WIDTH = 600.0


def row(text: str, x: float, top: float, height: float = 12.0) -> list[Word]:
    """Words of `text` from `x` on, as wide as 6 points a letter, a blank 4 points apart."""
    words = []
    for part in text.split():
        words.append(Word(part, Box(x, top, x + 6 * len(part), top + height)))
        x += 6 * len(part) + 4
    return words


def texts(words: list[Word]) -> list[str]:
    return [line.text for line in lines_of(words, 1, WIDTH)]


def test_lines_run_from_the_top_down_whatever_the_order_of_the_file() -> None:
    words = row("hai ba", 60, 120) + row("một", 60, 100)
    assert texts(words) == ["một", "hai ba"]


def test_letterhead_is_read_column_by_column_with_number_and_date_last() -> None:
    words = (
        row("ỦY BAN NHÂN DÂN", 60, 50)
        + row("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", 320, 50)
        + row("XÃ ĐỒNG VỌNG", 70, 65)
        + row("Độc lập - Tự do", 350, 66)
        + row("Số: 12/KH-UBND", 70, 90)
        + row("ngày 05 tháng 3 năm 2023", 340, 90)
        + row("KẾ HOẠCH", 272, 120)
    )
    assert texts(words) == [
        "ỦY BAN NHÂN DÂN",
        "XÃ ĐỒNG VỌNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA",
        "Độc lập - Tự do",
        "Số: 12/KH-UBND",
        "ngày 05 tháng 3 năm 2023",
        "KẾ HOẠCH",
    ]


def test_a_label_far_from_its_text_stays_with_it() -> None:
    words = row("-", 60, 100) + row("Giữ vững an ninh", 90, 100) + row("-", 60, 120) + row("Trồng cây", 90, 120)
    assert texts(words) == ["- Giữ vững an ninh", "- Trồng cây"]


def test_signature_beside_recipients_with_other_baselines() -> None:
    left = [w for k, t in enumerate(["Nơi nhận:", "- Các thôn;", "- Lưu: VT."]) for w in row(t, 60, 100 + 13 * k)]
    right = row("CHỦ TỊCH", 380, 104) + row("Lò Thị Mẩy", 375, 119)
    assert texts(left + right) == ["Nơi nhận:", "- Các thôn;", "- Lưu: VT.", "CHỦ TỊCH", "Lò Thị Mẩy"]


def test_blank_room_for_the_pen_does_not_turn_the_date_round() -> None:
    words = (
        row("BỘ MÔN", 60, 50)
        + row("CỘNG HÒA XÃ HỘI", 320, 50)
        + row("Số: /BM", 60, 80)
        + row("Hà Nội, ngày", 320, 81)
        + row("tháng 7 năm 2022", 450, 80)
    )
    assert texts(words)[-1] == "Hà Nội, ngày tháng 7 năm 2022"


def test_national_name_opens_the_right_column_even_when_it_is_close() -> None:
    left = row("UBND XÃ ĐỒNG VỌNG", 40, 50)
    words = left + row("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", left[-1].box.x1 + 10, 50) + row("PHÒNG NỘI VỤ", 40, 65)
    assert texts(words) == ["UBND XÃ ĐỒNG VỌNG", "PHÒNG NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"]


def test_engine_lines_are_cut_between_columns() -> None:
    line = row("Nơi nhận:", 60, 100) + row("CHỦ TỊCH", 380, 100)
    assert [run.text for run in cut_line(line)] == ["Nơi nhận:", "CHỦ TỊCH"]


def test_a_word_read_apart_goes_back_into_the_gap_of_its_line() -> None:
    line = row("Quyết định", 100, 10) + row("06/QĐ-ĐV ngày", 178, 10)
    apart = row("số", 162, 10)
    runs = [run for words in (line, apart) for run in cut_line(words)]
    assert [found.text for found in lines_of_runs(runs, 1, WIDTH)] == ["Quyết định số 06/QĐ-ĐV ngày"]
