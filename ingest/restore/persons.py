"""Names of persons: no neighbours tell which name is meant, so none is mended but where hardly another is possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from unidecode import unidecode

from ...dictionaries import index, pattern
from .result import Choice, Token

# Confidence below which a part of a name is left as it was read: where its letters would change, and where it would
# only get back its marks (names of held-out pages were right then in nineteen of twenty cases, and bare in none).
SURE, SURE_OF_MARKS, NEVER = 0.985, 0.65, 1.1
CHANGED = 0.55  # greatest confidence of a part of a name that was restored, or left against the likeliest
BLOCK = 6  # lines after a position or power among which the signatory's name stands


def name_spans(lines: Sequence[str], signed: Sequence[str] | None = None) -> Iterator[tuple[int, int, int]]:
    """Line and columns (0-based) of the persons' names in restored lines.

    `signed`: the lines to look for signatories in, where these are not the same lines.
    """
    signing, signatory, addressed = (pattern("persons", name) for name in ("signing", "signatory", "addressed"))
    left = 0
    for number, line in enumerate(lines):
        for found in addressed.finditer(line) if signed is None else ():
            yield number, *found.span("name")
        if signing.search(line):
            left = BLOCK
        elif left and line.strip():
            left -= 1
            if found_name := signatory.search(line if signed is None else signed[number]):
                yield number, *found_name.span("name")
                left = 0


def spared(
    choices: Sequence[Choice], tokens: Sequence[Token], lines: Sequence[str], read: Sequence[str]
) -> list[Choice]:
    """The choices, those in names taken back where they were not sure and doubtful where they changed anything.

    `tokens` are the choices as they stand in the restored `lines`, which were `read` so: a signatory's name that was
    taken for words is found there. A first name in the line that is no family name is another's, read wrongly.
    """
    restored, legacy = _by_line(name_spans(lines)), _by_line(name_spans(lines, read))
    result: list[Choice] = []
    for choice, token in zip(choices, tokens, strict=True):
        if span := next((s for s in restored.get(token.line, ()) if s[0] < token.column <= s[1]), None):
            result.append(_spared(choice, SURE_OF_MARKS if _may_be(choice, span[0] == token.column - 1) else NEVER))
        elif span := next((s for s in legacy.get(token.line, ()) if s[0] <= choice.piece.start < s[1]), None):
            result.append(_spared(choice, SURE if _may_be(choice, span[0] == choice.piece.start) else NEVER))
        else:
            result.append(choice)
    return result


def _may_be(choice: Choice, first: bool) -> bool:
    """Whether a part of a name is one, as far as its place tells: the first is a family name."""
    return not first or choice.text.lower() in index("surnames")


def _by_line(spans: Iterator[tuple[int, int, int]]) -> dict[int, list[tuple[int, int]]]:
    """0-based columns of names by 1-based line."""
    names: dict[int, list[tuple[int, int]]] = {}
    for number, start, end in spans:
        names.setdefault(number + 1, []).append((start, end))
    return names


def _spared(choice: Choice, sure_of_marks: float) -> Choice:
    read = choice.piece.text
    if choice.text == read:
        return choice
    doubt = min(choice.confidence, CHANGED)
    same_letters = unidecode(read) == unidecode(choice.text)
    if choice.confidence >= (sure_of_marks if same_letters else max(SURE, sure_of_marks)):
        return replace(choice, confidence=doubt)
    others = tuple(dict.fromkeys(form for form in (choice.text, *choice.alternatives) if form != read))
    return Choice(choice.piece, read, doubt, others)
