"""Whom a sentence or title of the chapter Tổ chức thực hiện addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from ...dictionaries import pattern
from ..text.fuzzy import fuzzy_index
from ..text.normalize import fold, squeeze
from .bodies import body_of_heading, split_body, starts_with_body

_ASIDE = re.compile(r"\([^()]*\)")
_MOST_LEAD_INS = 2
_LIKE_THE_PLURAL = 60.0
_MOST_WORDS_OF_A_BODY = 45


def blanked(text: str) -> str:
    """The text as bodies are looked for in it, sign for sign: no parentheses, names that hold verbs capitalised."""
    text = _ASIDE.sub(lambda match: " " * len(match.group()), text)
    text = pattern("assignments", "form_of_address").sub(lambda match: match.group().replace(":", ","), text)
    return pattern("assignments", "named_with_verb").sub(lambda match: match.group().title(), text)


def capitalised(name: str) -> str:
    """A body's name as the record has it: single blanks, no punctuation around it, a capital first."""
    name = squeeze(name).strip(" ,;:.-–")
    return name[:1].upper() + name[1:]


@dataclass(frozen=True, slots=True)
class Address:
    """The body that a sentence addresses, and where its task begins.

    `asked` outright (`đề nghị`); `leads` when the sentence begins with it.
    """

    body: str
    task: int
    asked: bool
    leads: bool


def _plural() -> str:
    """The word that makes `tổ chức` a noun, with a blank."""
    listed = fuzzy_index("body_heads").exact("cac")
    return f"{listed.form} " if listed else ""


def _span_of_body(text: str) -> tuple[int, int] | None:
    """Where the body at the head of a text ends and where its task begins."""
    lead = _plural() if pattern("assignments", "organisations").match(text) else ""
    text = lead + text
    if not starts_with_body(text):
        return None
    name, task = split_body(text)
    end = text.index(name) + len(name) if name else len(text)
    for match in pattern("assignments", "predicate").finditer(text[: end + 1]):
        if text[match.start()].islower():
            end, task = match.start(), match.start()
            break
    name = text[:end].rstrip(" ,;:.-–")
    if end == len(text) or not name or len(name.split()) > _MOST_WORDS_OF_A_BODY:
        return None
    return len(name) - len(lead), task - len(lead)


def _with_plural(text: str) -> str:
    """The text with a first word that is nearly `các` read so, sign for sign (restored text keeps some such slips)."""
    first = text[:3]
    slip = text[3:4] == " " and first.isalpha() and fuzz.ratio(fold(first), fold(_plural())) >= _LIKE_THE_PLURAL
    return _plural().rstrip() + text[3:] if slip and starts_with_body(text[4:]) else text


def addressed(printed: str) -> Address | None:
    """Whom a sentence addresses, lead-in and request words aside."""
    text = blanked(printed)
    if pattern("assignments", "role_label").match(text):
        return None
    start = 0
    for _ in range(_MOST_LEAD_INS):
        lead = pattern("assignments", "lead_in").match(text[start:])
        if lead is None:
            break
        start += lead.end()
    request = pattern("assignments", "request").match(text[start:])
    asked = request is not None and _asks(text[start:], request)
    start += request.end() if request is not None and asked else 0
    about = pattern("assignments", "about_body").match(text[start:])
    start += about.end() if about else 0
    span = _span_of_body(text[start:]) or _span_of_body(_with_plural(text[start:]))
    if span is None:
        return None
    end, task = start + span[0], start + span[1]
    aside = _ASIDE.match(printed, end + 1)
    end = aside.end() if aside is not None and aside.end() <= task else end
    return Address(capitalised(printed[start:end]), task, asked, start == 0)


def _asks(text: str, request: re.Match[str]) -> bool:
    """Whether the request is the sentence's own, not one that its body is to make."""
    asker = request["asker"].strip()
    words = text[request.start() + len(request["asker"]) :]
    if pattern("assignments", "no_request").match(words):
        return False
    if not asker or pattern("assignments", "condition").match(asker):
        return True
    acts = pattern("assignments", "predicate").search(asker) is not None or split_body(asker)[0] is not None
    return starts_with_body(asker) and not acts


def body_of_title(title: str) -> str | None:
    """The body that a heading's title names."""
    text = blanked(title)
    if addresses_persons(title):
        return None
    start = 0
    for name in ("about_body", "request"):
        match = pattern("assignments", name).match(text[start:])
        asks = match is not None and (name == "about_body" or not match["asker"].strip())
        if match is not None and asks and not pattern("assignments", "no_request").match(text[start:]):
            start += match.end()
    lead = _plural() if pattern("assignments", "organisations").match(text[start:]) else ""
    found = body_of_heading(lead + text[start:])
    if found is None or pattern("assignments", "predicate").search(text[start:]):
        return None
    begin = text.index(found.removeprefix(lead), start)
    end = begin + len(found) - len(lead)
    aside = _ASIDE.match(title, end + 1)
    if aside is not None and pattern("assignments", "size_aside").search(aside.group()):
        aside = None
    return capitalised(title[begin : aside.end() if aside else end])


def addresses_persons(title: str) -> bool:
    """Whether a title is a mere form of address (`Các ông (bà)`); who they are follows it."""
    text = blanked(title).rstrip()
    found = pattern("assignments", "form_of_address").search(f"{text}: ")
    return found is not None and found.end() > len(text)
