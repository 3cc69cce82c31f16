"""Which lines have lost their marks. Good Vietnamese, other languages and rubbish are left alone.

An English OCR model knows no letter of U+1EA0-1EF9 and none of `ă đ ơ ư`: a line that has one is good. A line without
any is lost when its words are the skeletons of Vietnamese syllables but no syllables as they stand; short lines, of
which nobody can tell, go with their neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum

from ..text.quality import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
_ODD_SIGN = re.compile(r"[^\W\d_][0-9¢¥€&][^\W\d_]|[^\W\d_]{1,2}[0-9¢¥€&]\b|\b1[ayép]\w?\b")
FEW, MANY = 4, 8
NEAR = 12  # how many lines a short line looks back and ahead


class State(Enum):
    """What a line shows of itself."""

    GOOD = "good"
    LOST = "lost"
    FOREIGN = "foreign"
    UNSURE = "unsure"


def line_state(line: str, is_skeleton: Callable[[str], bool]) -> State:
    """Judge one line; `is_skeleton` tells whether a lower-case word could be a syllable that lost its marks."""
    if _MARKED.search(line):
        return State.GOOD
    words = [w.lower() for w in _WORD.findall(line) if len(w) > 1]
    if len(words) < 2:
        return State.UNSURE
    skeletons = sum(map(is_skeleton, words))
    if skeletons < 0.5 * len(words):
        return State.FOREIGN if len(words) >= FEW and skeletons < 0.35 * len(words) else State.UNSURE
    broken = sum(not is_syllable(w) for w in words) + len(_ODD_SIGN.findall(line))
    if len(words) >= MANY or (len(words) >= FEW and broken >= 0.2 * len(words)):
        return State.LOST
    return State.UNSURE


def lost_lines(lines: Sequence[str], is_skeleton: Callable[[str], bool]) -> list[bool]:
    """For each line, whether it is to be restored."""
    states = [line_state(line, is_skeleton) for line in lines]
    if states.count(State.FOREIGN) > states.count(State.LOST):
        states = [State.FOREIGN if state is State.LOST else state for state in states]
    result: list[bool] = []
    lost, good = states.count(State.LOST), len(states) - states.count(State.LOST) - states.count(State.UNSURE)
    default = lost > good
    if not lost and not good:
        default = sum(len(_WORD.findall(line)) for line in lines) > 0 and _all_skeletons(lines, is_skeleton)
    for number, state in enumerate(states):
        if state is State.UNSURE:
            result.append(_like_neighbours(states, number, default))
        else:
            result.append(state is State.LOST)
    return result


def _all_skeletons(lines: Sequence[str], is_skeleton: Callable[[str], bool]) -> bool:
    """Whether a text of short lines only reads as lost Vietnamese: most words skeletons, some no syllables."""
    words = [w.lower() for line in lines for w in _WORD.findall(line) if len(w) > 1]
    broken = sum(not is_syllable(w) for w in words)
    return len(words) > 1 and sum(map(is_skeleton, words)) >= 0.6 * len(words) and broken > 0


def _like_neighbours(states: Sequence[State], number: int, default: bool) -> bool:
    votes = 0.0
    for distance in range(1, NEAR + 1):
        for at in (number - distance, number + distance):
            if 0 <= at < len(states) and states[at] is not State.UNSURE:
                votes += (1 if states[at] is State.LOST else -1) / distance
    return votes > 0 if votes else default
