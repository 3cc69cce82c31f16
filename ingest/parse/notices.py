"""Warnings on the document as a whole: labels out of sequence, quotations never closed."""

from __future__ import annotations

from collections.abc import Iterator

from ...schemas import Notice
from .model import Block, Outline
from .quotes import find_quotes

_SHOWN = 60


def _unclosed_quotes(block: Block) -> Iterator[Notice]:
    text = block.passage.text
    for quote in find_quotes(text):
        if not quote.closed and text[quote.before] in "“„":
            yield Notice(
                code="quote_unclosed",
                message=f"the quotation mark before {quote.of(text)[:_SHOWN]!r} is never closed",
                provenance=block.passage.provenance(quote.before, quote.end),
            )


def read_notices(outline: Outline) -> tuple[Notice, ...]:
    """The warnings that the outline gives, and quotations left open, in the order of the text."""
    quotes = [notice for block in outline.blocks if block.kind != "table" for notice in _unclosed_quotes(block)]
    return (*outline.notices, *quotes)
