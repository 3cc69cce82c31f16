"""A name is written one way in a document."""

from __future__ import annotations

import numpy as np
from kehoach.ingest.restore.agreement import agreed
from kehoach.ingest.restore.confidence import Posteriors
from kehoach.ingest.restore.search import Lattice
from kehoach.ingest.restore.tokens import pieces

AN, BINH, DINH = 3, 4, 5


def settled(line: str, shares: list[list[tuple[int, float]]]) -> list[int]:
    """The syllables of a line's words, whose candidates have these shares."""
    words = np.array([word for of in shares for word, _ in of])
    bounds = np.cumsum([0, *map(len, shares)])
    share = np.array([share for of in shares for _, share in of])
    none = np.full(len(words), -1)
    zero = np.zeros(len(words), np.float32)
    lattice = Lattice(bounds, words, none, none, words, zero, zero, np.arange(len(words)))
    known = Posteriors(np.arange(len(words)), share, zero, bounds, np.zeros(len(shares), np.int64)).settled()
    result: list[int] = lattice.first[agreed(pieces(line.split("\n")), known, lattice).best].tolist()
    return result


def test_a_name_in_capitals_goes_with_the_same_name_in_the_text() -> None:
    capital, body = [(DINH, 0.6), (BINH, 0.4)], [(BINH, 0.95), (DINH, 0.05)]
    assert settled("TINH AN BINH\ntinh An Binh", [[(9, 1.0)], [(AN, 1.0)], capital, [(9, 1.0)], [(AN, 1.0)], body]) == [
        *(9, AN, BINH),
        *(9, AN, BINH),
    ]


def test_words_that_are_no_name_are_left() -> None:
    one, other = [(DINH, 0.6), (BINH, 0.4)], [(BINH, 0.95), (DINH, 0.05)]
    assert settled("an binh\nan binh", [[(AN, 1.0)], one, [(AN, 1.0)], other]) == [AN, DINH, AN, BINH]
