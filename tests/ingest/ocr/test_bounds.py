"""The bar below `>` and `<` is seen though the engine does not know `≥` and `≤`."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from kehoach.ingest.ocr.bounds import with_bars
from kehoach.ingest.values import Box, Word

Image = npt.NDArray[np.uint8]


def drawn(sign: str, gap: int = 12, bar_gap: int = 2) -> tuple[Image, Word]:
    """A sign of comparison and two figures on a page, and the word that an engine makes of them."""
    image = np.full((80, 160), 245, np.uint8)
    tip, tail = (44, 20) if sign in ">≥" else (20, 44)
    for y in (20, 40):
        cv2.line(image, (tail, y), (tip, 30), 20, 3)
    if sign in "≥≤":
        cv2.line(image, (20, 43 + bar_gap), (44, 43 + bar_gap), 20, 3)
    for x in (46 + gap, 72 + gap):
        cv2.rectangle(image, (x, 18), (x + 18, 44), 20, 3)
    read = {"≥": ">", "≤": "<"}.get(sign, sign) + "00"
    return image, Word(read, Box(18, 16, 92 + gap, 46), 0.93)


@pytest.mark.parametrize("sign", ["≥", "≤", ">", "<"])
@pytest.mark.parametrize("bar_gap", [0, 4])
def test_a_sign_is_what_its_foot_says(sign: str, bar_gap: int) -> None:
    image, word = drawn(sign, bar_gap=bar_gap)
    ((found, number),) = with_bars(image, [[word]])
    assert (found.text, number.text) == (sign, "00")
    assert found.box.x1 <= number.box.x0


def test_a_number_right_beside_its_sign_is_one_word_with_it() -> None:
    image, word = drawn("≥", gap=4)
    assert [w.text for w in with_bars(image, [[word]])[0]] == ["≥00"]


def test_words_without_such_signs_and_lines_without_words_are_left() -> None:
    image, word = drawn("≥")
    plain = Word("100", word.box, 0.9)
    assert with_bars(image, [[plain], []]) == ((plain,), ())


def test_a_word_outside_the_image_is_left() -> None:
    word = Word(">5", Box(0, 500, 40, 520), 0.9)
    assert with_bars(np.full((80, 160), 245, np.uint8), [[word]]) == ((word,),)
