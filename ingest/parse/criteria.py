"""Recipients and criteria: who may be commended, and for what, from run-in labels, lettered heads and bullets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ...dictionaries import alternation, entries, pattern
from ...schemas import Criterion
from ..text.normalize import fold, fold_signs, plain
from .model import Block

_LABEL_WIDTH = 240


@cache
def _recipients() -> re.Pattern[str]:
    spellings = [fold(spelling) for entry in entries("award_recipients") for spelling in entry.spellings]
    return re.compile(f"(?:{pattern('exemplars', 'plural').pattern})?" + alternation(spellings) + r"\b")


def without_concerning(text: str) -> str:
    """`Đối với tập thể` without `Đối với`."""
    match = pattern("exemplars", "concerning").search(fold_signs(text))
    return text[match.end() :] if match else text


def names_recipient(text: str) -> bool:
    """True when the text begins with a kind of recipient (tập thể, cá nhân, các hộ gia đình …)."""
    folded = fold_signs(without_concerning(text)).lstrip()
    return _recipients().match(folded) is not None and not pattern("awards", "no_recipient").search(folded)


def recipient_label(text: str) -> tuple[str | None, int]:
    """The recipient before the first colon (`Đối với cá nhân: …`) and where the text after it begins."""
    colon = text.find(":", 0, _LABEL_WIDTH)
    broken = pattern("exemplars", "broken_label").search(fold_signs(text[: max(colon, 0)]))
    label = text[broken.end() if broken else 0 : max(colon, 0)]
    prize = pattern("awards", "prize").search(fold_signs(label))
    if colon < 0 or ". " in label or not names_recipient(label) or (prize and prize["count"]):
        return None, 0
    return plain(_without_winning(without_concerning(label))), colon + 1


def _without_winning(text: str) -> str:
    """`Cá nhân` of `Cá nhân đạt giải Nhất`."""
    match = pattern("awards", "winning").search(fold_signs(text))
    return text[: match.start()] if match else text


def heading_recipient(block: Block) -> str | None:
    """The recipient that a heading alone names: `a) Đối với tập thể`, without a sentence after it."""
    text = block.passage.text if block.title is None else block.title
    text = text.rstrip(" :;.-")
    if len(text) > _LABEL_WIDTH or not names_recipient(text) or (block.title is None and len(text.split()) > 14):
        return None
    return plain(_without_winning(without_concerning(text)))


@dataclass(frozen=True, slots=True)
class _Head:
    recipient: str | None
    section: str | None


def _clean(text: str) -> str:
    return plain(text).strip(" -+*;").strip()


def read_criteria(blocks: Iterable[Block]) -> Iterator[Criterion]:
    """The criteria in `blocks`, one a bullet or run-in paragraph.

    A bullet's own label overrides the head above it, that of a plain paragraph is a part of its text.
    """
    head = _Head(None, None)
    for block in blocks:
        text = block.passage.text
        recipient, begin = recipient_label(text)
        if block.kind == "paragraph" and head.recipient is not None and _clean(text[begin:]):
            recipient, begin = None, 0
        body = _clean(text[begin:])
        if block.kind == "heading" or (recipient is not None and not body):
            alone = recipient or heading_recipient(block)
            head = _Head(alone, block.section)
            if alone is not None and recipient is None:
                body = _clean(text[block.body_start :]) if block.title is not None and block.body_start else ""
            if not body:
                continue
        if body:
            yield Criterion(recipient=recipient or head.recipient, text=body)


def recipient_at(text: str, begin: int, counted: bool = False) -> tuple[str, int] | None:
    """The recipients named at `begin` (`các tập thể, cá nhân`) and where the text after them begins.

    `counted` ones end where the next number begins: `05 tập thể, 10 cá nhân` are not one.
    """
    folded = fold_signs(text)
    match = _recipients().match(folded, begin + len(folded[begin:]) - len(folded[begin:].lstrip()))
    if match is None:
        return None
    start, end = match.span()
    while further := pattern("exemplars", "and").match(folded, end):
        more = _recipients().match(folded, further.end())
        if more is None or (counted and text[further.end()].isdigit()):
            break
        end = more.end()
    return plain(text[start:end]), end


def recipient_span(text: str, begin: int, width: int) -> str | None:
    """The recipient that `cho` or `đối với` right after `begin` names."""
    match = pattern("exemplars", "for").search(fold_signs(text[begin : begin + width]))
    found = recipient_at(text, begin + match.end()) if match else None
    return found[0] if found else None
