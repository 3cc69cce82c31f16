"""Numbers of documents and acronyms: what is no word but loses its letters all the same."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from ...dictionaries import pattern, rows
from .channel import Channel

Array = np.ndarray[Any, Any]
_SEPARATOR = re.compile(r"([-–/])")
_LETTERS = re.compile(r"([^\W\d_]+)(\d*)")
_STROKES = str.maketrans("1lv", "IIV")
UNLISTED = math.log(1e-4)  # that an abbreviation is in no list
LETTER = -0.7  # log P that a letter of it was read right
CURRENCY = "đ"
# How many numbers were right on held-out made pages: Roman ones, short ones, others, money without and with its sign.
SURE_NUMERAL, SURE_FIGURE, SURE_FIGURES, UNSURE_MONEY, SURE_MONEY = 0.9, 0.96, 0.98, 0.45, 0.96
LETTERS = 0.1  # how often an issuer stands where the type of others does
SHORT = 3
LOST_POWER, POWERS = 0.45, "23"  # that a measure whose power was lost is one of an area; the powers, likeliest first


class Forms:
    """Written forms with their counts, found by how they were read."""

    def __init__(self, counted: Sequence[tuple[str, float]], channel: Channel) -> None:
        self.forms = [form for form, _ in counted]
        total = sum(count for _, count in counted) + 1
        self._weight = np.array([math.log(count / total) for _, count in counted], np.float32)
        self._channel = channel
        self._spelled = channel.spell(self.forms)
        self._lengths = np.array([len(form) for form in self.forms])

    def ranked(self, reads: Sequence[str]) -> list[list[tuple[float, str]]]:
        """For each read the likeliest forms with log P(form, read), best first; near ones only."""
        prepared = self._channel.prepare(reads)
        lengths = np.array([len(read) for read in reads])
        read_of, form_of = np.nonzero(np.abs(lengths[:, None] - self._lengths[None, :]) <= 1)
        score = self._channel.score(prepared, self._spelled, read_of, form_of) + self._weight[form_of]
        result: list[list[tuple[float, str]]] = [[] for _ in reads]
        for k in np.argsort(-score, kind="stable").tolist():
            found = result[read_of[k]]
            if len(found) < 3 and score[k] > -25:
                found.append((float(score[k]), self.forms[form_of[k]]))
        return result


class Codes:
    """Restores document numbers and acronyms by the lists of their parts."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._cache: dict[tuple[str, str], tuple[str, float]] = {}

    @cached_property
    def acronyms(self) -> Forms:
        """The acronyms of running text."""
        counted = {form: float(count) for form, count in rows("acronyms")}
        for form, _, count in rows("code_parts"):
            counted.setdefault(form, float(count))
        return Forms(list(counted.items()), self._channel)

    @cached_property
    def _parts(self) -> dict[str, Forms]:
        roles: dict[str, list[tuple[str, float]]] = {}
        for form, role, count in rows("code_parts"):
            roles.setdefault(role, []).append((form, float(count)))
            if role == "issuer":  # letters have no type: 1843/SGDĐT-VP
                roles.setdefault("type", []).append((form, LETTERS * float(count)))
        return {role: Forms(counted, self._channel) for role, counted in roles.items()}

    def part(self, read: str, role: str) -> tuple[str, float]:
        """The form of one part of a code, and its share of the probability."""
        key = (read, role)
        if key not in self._cache:
            ranked = self._parts[role].ranked([read])[0]
            if read not in self._parts[role].forms:
                ranked = sorted([*ranked, (UNLISTED + LETTER * len(read), read)], reverse=True)
            shares = [math.exp(score - ranked[0][0]) for score, _ in ranked]
            self._cache[key] = ranked[0][1], 1 / sum(shares)
        return self._cache[key]

    def code(self, text: str) -> tuple[str, float]:
        """A document number with its letters restored, and how sure that is; its digits stay."""
        parts: list[str] = []
        sure, role = 1.0, "type"
        for piece in _SEPARATOR.split(text):
            letters = _LETTERS.fullmatch(piece)
            if letters is None:
                parts.append(piece)
                continue
            form, share = self.part(letters[1], role)
            parts.append(form + letters[2])
            sure, role = min(sure, share), "issuer"
        return "".join(parts), sure


def figures(text: str) -> tuple[str, float]:
    """A number as it was read, the sign of the currency mended, and how sure that is: nothing around it tells."""
    money = pattern("restoration", "money").search(text)
    if money:
        return money["figures"] + CURRENCY, SURE_MONEY if money["letter"] else UNSURE_MONEY
    if pattern("restoration", "broken_numeral").match(text):
        return text.translate(_STROKES), SURE_NUMERAL
    if not any(map(str.isdigit, text)):
        return text, SURE_NUMERAL
    return text, SURE_FIGURE if len(text) < SHORT else SURE_FIGURES


def powers(text: str) -> tuple[str, float, tuple[str, ...]]:
    """A measure that has lost its power (`m?`), the likeliest first, and what else it may be."""
    found = pattern("restoration", "power").match(text)
    unit = found["unit"] if found else text
    area, *others = (unit + power for power in POWERS)
    return area, LOST_POWER, (*others, unit)


def is_acronym(read: str) -> bool:
    """Whether a read looks like an acronym: capitals only."""
    return 2 <= len(read) <= 9 and read.isalpha() and read.isupper()
