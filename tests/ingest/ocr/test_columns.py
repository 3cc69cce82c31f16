"""Two columns side by side are found on a page image by the paper between them."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from kehoach.ingest.ocr.columns import column_zones
from kehoach.ingest.ocr.pieces import level_point, pieces_of, text_ink

Image = npt.NDArray[np.uint8]

WIDTH, HEIGHT = 595, 842  # points: at 72 dpi a point is a pixel


def blank() -> Image:
    return np.zeros((HEIGHT, WIDTH), np.uint8)


def text(ink: Image, x0: int, x1: int, tops: list[int]) -> Image:
    """Lines of marks 10 points high."""
    for top in tops:
        for x in range(x0, x1, 8):
            ink[top : top + 10, x : x + 5] = 255
    return ink


def page_with_signature() -> Image:
    """Six lines over the whole width, recipients on the left, two lines and a name on the right."""
    ink = text(blank(), 85, 540, list(range(100, 220, 20)))
    text(ink, 85, 230, list(range(260, 380, 15)))
    return text(ink, 330, 500, [260, 278, 350])


def test_recipients_and_signature_are_one_zone() -> None:
    (zone,) = column_zones(page_with_signature())
    assert 254 <= zone.top <= 262
    assert 374 <= zone.bottom <= 382
    assert 240 < zone.middle < 325


def test_a_seal_that_joins_the_lines_of_its_column_does_not_hide_the_zone() -> None:
    ink = page_with_signature()
    cv2.circle(ink, (360, 310), 50, 255, 3)
    (zone,) = column_zones(ink)
    assert zone.top <= 262


def test_lines_over_the_whole_width_hold_no_zone() -> None:
    assert column_zones(text(blank(), 85, 540, list(range(100, 700, 20)))) == []


def test_short_lines_on_one_side_hold_no_zone() -> None:
    assert column_zones(text(blank(), 85, 250, list(range(100, 400, 20)))) == []


def test_letterhead_and_signature_are_two_zones_from_the_top_down() -> None:
    ink = page_with_signature()
    text(ink, 85, 230, [40, 56, 72])
    text(ink, 300, 540, [40, 56, 72])
    zones = column_zones(ink)
    assert [zone.top < 100 for zone in zones] == [True, False]


def test_far_text_is_no_part_of_a_zone() -> None:
    ink = page_with_signature()
    text(ink, 85, 230, [700])
    assert column_zones(ink)[0].bottom < 400


def test_an_empty_page_has_no_zone() -> None:
    assert column_zones(blank()) == []
    assert column_zones(np.zeros((3, 3), np.uint8)) == []


def test_text_of_a_page_counts_in_points_without_dust_and_marks() -> None:
    double = cv2.resize(page_with_signature(), None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST)
    double[700:703, 560:563] = 255
    found = text_ink(pieces_of(np.asarray(double, dtype=np.uint8)), 0.0, 144.0)
    assert np.array_equal(found, page_with_signature())
    (zone,) = column_zones(found)
    assert 254 <= zone.top <= 262


def test_what_is_larger_than_letters_counts_as_it_is_drawn() -> None:
    ink = blank()
    cv2.circle(ink, (300, 300), 60, 255, 4)
    found = text_ink(pieces_of(ink), 0.0, 72.0)
    assert found[240, 300] == 255
    assert found[300, 300] == 0


def test_text_of_a_crooked_page_stands_where_it_is_level() -> None:
    (x, y), ink = (480, 240), blank()
    ink[y : y + 12, x : x + 6] = 255
    ink[600:603, 60:540] = 255
    found = text_ink(pieces_of(ink), 2.0, 72.0)
    there = level_point(x + 3.0, y + 6.0, 2.0, (HEIGHT, WIDTH))
    assert found[round(there[1]), round(there[0])] == 255
    assert found[y, x + 3] == 0 or abs(there[1] - y - 6) < 6
    line_there = level_point(500.0, 601.0, 2.0, (HEIGHT, WIDTH))
    assert found[round(line_there[1]), round(line_there[0])] > 0


def test_a_page_of_a_very_low_resolution_counts_in_points_too() -> None:
    ink = np.zeros((150, 150), np.uint8)
    ink[50:60, 20:140] = 255
    found = text_ink(pieces_of(ink), 0.0, 36.0)
    assert found.shape == (300, 300)
    assert found[110, 160] == 255
