"""Seals and pen strokes in colour, taken off a page image so that the letters under them can be read."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
_Floats = npt.NDArray[np.float32]

# Difference of the channels, the paper's own tint aside: surely ink of a colour on scans with coloured grain, on clean
# scans, and what may belong to it.
_COLOURED, _PALE, _TINTED = 36, 18, 14
_ABOVE_GRAIN = 3.0
_BESIDE = 3  # pixels around coloured ink that compression tints
_SMALLEST = 28.0  # points: seals and signatures are larger both ways, coloured letters are not
_GAP = 1.5  # points: parts of a seal stand as near to each other
_ALL_OVER = 0.25  # share of the page: more colour than that is a picture or a coloured sheet
_LETTER = 0.35  # share of the paper's lightness below which a pixel under a pen is a letter
_SHINES_THROUGH = 0.3  # of black below the fullest ink of a seal
_FAINT = 0.12
_FULLEST = 90  # percentile


class Plain(NamedTuple):
    """A grey page image without coloured seals and pens, and where they were (255 on 0) or None."""

    grey: Image
    taken: Image | None


def _is_grey(image: Image) -> bool:
    """Whether the channels of an RGB image are the same; one row in four tells, no seal is as low as that."""
    red, green, blue = cv2.split(np.ascontiguousarray(image[::4]))
    return not (cv2.norm(red, green, cv2.NORM_INF) or cv2.norm(red, blue, cv2.NORM_INF))


def _balanced(image: Image) -> Image:
    """The image with paper of no colour: old sheets are yellow all over."""
    paper = np.maximum(np.percentile(image[::8, ::8].reshape(-1, 3), 75, axis=0), 1.0)
    factors = paper.max() / paper
    if factors.max() < 1.02:
        return image
    table = np.clip(np.arange(256)[:, None] * factors[None], 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(image, table.reshape(1, 256, 3)), dtype=np.uint8)


def _large(coloured: Image, dpi: float) -> Image:
    """Coloured pixels (1 on 0) within boxes of seals and signatures; letters printed in colour are left."""
    reach = 2 * max(1, round(_GAP * dpi / 72)) + 1
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(coloured, np.ones((reach, reach), np.uint8)))
    least = _SMALLEST * dpi / 72
    found = np.zeros_like(coloured)
    for x, y, width, height, _ in stats[1:]:
        if width >= least and height >= least:
            found[y : y + height, x : x + width] = coloured[y : y + height, x : x + width]
    return found


def _paper(light: Image) -> _Floats:
    eighth = (max(1, light.shape[1] // 8), max(1, light.shape[0] // 8))
    small = cv2.resize(light, eighth, interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(small, 21), light.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.maximum(np.asarray(paper, dtype=np.float32), 1.0)


def _through_seal(light: _Floats, spread: _Floats, paper: _Floats, seal: npt.NDArray[np.bool_]) -> Image:
    """What lies under a seal: a pixel darker than paper would be under as much ink as its colour shows is a letter."""
    fullest = max(float(_PALE), float(np.percentile(spread[seal], _FULLEST)))
    ink = np.clip(spread / fullest, 0, 1)
    of_ink = float(np.median((light / paper)[seal & (spread >= 0.8 * fullest)]))
    expected = paper * (1 - ink * (1 - of_ink))
    dark = np.clip((expected - light) / (paper * (1 - (1 - _SHINES_THROUGH) * ink)), 0, 1)
    dark[dark < _FAINT] = 0
    return np.asarray(cv2.medianBlur(np.clip(paper * (1 - dark), 0, 255).astype(np.uint8), 3), dtype=np.uint8)


def without_stamps(image: Image, dpi: float) -> Plain:
    """A page image (grey or RGB) in grey; seals and signatures in colour become paper, letters under them stay."""
    if image.ndim == 2:
        return Plain(image, None)
    if _is_grey(image):
        return Plain(np.ascontiguousarray(image[:, :, 0]), None)
    image = _balanced(image)
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    red, green, blue = cv2.split(image)
    light = cv2.max(cv2.max(red, green), blue)
    spread = cv2.subtract(light, cv2.min(cv2.min(red, green), blue))
    grain = _ABOVE_GRAIN * float(np.percentile(spread[::4, ::4], 95))
    least = min(float(_COLOURED), max(float(_PALE), grain))
    coloured = cv2.morphologyEx((spread > least).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    strong = _large(np.asarray(coloured, dtype=np.uint8), dpi)
    if not strong.any() or strong.mean() > _ALL_OVER:
        return Plain(grey, None)
    near = cv2.dilate(strong, np.ones((2 * _BESIDE + 1, 2 * _BESIDE + 1), np.uint8))
    rows, columns = np.flatnonzero(near.any(axis=1)), np.flatnonzero(near.any(axis=0))
    area = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    paper = _paper(np.asarray(light[area], dtype=np.uint8))
    lightest, tint = light[area].astype(np.float32), cv2.blur(spread[area], (3, 3)).astype(np.float32)
    touched = near[area] > 0
    reddish = touched & (cv2.blur(red[area], (3, 3)) >= cv2.blur(blue[area], (3, 3)))
    found = np.where(touched, light[area], grey[area])
    seal = reddish & (tint > least)
    if seal.any():
        found = np.where(reddish & (tint > _TINTED), _through_seal(lightest, tint, paper, seal), found)
    pen = touched & ~reddish & (tint > _TINTED) & (lightest > _LETTER * paper)
    grey[area] = np.where(pen, paper.astype(np.uint8), found)
    return Plain(grey, np.asarray(near * 255, dtype=np.uint8))
