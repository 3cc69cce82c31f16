"""Unicode form, keys and leftovers of markup."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.text.normalize import fold, fold_signs, nfc, plain, squeeze, without_markup
from kehoach.ingest.values import Passage

VIETNAMESE = st.text(alphabet=st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặềểễếệĐƯỚỜỠ 0123456789"))


@given(VIETNAMESE)
def test_decomposed_text_becomes_composed(text: str) -> None:
    assert nfc(unicodedata.normalize("NFD", text)) == text


@given(st.text())
def test_normalizing_twice_changes_nothing_more(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
    assert squeeze(squeeze(text)) == squeeze(text)


def test_signs_without_width_go_and_wide_blanks_become_plain() -> None:
    assert nfc("\ufeffkế\u200b ho\u00adạch\u00a0năm\u3000nay\u2060") == "kế hoạch năm nay"


def test_icelandic_eth_is_the_vietnamese_letter() -> None:
    assert nfc("Ðồi Sim, ðồng ruộng") == "Đồi Sim, đồng ruộng"


def test_a_key_has_no_marks_and_single_blanks() -> None:
    assert fold("  ỦY BAN  nhân\tdân Đồi Sim ") == "uy ban nhan dan doi sim"


@given(st.text().map(nfc))
def test_folded_signs_stand_where_they_stood(text: str) -> None:
    assert len(fold_signs(text)) == len(text)


@given(VIETNAMESE)
def test_folded_signs_and_key_agree_on_vietnamese(text: str) -> None:
    assert squeeze(fold_signs(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("**Nơi nhận:**", "Nơi nhận:"),
        ("***TM. UBND***", "TM. UBND"),
        ("### Chương trình", "Chương trình"),
        ("<b>10</b> hộ<br/>", "10 hộ"),
        ("* Đối với thôn", "* Đối với thôn"),
        ("3 * 4 = 12", "3 * 4 = 12"),
        ("dưới <5 hộ và >3 hộ", "dưới <5 hộ và >3 hộ"),
    ],
)
def test_only_markup_is_taken_off(text: str, bare: str) -> None:
    assert without_markup(Passage(text, ())).text == bare


def test_values_lose_escapes_and_double_blanks() -> None:
    assert plain(r"1\.  Giống **lúa** \- mới") == "1. Giống lúa - mới"
