"""The text layer of a page: decoded font by font, then kept or read again from the image."""

from __future__ import annotations

import pytest
from kehoach.ingest.readers.layer import decoded_words, layer_score, route
from kehoach.ingest.readers.pdf import PdfPage
from kehoach.ingest.readers.pdf_text import FontWord
from kehoach.ingest.values import Box, Word

GOOD_TEXT = "các thôn trồng thêm mười hai hàng cây ven đường mỗi hộ giữ sạch ngõ của mình trước ngày lễ lớn"
LEGACY_TEXT = "c¸c th«n trång thªm m­êi hai hµng c©y ven ®­êng mçi hé gi÷ s¹ch ngâ cña m×nh"
MISREAD_TEXT = "cdc thfn trdng thgm mudi hai hfng cfy ven dudng mfi hd giff sgch ngd cfa mlnh"
GOOD, LEGACY, MISREAD = 2 * GOOD_TEXT.split(), LEGACY_TEXT.split(), 2 * MISREAD_TEXT.split()
BOX = Box(10, 10, 30, 20)


def words(texts: list[str]) -> tuple[Word, ...]:
    return tuple(Word(text, BOX) for text in texts)


def page(*found: FontWord, cover: float = 0.0, hidden: float = 0.0, blank: bool = False) -> PdfPage:
    return PdfPage(1, 595, 842, found, (), cover, hidden, blank, None, 0)


def set_in(font: str, texts: list[str]) -> list[FontWord]:
    return [FontWord(Word(text, BOX), font) for text in texts]


def way(texts: list[str], shown: PdfPage) -> str:
    found = words(texts)
    return route(shown, found, layer_score(found)).kind


def test_each_font_is_decoded_by_itself() -> None:
    found = decoded_words(page(*set_in("AAAAAA+Old", LEGACY), *set_in("New", ["trồng", "©", "2031"])), {})
    assert [word.text for word in found][:4] == ["các", "thôn", "trồng", "thêm"]
    assert [word.text for word in found][-3:] == ["trồng", "©", "2031"]


def test_the_encoding_of_a_font_is_remembered_for_pages_with_few_words() -> None:
    fonts: dict[str, str] = {}
    few = page(*set_in("Old", ["c©y"]))
    assert [word.text for word in decoded_words(few, fonts)] == ["c©y"]
    decoded_words(page(*set_in("Old", LEGACY)), fonts)
    assert fonts == {"Old": "tcvn3"}
    assert [word.text for word in decoded_words(few, fonts)] == ["cây"]


def test_pieces_of_a_word_in_two_fonts_are_joined() -> None:
    pieces = [FontWord(Word("tr", Box(10, 10, 18, 20)), "A"), FontWord(Word("ồng", Box(18, 9, 40, 21)), "B", True)]
    assert decoded_words(page(*pieces), {}) == (Word("trồng", Box(10, 9, 40, 21)),)


def test_a_piece_without_a_word_before_it_stands_alone() -> None:
    assert [w.text for w in decoded_words(page(FontWord(Word("12", BOX), "A", True)), {})] == ["12"]


def test_words_of_nothing_but_signs_without_width_go() -> None:
    assert decoded_words(page(*set_in("A", ["\u200b", "\u00ad", "cây"])), {}) == words(["cây"])


def test_a_horn_stored_wrongly_anywhere_is_mended_everywhere() -> None:
    found = decoded_words(page(*set_in("A", ["Phƣờng", "HÕA"])), {})
    assert [word.text for word in found] == ["Phường", "HÒA"]


def test_a_blank_page_is_empty_and_a_page_of_drawings_is_read_from_its_image() -> None:
    assert way([], page(blank=True)) == "empty"
    assert way([], page()) == "ocr"
    assert way([], page(cover=1.0)) == "ocr"


def test_typed_text_is_kept_even_where_it_reads_badly() -> None:
    assert way(GOOD, page()) == "keep"
    assert way(MISREAD, page()) == "keep"
    assert way(["12", "345"], page()) == "keep"


@pytest.mark.parametrize(("cover", "hidden"), [(1.0, 0.0), (0.6, 1.0), (0.0, 1.0)])
def test_the_layer_of_a_scan_must_read_well(cover: float, hidden: float) -> None:
    scan = page(cover=cover, hidden=hidden)
    assert way(GOOD, scan) == "keep"
    assert way(MISREAD, scan) == "ocr"


def test_a_few_good_words_over_a_scan_are_a_stamp_and_no_layer() -> None:
    assert way(GOOD[:24], page(cover=1.0)) == "ocr"
    assert way(GOOD[:24], page(cover=0.4)) == "keep"


@pytest.mark.parametrize("strange", ["Ӂӂ", "ԱԲ", "\x07\x12", "\ue001\ue002"])
def test_letters_that_cannot_be_decoded_are_read_from_the_image(strange: str) -> None:
    assert way([strange, *GOOD[:9]], page()) == "ocr"


def test_a_page_with_pictures_whose_text_is_no_vietnamese_is_read_from_its_image() -> None:
    assert way(["xqzt"] * 30, page(cover=0.2)) == "ocr"
    assert way(["xqzt"] * 30, page()) == "keep"


def test_the_route_tells_its_reason() -> None:
    found = words(GOOD)
    assert route(page(cover=1.0), found, layer_score(found)).reason.startswith("good text layer over a scan (")
    assert route(page(), (), layer_score(())).reason == "no text layer"


def test_text_in_another_script_is_kept_as_it_is() -> None:
    assert way(["頻度の少ない", "単語の", "情報を", "学習するか"], page()) == "keep"
    assert way(["頻度の少ない", "単語の", "情報を", "学習するか"] * 10, page(cover=0.9)) == "ocr"


def test_formulas_in_running_english_are_no_broken_letters() -> None:
    english = ["the", "size", "of", "the", "set", "is", "bounded", "by", "that", "of", "a", "space", "and", "so", "on"]
    assert way([*(5 * english), *(20 * ["α", "βγ", "δ"])], page()) == "keep"
    assert way([*(2 * GOOD), *(40 * ["αβ", "βγ", "δε"])], page()) == "ocr"
