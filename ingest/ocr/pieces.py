"""Connected pieces of ink on a page: found once, they tell dust from marks, and letters that were not read."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

import cv2
import numpy as np
import numpy.typing as npt

from ..values import Box
from .prepare import level, shrunk

Image = npt.NDArray[np.uint8]
_Floats = npt.NDArray[np.float64]
_Coordinate = TypeVar("_Coordinate", float, npt.NDArray[np.float64])
_Numbers = npt.NDArray[np.int32]

_LEAST_LETTER, _LARGEST_LETTER = 4.0, 26.0  # points
_LEAST_HEIGHT, _LEAST_WIDTH = 3.0, 0.7  # points: a small letter, an i
_WIDEST = 60.0  # points: letters that run into each other
_SEAL = 150.0  # points: a letter that a seal touches is one piece with it
_UNREAD = 5  # letters that make a second look worth its time
_WORD_EDGE = 1.2  # points around a word's box
_AROUND = 30.0  # points around the middles of letters that were not read
_LEAST_DASH = 2.0  # points
_SPECK = 1.15  # points: a full stop is larger
_SPECK_REACH = 1.5  # points: marks stand nearer to their letters
_GRAINY_REACH = 2.2  # points: the same where grain eats the edges of both


class Pieces(NamedTuple):
    """Connected pieces of an ink mask: number of the piece at each pixel, and left, top, width, height, area of each.

    The first is the paper.
    """

    labels: _Numbers
    stats: _Numbers


def pieces_of(ink: Image) -> Pieces:
    """Pieces of an ink mask (255 on 0), joined over corners too."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return Pieces(np.asarray(labels, dtype=np.int32), np.asarray(stats, dtype=np.int32))


def level_point(
    x: _Coordinate, y: _Coordinate, degrees: float, size: tuple[int, int]
) -> tuple[_Coordinate, _Coordinate]:
    """Where a point of an image (rows and columns: `size`) is once the image is turned counter-clockwise by a small
    angle around its middle.
    """
    height, width = size
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    dx, dy = x - width / 2, y - height / 2
    return width / 2 + dx * cos + dy * sin, height / 2 - dx * sin + dy * cos


def boxes_of(pieces: Pieces, degrees: float) -> _Floats:
    """Left, top, width and height (rows of pixels) of each piece once the page is turned counter-clockwise by a small
    angle around its middle: their own middles are turned, their sizes kept.
    """
    height, width = pieces.labels.shape
    left, top, wide, high = (pieces.stats[1:, at].astype(np.float64) for at in range(4))
    x, y = level_point(left + wide / 2, top + high / 2, degrees, (height, width))
    return np.column_stack((x - wide / 2, y - high / 2, wide, high))


def letter_boxes(boxes: _Floats, dpi: float) -> _Floats:
    """Of boxes of pieces (rows of left, top, width, height) those that are neither dust nor the frame of a page: left,
    top, right and bottom in points.
    """
    left, top, width, height = boxes.T * (72.0 / dpi)
    sound = (height >= _LEAST_HEIGHT) & (height <= _SEAL) & (width <= _SEAL) & (width >= _LEAST_WIDTH)
    return np.column_stack((left[sound], top[sound], (left + width)[sound], (top + height)[sound]))


def _at_points(image: Image, dpi: float) -> Image:
    if dpi >= 72.0:
        return shrunk(image, 72.0 / dpi)
    return np.asarray(cv2.resize(image, None, fx=72.0 / dpi, fy=72.0 / dpi, interpolation=cv2.INTER_NEAREST), np.uint8)


def text_ink(pieces: Pieces, degrees: float, dpi: float) -> Image:
    """Where text stands on the page once it is turned by a small angle, at one pixel a point (255 on 0): the boxes of
    letters and dashes, and what is larger as it is drawn. Dust is left out.
    """
    sides = pieces.stats[:, 2:4] * (72.0 / dpi)
    large = (sides[:, 0] > _WIDEST) | (sides[:, 1] > _LARGEST_LETTER)
    large[0] = False
    drawn = level(_at_points(np.where(large, 255, 0).astype(np.uint8)[pieces.labels], dpi), degrees).copy()
    boxes = boxes_of(pieces, degrees)[~large[1:] & (sides[1:].max(axis=1) >= _LEAST_DASH)] * (72.0 / dpi)
    corners = np.column_stack((boxes[:, :2], boxes[:, :2] + boxes[:, 2:]))
    for left, top, right, bottom in np.maximum(0, np.rint(corners)).astype(int).tolist():
        drawn[top : max(bottom, top + 1), left : max(right, left + 1)] = 255
    return drawn


def without_specks(image: Image, ink: Image, pieces: Pieces, dpi: float, *, grainy: bool) -> Image:
    """A grey page image with dust painted over: specks smaller than a full stop, farther from letters than one."""
    scale, stats = dpi / 72.0, pieces.stats
    small = (stats[:, cv2.CC_STAT_WIDTH] <= _SPECK * scale) & (stats[:, cv2.CC_STAT_HEIGHT] <= _SPECK * scale)
    small[0] = False
    if not small.any():
        return image
    places = np.flatnonzero(ink > 0)
    numbers = pieces.labels.reshape(-1)[places]
    of_specks = small[numbers]
    places, numbers = places[of_specks], numbers[of_specks]
    letters = ink.copy()
    letters.reshape(-1)[places] = 0
    reach = 2 * round((_GRAINY_REACH if grainy else _SPECK_REACH) * scale) + 1
    near = cv2.dilate(letters, np.ones((reach, reach), np.uint8)).reshape(-1)[places] > 0
    small[numbers[near]] = False
    dust = np.zeros_like(ink)
    dust.reshape(-1)[places[small[numbers]]] = 255
    if not dust.any():
        return image
    dust = np.asarray(cv2.dilate(dust, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    quarter = shrunk(image, 0.25)
    paper = np.asarray(cv2.resize(cv2.medianBlur(quarter, 11), image.shape[::-1], interpolation=cv2.INTER_NEAREST))
    clean = image.copy()
    cv2.copyTo(paper, dust, clean)
    return clean


class Rest(NamedTuple):
    """A part of a page image, and where its left top corner stands on it."""

    image: Image
    left: int
    top: int


def unread(image: Image, pieces: Pieces, read: Iterable[Box], dpi: float) -> Rest | None:
    """The part of a page image that has letters outside the words that were read (boxes in pixels), these painted over.

    None when all that looks like letters was read. Engines drop whole columns of a table without a word about it.
    """
    scale = dpi / 72.0
    left, top, width, height = (pieces.stats[1:, at] for at in range(4))
    letters = (
        (height >= _LEAST_LETTER * scale)
        & (height <= _LARGEST_LETTER * scale)
        & (width >= scale)
        & (width <= 1.5 * _LARGEST_LETTER * scale)
    )
    grow = round(_WORD_EDGE * scale)
    covered = np.zeros(image.shape, np.uint8)
    for box in read:
        x0, y0, x1, y1 = (round(side) for side in box)
        covered[max(0, y0 - grow) : y1 + grow, max(0, x0 - grow) : x1 + grow] = 255
    ys, xs = (top + height // 2)[letters], (left + width // 2)[letters]
    bare = covered[ys, xs] == 0
    if int(bare.sum()) < _UNREAD:
        return None
    around = round(_AROUND * scale)
    begin_y, begin_x = max(0, int(ys[bare].min()) - around), max(0, int(xs[bare].min()) - around)
    part = np.s_[begin_y : int(ys[bare].max()) + around, begin_x : int(xs[bare].max()) + around]
    rest = image[part].copy()
    rest[covered[part] > 0] = int(np.percentile(image[::4, ::4], 60))
    return Rest(rest, begin_x, begin_y)
