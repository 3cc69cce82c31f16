"""Seals and signatures in colour become paper; letters under them, and letters printed in colour, stay."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from kehoach.ingest.ocr.stamps import without_stamps

Image = npt.NDArray[np.uint8]

DPI = 150.0
RED, BLUE, BLACK = (205, 30, 45), (25, 40, 150), (25, 25, 25)


def sheet(shade: tuple[int, int, int] = (240, 240, 240)) -> Image:
    return np.full((600, 600, 3), shade, np.uint8)


def with_seal(page: Image, strength: float = 0.8) -> Image:
    """A page with a worn red ring of 36 mm and a star-like disc; `strength` is how far the ink hides what is below."""
    mask = np.zeros(page.shape[:2], np.float32)
    cv2.circle(mask, (300, 300), 106, strength, 6)
    cv2.circle(mask, (300, 300), 30, strength, -1)
    mixed = page * (1 - mask[..., None]) + np.array(RED) * mask[..., None]
    return mixed.astype(np.uint8)


def test_a_red_ring_becomes_paper() -> None:
    plain = without_stamps(with_seal(sheet()), DPI)
    assert plain.grey.min() > 200
    assert plain.taken is not None
    assert plain.taken[300, 300] == 255
    assert plain.taken[20, 20] == 0


@pytest.mark.parametrize("strength", [0.4, 0.6, 0.8])
def test_letters_under_the_ink_of_a_seal_come_to_light(strength: float) -> None:
    page = sheet()
    page[296:304, 100:500] = BLACK
    grey = without_stamps(with_seal(page, strength), DPI).grey
    assert grey[300, 120:480].max() < 140
    assert grey[270:290, 300].min() > 190


def test_a_blue_signature_becomes_paper_and_black_stays() -> None:
    page = sheet()
    cv2.line(page, (100, 200), (400, 350), BLUE, 4)
    cv2.line(page, (400, 350), (450, 180), BLUE, 4)
    page[450:460, 100:500] = BLACK
    grey = without_stamps(page, DPI).grey
    assert grey[:440].min() > 200
    assert grey[455, 110:490].max() < 40


def test_letters_printed_in_colour_stay() -> None:
    page = sheet()
    for x in range(60, 500, 30):
        page[100:120, x : x + 12] = RED
    plain = without_stamps(page, DPI)
    assert plain.taken is None
    assert plain.grey[110, 66] < 120


def test_an_old_yellow_sheet_is_paper() -> None:
    page = sheet((235, 215, 160))
    page[100:110, 60:500] = BLACK
    plain = without_stamps(page, DPI)
    assert plain.taken is None
    assert plain.grey[105, 100] < 40
    assert plain.grey[300, 300] > 200


def test_a_picture_full_of_colour_is_only_made_grey() -> None:
    page = sheet()
    page[50:550, 50:550] = RED
    assert without_stamps(page, DPI).taken is None


def test_a_grey_image_is_left_as_it_is() -> None:
    grey = np.full((40, 40), 200, np.uint8)
    assert without_stamps(grey, DPI).grey is grey


@settings(max_examples=60)
@given(arrays(np.uint8, st.tuples(st.integers(1, 20), st.integers(1, 20), st.just(3))), st.sampled_from([10.0, 300.0]))
def test_any_small_colour_image_becomes_grey(page: Image, dpi: float) -> None:
    grey = without_stamps(page, dpi).grey
    assert grey.shape == page.shape[:2]
    assert grey.dtype == np.uint8


@pytest.mark.parametrize("red", range(0, 256, 15))
def test_pages_of_any_one_colour_become_grey(red: int) -> None:
    page = np.full((120, 90, 3), (red, 0, 0), np.uint8)
    assert without_stamps(page, 72.0).grey.shape == (120, 90)


def test_a_pale_seal_on_a_clean_scan_is_taken_off_too() -> None:
    page = sheet((255, 255, 255))
    cv2.circle(page, (300, 300), 100, (215, 190, 190), 6)
    plain = without_stamps(page, DPI)
    assert plain.taken is not None
    assert plain.grey[300, 400] > 240
