"""Quoted names in running text, tolerant of quotation marks that were never closed or set the wrong way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = re.compile('[“”"„‟]')
_OPENING = "“„‟"
_CLAUSE_END = re.compile(r"[;.]\s*[^;.]*$")
_SENTENCE_END = re.compile(r"[.;](?=\s|$)")
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted text: offsets of what stands between the marks; `before` is where its opening mark stands."""

    before: int
    start: int
    end: int
    closed: bool

    def of(self, text: str) -> str:
        """The quoted words."""
        return text[self.start : self.end].strip(" ;,.")


def _unclosed(text: str, opened: int, limit: int) -> Quote:
    """A quotation that another one, or the end of the text, cuts short: it ends with its clause."""
    inside = text[opened + 1 : limit]
    end = _CLAUSE_END.search(inside) if limit < len(text) else _SENTENCE_END.search(inside)
    return Quote(opened, opened + 1, opened + 1 + (end.start() if end else len(inside)), closed=False)


def find_quotes(text: str) -> Iterator[Quote]:
    """The quotations of a text in order."""
    opened: int | None = None
    for match in _MARKS.finditer(text):
        at = match.start()
        inside_word = text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()
        if opened is None:
            opened = at
        elif inside_word:
            continue
        elif match.group() in _OPENING or at - opened > _LONGEST:
            yield _unclosed(text, opened, at)
            opened = at
        else:
            yield Quote(opened, opened + 1, at, closed=True)
            opened = None
    if opened is not None:
        yield _unclosed(text, opened, len(text))
