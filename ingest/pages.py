"""From the bytes of a file to its lines: what each page is read with, and why."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from .errors import DamagedInputError, KehoachError, TimeLimitError, TooLargeError
from .layout.furniture import mark_footnotes, mark_page_numbers, mark_running_heads
from .layout.lines import cut_line, lines_of, lines_of_runs
from .ocr.clean import clean_reader, low_confidence, without_junk
from .ocr.engine import OcrEngine
from .ocr.fast import FastEngine, installed_engine
from .ocr.prepare import guess_dpi
from .ocr.scan import ScannedPage, read_scan
from .options import Options
from .readers.blocks import lines_of_blocks
from .readers.doc import read_doc
from .readers.docx import read_docx
from .readers.html import read_html
from .readers.images import ImagePage, read_images
from .readers.layer import decoded_words, layer_score, route
from .readers.media import DOCX, HTML, MARKDOWN, PDF, PLAIN, sniff
from .readers.pdf import PdfFile, PdfPage, render_dpi
from .readers.plain import read_plain
from .tables.join import across_pages
from .tables.letters import letters
from .tables.ruled import find_rules, scanned_grids
from .tables.rules import CellGrid, find_grids
from .tables.scanned import doubtful, read_grid
from .tables.typed import fill, table_lines
from .tables.unruled import find_unruled, is_table, tables_of_words
from .text.quality import score
from .values import Box, Line, PageReport, ReadDocument, Word

# A text layer must read clearly better than the page image to be kept against the route.
_CLEARLY_BETTER = 0.05
# Share of the time limit after which no further page is begun, so that the pages read so far are written.
_TIME_FOR_PAGES = 0.85
_OF_ALL_PAGES: Mapping[str, type[KehoachError]] = {"too_large: ": TooLargeError, "timeout: ": TimeLimitError}


class FontUse(NamedTuple):
    """A font of a text layer: its name, how many words are set in it, the encoding it was decoded from or nothing."""

    name: str
    words: int
    encoding: str


@dataclass(frozen=True, slots=True)
class PageText:
    """Lines of one page, not yet numbered, with its report and size in points.

    Boxes count on the page image turned counter-clockwise by `turned` degrees and then by the small angle `skew`.
    `grids` are its tables, `fonts` those of its text layer, also where the layer was not used; `dropped` is what an
    engine read that was taken for dust, stamps and pen strokes.
    """

    lines: list[Line]
    report: PageReport
    height: float
    width: float = 1.0
    turned: int = 0
    skew: float = 0.0
    grids: tuple[CellGrid, ...] = ()
    fonts: tuple[FontUse, ...] = ()
    dropped: tuple[Line, ...] = ()


def _failed(number: int, message: str) -> PageText:
    return PageText([], PageReport(number, "ocr", 0.0, reason="the page could not be read", error=message), 1.0)


def _grids(words: Sequence[Word], rules: tuple[Box, ...], edges: Callable[[], tuple[Box, ...]]) -> list[CellGrid]:
    """Grids of a typed page; before columns are guessed from gaps, another reader is asked for ruling lines."""
    ruled = find_grids(rules)
    guessed = [] if ruled else tables_of_words(words)
    return ruled or (guessed and find_grids(edges())) or guessed


def _laid_out(
    page: PdfPage, words: Iterable[Word], edges: Callable[[], tuple[Box, ...]]
) -> tuple[list[Line], list[CellGrid]]:
    """Words of a typed page as lines, tables in their place, footnotes marked; and the grids of the tables."""
    left = list(words)
    rules, number, size = page.rules, page.number, (page.width, page.height)
    tables: list[list[Line]] = []
    grids: list[CellGrid] = []
    for position, grid in enumerate(_grids(left, rules, edges)):
        filled, left = fill(grid, left)
        if any(found for _, found in filled):
            grids.append(grid)
            tables.append(table_lines(grid, filled, number, position))
    body = lines_of(left, number, size[0])
    body = mark_footnotes(body, rules, *size)
    return _with_tables(body, tables), grids


def _with_tables(body: list[Line], tables: list[list[Line]]) -> list[Line]:
    """Each table before the first body line below its top."""
    lines = list(body)
    for table in tables:
        top = table[0].box.top if table[0].box else 0.0
        at = next((at for at, line in enumerate(lines) if line.box and line.box.top > top), len(lines))
        lines[at:at] = table
    return lines


def _typed(pdf: PdfFile, page: PdfPage, words: tuple[Word, ...], quality: float, reason: str) -> PageText:
    lines, grids = _laid_out(page, words, lambda: pdf.edges(page))
    report = PageReport(page.number, "text_layer", quality, reason)
    return PageText(lines, report, page.height, page.width, page.turned, grids=tuple(grids))


def _dropped(read: Iterable[Line], kept: Iterable[Line]) -> tuple[Line, ...]:
    """What is left of the lines that were read when the words of the kept ones are taken away."""
    known = {id(word) for line in kept for word in line.words}
    rests = ((line, [word for word in line.words if id(word) not in known]) for line in read)
    return tuple(
        replace(line, text=" ".join(word.text for word in rest), words=tuple(rest)) for line, rest in rests if rest
    )


def _scanned(scan: ScannedPage, number: int, reason: str, engine: OcrEngine) -> PageText:
    lines: Sequence[Sequence[Word]] = scan.lines
    tables: list[list[Line]] = []
    grids: list[CellGrid] = []
    level = scan.level
    rules = find_rules(*level.search_ink())
    ruled = scanned_grids(rules, level.image, level.dpi) if rules else []
    for position, grid in enumerate(ruled or find_unruled(*letters(level.boxes, level.crooked.shape[1], level.dpi))):
        inside = [word for line in lines for word in line]
        filled, left = read_grid(grid, inside, level.image, level.ink, level.dpi, clean_reader(engine))
        if not ruled and not is_table(grid, filled):
            continue
        if scan.unsure or not ruled:
            filled = doubtful(filled)
        outside = {id(word) for word in left}
        lines = [[word for word in line if id(word) in outside] for line in lines]
        if any(found for _, found in filled):
            grids.append(grid)
            tables.append(table_lines(grid, filled, number, position))
    runs = [run for line in lines if line for run in cut_line(line)]
    read = lines_of_runs(runs, number, scan.width)
    body = mark_footnotes(without_junk(read), rules, scan.width, scan.height, scanned=True)
    turned = f"; turned by {scan.turned} degrees" if scan.turned else ""
    fast = "; fast engine" if isinstance(engine, FastEngine) else ""
    quality = score(scan.text).value if scan.words else 0.0
    report = PageReport(number, "ocr", quality, reason + turned + fast, ocr_confidence=low_confidence(scan.words))
    found_lines = _with_tables(body, tables)
    dropped = _dropped(read, body)
    return PageText(found_lines, report, scan.height, scan.width, scan.turned, scan.skew, tuple(grids), dropped=dropped)


def _fonts_of(page: PdfPage, encodings: Mapping[str, str]) -> tuple[FontUse, ...]:
    """Fonts of a page's text layer, the most used first."""
    counts = Counter(found.font for found in page.words)
    uses = (FontUse(font, count, encodings.get(font, "")) for font, count in counts.items())
    return tuple(sorted(uses, key=lambda use: (-use.words, use.name)))


def _pdf_page(pdf: PdfFile, page: PdfPage, words: tuple[Word, ...], engine: OcrEngine, options: Options) -> PageText:
    number = page.number
    quality = layer_score(words)
    way = route(page, words, quality)
    if way.kind == "empty":
        report = PageReport(number, "text_layer", 1.0, way.reason)
        return PageText([], report, page.height, page.width, page.turned)
    if way.kind == "keep":
        return _typed(pdf, page, words, quality.value, way.reason)
    dpi = render_dpi(page, options)
    scan = read_scan(pdf.render(number, dpi), dpi, engine)
    if words and quality.value > score(scan.text).value + _CLEARLY_BETTER and quality.words >= len(scan.words) / 2:
        return _typed(pdf, page, words, quality.value, f"{way.reason}; the page image reads worse")
    return _scanned(scan, number, way.reason, engine)


def _pdf_pages(data: bytes, name: str, engine: OcrEngine, options: Options) -> Iterator[PageText]:
    fonts: dict[str, str] = {}
    until = time.monotonic() + _TIME_FOR_PAGES * options.timeout
    with PdfFile(data, name, options) as pdf:
        for number in range(1, pdf.page_count + 1):
            if time.monotonic() > until:
                yield _failed(number, f"timeout: {name}: page {number} was not begun in time; give more --timeout")
                continue
            try:
                page = pdf.page(number)
                words = decoded_words(page, fonts)
                yield replace(_pdf_page(pdf, page, words, engine, options), fonts=_fonts_of(page, fonts))
            except TooLargeError as error:
                yield _failed(number, f"too_large: {error}")
            except DamagedInputError as error:
                yield _failed(number, str(error))


def _image_page(page: ImagePage, engine: OcrEngine) -> PageText:
    if page.pixels is None:
        return _failed(page.number, page.error or "")
    try:
        scan = read_scan(page.pixels, guess_dpi(page.pixels, page.dpi), engine)
    except DamagedInputError as error:
        return _failed(page.number, str(error))
    return _scanned(scan, page.number, "an image", engine)


def _document(media_type: str, pages: list[PageText], name: str) -> ReadDocument:
    """Pages joined: running heads off, lines and tables numbered."""
    errors = [page.report.error for page in pages if page.report.error]
    if errors and len(errors) == len(pages):
        for prefix, failure in _OF_ALL_PAGES.items():
            if errors[0].startswith(prefix):
                raise failure(errors[0].removeprefix(prefix))
        raise DamagedInputError(errors[0])
    if not pages:
        raise DamagedInputError(f"{name}: no page could be read; export or scan it again")
    heights = [page.height for page in pages]
    marked = mark_running_heads(mark_page_numbers([page.lines for page in pages], heights), heights)
    body = _with_table_numbers(line for lines in marked for line in lines if line.zone != "furniture")
    numbered = [replace(line, number=at) for at, line in enumerate(across_pages(body), 1)]
    return ReadDocument(media_type, tuple(page.report for page in pages), tuple(numbered))


def _with_table_numbers(lines: Iterable[Line]) -> list[Line]:
    """Printed tables numbered over the document instead of page by page."""
    tables: dict[tuple[int | None, int], int] = {}
    return [
        line if line.table is None else replace(line, table=tables.setdefault((line.page, line.table), len(tables) + 1))
        for line in lines
    ]


def _one_page(media_type: str, lines: tuple[Line, ...], reason: str) -> ReadDocument:
    quality = score("\n".join(line.text for line in lines)).value
    return ReadDocument(media_type, (PageReport(1, "plain_text", quality, reason),), lines)


def _office_lines(data: bytes, name: str, media_type: str, options: Options) -> tuple[Line, ...]:
    if media_type == HTML:
        return lines_of_blocks(read_html(data))
    if media_type == DOCX:
        return lines_of_blocks(read_docx(data, name, options))
    return lines_of_blocks(read_doc(data, name, options))


def _watched(pages: Iterable[PageText], watch: Callable[[PageText], None] | None) -> list[PageText]:
    """All pages, each shown as soon as it is read."""
    found: list[PageText] = []
    for page in pages:
        found.append(page)
        if watch is not None:
            watch(page)
    return found


def read_document(
    data: bytes,
    name: str,
    options: Options,
    engine: OcrEngine | None = None,
    watch: Callable[[PageText], None] | None = None,
) -> ReadDocument:
    """Read a file of any kind into lines in reading order, numbered from 1, and a report on each page.

    `engine` reads page images (by default Tesseract, inside the process where the extra `fast` is installed); `watch`
    is shown each page of a PDF or image file when it is read. Raises a KehoachError when nothing of the file can be
    read; a page that fails is reported with its error and has no lines.
    """
    media_type = sniff(data, name)
    reader = engine or installed_engine(options.ocr_language)
    if media_type == PDF:
        return _document(media_type, _watched(_pdf_pages(data, name, reader, options), watch), name)
    if media_type.startswith("image/"):
        images = (_image_page(page, reader) for page in read_images(data, name, options))
        return _document(media_type, _watched(images, watch), name)
    if media_type in (PLAIN, MARKDOWN):
        return _one_page(media_type, read_plain(data), "plain text")
    return _one_page(media_type, _office_lines(data, name, media_type, options), "an office or web file")
