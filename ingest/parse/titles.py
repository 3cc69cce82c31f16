"""Titles: what of a heading's text reads as a heading, and what as a sentence."""

from __future__ import annotations

import re

from ...dictionaries import pattern
from .labels import read_bullet
from .printed import ends_sentence, folded, is_upper, left_open, sentence_breaks

_TITLE_WORDS = 45
_RUN_IN_WORDS = 32
_SHORT_HEAD_WORDS = 8
_NAMING_HEAD_WORDS = 6
_COLON = re.compile(r"\s?:(?=\s|$)")


def _words(text: str) -> int:
    return len(text.split())


def _holds_sentence(text: str) -> bool:
    return next(sentence_breaks(text), None) is not None


def _run_in(text: str) -> tuple[str, int] | None:
    """The head before a colon that nothing or a capital follows, and where the text after it begins."""
    for match in _COLON.finditer(text):
        head = text[: match.start()]
        if left_open(head):
            continue
        if _words(head) > _TITLE_WORDS or _holds_sentence(head) or (";" in head and _words(head) > 25):
            return None
        rest = text[match.end() :].lstrip()
        body = len(text) - len(rest)
        if not rest:
            return head, len(text)
        first = rest[0]
        starts_anew = first.isupper() or (first.isdigit() and _words(head) <= _SHORT_HEAD_WORDS)
        starts_anew = starts_anew or (first in '“"' and _words(head) <= _NAMING_HEAD_WORDS) or bool(read_bullet(rest))
        return (head, body) if starts_anew and _words(head) <= _RUN_IN_WORDS else None
    return None


def title_of(text: str, *, chapter: bool = False) -> tuple[str, int] | None:
    """Title of a heading's text and where the text after it begins; None when the text is a sentence.

    The short text of a `chapter` is a title though a full stop ends it.
    """
    found = _run_in(text)
    if found is not None:
        return found
    bare = text.rstrip()
    if bare.endswith("./.") or _words(bare) > _TITLE_WORDS or not any(sign.isalpha() for sign in bare):
        return None
    if _holds_sentence(bare):
        return None
    if ends_sentence(bare) and not bare.endswith((":", "...", "…")):
        short = chapter and _words(bare) <= _SHORT_HEAD_WORDS
        heading = short or is_upper(bare) or pattern("outline", "heading_word").match(folded(bare))
        return (bare.rstrip(" .;:"), len(text)) if heading else None
    if bare.endswith(("...", "…", ",")):
        return None
    return bare.rstrip(" :"), len(text)
