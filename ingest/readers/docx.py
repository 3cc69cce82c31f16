"""Word files (DOCX): paragraphs with the numbers that Word generates, tables, cells that only set things apart."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ..errors import DamagedInputError, TooLargeError
from ..options import Options
from ..text.encodings import decode_font, detect, is_horn_variant, mend_horn
from ..text.normalize import nfc, squeeze
from .blocks import Block, Paragraph, Table
from .docx_numbering import Numbering, W

_MAX_UNPACKED = 300 * 1024 * 1024
_SKIPPED = {f"{W}del", f"{W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}


def _parse(archive: zipfile.ZipFile, part: str) -> Any | None:
    if part not in archive.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(archive.read(part), parser)


def _run_font(run: Any, default: str) -> str:
    fonts = run.find(f"{W}rPr/{W}rFonts")
    return default if fonts is None else str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or default)


def _pieces(element: Any, font: str) -> Iterator[tuple[str, str]]:
    """Texts of a paragraph with their fonts; a line break is a newline, a tab a blank."""
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == f"{W}r":
            yield from _pieces(child, _run_font(child, font))
        elif child.tag == f"{W}t":
            yield child.text or "", font
        elif child.tag in (f"{W}br", f"{W}cr"):
            yield "\n", font
        elif child.tag in (f"{W}tab", f"{W}ptab"):
            yield " ", font
        elif child.tag == f"{W}noBreakHyphen":
            yield "-", font
        elif child.tag not in (f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}p", f"{W}tbl"):
            yield from _pieces(child, font)


class _Reader:
    """Reads the body of one file in document order."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.document = _parse(archive, "word/document.xml")
        self.footnotes = _parse(archive, "word/footnotes.xml")
        self.endnotes = _parse(archive, "word/endnotes.xml")
        self.numbering = Numbering.read(_parse(archive, "word/numbering.xml"))
        self.styles = {s.get(f"{W}styleId"): s for s in _all(_parse(archive, "word/styles.xml"), "style")}
        self.fonts: dict[str, str] = {}

    def _style_chain(self, name: str | None) -> Iterator[Any]:
        seen: set[str] = set()
        while name and name not in seen and name in self.styles:
            seen.add(name)
            yield self.styles[name]
            based = self.styles[name].find(f"{W}basedOn")
            name = based.get(f"{W}val") if based is not None else None

    def _label(self, paragraph: Any) -> str:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        chain = self._style_chain(style.get(f"{W}val") if style is not None else None)
        numbers = [own] if own is not None else [s.find(f"{W}pPr/{W}numPr") for s in chain]
        for number in numbers:
            if number is None or number.find(f"{W}numId") is None:
                continue
            level = number.find(f"{W}ilvl")
            depth = int(level.get(f"{W}val", "0")) if level is not None else 0
            return self.numbering.label(number.find(f"{W}numId").get(f"{W}val", ""), depth)
        return ""

    def _default_font(self, paragraph: Any) -> str:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val") if style is not None else "Normal"
        for found in self._style_chain(name):
            fonts = found.find(f"{W}rPr/{W}rFonts")
            if fonts is not None and fonts.get(f"{W}ascii"):
                return str(fonts.get(f"{W}ascii"))
        return ""

    def paragraph(self, element: Any) -> list[str]:
        """Lines of a paragraph, its generated label first."""
        joined: list[tuple[str, str]] = []
        for text, font in _pieces(element, self._default_font(element)):
            if joined and joined[-1][1] == font:
                joined[-1] = (joined[-1][0] + text, font)
            else:
                joined.append((text, font))
        body = "".join(self._decoded(text, font) for text, font in joined)
        lines = [squeeze(line) for line in nfc(body).split("\n")]
        if any(lines):
            lines[0] = squeeze(self._label(element) + lines[0])
        return [line for line in lines if line]

    def _decoded(self, text: str, font: str) -> str:
        encoding = self.fonts.get(font) or detect(text, font)
        if encoding and font:
            self.fonts[font] = encoding
        text = decode_font(text, encoding, font) if encoding else text
        return mend_horn(text) if is_horn_variant(text) else text

    def table(self, element: Any) -> Table:
        """A table with merged cells empty but in their first place."""
        rows: list[tuple[tuple[str, ...], ...]] = []
        for row in element.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not element:
                continue
            cells: list[tuple[str, ...]] = []
            for cell in _children(row, f"{W}tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
                inside = [] if goes_on else [p for p in cell.iter(f"{W}p") if not _is_gone(p)]
                texts = tuple(line for p in inside for line in self.paragraph(p))
                cells += [texts] + [()] * (int(span.get(f"{W}val", "1")) - 1 if span is not None else 0)
            rows.append(tuple(cells))
        return Table(tuple(rows), self._is_ruled(element))

    def _is_ruled(self, element: Any) -> bool:
        style = element.find(f"{W}tblPr/{W}tblStyle")
        chain = self._style_chain(style.get(f"{W}val") if style is not None else None)
        borders = [element.find(f"{W}tblPr/{W}tblBorders"), *(s.find(f"{W}tblPr/{W}tblBorders") for s in chain)]
        first = next((b for b in borders if b is not None), None)
        drawn = first is not None and any(side.get(f"{W}val") not in (None, "nil", "none") for side in first)
        cells = element.iter(f"{W}tcBorders")
        return drawn or any(side.get(f"{W}val") not in (None, "nil", "none") for cell in cells for side in cell)

    def notes(self) -> Iterator[Block]:
        """Footnotes, then endnotes, each with its number."""
        for part, tag in ((self.footnotes, "footnote"), (self.endnotes, "endnote")):
            printed = [note for note in _all(part, tag) if note.get(f"{W}type") in (None, "normal")]
            for number, note in enumerate(printed, 1):
                texts = [text for p in note.iter(f"{W}p") if not _is_gone(p) for text in self.paragraph(p)]
                for at, text in enumerate(texts):
                    yield Paragraph(text if at else f"{number} {text}", "footnote")

    def blocks(self, container: Any) -> Iterator[Block]:
        """Paragraphs and tables below `container` in order."""
        for child in container:
            if child.tag == f"{W}p":
                for text in self.paragraph(child):
                    yield Paragraph(text)
                for box in child.iter(f"{W}txbxContent"):
                    if not _is_gone(box):
                        yield from self.blocks(box)
            elif child.tag == f"{W}tbl":
                yield self.table(child)
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                yield from self.blocks(child)


def _is_gone(element: Any) -> bool:
    """Whether an element was deleted, or stands for readers that do not understand the one before it."""
    return any(parent.tag in _SKIPPED for parent in element.iterancestors())


def _all(root: Any | None, tag: str) -> list[Any]:
    return [] if root is None else list(root.iter(f"{W}{tag}"))


def _children(element: Any, tag: str) -> Iterator[Any]:
    """Children with `tag`, also inside content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins"):
            yield from _children(child, tag)


def read_docx(data: bytes, name: str, options: Options) -> list[Block]:
    """Body of a DOCX in document order, then its footnotes.

    Raises DamagedInputError, or TooLargeError when it would unpack to too much.
    """
    damaged = DamagedInputError(f"{name}: the DOCX is damaged; open it in Word and save it again")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > min(_MAX_UNPACKED, options.max_memory * 2**19):
                raise TooLargeError(f"{name}: unpacks to more than {_MAX_UNPACKED >> 20} MiB; remove its pictures")
            reader = _Reader(archive)
            body = None if reader.document is None else reader.document.find(f"{W}body")
            if body is None:
                raise damaged
            return [*reader.blocks(body), *reader.notes()]
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, EOFError, OSError, NotImplementedError):
        raise damaged from None
