"""Text of fonts and files from before Unicode, back into Vietnamese; good text is left alone."""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.text.encodings import (
    decode,
    decode_bytes,
    decode_font,
    detect,
    hints_at_glyphs,
    is_horn_variant,
    mend,
    mend_horn,
    table,
)

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
WORDS = (
    "các thôn trồng thêm mười hai hàng cây ven đường mỗi hộ giữ sạch ngõ của mình trước ngày lễ lớn xã vận động "
    "nhân dân phấn đấu đạt chuẩn quản lý bảo vệ rừng thuỷ lợi nghèo khó kỹ thuật mỹ dũng ngã bãi võ rõ"
)
SYLLABLES = WORDS.split()
SENTENCE = "các thôn trồng thêm mười hai hàng cây ven đường, mỗi hộ giữ sạch ngõ của mình: 97,5% (số 12)"
TONES = "\u0300\u0301\u0303\u0309\u0323"
LEGACY = ("tcvn3", "vni", "viscii")


def encode(text: str, encoding: str) -> str:
    """The text as the legacy font stores it: the decoding table read backwards."""
    legacy: dict[str, str] = {}
    for stored, letter in table(encoding).items():
        legacy.setdefault(letter, stored)
    return "".join(legacy.get(letter, letter) for letter in text)


def windows_1258(text: str) -> bytes:
    """The text with each tone that has no letter of its own after its vowel."""
    parts: list[str] = []
    for letter in text:
        try:
            letter.encode("cp1258")
            parts.append(letter)
        except UnicodeEncodeError:
            signs = unicodedata.normalize("NFD", letter)
            bare = "".join(sign for sign in signs if sign not in TONES)
            parts.append(unicodedata.normalize("NFC", bare) + "".join(sign for sign in signs if sign in TONES))
    return "".join(parts).encode("cp1258")


@pytest.mark.parametrize("encoding", LEGACY)
@given(st.text(alphabet=st.sampled_from(LETTERS + " 0123456789.,-"), max_size=40))
def test_small_letters_come_back_from_every_font_encoding(encoding: str, text: str) -> None:
    assert decode(encode(text, encoding), encoding) == text


@pytest.mark.parametrize("encoding", ["vni", "viscii"])
@given(st.text(alphabet=st.sampled_from(LETTERS.upper() + " 0123456789"), max_size=40))
def test_capitals_come_back_where_a_font_has_them(encoding: str, text: str) -> None:
    assert decode(encode(text, encoding), encoding) == text


@given(st.text(alphabet=st.sampled_from(LETTERS + LETTERS.upper() + "FJWZfjwz 0123456789.,;:/()%+-"), max_size=40))
def test_glyph_indexes_give_the_letters_and_figures_back(text: str) -> None:
    assert decode(encode(text, "glyph_index"), "glyph_index") == text


@pytest.mark.parametrize("encoding", LEGACY)
def test_a_font_encoding_is_told_by_its_letters(encoding: str) -> None:
    stored = encode(SENTENCE, encoding)
    assert stored != SENTENCE
    assert detect(stored) == encoding
    assert mend(stored) == SENTENCE


@pytest.mark.parametrize(
    ("font", "encoding"), [(".VnTime", "tcvn3"), ("ABCDEF+VNI-Times", "vni"), ("HoangYen 1.1", "viscii")]
)
def test_the_name_of_a_font_tells_the_encoding_of_a_few_words(font: str, encoding: str) -> None:
    stored = encode("trồng cây", encoding)
    assert detect(stored, font) == encoding
    assert decode_font(stored, encoding, font) == "trồng cây"


def test_the_name_of_a_font_is_not_believed_against_its_letters() -> None:
    assert detect(SENTENCE, ".VnTime") is None


def test_a_capital_font_stores_its_capitals_as_small_letters() -> None:
    stored = encode("kế hoạch", "tcvn3")
    assert decode_font(stored, "tcvn3", ".VnTimeH") == "KẾ HOẠCH"
    assert decode_font(stored, "tcvn3", ".VnTime") == "kế hoạch"


def test_glyph_indexes_are_told_by_letters_that_vietnamese_lacks() -> None:
    stored = encode("Số hộ được hỗ trợ: 15", "glyph_index")
    assert detect(stored) == "glyph_index"
    assert hints_at_glyphs(stored)
    assert mend(stored) == "Số hộ được hỗ trợ: 15"
    assert not hints_at_glyphs(SENTENCE)


def test_figures_that_hide_in_control_characters_are_read_right() -> None:
    assert encode("2031", "glyph_index") == "\x15\x13\x16\x14"
    assert decode("\x15\x13\x16\x14", "glyph_index") == "2031"


@given(st.lists(st.sampled_from([*SYLLABLES, *map(str.capitalize, SYLLABLES), "2031", "15,5", "UBND"]), max_size=30))
def test_good_vietnamese_is_never_changed(words: list[str]) -> None:
    text = " ".join(words)
    assert detect(text) is None
    assert mend(text) == text
    assert decode_bytes(text.encode()) == text


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_text_is_never_changed(text: str) -> None:
    assert mend(text) == text


def test_a_horn_stored_as_another_letter_is_mended_with_its_companion() -> None:
    stored = "Phƣờng ĐƢỜNG HÕA, võ, HÕ, RÕ"
    assert is_horn_variant(stored)
    assert mend_horn(stored) == "Phường ĐƯỜNG HÒA, võ, HÒ, RÕ"
    assert mend(stored) == mend_horn(stored)


def test_the_two_letters_of_the_macintosh_table_are_told_apart_in_its_texts_only() -> None:
    assert decode("BÃI BÃ", "mac_roman") == "BÃI BÌ"
    assert decode("BÌI Ã", "viscii").startswith("BÌI")


def test_a_tilde_is_kept_where_no_horn_was_stored_wrongly() -> None:
    assert mend("Hõa và VÕ") == "Hõa và VÕ"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_files_are_read_whatever_their_mark(encoding: str) -> None:
    text = f"{SENTENCE}\nKẾ HOẠCH NĂM 2031\n"
    assert decode_bytes(text.encode(encoding)) == text


def test_the_other_byte_order_mark_is_read_too() -> None:
    assert decode_bytes(codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be")) == SENTENCE


@given(st.lists(st.sampled_from(SYLLABLES), min_size=8, max_size=30))
def test_windows_1258_files_are_read(words: list[str]) -> None:
    text = " ".join([*words, "đường", "cây"])
    assert decode_bytes(windows_1258(text)) == text


@pytest.mark.parametrize(("encoding", "page"), [("tcvn3", "latin-1"), ("viscii", "latin-1"), ("vni", "cp1252")])
def test_eight_bit_files_are_read_as_what_reads_best(encoding: str, page: str) -> None:
    assert decode_bytes(encode(SENTENCE, encoding).encode(page)) == SENTENCE


@pytest.mark.parametrize("encoding", LEGACY)
def test_legacy_letters_that_somebody_stored_as_utf_8_are_decoded(encoding: str) -> None:
    assert decode_bytes(encode(SENTENCE, encoding).encode()) == SENTENCE


def test_a_cut_or_damaged_utf_8_file_is_read_all_the_same() -> None:
    data = SENTENCE.encode()
    cut = data[: data.index("đường".encode()) + 1]
    assert decode_bytes(cut) == "các thôn trồng thêm mười hai hàng cây ven \ufffd"
    assert decode_bytes(data[:20] + b"\xff" + data[20:]).replace("\ufffd", "") == SENTENCE


@pytest.mark.parametrize(
    "text",
    ["Café résumé naïve à la carte", "Ch\ufffd ti\ufffdu 2031",
     "Le comité a décidé de planter des arbres, où règne la forêt, déjà prête, été 2031",
     "phdt déng phong trào thi dua yéu nuéc nam 2031 trén dia bàn xà", "© ® ™ 2031 ° § µ ±10% m²"],
)  # fmt: skip
def test_other_text_than_legacy_letters_is_left_alone(text: str) -> None:
    assert mend(text) == text
    assert decode_bytes(text.encode()) == text


@given(st.binary(max_size=200))
def test_no_bytes_stop_the_reading(data: bytes) -> None:
    assert decode_bytes(data) == decode_bytes(data)


def test_every_legacy_letter_stands_for_one_letter() -> None:
    names = (*LEGACY, "glyph_index", "mac_roman")
    assert all(len(unicodedata.normalize("NFC", letter)) == 1 for name in names for letter in table(name).values())
    assert table("unheard of") == {}
