"""Forms of commendation in running text: giấy khen, bằng khen, cờ, danh hiệu, with the authority that gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ...dictionaries import Entry, alternation, entries, pattern
from ...schemas.values import AwardForm
from ..text.normalize import fold, fold_signs, plain

_HEAD_WIDTH = 400
_QUOTED_TITLE = re.compile('^\\s*[“"]([^“”"]{3,80})[”"]')


@dataclass(frozen=True, slots=True)
class FormMention:
    """A form named from `start` to `end`; `name` as printed with the authority right after it."""

    name: str
    form: AwardForm
    authority: str | None
    start: int
    end: int


@cache
def _forms() -> tuple[re.Pattern[str], dict[str, Entry]]:
    by_key = {fold(spelling): entry for entry in entries("award_forms") for spelling in entry.spellings}
    return re.compile(r"\b" + alternation(tuple(by_key)) + r"\b"), by_key


def _authority_before(text: str, folded: str, start: int) -> str | None:
    begin = max(0, start - 120)
    match = pattern("awards", "authority_before").search(folded[begin:start])
    return plain(text[begin + match.start("authority") : begin + match.end("authority")]) if match else None


def _mention(text: str, folded: str, match: re.Match[str], entry: Entry) -> FormMention:
    end = match.end()
    name = text[match.start() : end]
    if entry.fields["kind"] == "danh_hieu" and not entry.fields.get("title"):
        quoted = _QUOTED_TITLE.search(text[end:])
        if quoted:
            name, end = quoted[1], end + quoted.end()
    after = pattern("awards", "authority_after").search(folded[end : end + 200])
    authority = None
    if after:
        authority = plain(text[end + after.start("authority") : end + after.end("authority")])
        name, end = text[match.start() : end + after.end("authority")], end + after.end("authority")
    else:
        authority = _authority_before(text, folded, match.start())
    name = plain(name)
    return FormMention(name[:1].upper() + name[1:], entry.fields["kind"], authority, match.start(), end)


def find_forms(text: str) -> tuple[FormMention, ...]:
    """All forms of commendation named in a paragraph, in order; `danh hiệu` without its title is none."""
    folded = fold_signs(text)
    regex, by_key = _forms()
    found: list[FormMention] = []
    for match in regex.finditer(folded):
        if found and match.start() < found[-1].end:
            continue
        entry = by_key[fold(match.group())]
        mention = _mention(text, folded, match, entry)
        untitled = entry.fields["kind"] == "danh_hieu" and not entry.fields.get("title")
        if not untitled or mention.end > match.end():
            found.append(mention)
    return tuple(found)


def opens_with_form(text: str) -> FormMention | None:
    """The form that a heading or bullet opens with (`Giấy khen của …`, `Tặng Bằng khen …`), None for another text."""
    mention = next(iter(find_forms(text[:_HEAD_WIDTH])), None)
    if mention is None or not pattern("awards", "form_head").search(fold_signs(text[: mention.start])):
        return None
    return mention
