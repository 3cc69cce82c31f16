"""Labels of headings and items that OCR has broken, told by their neighbours in the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from ...dictionaries import entries, pattern
from ..text.normalize import fold
from ..text.romans import repaired, roman, value_of_strokes

Mended = dict[int, tuple[int, int, str]]  # by line: start and end of the label (columns, 0-based), and what it is

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_BARRED = {"đ": "d", "Đ": "D"}
_STRICT = frozenset("IVX")


class _Label(NamedTuple):
    """A label as it was read, where it stands, and its value in its list where it has one."""

    line: int
    start: int
    end: int
    text: str
    value: int | None = None


def mended_labels(lines: Sequence[str]) -> Mended:
    """Labels of legacy lines as they must have been printed, the number's head, and where the document is filed."""
    return (
        _letter_labels(lines)
        | _capital_labels(lines)
        | _number_labels(lines)
        | part_labels(lines)
        | roman_labels(lines)
        | number_heads(lines)
        | _written(lines, "filing")
    )


def _found(lines: Sequence[str], name: str) -> Iterator[tuple[_Label, str]]:
    """The labels of a pattern, and the text after each."""
    label = pattern("restoration", name)
    for number, line in enumerate(lines):
        if match := label.match(line):
            yield _Label(number, *match.span("label"), match["label"]), match["rest"]


def _numerals(labels: Sequence[_Label]) -> Iterator[tuple[_Label, str]]:
    """The labels with the Roman numbers that they are, as a list that counts up."""
    values = repaired([label.text for label in labels])
    return zip(labels, map(roman, values), strict=True)


def roman_labels(lines: Sequence[str]) -> Mended:
    """Section labels that were read as strokes and ones (`I1.`, `111.`, `|.`, `Vv.`), or that lost a stroke.

    Digits alone are a numeral only before a capital heading, where the numeral is the next one in the document.
    """
    heads = [label.line for name in ("capital_label", "part_label") for label, _ in _found(lines, name)]
    parts = [-1, *sorted(heads), len(lines)]
    found: Mended = {}
    labels = [label for label, rest in _chapters(lines)]
    for start, stop in pairwise(parts):
        chapters = _numerals([label for label in labels if start < label.line < stop])
        found |= {label.line: (label.start, label.end, numeral) for label, numeral in chapters}
    return found


def _chapters(lines: Sequence[str]) -> Iterator[tuple[_Label, str]]:
    """What reads as a Roman label: by its letters alone, by its heading in capitals, or as the next one."""
    last = 0
    for label, rest in _found(lines, "roman_label"):
        value = value_of_strokes(label.text, last + 1)
        capital = _mostly_capital(rest)
        if not _STRICT.issuperset(label.text):
            if label.text.isdigit() and not (capital and value == last + 1 and value > 1):
                continue
            due = value == last + 1 or (value == last and len(label.text) > 1)  # or a stroke is lost
            if not (capital or (due and not label.text.islower())):
                continue
        last = value or last
        yield label, rest


def part_labels(lines: Sequence[str]) -> Mended:
    """Parts and their numerals (`Phan I I` is `Phần II`)."""
    label_of = pattern("restoration", "part_label")
    found: Mended = {}
    for label, numeral in _numerals([label for label, _ in _found(lines, "part_label")]):
        match = label_of.match(lines[label.line])
        if match:
            found[label.line] = match.start("head"), label.end, f"{_part_head(match['head'])} {numeral}"
    return found


def _part_head(read: str) -> str:
    folded = fold(read)
    form = min((e.form for e in entries("part_heads")), key=lambda form: Levenshtein.distance(fold(form), folded))
    return form.upper() if read.isupper() else form


def _capital_labels(lines: Sequence[str]) -> Mended:
    """Letters of chapters that were read twice or small (`Cc. TO CHUC`, `c. TO CHUC` after B)."""
    found: Mended = {}
    last = ""
    for label, rest in _found(lines, "capital_label"):
        letter = label.text[0].upper()
        if label.text != letter:
            due = bool(last) and _LETTERS.find(letter.lower()) == _LETTERS.find(last.lower()) + 1
            if not (_mostly_capital(rest) and (len(label.text) > 1 or due)):
                continue
            found[label.line] = label.start, label.end, letter
        last = letter
    return found


def _letter_labels(lines: Sequence[str]) -> Mended:
    """Letters of items: `d)` after `d)` is `đ)`; a sign between two letters is the one between them."""
    items = [
        label._replace(value=_LETTERS.find(label.text.lower()) + 1 or None)
        for label, _ in _found(lines, "letter_label")
    ]
    found: Mended = {}
    last = 0
    for k, label in enumerate(items):
        due = _LETTERS[last : last + 1]
        following = items[k + 1].value if k + 1 < len(items) else None
        told = label.value is None and last > 0 and following == last + 2
        mended = due if due and (told or _BARRED.get(due) == label.text) else label.text
        last = _LETTERS.find(mended.lower()) + 1
        found[label.line] = label.start, label.end, mended
    return found


def _number_labels(lines: Sequence[str]) -> Mended:
    """Numbers of items that both neighbours tell (4, 9, 6 is 4, 5, 6), and a stroke before `2.` that is `1.`."""
    items = [
        label._replace(value=int(label.text) if label.text.isdigit() else None)
        for label, rest in _found(lines, "number_label")
        if label.text.isdigit() or not _mostly_capital(rest)
    ]
    found: Mended = {}
    for before, label, after in zip([None, *items], items, [*items[1:], None], strict=False):
        last = before.value if before is not None else None
        due = (last or 0) + 1
        opens = label.value is None and after is not None and after.value == 2
        told = last is not None and after is not None and after.value == due + 1
        if label.value != due and (told or opens):
            found[label.line] = label.start, label.end, str(due if told else 1)
    return found


def number_heads(lines: Sequence[str]) -> Mended:
    """The word before the document's own number (`Sb: 50/KH-UBND`)."""
    return _written(lines, "number_head")


def _written(lines: Sequence[str], name: str) -> Mended:
    """What a pattern finds in its group `head`, as the list of the same name writes it."""
    head, written = pattern("restoration", name), entries(name)[0].form
    found = ((number, head.match(line)) for number, line in enumerate(lines))
    return {number: (*match.span("head"), written) for number, match in found if match}


def _mostly_capital(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters) > 0
