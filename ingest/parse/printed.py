"""Printed lines as the outline needs them: cleaned, with their kind, and the measure of a full line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import quantiles
from typing import Literal

from ...dictionaries import pattern
from ..text.normalize import fold_signs, nfc, plain
from ..values import Line
from .labels import read_bullet, read_label

Gap = Literal["none", "blank", "page"]

_SENTENCE_END = re.compile(r"[.;:!?…][”“\"’')\]]*$")
_BREAK = re.compile(r"(?<!\bTP)(?<!\bTS)(?<![\s.]\w)[.!?…][”\"’)]*\s+")
_OPENING = "(“"
_CLOSING = ")”"
_WIDEST_WRAPPED_LINE = 58.0
_NARROWEST_WRAPPED_LINE = 22.0
_LINES_TO_MEASURE = 6
_ITEMS_TO_TELL = 4
# advance widths of a serif face, in em: documents of this kind are set in one (Nghị định 30/2020/NĐ-CP, Phụ lục I)
_WIDTHS = {
    **dict.fromkeys(" .,;:ijlt'|!/()[]", 0.27),
    **dict.fromkeys("fr-s", 0.35),
    **dict.fromkeys('acez“”"', 0.44),
    **dict.fromkeys("mw%", 0.78),
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A line with its cleaned text; `gap` is what lies between it and the line before; `star` a bullet of its own."""

    line: Line
    text: str
    gap: Gap = "none"
    star: bool = False

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return self.line.cells is not None


def folded(text: str) -> str:
    """Key of a printed text for the patterns: no marks, lower case, sign for sign."""
    return fold_signs(text)


def _clean(line: Line) -> tuple[str, bool]:
    match = pattern("labels", "star").match(line.text)
    if match is not None:
        return nfc(plain(line.text[match.end() :])), True
    return nfc(plain(line.text)), False


def read_printed(lines: Iterable[Line]) -> Iterator[Printed]:
    """Cleaned lines without blank ones, page furniture and page numbers, each with the gap before it."""
    blanks = 0
    gap: Gap = "none"
    page: int | None = None
    for line in lines:
        if line.zone in ("furniture", "footnote"):
            gap = "page"
            continue
        text, star = _clean(line) if line.cells is None else (line.text.strip(), False)
        if not text or (line.cells is None and pattern("labels", "rule").match(text)):
            blanks += 1
            gap = "page" if gap == "page" or blanks > 2 else "blank"
            continue
        if line.cells is None and pattern("labels", "page_number").match(text):
            gap = "page"
            continue
        if page is not None and line.page != page:
            gap = "page"
        yield Printed(line, text, gap, star)
        page, blanks, gap = line.page, 0, "none"


def without_rows(printed: Iterable[Printed]) -> Iterator[Printed]:
    """Rows of a layout table as lines of their own, cell by cell (letterhead, signature block)."""
    for item in printed:
        if not item.is_row:
            yield item
            continue
        for cell in item.line.cells or ():
            for part in cell.split("\n"):
                if text := plain(part):
                    yield replace(item, line=replace(item.line, text=text, cells=None), text=text)


def ends_sentence(text: str) -> bool:
    """Whether a text ends with the sign of a sentence or clause end."""
    return _SENTENCE_END.search(text.rstrip()[-8:]) is not None


def sentence_breaks(text: str) -> Iterator[int]:
    """Where a new sentence begins inside a text: after an end sign and a blank, with a capital letter."""
    for match in _BREAK.finditer(text):
        if text[match.end() :].lstrip("“\"'(")[:1].isupper():
            yield match.end()


def is_upper(text: str) -> bool:
    """Whether a text is printed in capitals."""
    letters = sum(map(str.isalpha, text))
    return letters > 1 and sum(map(str.isupper, text)) >= 0.85 * letters


def left_open(text: str) -> int:
    """How many quotes and brackets are left open at the end of a text (only the last 600 characters count)."""
    depth = 0
    for sign in text[-600:]:
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING and depth:
            depth -= 1
    return depth


class _Advance(dict[str, float]):
    """Fills itself: advance width of a sign, in em."""

    def __missing__(self, sign: str) -> float:
        self[sign] = 0.7 if sign.isupper() and sign != "I" else _WIDTHS.get(folded(sign), 0.5)
        return self[sign]


_ADVANCE = _Advance()


def width(text: str) -> float:
    """About how wide a text prints, in em."""
    return sum(map(_ADVANCE.__getitem__, text))


class Measure:
    """How long a full line is: in points where lines have boxes, else in em where the text is wrapped.

    `spaced` tells that list items and headings are set apart by blank lines.
    """

    def __init__(self, printed: Sequence[Printed]) -> None:
        texts = [item for item in printed if not item.is_row]
        items = [item for item in texts if read_label(item.text) or read_bullet(item.text)]
        self.spaced = len(items) >= _ITEMS_TO_TELL and sum(i.gap != "none" for i in items) >= 0.6 * len(items)
        self._right: dict[int | None, float] = {}
        self._left: dict[int | None, float] = {}
        self._width: float | None = None
        if any(item.line.box for item in texts):
            self._measure_boxes(texts)
        elif len(texts) >= _LINES_TO_MEASURE:
            widths = sorted(width(item.text) for item in texts)
            full = quantiles(widths, n=10)[8]
            near = sum(1 for found in widths if found >= 0.85 * full)
            wrapped = _NARROWEST_WRAPPED_LINE <= full <= _WIDEST_WRAPPED_LINE and widths[-1] <= 1.6 * full
            if wrapped and near >= 0.3 * len(widths):
                self._width = full

    def _measure_boxes(self, texts: Sequence[Printed]) -> None:
        pages: dict[int | None, list[Printed]] = {}
        for item in texts:
            if item.line.box:
                pages.setdefault(item.line.page, []).append(item)
        for page, items in pages.items():
            boxes = [item.line.box for item in items if item.line.box]
            self._right[page] = max(box.x1 for box in boxes)
            lefts = sorted(box.x0 for box in boxes)
            self._left[page] = lefts[len(lefts) // 10]

    @property
    def wrapped(self) -> bool:
        """Whether the text is known to be broken into printed lines."""
        return bool(self._right) or self._width is not None

    def is_full(self, last: Printed, following: Printed) -> bool:
        """Whether the first word of `following` would not have fitted on the line `last`."""
        word = following.text.split(maxsplit=1)[0]
        box = last.line.box
        if box is not None and last.line.page in self._right:
            sign = (box.x1 - box.x0) / max(1, len(last.line.text.strip()))
            return box.x1 + sign * (len(word) + 0.5) >= self._right[last.line.page]
        if self._width is None:
            return False
        return width(f"{last.text} {word}") >= 0.94 * self._width

    def is_indented(self, item: Printed) -> bool:
        """Whether a line begins well right of the left margin."""
        box = item.line.box
        return box is not None and item.line.page in self._left and box.x0 >= self._left[item.line.page] + 12
