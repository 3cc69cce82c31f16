"""What was found on each page of a file, and why: for a user who asks how a value came about."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from unidecode import unidecode

from .errors import UsageError
from .inspection_drawing import Mark, Place, draw_page, page_images
from .options import Options, own_dictionaries
from .output.files import atomic_file
from .pages import FontUse, PageText, read_document
from .readers.files import read_file
from .restore import restore_document
from .restore.result import RestoredDocument
from .values import Box, DoubtfulToken, Line, PageReport, ReadDocument, Word

_UNSURE = 0.6  # an engine's confidence in a word, below which the word is shown as hard to read
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_RANGE = re.compile(r"\s*(\d{1,9})\s*(?:-\s*(\d{1,9})\s*)?")
_MOST_DOUBTS, _MOST_LEFT_OUT = 15, 8  # shown of one page in the readable report


class TableSize(NamedTuple):
    """A table or its part on one page."""

    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class PageFinding:
    """A page: what it was read from and why, and what stands on it.

    `turned` and `skew` are the degrees, counter-clockwise, that made it upright; `width` and `height` are points (None
    where the file has no page images); `left_out` is the text taken for page numbers, running heads and dust; `unsure`
    counts the words that the OCR engine could hardly read; doubtful words stand in lines and columns of the restored
    text.
    """

    page: int
    method: str
    reason: str
    error: str | None
    quality: float
    ocr_confidence: float | None
    turned: int
    skew: float
    width: float | None
    height: float | None
    fonts: tuple[FontUse, ...]
    tables: tuple[TableSize, ...]
    lines: int
    left_out: tuple[str, ...]
    restored_lines: int
    unsure: int
    doubtful: tuple[DoubtfulToken, ...]
    seconds: float | None
    image: str | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """A file and the pages that were asked for; `seconds` is the time for the whole file, restoration included."""

    file: str
    sha256: str
    media_type: str
    page_count: int
    seconds: float
    pages: tuple[PageFinding, ...]

    @property
    def exit_code(self) -> int:
        """1 where a page could not be read, as in a conversion."""
        return int(any(page.error for page in self.pages))


class _Clock:
    """Seconds since it was last asked."""

    def __init__(self) -> None:
        self._last = time.perf_counter()

    def lap(self) -> float:
        """The time since the last lap, in seconds."""
        now = time.perf_counter()
        passed, self._last = now - self._last, now
        return passed


class _Found(NamedTuple):
    """All that one reading of a file gave; pages and times by page number."""

    document: ReadDocument
    restored: RestoredDocument
    pages: Mapping[int, PageText]
    seconds: Mapping[int, float]


def page_ranges(choice: str | None) -> list[tuple[int, int]]:
    """First and last pages of a choice like `1-3,7`; every page for None. Raises UsageError for anything else."""
    if choice is None:
        return [(1, sys.maxsize)]
    matches = [_RANGE.fullmatch(part) for part in choice.split(",")]
    ranges = [(int(match[1]), int(match[2] or match[1])) for match in matches if match]
    if len(ranges) < len(matches) or any(not 0 < first <= last for first, last in ranges):
        raise UsageError(f"--pages {choice}: not understood; write it like 1-3,7")
    return ranges


def _read(data: bytes, name: str, options: Options) -> _Found:
    pages: dict[int, PageText] = {}
    seconds: dict[int, float] = {}
    clock = _Clock()

    def watch(page: PageText) -> None:
        pages[page.report.page] = page
        seconds[page.report.page] = clock.lap()

    with own_dictionaries(options.dictionaries):
        document = read_document(data, name, options, watch=watch)
        restored = restore_document(document.lines, options)
    return _Found(document, restored, pages, seconds)


def _table_sizes(lines: Iterable[Line]) -> tuple[TableSize, ...]:
    widths: dict[int | None, list[int]] = defaultdict(list)
    for line in lines:
        if line.cells is not None:
            widths[line.table].append(len(line.cells))
    return tuple(TableSize(len(rows), max(rows)) for rows in widths.values())


def _left_out(page: PageText | None, kept: Sequence[Line]) -> list[Line]:
    """What was read on the page outside tables and is not in the document: page number, running head, dust."""
    boxes = {line.box for line in kept}
    lines = page.lines if page is not None else []
    gone = [line for line in lines if line.box and line.cells is None and line.box not in boxes]
    return [*gone, *(page.dropped if page is not None else ())]


def _unsure_words(page: PageText | None) -> list[Word]:
    words = (word for line in page.lines for word in line.words) if page is not None else iter(())
    return [word for word in words if word.confidence is not None and word.confidence < _UNSURE]


def _fonts(page: PageText | None) -> tuple[FontUse, ...]:
    """Fonts without the prefix that marks a subset of a font."""
    counts: Counter[tuple[str, str]] = Counter()
    for font in page.fonts if page is not None else ():
        counts[_SUBSET.sub("", font.name), font.encoding] += font.words
    return tuple(FontUse(name, words, encoding) for (name, encoding), words in counts.most_common())


def _finding(report: PageReport, found: _Found) -> PageFinding:
    lines = [line for line in found.document.lines if (line.page or 1) == report.page]
    numbers = {line.number for line in lines}
    page = found.pages.get(report.page)
    seconds = found.seconds.get(report.page)
    confidence = report.ocr_confidence
    return PageFinding(
        page=report.page,
        method=report.method,
        reason=report.reason,
        error=report.error,
        quality=round(report.quality, 4),
        ocr_confidence=None if confidence is None else round(confidence, 4),
        turned=page.turned if page else 0,
        skew=round(page.skew, 2) if page else 0.0,
        width=round(page.width, 1) if page and not report.error else None,
        height=round(page.height, 1) if page and not report.error else None,
        fonts=_fonts(page),
        tables=_table_sizes(lines),
        lines=len(lines),
        left_out=tuple(line.text for line in _left_out(page, lines)),
        restored_lines=len(numbers & found.restored.restored_lines),
        unsure=len(_unsure_words(page)),
        doubtful=tuple(token for token in found.restored.doubtful if token.line in numbers),
        seconds=None if seconds is None else round(seconds, 2),
    )


def _word_at(line: Line, restored: str, column: int) -> Word | None:
    """The word of `line` that the token at `column` (from 1) of its restored text comes from; None where it cannot be
    told, because restoration joined or parted words.
    """
    read = list(re.finditer(r"\S+", line.text))
    if len(read) != len(restored.split()):
        return None
    start = read[len(restored[:column].split()) - 1].start()
    position = 0
    for word in line.words:
        at = line.text.find(word.text, position)
        if at < 0 or at > start:
            return None
        position = at + len(word.text)
        if start < position:
            return word
    return None


def _doubt_marks(found: _Found) -> Iterator[tuple[int, Mark]]:
    """Marks of doubtful words with their pages: the word's box, else that of its line."""
    owners = {id(word): number for number, page in found.pages.items() for line in page.lines for word in line.words}
    read = {line.number: line for line in found.document.lines}
    texts = {line.number: line.text for line in found.restored.lines}
    for token in found.restored.doubtful:
        line = read[token.line]
        word = _word_at(line, texts[token.line], token.column)
        box = word.box if word else line.box
        if box is not None:
            # A row that a page break cuts holds words of two pages.
            yield owners.get(id(word), line.page or 1), Mark("doubtful", box, f"{token.confidence:.2f}")


def _line_mark(line: Line, box: Box, has_grids: bool) -> Mark:
    """A line's frame with its number; rows of a drawn table show the number alone, since they cross merged cells."""
    if line.cells is not None and has_grids:
        box = box._replace(x1=box.x0)
    return Mark("footnote" if line.zone == "footnote" else "line", box, str(line.number))


def _marks(found: _Found, wanted: Iterable[int]) -> dict[int, list[Mark]]:
    marks: dict[int, list[Mark]] = {number: [] for number in wanted}
    for number, on_page in marks.items():
        page = found.pages[number]
        lines = [line for line in found.document.lines if line.page == number]
        on_page += [_line_mark(line, line.box, bool(page.grids)) for line in lines if line.box is not None]
        on_page += [Mark("left out", word.box) for line in _left_out(page, lines) for word in line.words]
        on_page += [Mark("table cell", cell.box) for grid in page.grids for cell in grid.cells]
        on_page += [Mark("unsure", word.box) for word in _unsure_words(page)]
    for number, mark in _doubt_marks(found):
        if number in marks:
            marks[number].append(mark)
    return marks


def _write_images(data: bytes, inspection: Inspection, found: _Found, options: Options, folder: Path) -> dict[int, str]:
    """Write the pages with their marks below `folder`; the files by page number. Raises UsageError."""
    readable = [page.page for page in inspection.pages if page.page in found.pages and not page.error]
    marks = _marks(found, readable)
    written: dict[int, str] = {}
    for number, image in page_images(data, inspection.file, inspection.media_type, options, readable):
        page = found.pages[number]
        place = Place(page.width, page.height, page.turned, page.skew)
        heading = f"page {number} of {inspection.page_count}: {page.report.method}, {page.report.reason}"
        path = folder / f"{inspection.file}.page-{number:03}.png"
        try:
            with atomic_file(path) as stream:
                stream.write(draw_page(image, place, marks[number], unidecode(heading)))
        except OSError as error:
            raise UsageError(f"{folder}: cannot be written ({error.strerror}); choose another folder") from error
        written[number] = str(path)
    return written


def inspect_file(path: Path, options: Options, pages: str | None = None, images: Path | None = None) -> Inspection:
    """Read a file as a conversion reads it, and tell what was found on its pages (`pages`: a choice like `1-3,7`).

    With `images` each of these pages is drawn into a PNG in that folder; files without page images give none. Raises a
    KehoachError when nothing of the file can be read, UsageError for a wrong choice or folder.
    """
    ranges = page_ranges(pages)
    data, clock = read_file(path), _Clock()
    found = _read(data, path.name, options)
    seconds = round(clock.lap(), 2)
    reports = [page for page in found.document.pages if any(first <= page.page <= last for first, last in ranges)]
    if not reports:
        raise UsageError(f"--pages {pages}: no such page; {path.name} has {len(found.document.pages)}")
    inspection = Inspection(
        file=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=found.document.media_type,
        page_count=len(found.document.pages),
        seconds=seconds,
        pages=tuple(_finding(report, found) for report in reports),
    )
    if images is None:
        return inspection
    written = _write_images(data, inspection, found, options, images)
    drawn = tuple(replace(page, image=written.get(page.page)) for page in inspection.pages)
    return replace(inspection, pages=drawn)


def _plain(value: Any) -> Any:
    """Tuples with names as objects, for JSON."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return value._asdict()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def inspection_json(inspection: Inspection) -> str:
    """The inspection as indented JSON."""
    return json.dumps(_plain(asdict(inspection)), ensure_ascii=False, indent=2)


def _turned(page: PageFinding) -> str:
    """Both turns in degrees: a quarter turn, a small angle."""
    parts = [str(page.turned)] if page.turned else []
    parts += [f"{page.skew:+.1f}"] if round(page.skew, 1) else []
    return " ".join(parts) or "-"


_COLUMNS = ("page", "read from", "quality", "OCR", "turned", "lines", "tables", "restored", "unsure", "doubts", "s")


def _cells(page: PageFinding) -> tuple[str, ...]:
    tables = ", ".join(f"{table.rows} x {table.columns}" for table in page.tables)
    return (
        str(page.page),
        page.method.replace("_", " "),
        f"{page.quality:.2f}",
        "-" if page.ocr_confidence is None else f"{page.ocr_confidence:.2f}",
        _turned(page),
        str(page.lines),
        tables or "-",
        str(page.restored_lines or "-"),
        "-" if page.ocr_confidence is None else str(page.unsure),
        str(len(page.doubtful)),
        "-" if page.seconds is None else f"{page.seconds:.1f}",
    )


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells as lines with even columns."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _font_lines(pages: Sequence[PageFinding]) -> list[str]:
    words: Counter[tuple[str, str]] = Counter()
    for page in pages:
        for font in page.fonts:
            words[font.name or "(no name)", font.encoding] += font.words
    return [
        f"  {name}: {count} words" + (f", decoded from {encoding}" if encoding else "")
        for (name, encoding), count in words.most_common()
    ]


def _doubt_lines(page: PageFinding) -> list[str]:
    """The least sure words of a page, in the order of the text."""
    shown = sorted(sorted(page.doubtful, key=lambda t: t.confidence)[:_MOST_DOUBTS], key=lambda t: (t.line, t.column))
    lines = [
        f"  page {page.page}, line {token.line}, column {token.column}: {token.token} ({token.confidence:.2f})"
        + (f", perhaps {', '.join(token.alternatives)}" if token.alternatives else "")
        for token in shown
    ]
    rest = len(page.doubtful) - len(shown)
    return [*lines, f"  page {page.page}: {rest} more, see --json"] if rest else lines


def _left_out_lines(page: PageFinding) -> list[str]:
    shown = [f"  page {page.page}: {text}" for text in page.left_out[:_MOST_LEFT_OUT]]
    rest = len(page.left_out) - len(shown)
    return [*shown, f"  page {page.page}: {rest} more, see --json"] if rest else shown


def inspection_text(inspection: Inspection) -> str:
    """The inspection as a readable report."""
    pages = inspection.pages
    head = f"{inspection.file}: {inspection.media_type}, pages: {inspection.page_count}, {inspection.seconds:.1f} s"
    rows = _table([(*_COLUMNS, "why"), *((*_cells(page), page.error or page.reason) for page in pages)])
    parts = [head, "", *rows]
    for title, lines in (
        ("Fonts of the text layer", _font_lines(pages)),
        ("Doubtful words (lines and columns of the restored text)", [x for page in pages for x in _doubt_lines(page)]),
        ("Left out as page numbers, running heads, dust", [x for page in pages for x in _left_out_lines(page)]),
        ("Page images", [f"  {page.image}" for page in pages if page.image]),
    ):
        if lines:
            parts += ["", f"{title}:", *lines]
    return "\n".join(parts)
