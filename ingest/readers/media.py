"""What a file is, told by its content; the name only decides between kinds of plain text."""

from __future__ import annotations

import io
import zipfile

from ...dictionaries import pattern
from ..errors import MissingInputError, UnsupportedInputError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
HTML = "text/html"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"

_HEAD = 4096
# Real archives hold PDFs with mail headers or e-office junk before the header; readers accept that.
_PDF_HEAD = 64 * 1024
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"BM", "image/bmp"),
)
_OTHER = (
    (b"{\\rtf", "RTF"),
    (b"GIF8", "GIF"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x1f\x8b", "gzip"),
    (b"%!PS", "PostScript"),
    (b"\x89HDF", "HDF5"),
    (b"SIMPLE  =", "FITS"),
    (b"DDS ", "DDS"),
    (b"P1\n", "PNM"),
    (b"P5\n", "PNM"),
    (b"P6\n", "PNM"),
)


def _zip_kind(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return DOCX if data[:4] == b"PK\x03\x04" and b"word/" in data[:_HEAD] else "application/zip"
    if "word/document.xml" in listed:
        return DOCX
    raise UnsupportedInputError(f"{name}: a ZIP archive or office file that is no DOCX; unpack it or save it as DOCX")


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return True
    head = data[:_HEAD]
    nulls = head.count(0)
    if nulls:
        # UTF-16 without a mark: every second byte of the blanks and digits is zero.
        return len(head) > 3 and nulls > len(head) // 8 and abs(head[::2].count(0) - head[1::2].count(0)) > nulls // 2
    controls = sum(1 for byte in head if byte < 32 and byte not in (9, 10, 12, 13, 2, 5, 6, 20, 25, 30))
    return controls <= len(head) // 50


def sniff(data: bytes, name: str) -> str:
    """Media type of a file's content.

    Raises MissingInputError for an empty file, UnsupportedInputError for a kind that is not read.
    """
    if not data.strip():
        raise MissingInputError(f"{name}: the file is empty; check where it was copied from")
    for magic, kind in _IMAGES:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if b"%PDF-" in data[:_PDF_HEAD]:
        return PDF
    if data.startswith(b"PK"):
        return _zip_kind(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return DOC
    for magic, label in _OTHER:
        if data.startswith(magic):
            raise UnsupportedInputError(f"{name}: {label} files are not read; save it as PDF, DOCX or an image")
    if not _is_text(data):
        raise UnsupportedInputError(f"{name}: neither text nor a known kind of document; save it as PDF, DOCX or PNG")
    if pattern("media", "html").search(data[:_HEAD].decode("latin-1")):
        return HTML
    return MARKDOWN if name.lower().endswith((".md", ".markdown")) else PLAIN
