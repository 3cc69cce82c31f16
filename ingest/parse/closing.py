"""Closing lines told apart: Nơi nhận, and the signature block that OCR or a layout table may have merged into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...dictionaries import pattern
from ..values import Line
from .labels import read_bullet
from .marks import is_known_person, is_person, is_position, is_power, marked
from .printed import folded, is_upper

_LONGEST_SIGNING = 16
_STAMP_STROKES = "~-–—=|*_.,'`‘’ "  # what the edge of a stamp before a word is read as
_LONGEST_NAME = 6
_MOST_LINES = 200


@dataclass(slots=True)
class Closing:
    """Pieces of the closing lines, in order."""

    recipients: list[Line] = field(default_factory=list)
    signing: list[Line] = field(default_factory=list)


def _cut_signing(text: str) -> tuple[str, str]:
    """A line and the signing power, position or name that stands at its end."""
    words = text.split()
    ends = [len(words)]
    ends += [len(words) - n for n in range(2, min(_LONGEST_NAME, len(words) - 1)) if is_person(" ".join(words[-n:]))]
    for end in ends:
        for start in range(max(0, end - _LONGEST_SIGNING), end):
            tail = " ".join(words[start:end]).lstrip(_STAMP_STROKES)
            if tail[:1].isupper() and (is_power(tail) or is_position(tail)):
                return " ".join(words[:start]), " ".join(words[start:])
    named = pattern("closing", "name_beside").search(text)
    apart = named is not None and named["gap"] is not None and read_bullet(text) is not None
    if named is not None and (is_person(named["name"]) if apart else is_known_person(named["name"])):
        return text[: named.start("name")].rstrip(), named["name"]
    body = pattern("closing", "capitals_at_end").search(text)
    if body is not None:
        return text[: body.start("capitals")], body["capitals"]
    if marked("archive_copy", text) and "." in text:
        head, _, tail = text.rpartition(". ")
        if head and is_person(tail):
            return head, tail
    return text, ""


def _ends_entry(text: str) -> bool:
    return text.rstrip().endswith((";", ".", "./."))


def split_closing(closing: Sequence[Line]) -> Closing:
    """Recipients and signature block of the closing lines."""
    parts = Closing()
    in_recipients = bool(closing) and read_bullet(closing[0].text) is not None
    complete = False
    for line in closing[:_MOST_LINES]:
        text = line.text.strip()
        if marked("stamp", text):
            continue
        match = pattern("partition", "recipients").search(folded(text))
        if match is not None:
            in_recipients, complete = True, False
            text = text[match.end() :].strip(" :*_")
        mark = pattern("closing", "signed_beside").search(text)
        text = text[: mark.start()] if mark else text
        rest, signing = _cut_signing(text)
        if signing:
            parts.signing.append(line.with_text(signing))
        if not rest:
            continue
        if parts.signing and pattern("closing", "chairman_end").search(rest):
            parts.signing.append(line.with_text(rest))
            continue
        bullet = read_bullet(rest) is not None
        open_entry = bool(parts.recipients) and not _ends_entry(parts.recipients[-1].text)
        if pattern("closing", "signed").match(rest):
            continue
        goes_on = open_entry and not is_person(rest) and not (is_upper(rest) and len(rest) > 3)
        lists = in_recipients and not complete and (bullet or goes_on or not (is_person(rest) or is_upper(rest)))
        if lists and not marked("power", rest) and (bullet or not complete):
            parts.recipients.append(line.with_text(rest))
            complete = complete or (marked("archive_copy", rest) and _ends_entry(rest))
        elif not signing or is_upper(rest) or is_person(rest):
            parts.signing.append(line.with_text(rest))
    return parts


def signing_lines(closing: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of the signature block."""
    return tuple(split_closing(closing).signing)
