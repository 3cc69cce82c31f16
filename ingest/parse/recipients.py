"""Nơi nhận: whom the document is sent to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...dictionaries import pattern
from ..text.normalize import squeeze
from .closing import split_closing
from .labels import read_bullet
from .marks import marked
from .model import Outline

_MERGED = re.compile(r"(?<=[;.])\s+(?=[-–+•*]\s*\S)")
_TO_REPORT = re.compile(r"\(b\s?/\s?[€C¢]\)")
_END_SIGNS = " ;.,:/"


def _without_noise(text: str) -> str:
    """The text without what OCR made of the stamp and signature beside it."""
    for name in ("noise_after_end", "single_signs"):
        match = pattern("closing", name).search(text)
        if match is not None:
            text = text[: match.start()] + (";" if name == "noise_after_end" else "")
    return text


def _entries(outline: Outline) -> Iterator[str]:
    entry = ""
    for line in split_closing(outline.closing).recipients:
        for piece in _MERGED.split(_without_noise(line.text)):
            bullet = read_bullet(piece)
            text = piece[bullet.end :] if bullet else piece.lstrip("* ")
            starts = bullet is not None or not entry or entry.rstrip().endswith(";") or marked("archive_copy", text)
            if starts and entry:
                yield entry
                entry = ""
            entry = f"{entry} {text}".strip()
    if entry:
        yield entry


def read_recipients(outline: Outline) -> tuple[str, ...]:
    """The recipients in order, one a bullet, wrapped lines joined, bullets and end punctuation off."""
    found = (_TO_REPORT.sub("(b/c)", squeeze(entry)).rstrip(_END_SIGNS) for entry in _entries(outline))
    return tuple(entry for entry in found if any(sign.isalpha() for sign in entry))
