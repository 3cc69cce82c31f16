"""A second opinion on the ruling lines of a page, by pdfplumber, asked where PDFium's drawing shows none."""

from __future__ import annotations

import io

import pdfplumber
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ..values import Box

_FAILURES = (PdfminerException, MalformedPDFException, ValueError, TypeError, KeyError, IndexError, AttributeError)
_MOST_EDGES = 5_000
_SAME_SIZE = 0.5  # points


def edges_of_page(data: bytes, number: int, size: tuple[float, float]) -> tuple[Box, ...]:
    """Edges drawn on page `number` (1-based) of an upright page of `size` points; none when pdfplumber cannot read it.

    Pages that are shown turned or cropped are left out: their coordinates would not be those of the words.
    """
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[number]) as pdf:
            page = pdf.pages[0]
            same = abs(page.width - size[0]) < _SAME_SIZE and abs(page.height - size[1]) < _SAME_SIZE
            if page.rotation or tuple(page.bbox[:2]) != (0, 0) or not same:
                return ()
            edges = page.edges[:_MOST_EDGES]
            found = tuple(Box(float(e["x0"]), float(e["top"]), float(e["x1"]), float(e["bottom"])) for e in edges)
            page.close()
            return found
    except _FAILURES:
        return ()
