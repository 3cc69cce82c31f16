"""Who is to act: the body or officer named at the head of a statement or in a heading."""

from __future__ import annotations

import re
from functools import cache

from ...dictionaries import alternation, entries, pattern
from ..text.normalize import fold, fold_signs

_MOST_WORDS = 40
_JOINT_WIDTH = 12
_CALL_WIDTH = 120
_LABEL = re.compile(r"[^:;.()]{1,50}:\s*")


@cache
def _heads() -> re.Pattern[str]:
    spellings = [fold(spelling) for entry in entries("body_heads") for spelling in entry.spellings]
    return re.compile(alternation(spellings) + r"\b")


@cache
def _spelled_heads() -> frozenset[str]:
    return frozenset(spelling.lower() for entry in entries("body_heads") for spelling in entry.spellings)


def _is_head(text: str) -> bool:
    """A head of one syllable counts only as it is spelled: `xã` and `xá` are the same without marks."""
    return " " in text or text.lower() in _spelled_heads()


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(r"(?<=\s)" + alternation([fold(verb) for verb in _spelled_verbs()]) + r"\b")


@cache
def _spelled_verbs() -> frozenset[str]:
    return frozenset(spelling for entry in entries("action_verbs") for spelling in entry.spellings)


def _is_verb(text: str) -> bool:
    """A verb of one syllable counts only as it is spelled: `dọn` and `đơn` (vị) are the same without marks."""
    return " " in text or text in _spelled_verbs()


def _call(folded: str) -> int:
    match = pattern("bodies", "call").search(folded)
    return match.end() if match else 0


def starts_with_body(text: str) -> bool:
    """True when the text begins with the name of a body, `Đề nghị` and `Giao` aside."""
    folded = fold_signs(text)
    at = _call(folded)
    at += len(folded[at:]) - len(folded[at:].lstrip())
    head = _heads().match(folded, at)
    if head is None or not _is_head(text[at : head.end()]):
        return False
    return pattern("bodies", "no_body").search(folded[at:]) is None


def _next_is_body(text: str) -> bool:
    """Whether another body follows a comma: what stands before it ends a name (`Phòng Kế hoạch tổng hợp, Phòng …`)."""
    rest = text.lstrip()
    following = rest[1:].lstrip() if rest.startswith(",") else ""
    return following[:1].isupper() and starts_with_body(following)


def _verb_after(text: str, folded: str, at: int) -> int | None:
    """Where the first verb after a body's name begins; a capital letter or `các` before it makes it a name's part."""
    for match in _verbs().finditer(folded, at):
        begin = match.start()
        before = pattern("bodies", "name_before_verb").search(folded, max(at, begin - _JOINT_WIDTH), begin)
        name_part = bool(before and (match.group() == "to chuc" or before.group()[0] in "-–—d"))
        name_part = (
            name_part or pattern("bodies", "namer").search(text[max(at, begin - _JOINT_WIDTH) : begin]) is not None
        ) and pattern("bodies", "never_in_name").match(match.group()) is None
        name_part = name_part or pattern("bodies", "no_verb").match(folded, begin) is not None
        name_part = name_part or _next_is_body(text[match.end() :])
        name_part = name_part or pattern("bodies", "noun_with_verb").search(folded, at, match.end()) is not None
        inside = folded.count("(", at, begin) > folded.count(")", at, begin)
        if not text[begin].isupper() and not name_part and not inside and _is_verb(text[begin : match.end()]):
            return begin
    return None


def split_body(text: str) -> tuple[str | None, int]:
    """The body that a statement addresses, without `Đề nghị`, and where the rest begins; (None, 0) without one."""
    if not starts_with_body(text):
        return None, 0
    folded = fold_signs(text)
    begin = _call(folded)
    inner = pattern("bodies", "inner_call").search(folded[begin : begin + _CALL_WIDTH])
    if inner is not None and ":" not in inner.group() and starts_with_body(text[begin + inner.end() :]):
        begin += inner.end()
    colon = text.find(":", begin)
    verb = _verb_after(text, folded, begin)
    ends = [at for at in (verb, colon if colon >= 0 else None) if at is not None]
    if not ends:
        return None, 0
    end = min(ends)
    name = text[begin:end].strip(" ,:;-–")
    if not name or len(name.split()) > _MOST_WORDS:
        return None, 0
    return name, end + 1 if end == colon else end


def labelled_body(text: str) -> str | None:
    """The body after a label such as `Chủ trì:`, known by its place: all up to the first verb, `Giao` aside."""
    folded = fold_signs(text)
    begin = _call(folded)
    verb = _verb_after(text, folded, begin)
    return text[begin:verb].split(",", maxsplit=1)[0].strip(" ,:;.-–") or None


def body_of_heading(title: str | None) -> str | None:
    """The body that a heading is about (`3. Công an xã`), None for a heading of another kind."""
    if not title or not starts_with_body(title):
        return None
    folded = fold_signs(title)
    begin = _call(folded)
    if len(title.split()) > _MOST_WORDS or _verb_after(title, folded, begin) is not None:
        return None
    return title[begin:].strip(" ,:;.-–") or None


def starts_with_verb(text: str) -> bool:
    """True when the text begins with a verb of doing (`Tổ chức …`, `Gửi …`)."""
    stripped = text.lstrip(" -+*,:")
    match = _verbs().match(fold_signs(f" {stripped}"), 1)
    return match is not None and _is_verb(stripped[: match.end() - 1].lower())


def opens_with_verb(text: str) -> bool:
    """True when a statement begins with what is to be done, or with the body that is to do it and then the verb."""
    lead = pattern("deadlines", "leading_words").search(fold_signs(text))
    rest = text[lead.end() if lead else 0 :].lstrip(" -+*")
    body, begin = split_body(rest)
    rest = rest[begin:] if body is not None else rest
    label = _LABEL.match(rest)
    return starts_with_verb(rest) or (label is not None and starts_with_verb(rest[label.end() :]))
