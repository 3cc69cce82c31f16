"""Two readings of one cell of a scanned table: what they see, how sure they are, and which of them is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...dictionaries import index, pattern
from ..text.quality import score
from ..values import DISPUTED, Word

_LIKELY = 0.6  # confidence of a reading that may be believed


def text_of(words: Sequence[Word]) -> str:
    """The words with blanks between them."""
    return " ".join(word.text for word in words)


def trust(words: Sequence[Word]) -> float:
    """Confidence (0..1) in the least sure word of a reading, 0 for none."""
    return min((word.confidence or 0.0 for word in words), default=0.0)


def figures(words: Sequence[Word]) -> list[str]:
    """Numbers of a reading with the points and commas inside them."""
    return [found.group() for found in pattern("tables", "number").finditer(text_of(words))]


def digits(words: Sequence[Word]) -> str:
    """All digits of a reading in a row."""
    return "".join(character for character in text_of(words) if character.isdigit())


def disagree(page: Sequence[Word], strip: Sequence[Word]) -> bool:
    """Whether two readings of a cell see different numbers. Points and commas count: a comma that one reading loses
    makes the value ten times as large.
    """
    return bool(page and strip) and figures(page) != figures(strip)


def disputed(word: Word) -> Word:
    """A word that readings see differently, or that shape or place make doubtful."""
    return replace(word, confidence=min(word.confidence or 0.0, DISPUTED))


def with_disputed_numbers(words: Sequence[Word]) -> list[Word]:
    """The words of a cell with its numbers doubtful; other words keep their confidence."""
    return [disputed(word) if digits([word]) else word for word in words]


def _letters(words: Sequence[Word]) -> str:
    return "".join(character for character in text_of(words) if character.isalpha())


def _only_lacks_figures(reading: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether a reading without figures has the same letters as another one, or no word at all."""
    words = any(len(word.text) > 1 and score(word.text).legal == 1.0 for word in reading)
    return not words or _letters(reading) == _letters(other)


def _likelier(page: Sequence[Word], strip: Sequence[Word], third: Sequence[Word]) -> Sequence[Word]:
    """Of two readings that see different numbers the likelier one: a point is sooner lost than made up."""
    readings = (strip, page)
    if digits(page) == digits(strip):
        marks = [len(pattern("tables", "mark_in_number").findall(text_of(reading))) for reading in readings]
        if marks[0] != marks[1]:
            return readings[marks.index(max(marks))]
    for seen, other in (readings, readings[::-1]):
        if figures(seen) and not figures(other) and not figures(third) and _only_lacks_figures(other, seen):
            return seen
    chosen = next((r for r in readings if third and figures(r) == figures(third)), strip)
    return max(chosen, third, key=_worth) if third and figures(chosen) == figures(third) else chosen


def better(
    page: Sequence[Word], strip: Sequence[Word], third: Sequence[Word] = (), is_narrow: bool = False
) -> list[Word]:
    """Of two readings of a cell the better one; a number that they see differently is marked doubtful.

    A `third` reading decides between numbers, which stay doubtful.
    """
    if not strip or not page:
        return list(strip or page)
    if text_of(page) == text_of(strip):
        best = max((page, strip), key=trust)
        return [replace(word, confidence=max(word.confidence or 0.0, 0.9)) for word in best]
    if disagree(page, strip):
        return with_disputed_numbers(_likelier(page, strip, third))
    if any(figures(page)):
        return list(strip)
    known = [reading for reading in (page, strip) if text_of(reading).lower() in index("units")]
    if len(known) == 1 and trust(known[0]) < min(_LIKELY, max(trust(page), trust(strip))):
        known = []
    if len(known) == 1 or (len(page) > len(strip) and trust(strip) >= _LIKELY and is_narrow):
        # The page's words may have strayed from the next column, those of a strip have not.
        return list(known[0] if known else strip)
    return list(page if _worth(page) >= _worth(strip) else strip)


def _worth(words: Sequence[Word]) -> float:
    """How much sure Vietnamese a reading of a cell holds; what is not sure, or none, counts against it."""
    return sum(
        len(w.text) * ((w.confidence or 0.0) * (1.0 if score(w.text).legal == 1.0 else 0.3) - 0.4) for w in words
    )
