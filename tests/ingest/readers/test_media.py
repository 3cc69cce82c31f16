"""What a file is, told by its content and not by its name."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import docx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.errors import MissingInputError, UnsupportedInputError
from kehoach.ingest.readers.media import DOC, DOCX, HTML, MARKDOWN, PDF, PLAIN, sniff
from PIL import Image as Pillow

TEXT = "KẾ HOẠCH trồng cây của xã Đồng Vọng năm 2031\n"


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Pillow.fromarray(np.zeros((4, 4, 3), np.uint8)).save(out, kind)
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("plan.txt", TEXT)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("TIFF"), "image/tiff"),
        (picture("BMP"), "image/bmp"),
        (picture("WEBP"), "image/webp"),
        (b"%PDF-1.4\n", PDF),
        (word(), DOCX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), DOC),
        (b"<!DOCTYPE html><html><p>a</p>", HTML),
        (b"\n <table><tr><td>1</td></tr></table>", HTML),
        (TEXT.encode(), PLAIN),
        (TEXT.encode("utf-16"), PLAIN),
        (TEXT.encode("utf-16-le"), PLAIN),
        (TEXT.encode("utf-8-sig"), PLAIN),
        ("Ph¸t ®éng phong trµo".encode("latin-1"), PLAIN),
        (b"<b>10</b>\tTarget\n", PLAIN),
    ],
)
@pytest.mark.parametrize("name", ["plan.pdf", "plan.docx", "plan", "plan.png", "plan.doc"])
def test_content_decides_and_not_the_name(data: bytes, kind: str, name: str) -> None:
    assert sniff(data, name) == kind


@pytest.mark.parametrize("name", ["plan.md", "PLAN.MD", "plan.markdown"])
def test_the_name_tells_kinds_of_plain_text_apart(name: str) -> None:
    assert sniff(TEXT.encode(), name) == MARKDOWN
    assert sniff(b"%PDF-1.4\n", name) == PDF


def test_junk_before_the_header_of_a_pdf_is_accepted() -> None:
    assert sniff(b"From: office\r\n" + bytes(60_000) + b"%PDF-1.5\n", "plan.pdf") == PDF


def test_capitals_of_old_fonts_among_the_control_characters_are_text() -> None:
    assert sniff(b"\x02\x05\x06\x14\x19\x1e KHO\x02CH " * 9, "plan.txt") == PLAIN


def test_a_few_control_characters_are_borne_in_text_and_many_are_not() -> None:
    assert sniff((b"x" * 99 + b"\x07") * 3, "plan.txt") == PLAIN
    with pytest.raises(UnsupportedInputError):
        sniff((b"x" * 30 + b"\x07") * 9, "plan.txt")


def test_a_header_far_below_other_text_makes_no_pdf() -> None:
    assert sniff(b"x" * 70_000 + b"%PDF-1.5\n", "plan.txt") == PLAIN


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"])
def test_an_empty_file_is_missing_input(data: bytes) -> None:
    with pytest.raises(MissingInputError, match=r"plan\.pdf: the file is empty"):
        sniff(data, "plan.pdf")


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (b"{\\rtf1\\ansi plan}", "RTF"),
        (b"GIF89a" + bytes(20), "GIF"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (archive(), "ZIP"),
        (bytes(range(1, 32)) * 40, "neither text"),
        (bytes(600), "neither text"),
    ],
)
def test_other_kinds_are_refused_with_the_way_out(data: bytes, label: str) -> None:
    with pytest.raises(UnsupportedInputError, match=label) as caught:
        sniff(data, "plan.pdf")
    assert str(caught.value).startswith("plan.pdf: ")
    assert "\n" not in str(caught.value)


def test_a_cut_docx_is_still_one() -> None:
    whole = word()
    assert sniff(whole[: len(whole) // 2], "plan.docx") == DOCX


@given(st.binary(max_size=200))
def test_any_bytes_have_a_kind_or_are_refused(data: bytes) -> None:
    with suppress(MissingInputError, UnsupportedInputError):
        assert "/" in sniff(data, "plan")
