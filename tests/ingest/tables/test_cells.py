"""Pictures of cells: marks by their shape, dust off, any small size."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from kehoach.ingest.tables.cells import CellImage, cut_cell, stack
from kehoach.ingest.tables.ruled import find_rules
from kehoach.ingest.values import Box

Image = npt.NDArray[np.uint8]
SCALE = 4.0
CELL = Box(0, 0, 50, 30)


def cell(*bars: tuple[int, int, int, int]) -> CellImage | None:
    """A cell of 50 x 30 points with black bars (left, top, width, height in pixels)."""
    image = np.full((120, 200), 245, np.uint8)
    for left, top, width, height in bars:
        image[top : top + height, left : left + width] = 20
    return cut_cell(image, ((image < 128) * 255).astype(np.uint8), CELL, SCALE)


def mark(*bars: tuple[int, int, int, int]) -> str | None:
    found = cell(*bars)
    assert found is not None
    return found.mark


def test_dash_plus_and_letters_are_told_by_their_shape() -> None:
    assert mark((80, 60, 20, 4)) == "-"
    assert mark((80, 60, 24, 4), (90, 50, 4, 24)) == "+"
    assert mark((80, 60, 48, 4)) is None
    assert mark((90, 50, 6, 24)) is None
    assert mark((80, 50, 24, 24)) is None
    assert mark((80, 60, 20, 4), (120, 60, 20, 4)) is None


def test_a_cell_of_dust_or_lines_is_empty() -> None:
    assert cell() is None
    assert cell((100, 60, 3, 3)) is None
    assert cell((0, 10, 200, 3)) is None
    assert cell((6, 0, 2, 120)) is None


def test_a_full_stop_by_a_letter_stays_and_far_dust_goes() -> None:
    letter = (80, 50, 12, 24)
    near, far = cell(letter, (96, 70, 4, 4)), cell(letter, (180, 20, 3, 3))
    assert near is not None
    assert far is not None
    assert near.pixels.shape[1] > far.pixels.shape[1]
    assert int((far.pixels < 128).sum()) == 12 * 24


def test_grey_paper_becomes_white() -> None:
    found = cell((80, 50, 12, 24))
    assert found is not None
    assert found.pixels.max() == 255


@settings(max_examples=50)
@given(
    arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40))),
    st.floats(0, 12),
    st.floats(0, 12),
)
def test_any_small_cell_is_cut_without_a_failure(image: Image, width: float, height: float) -> None:
    ink = ((image < 128) * 255).astype(np.uint8)
    found = cut_cell(image, ink, Box(0, 0, width, height), 3.0)
    assert found is None or found.pixels.size > 0


@pytest.mark.parametrize("shape", [(1, 1), (1, 20), (20, 1), (5, 5), (20, 20)])
@pytest.mark.parametrize("value", [0, 255])
def test_tiny_pages_hold_no_rules_longer_than_they_are(shape: tuple[int, int], value: int) -> None:
    for box in find_rules(np.full(shape, value, np.uint8), 72.0):
        assert box.x1 <= shape[1]
        assert box.bottom <= shape[0]


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 60)), min_size=1, max_size=6))
def test_stacked_cells_lie_in_their_places_and_do_not_touch(sizes: Sequence[tuple[int, int]]) -> None:
    cells = [CellImage(np.full(size, at + 1, np.uint8), None) for at, size in enumerate(sizes)]
    strip, places = stack(cells, 2.0)
    assert len(places) == len(cells)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    for at, (top, bottom) in enumerate(places, 1):
        rows = np.flatnonzero((strip == at).any(axis=1))
        assert top < rows[0] <= rows[-1] < bottom
        assert int((strip == at).sum()) == sizes[at - 1][0] * sizes[at - 1][1]
