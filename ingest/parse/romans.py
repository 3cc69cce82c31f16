"""Roman numbers of headings, and what OCR makes of their strokes."""

from __future__ import annotations

import re

_SIGNS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORD = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_TENS = ("", "X", "XX", "XXX")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
# signs that OCR reads for a stroke, for two strokes with a bar between them, for V and X
_STROKES = str.maketrans(dict.fromkeys("1l|!][TÍÌiL", "I") | {"H": "II", "v": "V", "x": "X"})
_SURE = frozenset("IVX1l|H")


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
