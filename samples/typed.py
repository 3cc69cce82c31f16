"""Typed documents: PDF (reportlab), Word (python-docx), Markdown. The same source gives the same bytes."""

from __future__ import annotations

import datetime
import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Frame, LongTable, PageTemplate, Paragraph, Spacer, Table, TableStyle
from reportlab.platypus.doctemplate import BaseDocTemplate

from .texts import Block, Source

FONTS = (
    "/usr/share/fonts/truetype/liberation2/LiberationSerif",
    "/usr/share/fonts/truetype/croscore/Tinos",
)
FACES = {"R": "Regular", "B": "Bold", "I": "Italic", "BI": "BoldItalic"}
Align = Literal[0, 1, 4]  # as reportlab counts them
LEFT: Align = 0
CENTER: Align = 1
JUSTIFY: Align = 4
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
MARGIN = 20 * mm
WIDTH = A4[0] - 2.4 * MARGIN
BARE = TableStyle(
    [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)]
)
RULED = TableStyle([("GRID", (0, 0), (-1, -1), 0.6, (0, 0, 0)), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
COLUMNS = (0.08, 0.54, 0.2, 0.18)


@cache
def fonts() -> dict[str, TTFont]:
    """The four faces of a serif font with Vietnamese letters, registered with reportlab."""
    base = next((b for b in FONTS if Path(f"{b}-Regular.ttf").is_file()), None)
    if base is None:
        raise SystemExit("no serif font with Vietnamese letters: install fonts-croscore or fonts-liberation2")
    faces = {key: TTFont(f"serif-{key}", f"{base}-{face}.ttf") for key, face in FACES.items()}
    for face in faces.values():
        pdfmetrics.registerFont(face)
    return faces


def check_glyphs(source: Source) -> None:
    """Raise ValueError when a character of the source has no glyph in the fonts."""
    for key, face in fonts().items():
        missing = sorted(c for c in source.characters if ord(c) not in face.face.charToGlyph)
        if missing:
            raise ValueError(f"{source.name}: face {key} has no glyph for {missing}")


def _paragraph(text: str, face: str = "R", size: float = 13, align: Align = JUSTIFY, indent: float = 0) -> Paragraph:
    style = ParagraphStyle(
        "p", fontName=f"serif-{face}", fontSize=size, leading=size * 1.3, alignment=align, firstLineIndent=indent
    )
    style.spaceAfter = 5 if align == JUSTIFY else 0
    return Paragraph(escape(text), style)


def _letterhead(source: Source) -> Table:
    *issuer, number, place_and_date = source.letterhead
    left = [_paragraph(line, "B" if k else "R", 12.5, CENTER) for k, line in enumerate(issuer)]
    right = [_paragraph(line, "B", 12.5, CENTER) for line in NATION]
    below = [_paragraph(number, "R", 12.5, CENTER), _paragraph(place_and_date, "I", 13, CENTER)]
    return Table([[left, right], below], colWidths=[WIDTH * 0.4, WIDTH * 0.6], style=BARE)


def is_group(row: tuple[str, ...]) -> bool:
    """Whether a table row is a heading of the rows below it: number and name, nothing else."""
    return not any(row[2:])


def _table(block: Block) -> LongTable:
    data = []
    for number, row in enumerate(block.rows):
        face = "B" if number == 0 or is_group(row) else "R"
        aligns: list[Align] = [LEFT if k == 1 and number else CENTER for k in range(len(row))]
        data.append([_paragraph(cell, face, 12.5, align) for cell, align in zip(row, aligns, strict=True)])
    return LongTable(data, colWidths=[WIDTH * part for part in COLUMNS], repeatRows=1, style=RULED)


def _closing(source: Source) -> Table:
    left = [_paragraph("Nơi nhận:", "BI", 12, LEFT)]
    left += [_paragraph(line, "R", 11, LEFT) for line in source.recipients]
    *offices, name = source.signature
    right: list[Any] = [_paragraph(line, "B", 13, CENTER) for line in offices]
    right += [Spacer(1, 20 * mm), _paragraph(name, "B", 13, CENTER)]
    return Table([[left, right]], colWidths=[WIDTH * 0.5, WIDTH * 0.5], style=BARE)


def pdf(source: Source) -> bytes:
    """The document as a typed PDF with letterhead and page numbers from the second page on."""
    check_glyphs(source)
    story: list[Any] = [_letterhead(source), Spacer(1, 8)]
    story += [_paragraph(line, "B", 14, CENTER) for line in source.title]
    story.append(Spacer(1, 10))
    for block in source.blocks:
        if block.kind == "table":
            story += [_table(block), Spacer(1, 8)]
        else:
            story.append(_paragraph(block.text, "B" if block.kind == "heading" else "R", 13, indent=10 * mm))
    story += [Spacer(1, 8), _closing(source)]

    def page_number(canvas: Any, _document: Any) -> None:
        if canvas.getPageNumber() > 1:
            canvas.setFont("serif-R", 12)
            canvas.drawCentredString(A4[0] / 2, A4[1] - 12 * mm, str(canvas.getPageNumber()))

    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, invariant=1, title=source.title[-1])
    frame = Frame(1.4 * MARGIN, MARGIN, WIDTH, A4[1] - 2 * MARGIN, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame], onPage=page_number))
    document.build(story)
    return out.getvalue()


def _fixed_times(archive: bytes) -> bytes:
    """The same zip archive with one date on every member, so that its bytes repeat."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _cell(cell: Any, lines: list[tuple[str, bool]]) -> None:
    for number, (text, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.add_run(text).bold = bold
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def word(source: Source) -> bytes:
    """The document as Word writes it: letterhead and closing in tables without lines."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = datetime.datetime(2025, 1, 1)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Liberation Serif", Pt(13)
    *issuer, number, place_and_date = source.letterhead
    head = document.add_table(1, 2).rows[0].cells
    _cell(head[0], [(line, True) for line in issuer] + [(number, False)])
    _cell(head[1], [(line, True) for line in NATION] + [(place_and_date, False)])
    for line in source.title:
        paragraph = document.add_paragraph()
        paragraph.add_run(line).bold = True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for block in source.blocks:
        if block.kind == "table":
            table = document.add_table(0, len(block.rows[0]), "Table Grid")
            for row in block.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        else:
            document.add_paragraph().add_run(block.text).bold = block.kind == "heading"
    foot = document.add_table(1, 2).rows[0].cells
    foot[0].text = "\n".join(["Nơi nhận:", *source.recipients])
    _cell(foot[1], [(line, True) for line in (*source.signature[:-1], "", "", source.signature[-1])])
    out = io.BytesIO()
    document.save(out)
    return _fixed_times(out.getvalue())


def markdown(source: Source) -> bytes:
    """The document as Markdown, the way a converter leaves it: marks of headings and bold type, no letterhead lines."""
    *_, number, place_and_date = source.letterhead
    lines = [number, place_and_date, f"## {source.title[0]}", f"### {' '.join(source.title[1:])}"]
    for block in source.blocks:
        if block.kind == "table":
            lines += ["\n".join("\t".join(row) for row in block.rows)]
        else:
            lines.append(f"**{block.text}**" if block.kind == "heading" else block.text)
    lines += ["***Nơi nhận:***", "\n".join(source.recipients)]
    lines += ["\n".join(f"**{line}**" for line in source.signature[:-1]), f"**{source.signature[-1]}**"]
    return ("\n\n".join(lines) + "\n").encode()
