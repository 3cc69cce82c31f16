"""Page images made ready: stamps off, turned, levelled, enlarged; any size without a failure."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.ocr.pieces import boxes_of, level_point, pieces_of, without_specks
from kehoach.ingest.ocr.prepare import (
    CLEAR,
    enlarge,
    guess_dpi,
    has_dark_fields,
    ink_of,
    level,
    lies_sideways,
    search_ink,
    shade_at,
    skew,
    small_ink,
    turn,
)

Image = npt.NDArray[np.uint8]
MakePage = Callable[..., Image]

LINES = [
    "Các thôn trồng thêm mười hai hàng cây ven đường, mỗi hộ giữ",
    "sạch ngõ của mình trước ngày lễ lớn năm 2031",
] * 6
SIZES = [(1, 1), (1, 20), (20, 1), (2, 3), (5, 5), (7, 16), (16, 16), (20, 20)]


@given(st.lists(st.integers(0, 255), min_size=1, max_size=60), st.floats(0.0, 1.0))
def test_a_shade_is_at_its_share_of_the_pixels(shades: list[int], share: float) -> None:
    image = np.array([shades], np.uint8)
    shade = shade_at(image, share)
    assert (image < shade - 0.5).mean() <= share + 1e-9
    assert (image <= shade + 0.5).mean() >= share - 1e-9


def cleaned(page: Image) -> Image:
    ink = ink_of(page, 300, CLEAR)
    return without_specks(page, ink, pieces_of(ink), 300, grainy=False)


@pytest.mark.parametrize("shape", SIZES)
@pytest.mark.parametrize("shade", [20, 120])
def test_tiny_images_pass_every_step(shape: tuple[int, int], shade: int) -> None:
    grey = np.full(shape, 250, np.uint8)
    grey[0, 0] = grey[-1, -1] = shade
    mask = ink_of(grey, 300, CLEAR)
    assert mask.shape == shape
    if min(shape) >= 16:  # smaller ones are refused before
        assert without_specks(grey, mask, pieces_of(mask), 300, grainy=False).shape == shape
    assert -6 <= skew(small_ink(grey)) <= 6
    assert lies_sideways(small_ink(grey)) in (True, False)
    assert level(grey, 2.0).shape == shape


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
    angle = skew(small_ink(page))
    assert angle == pytest.approx(-degrees, abs=0.15)
    straight = level(page, angle)
    assert straight.shape == page.shape
    assert abs(skew(small_ink(straight))) < 0.2


def test_points_go_where_the_image_of_them_goes() -> None:
    assert level_point(100.0, 50.0, 90, (100, 100)) == pytest.approx((50, 0))
    assert level_point(50.0, 100.0, 90, (100, 100)) == pytest.approx((100, 50))
    page = np.zeros((200, 300), np.uint8)
    page[150:156, 250:256] = 255
    (box,) = boxes_of(pieces_of(page), 3.0)
    turned = np.argwhere(level(page, 3.0) > 128).mean(axis=0)
    assert (box[1] + box[3] / 2, box[0] + box[2] / 2) == pytest.approx(turned, abs=1.0)


def test_a_level_page_is_left_as_it_is() -> None:
    page = np.full((80, 80), 250, np.uint8)
    assert level(page, 0.1) is page


def test_a_page_that_lies_sideways_is_known(page_image: MakePage) -> None:
    page = page_image(LINES, 100, 1.5)
    assert not lies_sideways(small_ink(page))
    assert lies_sideways(small_ink(turn(page, 90)))
    assert lies_sideways(small_ink(turn(page, 270)))
    assert not lies_sideways(small_ink(turn(page, 180)))


def test_dust_is_painted_over_and_marks_near_letters_stay() -> None:
    page = np.full((200, 200), 250, np.uint8)
    page[50:90, 50:60] = 20  # a letter at 300 dots per inch
    page[44:47, 53:56] = 20  # its mark
    page[150:153, 150:153] = 20  # dust
    clean = cleaned(page)
    assert clean[151, 151] > 200
    assert clean[45, 54] == 20
    assert (clean[50:90, 50:60] == 20).all()


def test_a_full_stop_is_no_dust() -> None:
    page = np.full((200, 200), 250, np.uint8)
    page[150:157, 150:157] = 20
    assert (cleaned(page) == page).all()


def test_light_letters_on_a_dark_field_are_expected_and_bold_print_is_none(page_image: MakePage) -> None:
    page = page_image(LINES, 150, 0.0)
    assert not has_dark_fields(page, 150)
    assert has_dark_fields(255 - page, 150)
    page[200:240, 100:600] = 255 - page[200:240, 100:600]
    assert has_dark_fields(page, 150)


@pytest.mark.parametrize("shape", [(24, 3000), (3000, 24), (6, 300), (1, 1)])
def test_a_thin_strip_has_no_dark_field(shape: tuple[int, int]) -> None:
    assert not has_dark_fields(np.full(shape, 250, np.uint8), 1200)


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
