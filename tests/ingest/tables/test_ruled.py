"""Ruling lines of scans: pale and broken ones are traced, merged cells stay merged."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from kehoach.ingest.tables.ruled import find_rules, scanned_grids

Image = npt.NDArray[np.uint8]
DPI = 130.0
XS, YS = (60, 160, 500, 640), (80, 140, 200, 260)


def ruled() -> Image:
    image = np.full((400, 720), 235, np.uint8)
    for y in YS:
        cv2.line(image, (XS[0], y), (XS[-1], y), 40, 2)
    for x in XS:
        cv2.line(image, (x, YS[0]), (x, YS[-1]), 40, 2)
    return image


def cells(image: Image) -> int:
    grids = scanned_grids(find_rules(((image < 130) * 255).astype(np.uint8), DPI), image, DPI)
    return sum(len(grid.cells) for grid in grids)


def test_a_pale_side_parts_two_cells() -> None:
    image = ruled()
    side = image[145:195, 155:166]
    side[side < 130] = 190
    assert cells(image) == 9


def test_cells_without_a_side_between_them_are_one() -> None:
    image = ruled()
    image[145:195, 155:166] = 235
    assert cells(image) == 8


def test_text_across_a_missing_side_is_no_line() -> None:
    image = ruled()
    image[138:143, 166:495] = 235
    for x in range(200, 460, 12):
        cv2.rectangle(image, (x, 135), (x + 7, 145), 40, -1)
    assert cells(image) == 8


def test_a_small_box_of_a_form_is_no_table() -> None:
    image = np.full((400, 720), 235, np.uint8)
    for x in (60, 110, 160):
        cv2.line(image, (x, 80), (x, 140), 40, 2)
    for y in (80, 140):
        cv2.line(image, (60, y), (160, y), 40, 2)
    assert cells(image) == 0
