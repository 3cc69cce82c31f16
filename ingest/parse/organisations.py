"""Names of bodies in full and in normal case: `UBND XÃ AN HÒA` is `Ủy ban nhân dân xã An Hòa`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from ...dictionaries import Entry, entries
from ..text.normalize import fold, squeeze
from .printed import is_upper

_ROMAN = re.compile(r"[IVX]+")
_LONGEST_PHRASE = 7
_LETTERS_OF_A_GLUED_NAME = 10
_FIELD_SIGNS = ("-", "–", "&")
_AND = "va"


@cache
def _phrases() -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in entries("organisations"):
        for spelling in entry.spellings:
            found[fold(spelling)] = (*found.get(fold(spelling), ()), entry)
    return MappingProxyType(found)


@cache
def _glued() -> tuple[tuple[str, Entry], ...]:
    """Names of bodies without blanks, longest first, for text that has lost its blanks."""
    glued = ((key.replace(" ", ""), named[0]) for key, named in _phrases().items())
    bodies = (pair for pair in glued if pair[1].fields["kind"] == "body" and len(pair[0]) >= _LETTERS_OF_A_GLUED_NAME)
    return tuple(sorted(bodies, key=lambda pair: (-len(pair[0]), pair[0])))


def _phrase_at(words: list[str], start: int) -> tuple[Entry, int] | None:
    for count in range(min(_LONGEST_PHRASE, len(words) - start), 0, -1):
        printed = " ".join(words[start : start + count]).rstrip(".,;:")
        listed = _phrases().get(fold(printed), ())
        for entry in listed:
            if printed.lower() in {spelling.lower() for spelling in entry.spellings}:
                return entry, count
        # one syllable without its marks may be another word: `Phong` is no `Phòng`
        if listed and count > 1:
            return listed[0], count
    return None


def leading_kind(text: str) -> str | None:
    """Kind of the phrase that a printed line begins with: `body`, `organ`, `unit`, `word`, or None."""
    found = _phrase_at(text.split(), 0)
    if found is not None:
        return str(found[0].fields["kind"])
    return "body" if _unglued(text) != text else None


def _unglued(text: str) -> str:
    """The text with a body's name at its start written with its blanks again."""
    words = text.split()
    if _phrase_at(words, 0) is not None:
        return text
    for key, entry in _glued():
        taken = ""
        for count, word in enumerate(words, 1):
            taken += fold(word).replace(" ", "")
            if taken == key:
                return " ".join([entry.form.upper(), *words[count:]])
            if not key.startswith(taken):
                break
    return text


def _plain_word(word: str, shouted: bool, named: bool) -> str:
    if not shouted or _ROMAN.fullmatch(word) or any(sign.isdigit() for sign in word):
        return word
    return word.capitalize() if named else word.lower()


def _parts_fields(word: str) -> bool:
    return word in _FIELD_SIGNS or word.endswith(",") or fold(word) == _AND


def body_name(text: str) -> str:
    """The name of a body as a record has it: abbreviations written out, capitals where names have them."""
    text = _unglued(squeeze(text).strip(" *.,;:_-–"))
    shouted = is_upper(text)
    words = text.split()
    written: list[str] = []
    named = field_follows = in_field = False
    index = 0
    while index < len(words):
        found = _phrase_at(words, index)
        # each of several fields has its capital: `Tài chính - Kế hoạch`, `Văn hóa, Thể thao và Du lịch`
        field_follows = field_follows or (in_field and _parts_fields(written[-1]))
        if found is None:
            written.append(_plain_word(words[index], shouted, named or field_follows))
            field_follows = False
            index += 1
            continue
        entry, count = found
        kind = entry.fields["kind"]
        printed = words[index : index + count]
        keeps = kind == "word" and not shouted
        comma = "," if printed[-1].endswith(",") else ""
        form = entry.form if written or kind != "unit" else entry.form.capitalize()
        written += printed if keeps else [form + comma]
        named = kind == "unit" or (named and kind in ("word", "number")) or bool(entry.fields.get("named"))
        field_follows = bool(entry.fields.get("subject"))
        in_field = field_follows or (in_field and kind == "word")
        index += count
    name = " ".join(written)
    return name[:1].upper() + name[1:]
