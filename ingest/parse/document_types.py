"""Types of documents: by the word that a line begins with, by the abbreviation in a number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import cast

from ...dictionaries import Entry, entries
from ...schemas import DocumentType
from ..text.fuzzy import fuzzy_index
from .printed import is_upper

_FUZZY_FLOOR = 84.0
_MOST_WORDS = 4


def type_code(entry: Entry) -> DocumentType:
    """The record's code of a document type."""
    return cast(DocumentType, entry.fields["code"])


def heading_type(text: str) -> tuple[Entry, str] | None:
    """The document type that a line begins with in capitals, and the rest of the line."""
    words = text.split()
    listed = fuzzy_index("document_types")
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        head = " ".join(words[:count]).rstrip(":.")
        entry = listed.exact(head) if is_upper(head) else None
        # before other words the marks must be right: `PHƯỜNG AN HÒA` is no `Phương án`
        if entry and (count == len(words) or head.lower() in {spelling.lower() for spelling in entry.spellings}):
            return entry, " ".join(words[count:])
    if 1 < len(words) < _MOST_WORDS and is_upper(text) and (near := listed.nearest(text.rstrip(":."), _FUZZY_FLOOR)):
        return near[0], ""
    return None


@cache
def _codes() -> Mapping[str, DocumentType]:
    found: dict[str, DocumentType] = {}
    for entry in entries("document_types"):
        for abbreviation in entry.fields["abbreviations"]:
            found.setdefault(abbreviation.lower(), type_code(entry))
    return MappingProxyType(found)


def type_of_number(number: str | None) -> DocumentType:
    """The type that the abbreviation in a document number stands for; a công văn has none (`351/UBND-NV`)."""
    if number is None:
        return "other"
    words = re.split(r"[-/]", number)
    found = next((_codes()[word.lower()] for word in words[1:] if word.lower() in _codes()), None)
    return found or ("cong_van" if len(words) > 1 else "other")
