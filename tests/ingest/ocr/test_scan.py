"""A page image is turned, levelled and read once; what is left unread is looked at again."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from kehoach.ingest.errors import DamagedInputError
from kehoach.ingest.ocr.engine import RecordedEngine, TextLine
from kehoach.ingest.ocr.pieces import pieces_of, unread
from kehoach.ingest.ocr.prepare import (
    CLEAR,
    enlarge,
    ink_of,
    is_noisy,
    level,
    lies_sideways,
    skew,
    small_ink,
    turn,
)
from kehoach.ingest.ocr.scan import read_scan
from kehoach.ingest.values import Box, Word

Image = npt.NDArray[np.uint8]
GOOD = tuple(
    Word(text, Box(100 + 60 * k, 100, 150 + 60 * k, 120), 0.95)
    for k, text in enumerate(("Ủy", "ban", "nhân", "dân", "xã", "Đồng", "Vọng", "phát", "động", "phong", "trào"))
)


def page(lines: int = 24) -> Image:
    """A grey A4 page at 100 dpi with lines of letter-like marks, that stand in no columns."""
    image = np.full((1169, 827), 240, np.uint8)
    widths = np.random.default_rng(7)
    for k in range(lines):
        x = 90
        while x < 730:
            width = int(widths.integers(4, 12))
            cv2.rectangle(image, (x, 120 + 36 * k), (x + width, 132 + 36 * k), 30, -1)
            x += width + int(widths.integers(4, 9))
    return image


@dataclass
class CountingEngine:
    """Remembers the modes in which it was asked to read."""

    lines: tuple[TextLine, ...]
    modes: list[str] = field(default_factory=list)

    def read(self, image: Image, dpi: float, mode: str = "page", alphabet: str = "") -> tuple[TextLine, ...]:  # noqa: ARG002
        self.modes.append(mode)
        return self.lines if mode == "page" else ()

    def orientation(self, image: Image, dpi: float) -> int:  # noqa: ARG002
        return 0


@pytest.mark.parametrize("degrees", [-1.5, -0.4, 0.6, 2.0])
def test_skew_is_measured(degrees: float) -> None:
    crooked = level(page(), -degrees)
    assert skew(small_ink(crooked)) == pytest.approx(degrees, abs=0.15)


@pytest.mark.parametrize("degrees", [0.0, 1.4])
def test_sideways_pages_are_told_though_they_are_crooked(degrees: float) -> None:
    crooked = level(page(), degrees)
    assert not lies_sideways(small_ink(crooked))
    assert lies_sideways(small_ink(turn(crooked, 90)))


def test_small_pictures_are_enlarged_to_reading_size() -> None:
    image, dpi = enlarge(page(), 100.0)
    assert dpi == 300.0
    assert image.shape[0] == pytest.approx(3 * 1169, abs=2)


def test_unread_letters_are_shown_again_without_the_words_that_were_read() -> None:
    image = page(2)
    read = [Box(80, 110, 740, 140)]
    pieces = pieces_of(ink_of(image, 100, CLEAR))
    rest = unread(image, pieces, read, 100)
    assert rest is not None
    assert rest.top > 140 or rest.image[120 - rest.top : 133 - rest.top, 90 - rest.left :].min() > 200
    assert rest.image[156 - rest.top : 169 - rest.top, 90 - rest.left :].min() < 60
    assert unread(image, pieces, [*read, Box(80, 146, 740, 176)], 100) is None


def test_a_page_is_read_a_second_time_only_for_what_is_left() -> None:
    whole = (tuple(Word("đồng", Box(250, 300 + 108 * k, 2250, 420 + 108 * k), 0.95) for k in range(24)),)
    engine = CountingEngine(whole)
    read_scan(page(), 100.0, engine)
    assert engine.modes == ["page"]
    partial = CountingEngine((GOOD,))
    read_scan(page(), 100.0, partial)
    assert partial.modes == ["page", "sparse"]


def test_a_sideways_page_is_turned_as_the_engine_says() -> None:
    scan = read_scan(turn(page(), 90), 100.0, RecordedEngine(default=(GOOD,), turn=270))
    assert scan.turned == 270
    assert scan.height > scan.width


def test_boxes_come_in_points_of_the_level_page() -> None:
    scan = read_scan(page(), 200.0, RecordedEngine(default=(GOOD,)))
    assert scan.words[0].box.x0 == pytest.approx(36.0, abs=0.5)


def test_an_image_of_a_few_pixels_is_refused_in_one_line() -> None:
    with pytest.raises(DamagedInputError, match="too small"):
        read_scan(np.zeros((4, 900, 3), np.uint8), 200.0, RecordedEngine())


def test_grain_that_can_hide_a_comma_is_told_from_clean_paper() -> None:
    grain = np.random.default_rng(3).normal(0, 25, (1169, 827))
    assert not is_noisy(page())
    assert is_noisy(np.clip(page() + grain, 0, 255).astype(np.uint8))
