"""Legal bases: the documents cited before the first section heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...dictionaries import Entry, alternation, entries, pattern
from ...schemas import LegalBasis
from ..text.dates import find_dates
from ..text.normalize import fold, squeeze
from ..values import Passage
from .bodies import starts_with_verb
from .document_types import type_code
from .marks import marked
from .model import Outline
from .printed import folded, sentence_breaks

_CLAUSE_END = re.compile(r";|:\s*$")
_DATE_REACH = 14
_LAW = "luat"
_DUST = " ©®°_~|*"
_REACH = 120
_NUMBER_REACH = 220
_MOST_WORDS_GOING_ON = 8


@cache
def _types() -> re.Pattern[str]:
    spellings = [fold(spelling) for entry in entries("document_types") for spelling in entry.spellings]
    return re.compile(r"\b" + alternation(spellings) + r"\b")


@cache
def _by_name() -> dict[str, Entry]:
    return {fold(spelling): entry for entry in reversed(entries("document_types")) for spelling in entry.spellings}


def _preamble(outline: Outline) -> Iterator[Passage]:
    """The passages before the first heading, up to the clause in which the issuer launches the plan."""
    for block in outline.blocks:
        if block.kind == "heading":
            return
        if block.kind == "table":
            continue
        launch = pattern("header", "subject_of_launch").search(folded(block.passage.text))
        yield block.passage.slice(0, launch.start("body")) if launch else block.passage
        if launch:
            return


def _goes_on(text: str) -> bool:
    """Whether what follows a semicolon is the rest of a subject (`quy định về phân cấp; thi đua, khen thưởng`)."""
    piece = _CLAUSE_END.split(text, maxsplit=1)[0].strip()
    if not piece[:1].islower() or len(piece.split()) > _MOST_WORDS_GOING_ON or _types().search(folded(piece)):
        return False
    return not marked("preamble", piece) and not starts_with_verb(piece)


def _clauses(passage: Passage) -> Iterator[Passage]:
    found = _CLAUSE_END.finditer(passage.text)
    ends = {m.start(): m.end() for m in found if not _goes_on(passage.text[m.end() : m.end() + _REACH])}
    ends |= {start: start for start in sentence_breaks(passage.text)}
    start = 0
    for end in sorted(ends):
        yield passage.slice(start, end).stripped(" .")
        start = ends[end]
    yield passage.slice(start).stripped(" .")


def _mentions(text: str) -> list[tuple[int, int, int]]:
    """The documents that a folded clause names: where type and segment begin and end.

    The first follows the opener of the clause, others `và` or a comma.
    """
    key = folded(text)
    found: list[tuple[int, int, int]] = []
    for match in _types().finditer(key):
        start, end = match.span()
        numbered = _number_after(key, end) is not None
        if not numbered and not text[start].isupper():
            continue
        if not found:
            if start > _REACH or pattern("legal_bases", "opener").search(key[:start]) is None:
                return []
            found.append((start, end, len(text)))
            continue
        window = max(found[-1][1], start - _REACH)
        joined = pattern("legal_bases", "joined").search(key[window:start])
        if joined is not None and (numbered or match.group() == _LAW):
            found[-1] = (*found[-1][:2], window + joined.start())
            found.append((start, end, len(text)))
    return found


def _number_after(key: str, type_end: int) -> re.Match[str] | None:
    """The number that follows a document's type, or the name of a law and then its number, in a folded text."""
    rest = key[type_end : type_end + _NUMBER_REACH]
    return pattern("legal_bases", "number").match(rest) or pattern("legal_bases", "named_number").match(rest)


def _issued_on(text: str, limit: int, *, by_year: bool) -> tuple[str | None, int]:
    """The date that stands before `limit`, and where it ends; a lone year is one only `by_year`."""
    grains = ("day", "month", "year") if by_year else ("day", "month")
    for span in find_dates(text[: limit + _DATE_REACH]):
        if span.grain in grains and span.start <= limit and (iso := span.first()) is not None:
            return iso, span.end
    return None, 0


def _basis(segment: Passage, entry: Entry, type_end: int) -> LegalBasis | None:
    """Read one cited document from its segment of a clause."""
    text = segment.text
    key = folded(text)
    number_match = _number_after(key, type_end)
    name = number_match.groupdict().get("name") if number_match is not None else None
    number, end = None, type_end
    if number_match is not None:
        start, end = (type_end + offset for offset in number_match.span("number"))
        number = re.sub(r"\s*([-–/])\s*", r"\1", text[start:end]).replace("–", "-")
    issuer = pattern("legal_bases", "issuer").search(key, end)
    about = pattern("legal_bases", "about").search(key, end)
    if issuer is not None and about is not None and about.start() < issuer.start():
        issuer = None
    issuer = None if name else issuer
    if issuer is not None:
        about = pattern("legal_bases", "about").search(key, issuer.end("issuer"))
    unnamed = number is None and issuer is None
    by_year = number is not None or fold(entry.form) == _LAW
    issued_on, date_end = _issued_on(text, about.start() if about and not unnamed else len(text), by_year=by_year)
    if name and number_match is not None:
        subject = _tidy(text[type_end + number_match.start("name") : type_end + number_match.end("name")])
    elif unnamed:
        subject = _tidy(_without_date(text, end, by_year=by_year))
    else:
        subject = _tidy(text[about.end() if about else max(end, date_end, issuer.end() if issuer else 0) :])
    if number is None and issued_on is None and subject is None:
        return None
    return LegalBasis(
        document_type=type_code(entry),
        number=number,
        issued_on=issued_on,
        issuer=squeeze(text[issuer.start("issuer") : issuer.end("issuer")]).rstrip(_DUST) if issuer else None,
        subject=subject,
        provenance=segment.provenance(),
    )


def _without_date(text: str, start: int, *, by_year: bool) -> str:
    """What follows the type of a document without number (the name of a law), its date off the end."""
    rest = text[start:]
    for span in find_dates(rest):
        if span.grain == "day" or (by_year and span.grain == "year" and not rest[span.end :].strip(" ,;.")):
            return rest[: span.start]
    return rest


def _tidy(subject: str) -> str | None:
    match = pattern("legal_bases", "short_name").search(folded(subject))
    if match is not None:
        subject = subject[: match.start()] + subject[match.end() :]
    return squeeze(subject).strip(" ,;.:-–") or None


def read_legal_bases(outline: Outline) -> tuple[LegalBasis, ...]:
    """The cited documents in order; one without number or date is kept with nulls."""
    found: list[LegalBasis] = []
    for passage in _preamble(outline):
        for clause in _clauses(passage):
            for start, end, stop in _mentions(clause.text):
                segment = clause.slice(start, stop).stripped(" ,;\n")
                entry = _by_name()[fold(clause.text[start:end])]
                basis = _basis(segment, entry, end - start)
                if basis is not None:
                    found.append(basis)
    return tuple(found)
