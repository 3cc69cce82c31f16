"""Words that annotations show over a page: a digital signature stamps the document's number and day, forms are filled
in. PDFium's text layer has none of them until they are made part of the page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from ...dictionaries import pattern
from .pdf_drawing import Rect
from .pdf_text import Char, FontWord, Turn, read_chars, read_words

_SHOWN_WHOLE = (raw.FPDF_ANNOT_FREETEXT,)
_KINDS = (*_SHOWN_WHOLE, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WIDGET)
_MOST = 500  # annotations of a page that are looked at
_FIELD_KIND_SIZE = 64


def _is_filled_in(annotation: Any, kind: int) -> bool:
    """Whether an annotation is text that somebody wrote on the page, no signature or stamp."""
    if kind in _SHOWN_WHOLE:
        return True
    if kind != raw.FPDF_ANNOT_WIDGET:
        return False
    buffer = ctypes.create_string_buffer(_FIELD_KIND_SIZE)
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    length = raw.FPDFAnnot_GetStringValue(annotation, b"FT", pointer, _FIELD_KIND_SIZE)
    return buffer.raw[: min(length, _FIELD_KIND_SIZE)].decode("utf-16-le", "replace").rstrip("\0") != "Sig"


def stamp_places(page: Any) -> list[tuple[Rect, bool]]:
    """Where annotations with an appearance stand, and whether each is filled-in text."""
    found: list[tuple[Rect, bool]] = []
    for at in range(min(_MOST, raw.FPDFPage_GetAnnotCount(page.raw))):
        annotation = raw.FPDFPage_GetAnnot(page.raw, at)
        if not annotation:
            continue
        try:
            kind, rect = raw.FPDFAnnot_GetSubtype(annotation), raw.FS_RECTF()
            if kind in _KINDS and raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
                sides = (rect.left, rect.bottom, rect.right, rect.top)
                found.append((sides, _is_filled_in(annotation, kind)))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return found


def _within(char: Char, rect: Rect) -> bool:
    left, bottom, right, top = rect
    return left <= (char.left + char.right) / 2 <= right and bottom <= (char.bottom + char.top) / 2 <= top


def _key(char: Char) -> tuple[int, int, int]:
    return char.code, round(char.left), round(char.bottom)


def _shown(textpage: Any, places: Sequence[tuple[Rect, bool]], known: Sequence[Char], turn: Turn) -> list[FontWord]:
    seen = {_key(char) for char in known}
    new = [char for char in read_chars(textpage) if _key(char) not in seen]
    words: list[FontWord] = []
    for rect, is_filled_in in places:
        found = read_words(textpage, [char for char in new if _within(char, rect)], turn)
        text = " ".join(item.word.text for item in found)
        if is_filled_in or pattern("page_layout", "stamped_number").search(text):
            words += found
    return words


def stamped_words(
    pdf: Any, number: int, places: Sequence[tuple[Rect, bool]], known: Sequence[Char], turn: Turn
) -> list[FontWord]:
    """Words that annotations show on page `number` at their `places` (see stamp_places) and the text layer, whose
    letters are `known`, has not: all of those that somebody wrote, of signatures and stamps what is a number.

    Makes the annotations a part of the page: `pdf` must be opened for nothing else.
    """
    try:
        page = pdf[number - 1]
        done = raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
        page.close()
        if done == raw.FLATTEN_FAIL:
            return []
        page = pdf[number - 1]
        textpage = page.get_textpage()
    except pdfium.PdfiumError:
        return []
    try:
        return _shown(textpage, places, known, turn)
    finally:
        textpage.close()
        page.close()
