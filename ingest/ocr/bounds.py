"""The bar of `≥` and `≤`: Tesseract's Vietnamese model does not know them, reads `>` and `<`, and is sure of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from ..values import Word

Image = npt.NDArray[np.uint8]

_BARRED = {">": "≥", "<": "≤"}
_SIGNS = frozenset("<>≤≥")
_GAP = 0.25  # of the line's height: paper between a sign and its number
_BELOW = 0.35  # of the line's height: so far below a word's box a bar is looked for
_FOOT = 0.18  # of a sign's height: where the bar stands
_COVERED = 0.8  # of a sign's width
_GRAIN = 0.8  # pixels
_LEAST_AREA = 4  # pixels
_SAME = 0.5  # of the narrower piece's width: pieces above each other are one sign
_LEAST, _LARGEST = 0.35, 1.3  # of the line's height: a sign's height
_NARROWEST, _WIDEST = 0.6, 1.5  # of its height: a sign's width


class _Sign(NamedTuple):
    """A sign in the ink around a word: its sides in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def _ink(part: Image) -> Image:
    smooth = cv2.GaussianBlur(part, (0, 0), _GRAIN)
    _, ink = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return np.asarray(ink, dtype=np.uint8)


def _signs(ink: Image) -> list[_Sign]:
    """Signs from left to right: pieces of ink, those above each other joined."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found: list[_Sign] = []
    for left, top, width, height, area in sorted(stats[1:].tolist()):
        if area < _LEAST_AREA:
            continue
        right, bottom = left + width, top + height
        last = found[-1] if found else _Sign(left, top, left, top)
        common = min(last.right, right) - left
        if found and common > _SAME * min(width, last.right - last.left):
            found[-1] = _Sign(last.left, min(last.top, top), max(last.right, right), max(last.bottom, bottom))
        else:
            found.append(_Sign(left, top, right, bottom))
    return found


def _stands_on_bar(sign: _Sign, ink: Image, line_height: float) -> bool:
    """Whether a sign is as large as `≥` and its lowest rows are ink over all its width, which those above are not."""
    height, width = sign.bottom - sign.top, sign.right - sign.left
    if not _LEAST * line_height <= height <= _LARGEST * line_height:
        return False
    if not _NARROWEST * height <= width <= _WIDEST * height:
        return False
    rows = (ink[sign.top : sign.bottom, sign.left : sign.right] > 0).mean(axis=1)
    foot = max(2, round(_FOOT * height))
    return bool(rows[-foot:].max() >= _COVERED and rows[: -2 * foot].max(initial=0.0) < _COVERED)


def _sign_at(at: int, count: int, signs: Sequence[_Sign], width: int) -> _Sign:
    """The sign that is the `at`th of `count` characters: by its turn at the head of a word, else by its place."""
    if at <= 1:
        return signs[min(at, len(signs) - 1)]
    place = (at + 0.5) / count * width
    return min(signs, key=lambda sign: abs(sign.left + sign.right - 2 * place))


def _apart(word: Word, signs: Sequence[_Sign], line_height: float) -> tuple[Word, ...]:
    """A word that begins with a sign of comparison as two, where paper shows between that sign and the number."""
    if word.text[0] not in _SIGNS or len(word.text) < 2 or len(signs) < 2:
        return (word,)
    gap = signs[1].left - signs[0].right
    if gap < _GAP * line_height:
        return (word,)
    middle = word.box.x0 + signs[0].right
    sign = replace(word, text=word.text[0], box=word.box._replace(x1=middle))
    return sign, replace(word, text=word.text[1:], box=word.box._replace(x0=middle + gap))


def _with_bar(word: Word, image: Image, line_height: float) -> tuple[Word, ...]:
    x0, top, x1, bottom = (round(side) for side in word.box)
    below = min(image.shape[0], bottom + round(_BELOW * line_height))
    part = image[max(0, top) : below, max(0, x0 - 1) : x1 + 1]
    if min(part.shape) < 3:
        return (word,)
    ink = _ink(np.ascontiguousarray(part))
    signs = _signs(ink)
    text = word.text
    for at, character in enumerate(text):
        if character not in _BARRED or not signs:
            continue
        if _stands_on_bar(_sign_at(at, len(text), signs, part.shape[1]), ink, line_height):
            text = text[:at] + _BARRED[character] + text[at + 1 :]
    return _apart(replace(word, text=text), signs, line_height)


def with_bars(image: Image, lines: Iterable[Sequence[Word]]) -> tuple[tuple[Word, ...], ...]:
    """Lines of words of a grey image (boxes in pixels), with `≥` and `≤` where a bar stands below `>` and `<`."""
    found = []
    for line in lines:
        height = median(word.box.bottom - word.box.top for word in line) if line else 0.0
        words: list[Word] = []
        for word in line:
            compares = any(character in _BARRED for character in word.text)
            words += _with_bar(word, image, height) if compares else (word,)
        found.append(tuple(words))
    return tuple(found)
