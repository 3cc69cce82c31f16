"""Word files: numbers that Word generates, tables, cells that only set things apart, old fonts, damage."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.errors import DamagedInputError, TooLargeError
from kehoach.ingest.options import Options
from kehoach.ingest.readers.blocks import Paragraph, lines_of_blocks
from kehoach.ingest.readers.docx import read_docx
from kehoach.ingest.readers.docx_numbering import roman, shown

ROWS = (("TT", "Chỉ tiêu", "KH"), ("1", "Lúa", "12"))
VALUES = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}


def made(build: Callable[[Any], object]) -> bytes:
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def texts(build: Callable[[Any], object]) -> list[str]:
    return [line.text for line in lines_of_blocks(read_docx(made(build), "plan.docx", Options()))]


def table(document: Any, rows: tuple[tuple[str, ...], ...], style: str | None = "Table Grid") -> Any:
    made_table = document.add_table(0, len(rows[0]), style)
    for row in rows:
        for cell, text in zip(made_table.add_row().cells, row, strict=True):
            cell.text = text
    return made_table


def number(document: Any, formats: list[tuple[str, str]]) -> str:
    """Adds a list with a format and a text a level; gives its id."""
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (style, text) in enumerate(formats)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
    return "78"


def item(document: Any, text: str, level: int, name: str = "78") -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>')
    )


def test_paragraphs_come_in_order_without_empty_ones() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("KẾ HOẠCH")
        document.add_paragraph("  ")
        document.add_paragraph("Trồng  cây\tven đường\nnăm 2031")

    assert texts(build) == ["KẾ HOẠCH", "Trồng cây ven đường", "năm 2031"]


def test_generated_numbers_are_written_out() -> None:
    def build(document: Any) -> None:
        number(document, [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%2.%3)"), ("bullet", "•")])
        for text, level in [("A", 0), ("B", 1), ("C", 2), ("D", 2), ("E", 1), ("F", 0), ("G", 1), ("H", 3)]:
            item(document, text, level)

    assert texts(build) == ["I. A", "1. B", "1.a) C", "1.b) D", "2. E", "II. F", "1. G", "- H"]


def test_a_paragraph_of_an_unknown_list_has_no_number() -> None:
    assert texts(lambda document: item(document, "Trồng cây", 0, "555")) == ["Trồng cây"]


def test_a_list_that_begins_again_begins_at_its_override() -> None:
    def build(document: Any) -> None:
        number(document, [("decimal", "%1.")])
        again = parse_xml(
            f'<w:num {nsdecls("w")} w:numId="79"><w:abstractNumId w:val="77"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        )
        document.part.numbering_part.element.append(again)
        for text, name in [("A", "78"), ("B", "78"), ("C", "79"), ("D", "79")]:
            item(document, text, 0, name)

    assert texts(build) == ["1. A", "2. B", "5. C", "6. D"]


@given(st.integers(1, 3999))
def test_roman_figures_count_right(count: int) -> None:
    values = [VALUES[sign] for sign in roman(count)]
    signed = [-value if any(later > value for later in values[at + 1 : at + 2]) else value
              for at, value in enumerate(values)]  # fmt: skip
    assert sum(signed) == count


@pytest.mark.parametrize(
    ("style", "labels"),
    [
        ("decimal", ["1", "4", "26", "27"]),
        ("decimalZero", ["01", "04", "26", "27"]),
        ("lowerRoman", ["i", "iv", "xxvi", "xxvii"]),
        ("upperLetter", ["A", "D", "Z", "AA"]),
        ("lowerLetter", ["a", "d", "z", "aa"]),
    ],
)
def test_counts_are_shown_as_word_shows_them(style: str, labels: list[str]) -> None:
    assert [shown(count, style) for count in (1, 4, 26, 27)] == labels


def test_a_ruled_table_gives_rows_of_cells() -> None:
    data = made(lambda document: table(document, ROWS))
    lines = lines_of_blocks(read_docx(data, "plan.docx", Options()))
    assert [line.cells for line in lines] == list(ROWS)
    assert [(line.table, line.zone, line.text) for line in lines] == [(1, "table", "\t".join(row)) for row in ROWS]


def test_merged_cells_stand_in_their_first_place() -> None:
    def build(document: Any) -> None:
        grid = table(document, (("", "", ""), ("", "2030", "2031"), ("1", "5", "6")))
        grid.cell(0, 0).merge(grid.cell(1, 0)).text = "TT"
        grid.cell(0, 1).merge(grid.cell(0, 2)).text = "Kế hoạch"

    assert texts(build) == ["TT\tKế hoạch\t", "\t2030\t2031", "1\t5\t6"]


def test_a_letterhead_without_lines_is_read_in_its_order() -> None:
    head = (("UBND XÃ ĐỒNG VỌNG\nSố: 5/KH-UBND", "CỘNG HÒA\nĐồng Vọng, ngày 5 tháng 2 năm 2031"),)
    assert texts(lambda document: table(document, head, None)) == [
        "UBND XÃ ĐỒNG VỌNG",
        "CỘNG HÒA",
        "Số: 5/KH-UBND",
        "Đồng Vọng, ngày 5 tháng 2 năm 2031",
    ]


def test_two_tables_are_numbered_apart() -> None:
    def build(document: Any) -> None:
        table(document, ROWS)
        document.add_paragraph("Ghi chú")
        table(document, ROWS)

    lines = lines_of_blocks(read_docx(made(build), "plan.docx", Options()))
    assert [line.table for line in lines] == [1, 1, None, 2, 2]
    assert [line.number for line in lines] == [1, 2, 3, 4, 5]


def test_deleted_text_is_left_out_and_inserted_text_kept() -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Trồng ")._p
        run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
        paragraph.append(parse_xml(f"<w:del {nsdecls('w')}>{run.format('12 ')}</w:del>"))
        paragraph.append(parse_xml(f"<w:ins {nsdecls('w')}>{run.format('15 ')}</w:ins>"))
        paragraph.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>ha</w:t></w:r>"))

    assert texts(build) == ["Trồng 15 ha"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Trước")._p
        box = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
        choice = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        paragraph.append(
            parse_xml(
                f"<w:r {nsdecls('w')}><mc:AlternateContent {choice}><mc:Choice Requires='wps'>{box}</mc:Choice>"
                f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
            )
        )
        document.add_paragraph("Sau")

    assert texts(build) == ["Trước", "Trong khung", "Sau"]


def test_text_of_an_old_font_is_decoded() -> None:
    def build(document: Any) -> None:
        run = document.add_paragraph().add_run("kÕ ho¹ch trång c©y")
        run.font.name = ".VnTime"
        capitals = document.add_paragraph().add_run("kÕ ho¹ch")
        capitals.font.name = ".VnTimeH"
        document.add_paragraph("giữ nguyên")

    assert texts(build) == ["kế hoạch trồng cây", "KẾ HOẠCH", "giữ nguyên"]


def changed(data: bytes, part: str, content: bytes) -> bytes:
    """The same archive with another content of one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("content", [b"", b"<w:document", b"<a/>", b"\xff\xfe\x00"])
def test_a_damaged_part_is_damaged_input(content: bytes) -> None:
    data = changed(made(lambda document: document.add_paragraph("a")), "word/document.xml", content)
    with pytest.raises(DamagedInputError, match=r"plan\.docx: the DOCX is damaged"):
        read_docx(data, "plan.docx", Options())


def test_a_cut_file_is_damaged_input() -> None:
    data = made(lambda document: document.add_paragraph("a"))
    with pytest.raises(DamagedInputError):
        read_docx(data[: len(data) // 2], "plan.docx", Options())


def test_what_unpacks_to_too_much_is_not_unpacked() -> None:
    bomb = changed(made(lambda document: document.add_paragraph("a")), "word/document.xml", bytes(3 * 2**20))
    assert len(bomb) < 2**20
    with pytest.raises(TooLargeError, match="unpacks to more"):
        read_docx(bomb, "plan.docx", Options(max_memory=4))


def test_entities_are_not_expanded() -> None:
    text = (
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>a&x;b</w:t></w:r></w:p></w:body></w:document>"
    )
    data = changed(made(lambda document: document.add_paragraph("a")), "word/document.xml", text.encode())
    found = read_docx(data, "plan.docx", Options())
    assert found in ([Paragraph("ab")], [Paragraph("a")])


def with_part(data: bytes, name: str, content: str) -> bytes:
    """A DOCX with one more part."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_footnotes_come_last_and_apart_with_their_numbers() -> None:
    note = "<w:footnote {}><w:p><w:r><w:t>{}</w:t></w:r></w:p>{}</w:footnote>"
    more = "<w:p><w:r><w:t>ước tính</w:t></w:r></w:p>"
    notes = f"<w:footnotes {nsdecls('w')}>" + note.format('w:type="separator" w:id="-1"', "", "")
    notes += note.format('w:id="1"', "Theo báo cáo thôn", "") + note.format('w:id="2"', "Số liệu", more)
    notes += "</w:footnotes>"
    data = with_part(made(lambda document: document.add_paragraph("Trồng 15 ha")), "word/footnotes.xml", notes)
    lines = lines_of_blocks(read_docx(data, "plan.docx", Options()))
    assert [(line.text, line.zone) for line in lines] == [
        ("Trồng 15 ha", "body"),
        ("1 Theo báo cáo thôn", "footnote"),
        ("2 Số liệu", "footnote"),
        ("ước tính", "footnote"),
    ]


def test_a_text_box_in_a_cell_is_read_once() -> None:
    def build(document: Any) -> None:
        made_table = table(document, ROWS)
        box = "<w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent>"
        choice = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        made_table.rows[1].cells[1].paragraphs[0]._p.append(
            parse_xml(
                f"<w:r {nsdecls('w')}><mc:AlternateContent {choice}><mc:Choice Requires='wps'>{box}</mc:Choice>"
                f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
            )
        )

    assert texts(build)[1].count("trong khung") == 1


def test_text_that_was_moved_stands_where_it_was_moved_to() -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph()._p
        run = "<w:r><w:t>{}</w:t></w:r>"
        paragraph.append(parse_xml(f"<w:moveFrom {nsdecls('w')}>{run.format('cũ')}</w:moveFrom>"))
        paragraph.append(parse_xml(f"<w:moveTo {nsdecls('w')}>{run.format('mới')}</w:moveTo>"))

    assert texts(build) == ["mới"]


def test_text_in_a_content_control_is_read() -> None:
    def build(document: Any) -> None:
        control = "<w:sdt><w:sdtContent><w:p><w:r><w:t>Xã Đồng Vọng</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        document.element.body.insert(0, parse_xml(control.replace("<w:sdt>", f"<w:sdt {nsdecls('w')}>", 1)))
        document.add_paragraph("năm 2031")

    assert texts(build) == ["Xã Đồng Vọng", "năm 2031"]


def test_a_table_in_a_cell_loses_no_text() -> None:
    def build(document: Any) -> None:
        outer = table(document, ROWS)
        inner = outer.rows[1].cells[1].add_table(1, 2)
        inner.rows[0].cells[0].text = "tẻ"
        inner.rows[0].cells[1].text = "nếp"

    assert texts(build)[1] == "1\tLúa tẻ nếp\t12"
