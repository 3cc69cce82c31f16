"""Words of a clause as names need them: heads without opening words, tidy names, kinds of heads."""

from __future__ import annotations

import re
from typing import Literal

from ...dictionaries import pattern
from ..text.normalize import plain, squeeze
from ..text.quantities import read_unit
from .targets_clause import mask
from .targets_scope import matches

HeadKind = Literal["none", "each", "indicator", "action", "other"]

EDGES = " \t,;:.–—-=+*¤"
_LONGEST = 600
_DOUBLED = re.compile(r"\b(\w+(?:\W+\w+){2,9})\W+\1\b", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\(([^()]*)\)")


def capitalised(text: str) -> str:
    """The text with its first letter in upper case, unless a figure comes before it."""
    for position, sign in enumerate(text):
        if sign.isalpha():
            return text[:position] + sign.upper() + text[position + 1 :]
        if sign.isdigit():
            break
    return text


def lowered(text: str) -> str:
    """The text with its first letter in lower case, unless its first word is all capitals."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


def _bracket(match: re.Match[str]) -> str:
    """A bracket stays in a name unless it holds a figure, a year or a unit."""
    inner = match.group(1)
    return "" if re.search(r"\d", inner) or read_unit(inner.strip()) else match.group()


def word_count(name: str) -> int:
    """How many words a name has outside brackets."""
    return len(_BRACKET.sub(" ", name).split())


def without_time(text: str) -> str:
    """A status without the time by which it is to be reached, and without markup."""
    for match in reversed(list(pattern("targets", "time").finditer(mask(text)))):
        text = text[: match.start()] + " " + text[match.end() :]
    return plain(squeeze(text)).strip(EDGES)


def tidy_name(text: str, *, figure: bool = True) -> str:
    """A name without times, doubled words, stray signs and markup; of a `figure` without what it is measured by."""
    text = pattern("targets", "number_twice").sub("", text[:_LONGEST])
    for name in ("reference_inside", "time") if figure else ("time",):
        for match in reversed(list(pattern("targets", name).finditer(mask(text)))):
            text = text[: match.start()] + " " + text[match.end() :]
    name = plain(_DOUBLED.sub(r"\1", squeeze(_BRACKET.sub(_bracket, text)))).strip(EDGES)
    if name.count("(") != name.count(")"):
        name = squeeze(name.replace("(", " ").replace(")", " ")).strip(EDGES)
    return text_before("dangling", name).strip(EDGES)


def text_after(name: str, text: str) -> str:
    """What stands behind the first match of the pattern `name`; all of the text when there is none."""
    match = matches(name, text)
    return text[match.end() :] if match else text


def text_before(name: str, text: str) -> str:
    """What stands before the first match of the pattern `name`; all of the text when there is none."""
    match = matches(name, text)
    return text[: match.start()] if match else text


def _after_colon(head: str) -> str:
    """What stands after the last colon outside brackets, when anything does."""
    at = mask(head).rfind(":")
    if at >= 0 and matches("only_time", head[at + 1 :]):
        return head[:at]
    return head[at + 1 :] if at >= 0 and head[at + 1 :].strip(EDGES) else head


def bare_head(text: str) -> str:
    """The words before a figure without opening words, the body that strives, and words that belong to the figure."""
    found = list(pattern("targets", "directive").finditer(mask(text)))
    if found:
        rest = text_before("closing", _after_colon(text_after("opening", text[found[-1].end() :])))
        if rest.strip(EDGES):
            return rest.strip(EDGES)
        text = text[: found[-1].start()]
    return text_after("opening", text_before("closing", _after_colon(text))).strip(EDGES)


def head_kind(head: str) -> HeadKind:
    """What kind of words open a head."""
    if not head:
        return "none"
    kinds: tuple[HeadKind, ...] = ("each", "indicator", "action")
    found = [(match.end(), kind == "action", kind) for kind in kinds if (match := matches(kind, head))]
    return max(found)[2] if found else "other"
