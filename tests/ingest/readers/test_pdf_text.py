"""Letters of a text layer become words, upright, whatever the direction of the page."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2 as pdfium
import pytest
from kehoach.ingest.readers.pdf_text import Turn, read_chars, read_words, text_quarter
from kehoach.ingest.values import Box
from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas], None]
SIZE = (400.0, 300.0)


def words(draw: Draw, quarter: int | None = None) -> tuple[int, list[tuple[str, Box]]]:
    """Quarter turns of the text of a drawn page, and its words with their boxes."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=SIZE)
    canvas.setFont("Helvetica", 12)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    page = pdfium.PdfDocument(out.getvalue())[0]
    textpage = page.get_textpage()
    chars = read_chars(textpage)
    found = text_quarter(textpage, chars) if quarter is None else quarter
    turn = Turn(found, 0.0, 0.0, *SIZE)
    return found, [(item.word.text, item.word.box) for item in read_words(textpage, chars, turn)]


def said(draw: Draw) -> list[str]:
    return [text for text, _ in words(draw)[1]]


def test_blanks_part_words_and_gaps_do_too() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 200, "mot hai")
        canvas.drawString(120, 200, "ba")

    assert said(draw) == ["mot", "hai", "ba"]


def test_letters_set_one_by_one_make_one_word() -> None:
    def draw(canvas: Canvas) -> None:
        x = 50.0
        for letter in "1.417":
            canvas.drawString(x, 200, letter)
            x += canvas.stringWidth(letter, "Helvetica", 12)

    assert said(draw) == ["1.417"]


def test_bold_made_by_printing_twice_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 200, "KE")
        canvas.drawString(50.2, 200, "KE")

    assert said(draw) == ["KE"]


def test_words_on_two_lines_stay_apart() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 200, "tren")
        canvas.drawString(50, 180, "duoi")

    found = words(draw)[1]
    assert [text for text, _ in found] == ["tren", "duoi"]
    assert found[0][1].bottom <= found[1][1].top + 2


@pytest.mark.parametrize(("degrees", "quarter"), [(0, 0), (90, 1), (180, 2), (270, 3)])
def test_the_direction_of_the_text_is_told_and_its_words_stand_upright(degrees: int, quarter: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(200, 150)
        canvas.rotate(degrees)
        canvas.drawString(-60, 20, "mot hai ba")
        canvas.drawString(-60, -20, "bon nam")

    found, read = words(draw)
    assert found == quarter
    boxes = dict(read)
    assert sorted(boxes) == ["ba", "bon", "hai", "mot", "nam"]
    assert boxes["mot"].x1 - boxes["mot"].x0 > boxes["mot"].bottom - boxes["mot"].top > 5
    assert boxes["mot"].x1 <= boxes["hai"].x0 < boxes["ba"].x0
    assert boxes["mot"].bottom < boxes["bon"].top


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_a_turned_box_lies_on_the_upright_page(quarter: int) -> None:
    turn = Turn(quarter, 10.0, 20.0, 400.0, 300.0)
    width, height = turn.size()
    box = turn.box(10.0, 20.0, 410.0, 320.0)
    assert box == Box(0.0, 0.0, width, height)


def test_a_page_without_letters_has_no_words() -> None:
    assert words(lambda canvas: canvas.rect(10, 10, 50, 50)) == (0, [])


def test_the_same_letters_beside_each_other_in_small_type_stay() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 1)
        canvas.drawString(50, 200, "1.000")

    assert said(draw) == ["1.000"]
