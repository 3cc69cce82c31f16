"""What a table says about its own cells: points and commas by their shape, counted rows, words that look the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import cv2
import numpy as np

from ...dictionaries import pattern
from .cells import CellImage, Image, Separator

_ALIKE = 0.75  # correlation of two pictures of one word
_ALIKE_SIZE = (0.85, 1.18)  # their widths and heights differ so much at most
_THOUSAND = 3  # figures after a point
_MOST_LOST = 2  # ordinals in a row
_NUMBER = re.compile(r"\d(?:[.,/;]|\d| (?=\d{3}\b))*\d")
_ROMAN = re.compile(r"[IVX]{2,5}|I*HI*")
_PASSED_OVER = re.compile(r"[-+]|[IVX]{1,5}")
_WHOLE_NUMBER = re.compile(r"\d{1,3}")


def _written(text: str) -> tuple[Separator, ...]:
    """The points and commas of a number as Separators."""
    found = []
    digits = 0
    for character in text:
        if character.isdigit():
            digits += 1
        else:
            found.append(Separator(digits, "," if character == "," else "."))
    return tuple(found)


def mend_separators(text: str, picture: CellImage) -> tuple[str, bool]:
    """A number with the points and commas that its picture shows, and whether picture and text agreed.

    Where one was read and shown otherwise, or shown more than read, the number is only doubted, since dust looks like a
    point. Nothing is told of a text that is no number, or whose figures are drawn together.
    """
    if not _NUMBER.fullmatch(text):
        return text, True
    digits = "".join(filter(str.isdigit, text))
    written, shown = _written(text), picture.separators
    # A stroke between figures that is as low as a comma is one.
    misread = any(character in "/; " for character in text)
    is_stroke = misread and [separator.after for separator in shown] == [separator.after for separator in written]
    if picture.figures != len(digits) and not is_stroke:
        return text, not shown or bool(written)
    if written == shown and not misread:
        return text, True
    if len(shown) != 1 or (written and not is_stroke):
        return text, False
    after, mark = shown[0]
    if mark == "." and len(digits) - after != _THOUSAND:
        if not is_stroke:
            return text, False
        mark = ","
    return f"{digits[:after]}{mark}{digits[after:]}", False


def counted(texts: Sequence[str]) -> dict[int, str]:
    """Ordinals of a column that were not read as numbers in turn, where the numbers before and after them leave room
    for just as many. Marks and Roman numbers between them do not count. A 1 before the first 1 is a Roman one.
    """
    rows = [(at, text) for at, text in enumerate(texts) if text and not _PASSED_OVER.fullmatch(text)]
    mended: dict[int, str] = {}
    for first, (_, text) in enumerate(rows):
        for room in range(1, _MOST_LOST + 1):
            if first + room + 1 >= len(rows) or not _WHOLE_NUMBER.fullmatch(text):
                break
            after = rows[first + room + 1][1]
            if _WHOLE_NUMBER.fullmatch(after) and int(after) == int(text) + room + 1:
                turn = {rows[first + step][0]: str(int(text) + step) for step in range(1, room + 1)}
                mended |= {at: number for at, number in turn.items() if texts[at] != number}
                break
    ones = [at for at, text in rows if text == "1"]
    if len(ones) > 1 and "II" in texts and "I" not in texts[: ones[0]]:
        mended[ones[0]] = "I"
    return mended | _ones(texts)


def _ones(texts: Sequence[str]) -> dict[int, str]:
    """Ordinals of a column that were read as a Roman one and are a 1: a 2 follows, or a Roman number stands above and
    the next Roman number is no second one.
    """
    rows = [(at, text) for at, text in enumerate(texts) if text not in ("-", "+")]
    found: dict[int, str] = {}
    for k, (at, text) in enumerate(rows):
        if text != "I":
            continue
        before, after = rows[k - 1][1] if k else "", rows[k + 1][1] if k + 1 < len(rows) else ""
        later = next((other for _, other in rows[k + 1 :] if _ROMAN.fullmatch(other)), "")
        if after == "2" or (_ROMAN.fullmatch(before) and later != "II"):
            found[at] = "1"
    return found


def roman(at: int, picture: CellImage, column: Sequence[str]) -> str:
    """The ordinal `at` a place of a column: where an engine ran the strokes of a Roman number below IV into each other,
    lost one, or took them for lines and letters (`H`, `||`), the number that they make. A Roman number changes only
    into the next one after those above it.
    """
    text, strokes = column[at], picture.strokes
    known = "H" in text or any(_ROMAN.fullmatch(other) for k, other in enumerate(column) if k != at)
    if not (known and 1 <= strokes <= 3 and pattern("tables", "strokes").search(text)):
        return text
    above = {other for other in column[:at] if set(other) == {"I"}}
    in_turn = above >= {"I" * count for count in range(1, strokes)} and "I" * strokes not in above
    if set(text) == {"I"} and not in_turn:
        return text
    return "I" * strokes


def _correlation(a: Image, b: Image) -> float:
    """How much two pictures of words look the same, 0 for those of other sizes."""
    height, width = a.shape
    low, high = _ALIKE_SIZE
    if not (low <= b.shape[0] / height <= high and low <= b.shape[1] / width <= high):
        return 0.0
    # One picture may be cut a little wider than the other.
    larger = cv2.copyMakeBorder(b, 3, 3, 3, 3, cv2.BORDER_CONSTANT, value=255)
    part = a[: larger.shape[0], : larger.shape[1]]
    return float(np.max(cv2.matchTemplate(larger, part, cv2.TM_CCOEFF_NORMED)))


def alike(cells: Sequence[tuple[str, bool, Image]]) -> dict[int, str]:
    """Unsure texts of cells of a column whose pictures look like those of cells that were read otherwise, and at least
    twice as often: what these were read as. Each cell is its text, whether that is unsure, and its picture.
    """
    readings = Counter(text for text, _, _ in cells)
    mended: dict[int, str] = {}
    for at, (text, unsure, picture) in enumerate(cells):
        others = [(t, shown) for t, _, shown in cells if t != text and readings[t] >= 2 * readings[text]]
        votes = Counter(t for t, shown in others if unsure and _correlation(picture, shown) >= _ALIKE)
        if votes:
            mended[at] = max(votes, key=lambda other: (votes[other], other))
    return mended
