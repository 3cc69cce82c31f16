"""Cells side by side in reading order."""

from __future__ import annotations

from kehoach.ingest.text.letterhead import letterhead_order


def test_number_and_date_come_after_both_columns() -> None:
    left = ["ỦY BAN NHÂN DÂN", "XÃ ĐỒNG VỌNG", "Số: 12/KH-UBND"]
    right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Đồng Vọng, ngày 05 tháng 3 năm 2023"]
    assert letterhead_order(left, right) == [*left[:2], right[0], left[2], right[1]]


def test_without_a_number_left_comes_before_right() -> None:
    assert letterhead_order(["Nơi nhận:", "- Lưu: VT."], ["CHỦ TỊCH"]) == ["Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH"]
