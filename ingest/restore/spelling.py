"""How a chosen syllable is written: small or capital letters."""

from __future__ import annotations

from typing import Any

import numpy as np

from .lattice import Candidate, Part
from .lexicon import LOWER, TITLE, UPPER
from .model import Model
from .tokens import Piece

Array = np.ndarray[Any, Any]
AT_START = -2.5  # a sentence seldom begins with a small letter
LEAST_AT_START, LEAST_FRESH = -1.0, -3.0  # log P of a capital at a sentence's start; at a line's, and after a number


class Speller:
    """Writes candidates; remembers what it wrote."""

    def __init__(self, model: Model) -> None:
        self._words, self._forms = model.words, model.forms
        self._memory: dict[tuple[str, bool, bool, bool, int], str] = {}

    def spelled(self, piece: Piece, candidate: Candidate, capitals: bool) -> str:
        """The candidate in place of the piece; `capitals` when its line is set in capitals."""
        if len(candidate) == 1:
            return self._written(candidate[0], piece, capitals, True)
        return " ".join(self._written(part, piece, capitals, k == 0) for k, part in enumerate(candidate))

    def as_read(self, part: Part) -> str:
        """A syllable in the case form that was most probably read."""
        word = self._words[part.word]
        form = LOWER if part.forms is None else int(np.argmax(part.forms))
        return word if form == LOWER else word.upper() if form == UPPER else word.capitalize()

    def _written(self, part: Part, piece: Piece, capitals: bool, opens: bool) -> str:
        if part.forms is None:
            return part.text or piece.text
        word = self._words[part.word]
        if capitals:
            return word.upper()
        begins, fresh = piece.begins and opens, piece.fresh and opens
        key = (piece.text, begins, fresh, opens, part.word)
        text = self._memory.get(key)
        if text is None:
            form = self._form(part.forms, self._forms[part.word], begins, fresh)
            text = word if form == LOWER else word.upper() if form == UPPER else word.capitalize()
            self._memory[key] = text
        return text

    def _form(self, read: Array, share: Array, begins: bool, fresh: bool) -> int:
        prior = share.copy()
        if begins:
            prior[LOWER] += AT_START
            prior[TITLE] = max(prior[TITLE], LEAST_AT_START)
        elif fresh:
            prior[TITLE] = max(prior[TITLE], LEAST_FRESH)
        return int(np.argmax(read + prior))
