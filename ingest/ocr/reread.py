"""Two columns side by side read again one by one, where the whole page's reading is not sure of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile
from statistics import median

import cv2
import numpy as np
from unidecode import unidecode

from ..values import DISPUTED, Box, Word
from .clean import clean_lines, is_double
from .columns import Zone, column_zones
from .engine import Image, Mode, OcrEngine
from .level_page import LevelPage

Lines = tuple[tuple[Word, ...], ...]

_SURE = 0.8  # of every word: then a column is read well
_READING_DPI = 300.0
_BORDER = 12  # pixels: engines read nothing at the very edge of an image
_SEVERAL, _MANY_LETTERS = 2, 8  # words, letters
_MOST_BARE = 6  # lines of a page
_LIST = 2  # lines
_SHORT, _POOR = 3, 0.6
_LONE = 0.85  # confidence of a single letter
_LEAST_VALUE = 0.35
_FIGURES, _SEEN = 3, 0.1  # digits, confidence
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_LEAST_DIGITS, _LOST = 2, 0.3  # digits, confidence of a number that another reading leaves out
_EVEN = 0.5  # confidence from which on a word speaks for a reading
_MARKED, _SIGN = 1.3, 0.3  # a letter with marks, a sign: what they count in a line
_A_WORD = 0.2  # of two readings as sure, that with fewer words
_MOST_ROWS = 30  # lines of a letterhead, or of the end of a document; tables have more
_NEXT = 1.5  # in heights of a word: so near stands the word beside it
_SAME_ROW = 0.3  # share of the lower line's height
# Seals and pens are paler than print: shares of the darkest ink that the core of a letter must reach.
_CORES = (0.6, 0.75)
_PALE = 0.08  # share of a column's ink: less is no seal


def _weight(character: str) -> float:
    """Marks of vowels are sooner lost than made up."""
    return (1.0 if character.isascii() else _MARKED) if character.isalnum() else _SIGN


def _value(line: Sequence[Word]) -> float:
    """How much a line speaks for its reading: letters that are read surely, less those that are not."""
    return sum(
        sum(_weight(character) for character in word.text) * (_confidence(word) - _EVEN) - _A_WORD for word in line
    )


def _rows(line: Sequence[Word]) -> tuple[float, float]:
    return median(word.box.top for word in line), median(word.box.bottom for word in line)


def _same_row(a: Sequence[Word], b: Sequence[Word]) -> bool:
    (top, bottom), (other_top, other_bottom) = _rows(a), _rows(b)
    common = min(bottom, other_bottom) - max(top, other_top)
    return common > _SAME_ROW * min(bottom - top, other_bottom - other_top)


def _confidence(word: Word) -> float:
    return 1.0 if word.confidence is None else word.confidence


def _is_stroke(word: Word) -> bool:
    """Whether a word is rather a stroke than a letter."""
    confidence = _confidence(word)
    return (len(word.text) < _SHORT and confidence < _POOR) or (
        word.text.isalpha() and len(word.text) == 1 and confidence < _LONE
    )


def _is_mark(word: Word) -> bool:
    return not any(character.isalnum() for character in word.text)


def trimmed(lines: Sequence[Sequence[Word]]) -> list[tuple[Word, ...]]:
    """Lines of a column without strokes of seals and pens at their ends; bullets stand at several."""
    listed = sum(_is_mark(line[0]) for line in lines if len(line) > 1) >= _LIST
    found = []
    for line in lines:
        words = list(line)
        while words and (_is_mark(words[-1]) or _is_stroke(words[-1])):
            words.pop()
        while words and ((_is_mark(words[0]) and not listed) or _is_stroke(words[0])):
            words.pop(0)
        if words:
            found.append(tuple(words))
    return found


def _holds_figures(line: Sequence[Word]) -> bool:
    """Several digits, that must not be lost without a trace."""
    return sum(character.isdigit() for word in line for character in word.text) >= _FIGURES


def _are_of_a_seal(line: Sequence[Word], dark: Iterable[Sequence[Word]]) -> bool:
    """Whether figures that the engine does not believe are gone once the paler ink of a seal is taken off."""
    believed = any(_confidence(word) >= _SEEN for word in line if _numbers([word]))
    return _holds_figures(line) and not believed and not any(_same_row(line, o) and _holds_figures(o) for o in dark)


def _numbers(words: Iterable[Word]) -> list[str]:
    """Numbers with the points and commas inside them: one that is lost makes a value ten times as large."""
    return _NUMBER.findall(" ".join(word.text for word in words))


def _overlapping(word: Word, line: Iterable[Word]) -> list[Word]:
    return [w for w in line if min(w.box.x1, word.box.x1) > max(w.box.x0, word.box.x0)]


def _adds(word: Word, end: Word, listed: bool) -> bool:
    """Whether a word of another reading stands beside the end of a line and is not that end itself, read otherwise."""
    gap = max(word.box.x0 - end.box.x1, end.box.x0 - word.box.x1)
    if not 0 <= gap < _NEXT * (end.box.bottom - end.box.top) or _confidence(word) < _SURE:
        return False
    if _is_mark(word):
        return listed and word.box.x1 <= end.box.x0
    return len(word.text) > 1 and unidecode(word.text).casefold() != unidecode(end.text).casefold()


def _completed(line: tuple[Word, ...], others: Iterable[Sequence[Word]], listed: bool) -> tuple[Word, ...]:
    """A line with the sure words beside its ends that other readings of its row have: words under a seal, and bullets
    where the column is `listed`.
    """
    found = line
    for other in others:
        for word in reversed(other):
            if word.box.x1 <= found[0].box.x0 and _adds(word, found[0], listed):
                found = (word, *found)
        for word in other:
            if word.box.x0 >= found[-1].box.x1 and _adds(word, found[-1], listed):
                found = (*found, word)
    return found


def _with_lost_numbers(line: tuple[Word, ...], others: Iterable[Sequence[Word]]) -> tuple[Word, ...]:
    """A line with the numbers that only other readings of its row have between two of its words."""
    found = line
    for word in (word for other in others for word in other):
        inside = found[0].box.x1 <= word.box.x0 and word.box.x1 <= found[-1].box.x0
        several = sum(map(str.isdigit, word.text)) >= _LEAST_DIGITS and _confidence(word) >= _LOST
        if inside and several and not _overlapping(word, found):
            found = tuple(sorted((*found, word), key=lambda w: w.box.x0))
    return found


def _doubted(line: tuple[Word, ...], readings: Sequence[Sequence[Word]]) -> tuple[Word, ...]:
    """A line with its numbers doubtful where one of the readings of its row does not see the same."""

    def differs(word: Word) -> bool:
        return any(_numbers(_overlapping(word, reading)) != _numbers([word]) for reading in readings)

    return tuple(
        replace(word, confidence=min(_confidence(word), DISPUTED)) if _numbers([word]) and differs(word) else word
        for word in line
    )


def best_lines(old: Iterable[Sequence[Word]], new: Iterable[Sequence[Word]]) -> list[tuple[Word, ...]]:
    """Of all lines that were read in a column, the best for each row, from the top down.

    Numbers that the readings see differently are doubtful. Strokes of pens are left out of what was newly read; what
    was read before is judged later, with the whole page.
    """
    lines = [tuple(line) for line in old if line]
    lines += [tuple(line) for line in new if line and (_value(line) >= _LEAST_VALUE or _holds_figures(line))]
    chosen: list[tuple[Word, ...]] = []
    for line in sorted(lines, key=_value, reverse=True):
        if not any(_same_row(line, other) for other in chosen):
            chosen.append(line)
    listed = sum(_is_mark(line[0]) for line in chosen if len(line) > 1) >= _LIST
    found = []
    for line in chosen:
        others = [other for other in lines if other is not line and _same_row(other, line)]
        whole = _with_lost_numbers(_completed(line, others, listed), others)
        found.append(_doubted(whole, [line, *others]))
    return sorted(found, key=_rows)


def _is_inside(box: Box, sides: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return sides.x0 <= x < sides.x1 and sides.top <= y < sides.bottom


def _read_part(part: Image, dpi: float, place: Box, engine: OcrEngine, mode: Mode) -> list[tuple[Word, ...]]:
    """Lines of a part of a level page that begins at the left top corner of `place`; words' boxes in points."""
    scale = dpi / 72
    factor = max(1.0, _READING_DPI / dpi)
    if factor > 1.0:
        part = np.asarray(cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    part = np.asarray(
        cv2.copyMakeBorder(part, _BORDER, _BORDER, _BORDER, _BORDER, cv2.BORDER_REPLICATE), dtype=np.uint8
    )
    found = trimmed(clean_lines(engine.read(part, dpi * factor, mode)))
    left, top = max(0, round(place.x0 * scale)), max(0, round(place.top * scale))
    moved = (
        [
            replace(
                word,
                box=Box(
                    *(
                        round(((side - _BORDER) / factor + shift) / scale, 2)
                        for side, shift in zip(word.box, 2 * (left, top), strict=True)
                    )
                ),
            )
            for word in line
        ]
        for line in found
    )
    return list(_parts(moved, place))


def _pixels(sides: Box, dpi: float) -> tuple[slice, slice]:
    """Rows and columns of pixels of a part of a page; its sides in points."""
    left, top, right, bottom = (max(0, round(side * dpi / 72)) for side in sides)
    return slice(top, bottom), slice(left, right)


def _is_unsure(word: Word) -> bool:
    return _confidence(word) < _SURE and any(character.isalnum() for character in word.text)


def _lost_its_marks(line: Sequence[Word]) -> bool:
    """Whether several words of a line have no mark at all: an engine may give them to the line above."""
    text = "".join(word.text for word in line)
    return len(line) >= _SEVERAL and text.isascii() and sum(map(str.isalpha, text)) >= _MANY_LETTERS


def _strip(line: Sequence[Word], ink: Image, dpi: float) -> Box:
    """A line's place with the marks above it, up to the emptiest row of pixels below the line before."""
    scale = dpi / 72
    whole = hull(word.box for word in line)
    top, bottom = _rows(line)
    height = bottom - top
    first, last = max(0, round((top - 0.7 * height) * scale)), max(1, round((top - 0.1 * height) * scale))
    rows = ink[first:last, round(whole.x0 * scale) : round(whole.x1 * scale)].sum(axis=1)
    emptiest = first + (len(rows) - 1 - int(np.argmin(rows[::-1])) if len(rows) else 0)
    return Box(whole.x0 - height, emptiest / scale, whole.x1 + height, bottom + 0.15 * height)


def reread_bare_lines(lines: Lines, page: LevelPage) -> Lines:
    """Lines of a page (boxes in points); those that have lost all their marks are read once more, each alone."""
    found = []
    left = _MOST_BARE
    for line in lines:
        kept = line
        if left and _lost_its_marks(line):
            left -= 1
            place = _strip(line, page.ink, page.dpi)
            read = _read_part(page.image[_pixels(place, page.dpi)], page.dpi, place, page.engine, "line")
            new = tuple(word for part in read for word in part)
            if not _lost_its_marks(new) and len(new) == len(line) and min(_confidence(word) for word in new) >= _POOR:
                kept = new
        found.append(kept)
    return tuple(found)


def _unsure(lines: Iterable[Iterable[Word]]) -> bool:
    return any(_is_unsure(word) for line in lines for word in line)


def _column(page: LevelPage, sides: Box, old: Lines, beyond: Lines) -> list[tuple[Word, ...]]:
    """The best of what was read before and of new readings: of the column as it is, and of its print without a seal.

    What its edge shows of the lines `beyond`, which were read whole, is left out.
    """
    place = page.written(sides)
    if place is None:
        return list(old)
    pixels = _pixels(place, page.dpi)

    def read(part: Image) -> list[tuple[Word, ...]]:
        found = _parts(_read_part(part, page.dpi, place, page.engine, "block"), sides)
        own = (tuple(word for word in line if not is_double(word, beyond, _SURE)) for line in found)
        return [line for line in own if line]

    new = read(page.image[pixels])
    without_pale = (page.depths.dark_only(pixels, share) for share in _CORES)
    prints = [part for part, _ in takewhile(lambda found: found[1] >= _PALE, without_pale)]
    dark = [line for part in prints for line in read(part)]
    if prints:
        new = [line for line in new if not _are_of_a_seal(line, dark)]
    return best_lines(old, [*new, *dark])


def hull(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of `boxes` (at least one)."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


def _parts(lines: Iterable[Iterable[Word]], sides: Box) -> Lines:
    """What of the lines lies within."""
    found = (tuple(word for word in line if _is_inside(word.box, sides)) for line in lines)
    return tuple(line for line in found if line)


def _columns(zone: Zone, width: int) -> tuple[Box, Box]:
    top, bottom, middle, right = map(float, (*zone, width))
    return Box(0.0, top, middle, bottom), Box(middle, top, right, bottom)


def _rows_between(lines: Lines, sides: Box) -> int:
    return sum(any(sides.top < word.box.top < sides.bottom for word in line) for line in lines)


def reread_columns(lines: Lines, seen: Sequence[Box], page: LevelPage) -> Lines:
    """Lines of a page (boxes in points); columns side by side with unsure words are read once more, each alone.

    `seen`: where words are that were not believed. An engine that reads a whole page joins lines of two columns, and
    loses those that a seal or a signature touches.
    """
    ink = page.text_ink()
    for zone in column_zones(ink):
        columns = _columns(zone, ink.shape[1])
        if _rows_between(lines, columns[0]) > _MOST_ROWS:
            continue
        crosses = any(
            word.box.x0 < columns[0].x1 < word.box.x1 and columns[0].top < word.box.top < columns[0].bottom
            for line in lines
            for word in line
        )
        for sides in columns:
            old = _parts(lines, sides)
            if not (crosses or _unsure(old) or any(_is_inside(box, sides) for box in seen)):
                continue
            outside = (tuple(word for word in line if not _is_inside(word.box, sides)) for line in lines)
            beyond = tuple(line for line in outside if line)
            lines = (*beyond, *_column(page, sides, old, beyond))
    return lines
