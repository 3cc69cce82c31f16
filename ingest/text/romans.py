"""Roman numbers of headings, and what OCR makes of their strokes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

_SIGNS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORD = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_TENS = ("", "X", "XX", "XXX")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
# signs that OCR reads for a stroke, for two strokes with a bar between them, for V and X
_STROKES = str.maketrans(dict.fromkeys("1l|!][TÍÌiL", "I") | {"H": "II", "v": "V", "x": "X"})
_LAST_REPAIRED = 15
_SURE = frozenset("IVX1l|H")
_TWICE = re.compile(r"(?i:v(?=v)|x(?=x))(?=[vx])")  # one sign read as its capital and its small letter
# A stroke is lost easily, but nobody sees one beside a V or X that is not there.
_LOST, _MADE_UP, _MADE_UP_BESIDE = 1, 2, 4


def roman_value(text: str) -> int | None:
    """Value of a Roman number up to 39, None for other text."""
    if not text or not _WORD.fullmatch(text):
        return None
    values = [_SIGNS[sign] for sign in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def roman(value: int) -> str:
    """The Roman number of a value from 1 to 39."""
    return _TENS[value // 10] + _ONES[value % 10]


def value_of_strokes(printed: str, expected: int) -> int | None:
    """Value of a label that OCR has broken, None for other text.

    `H` stands for two strokes, but beside another stroke OCR may have read one of them twice; then the value nearest to
    the `expected` one counts.
    """
    if not _SURE.intersection(printed):
        return None
    mended = printed.translate(_STROKES)
    if set(mended) == {"I"} and len(mended) > 3:
        mended = "III"
    value = roman_value(mended)
    if value is None or "H" not in printed or printed == "H":
        return value
    return min((value, value - 1), key=lambda found: (abs(found - expected), -found))


def _misread(printed: str, value: int) -> float:
    """How unlike a printed label and the Roman number of a value are, as OCR reads strokes."""
    wanted = roman(value)
    printed = _TWICE.sub("", printed)
    readings = {printed.translate(_STROKES), printed.replace("L", "").translate(_STROKES)}
    made_up = _MADE_UP_BESIDE if _bars(wanted) else _MADE_UP
    return min(
        Levenshtein.distance(reading, wanted, weights=(_LOST, made_up, _MADE_UP))
        + 2.0 * (reading.count("V") + reading.count("X") != _bars(wanted))
        for reading in readings
    )


def _bars(text: str) -> int:
    return text.count("V") + text.count("X")


def _step(before: int, value: int) -> float:
    """How unlikely it is that a list goes on from one value to another."""
    if value == before + 1:
        return 0.0
    if value == before:
        return 2.5
    return 4.0 if value < before else 0.5 + (value - before - 1)


def repaired(labels: Sequence[str]) -> list[int]:
    """The most likely values of the Roman labels of a scanned document, in order (`IL`, `II`, `II`, `IV`: 1 to 4)."""
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for label in labels:
        best = {
            value: min(
                (cost + (_step(before, value) if path else 0.8 * (value - 1)) + _misread(label, value), [*path, value])
                for before, (cost, path) in best.items()
            )
            for value in range(1, _LAST_REPAIRED + 1)
        }
    return min(best.values())[1] if labels else []
