"""Page images made ready: stamps off, turned, levelled, enlarged; any size without a failure."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from kehoach.ingest.ocr.prepare import (
    CLEAR,
    enlarge,
    guess_dpi,
    ink_of,
    is_coloured,
    level,
    lies_sideways,
    search_ink,
    skew,
    to_grey,
    turn,
    without_specks,
)

Image = npt.NDArray[np.uint8]
MakePage = Callable[..., Image]

RED, BLACK, PAPER = (220, 30, 40), (20, 20, 20), (250, 250, 250)
LINES = [
    "Các thôn trồng thêm mười hai hàng cây ven đường, mỗi hộ giữ",
    "sạch ngõ của mình trước ngày lễ lớn năm 2031",
] * 6
SIZES = [(1, 1), (1, 20), (20, 1), (2, 3), (5, 5), (7, 16), (16, 16), (20, 20)]


def stamped(size: int = 80) -> Image:
    """Paper with a black bar that a red seal crosses."""
    page = np.full((size, size, 3), PAPER, np.uint8)
    page[size // 4 : size * 3 // 4, size // 4 : size * 3 // 4] = RED
    page[size // 2 - 2 : size // 2 + 2, :] = BLACK
    return page


def rgb(grey: Image) -> Image:
    return np.repeat(grey[:, :, None], 3, axis=2)


def test_a_seal_becomes_paper_and_the_letters_under_it_stay() -> None:
    grey = to_grey(stamped())
    assert grey.shape == (80, 80)
    assert grey[24, 24] > 200
    assert grey[30, 55] > 200
    assert (grey[39:41, :] < 60).all()  # its outermost pixels may go with the seal
    assert (grey[:15, :] > 240).all()


def test_black_and_white_pages_are_only_made_grey() -> None:
    page = rgb(np.arange(200, dtype=np.uint8).reshape(10, 20))
    assert not is_coloured(page)
    assert (np.abs(to_grey(page).astype(int) - page[:, :, 0]) <= 1).all()
    grey = page[:, :, 0].copy()
    assert to_grey(grey) is grey
    assert is_coloured(stamped())
    assert not is_coloured(grey)


@pytest.mark.parametrize("shape", SIZES)
@pytest.mark.parametrize("colour", [RED, BLACK, (10, 10, 240)])
def test_tiny_images_pass_every_step(shape: tuple[int, int], colour: tuple[int, int, int]) -> None:
    page = np.full((*shape, 3), PAPER, np.uint8)
    page[0, 0] = colour
    page[-1, -1] = colour
    grey = to_grey(page)
    assert grey.shape == shape
    assert grey.dtype == np.uint8
    mask = ink_of(grey, 300, CLEAR)
    assert mask.shape == shape
    if min(shape) >= 16:  # smaller ones are refused before
        assert without_specks(grey, mask, 300).shape == shape
    assert -6 <= skew(grey) <= 6
    assert lies_sideways(grey) in (True, False)
    assert level(grey, 2.0).shape == shape


@settings(max_examples=60)
@given(arrays(np.uint8, st.tuples(st.integers(1, 20), st.integers(1, 20), st.just(3))))
def test_any_small_colour_image_becomes_grey(page: Image) -> None:
    grey = to_grey(page)
    assert grey.shape == page.shape[:2]
    assert grey.dtype == np.uint8


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_turning_goes_counter_clockwise(degrees: int) -> None:
    page = np.zeros((2, 3), np.uint8)
    page[0, 2] = 9  # the upper right corner goes left, down, right
    corner = {0: (0, 2), 90: (0, 0), 180: (1, 0), 270: (2, 1)}[degrees]
    assert turn(page, degrees)[corner] == 9
    assert (turn(turn(page, degrees), 360 - degrees) == page).all()


@pytest.mark.parametrize("degrees", [-3.0, -0.7, 0.0, 0.4, 2.0, 4.5])
def test_a_crooked_page_is_measured_and_levelled(page_image: MakePage, degrees: float) -> None:
    page = page_image(LINES, 100, degrees)
    angle = skew(page)
    assert angle == pytest.approx(-degrees, abs=0.15)
    straight = level(page, angle)
    assert straight.shape == page.shape
    assert abs(skew(straight)) < 0.2


def test_a_level_page_is_left_as_it_is() -> None:
    page = stamped()[:, :, 0]
    assert level(page, 0.1) is page


def test_a_page_that_lies_sideways_is_known(page_image: MakePage) -> None:
    page = page_image(LINES, 100, 1.5)
    assert not lies_sideways(page)
    assert lies_sideways(turn(page, 90))
    assert lies_sideways(turn(page, 270))
    assert not lies_sideways(turn(page, 180))


def test_dust_is_painted_over_and_marks_near_letters_stay() -> None:
    page = np.full((200, 200), 250, np.uint8)
    page[50:90, 50:60] = 20  # a letter at 300 dots per inch
    page[44:47, 53:56] = 20  # its mark
    page[150:153, 150:153] = 20  # dust
    clean = without_specks(page, ink_of(page, 300, CLEAR), 300)
    assert clean[151, 151] > 200
    assert clean[45, 54] == 20
    assert (clean[50:90, 50:60] == 20).all()


def test_a_full_stop_is_no_dust() -> None:
    page = np.full((200, 200), 250, np.uint8)
    page[150:157, 150:157] = 20
    assert (without_specks(page, ink_of(page, 300, CLEAR), 300) == page).all()


def test_pale_lines_show_in_the_ink_for_searching_only() -> None:
    page = np.full((600, 600), 250, np.uint8)
    page[100:500, 100:110] = 20
    page[300:303, 150:550] = 205
    pale, dpi = search_ink(page, 130)
    assert dpi == 130
    assert (pale[301, 200:500] == 255).all()
    assert (ink_of(page, 130, CLEAR)[301, 200:500] == 0).all()


def test_ink_for_searching_is_small() -> None:
    mask, dpi = search_ink(np.full((2600, 1300), 255, np.uint8), 260)
    assert (mask.shape, dpi) == ((1300, 650), 130)


def test_images_of_low_resolution_are_enlarged() -> None:
    page = np.full((100, 50), 255, np.uint8)
    assert enlarge(page, 180)[0] is page
    larger, dpi = enlarge(page, 150)
    assert (larger.shape, dpi) == ((200, 100), 300)
    tiny, dpi = enlarge(page, 10)
    assert (tiny.shape, dpi) == ((400, 200), 40)


@pytest.mark.parametrize(
    ("shape", "stated", "dpi"),
    [((2339, 1654), 200, 200), ((2339, 1654), None, 200), ((2339, 1654), 1, 200), ((1654, 2339), None, 200),
     ((3508, 2480), 72, 72), ((3508, 2480), 5000, 300)],
)  # fmt: skip
def test_an_untrustworthy_resolution_is_guessed_from_the_paper(
    shape: tuple[int, int], stated: float | None, dpi: float
) -> None:
    assert guess_dpi(np.zeros(shape, np.uint8), stated) == pytest.approx(dpi, rel=0.01)


def test_pages_of_any_one_colour_become_grey() -> None:
    for red in range(0, 256, 5):
        page = np.full((12, 9, 3), (red, 0, 0), np.uint8)
        assert to_grey(page).shape == (12, 9)
