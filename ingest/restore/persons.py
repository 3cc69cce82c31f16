"""Names of persons: no neighbours tell which name is meant, so none is mended but where hardly another is possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...dictionaries import pattern
from .result import Choice, Token

SURE = 0.9  # confidence below which a part of a name is left as it was read
CHANGED = 0.6  # greatest confidence of a part of a name that was restored, or left against the likeliest
BLOCK = 6  # lines after a position or power among which the signatory's name stands


def name_spans(lines: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Line and columns (0-based) of the persons' names in restored lines."""
    signing, signatory, addressed = (pattern("persons", name) for name in ("signing", "signatory", "addressed"))
    left = 0
    for number, line in enumerate(lines):
        for found in addressed.finditer(line):
            yield number, *found.span("name")
        if signing.search(line):
            left = BLOCK
        elif left and line.strip():
            left -= 1
            if found_name := signatory.search(line):
                yield number, *found_name.span("name")
                left = 0


def spared(choices: Sequence[Choice], tokens: Sequence[Token], lines: Sequence[str]) -> list[Choice]:
    """The choices, those in names taken back where they were not sure and doubtful where they changed anything.

    `tokens` are the choices as they stand in the restored `lines`.
    """
    names: dict[int, list[tuple[int, int]]] = {}
    for number, start, end in name_spans(lines):
        names.setdefault(number + 1, []).append((start + 1, end + 1))
    return [
        _spared(choice) if any(start <= token.column < end for start, end in names.get(token.line, ())) else choice
        for choice, token in zip(choices, tokens, strict=True)
    ]


def _spared(choice: Choice) -> Choice:
    read = choice.piece.text
    if choice.text == read:
        return choice
    doubt = min(choice.confidence, CHANGED)
    if choice.confidence >= SURE:
        return replace(choice, confidence=doubt)
    others = tuple(dict.fromkeys(form for form in (choice.text, *choice.alternatives) if form != read))
    return Choice(choice.piece, read, doubt, others)
