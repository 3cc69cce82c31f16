"""Names of persons: no neighbours tell which name is meant, so none is mended but where hardly another is possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from unidecode import unidecode

from ...dictionaries import index, pattern
from .result import Choice, columns_of

# Confidence below which a part of a name is left as it was read: where its letters would change, and where it would
# only get back its marks (names of held-out pages were right then in nineteen of twenty cases, and bare in none).
SURE, SURE_OF_MARKS, NEVER = 0.985, 0.65, 1.1
CHANGED = 0.45  # greatest confidence of a part of a name that was restored, or left against the likeliest
Spans = Sequence[tuple[int, int]]
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
    choices: Mapping[int, Sequence[Choice]], lines: Sequence[str], read: Sequence[str]
) -> dict[int, list[Choice]]:
    """The choices of lines with names: in names taken back where not sure, and doubtful where they changed anything.

    The `choices`, by line, stand in the restored `lines`, which were `read` so: a signatory's name that was taken for
    words is found there. A first name in the line that is no family name is another's, read wrongly.
    """
    restored, legacy = _by_line(name_spans(lines)), _by_line(name_spans(lines, read))
    return {
        number: [
            _taken_back(choice, column, restored.get(number, ()), legacy.get(number, ()))
            for choice, column in zip(choices[number], columns_of(choices[number]), strict=True)
        ]
        for number in sorted({*restored, *legacy} & set(choices))
    }


def _taken_back(choice: Choice, column: int, restored: Spans, legacy: Spans) -> Choice:
    """The choice at a 0-based column of a restored line, less sure of where a name stands."""
    if span := next((s for s in restored if s[0] <= column < s[1]), None):
        return _spared(choice, SURE_OF_MARKS if _may_be(choice, span[0] == column) else NEVER)
    start = choice.piece.start
    if span := next((s for s in legacy if s[0] <= start < s[1]), None):
        return _spared(choice, SURE if _may_be(choice, span[0] == start) else NEVER)
    return choice


def _may_be(choice: Choice, first: bool) -> bool:
    """Whether a part of a name is one, as far as its place tells: the first is a family name."""
    return not first or choice.text.lower() in index("surnames")


def _by_line(spans: Iterator[tuple[int, int, int]]) -> dict[int, list[tuple[int, int]]]:
    """Columns of names by line, all 0-based."""
    names: dict[int, list[tuple[int, int]]] = {}
    for number, start, end in spans:
        names.setdefault(number, []).append((start, end))
    return names


def _spared(choice: Choice, sure_of_marks: float) -> Choice:
    read = choice.piece.text
    if choice.text == read:
        return choice
    doubt = min(choice.confidence, CHANGED)
    same_letters = unidecode(read) == unidecode(choice.text)
    if choice.confidence >= (sure_of_marks if same_letters else max(SURE, sure_of_marks)):
        return choice._replace(confidence=doubt)
    others = tuple(dict.fromkeys(form for form in (choice.text, *choice.alternatives) if form != read))
    return Choice(choice.piece, read, doubt, others)
