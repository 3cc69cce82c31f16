"""The score that tells Vietnamese from legacy encodings and rubbish."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.text.quality import is_syllable, score

GOOD = "Các thôn trồng thêm mười hai hàng cây ven đường, mỗi hộ giữ sạch ngõ của mình trước ngày lễ lớn"
BARE = "Cac thon trong them muoi hai hang cay ven duong, moi ho giu sach ngo cua minh truoc ngay le lon"
MISREAD = "Céc thén tréng thém mudi hai hang céy ven dudng, mdi hd gitf sach ngd cfla minh tnrdc ngay 1é ldn"
RUBBISH = "xqzt wvvk jfzr lkjw qqpt zzxw vbnm wrtp sdfg hjkl zxcv qwrt plmk wsxz rfvb tgbn"


def test_good_text_scores_above_damaged_text_above_rubbish() -> None:
    values = [score(text).value for text in (GOOD, MISREAD, RUBBISH)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0.9
    assert 0.1 < values[1] < 0.75
    assert values[2] < 0.05


def test_text_without_any_mark_scores_nothing_however_legal() -> None:
    assert score(BARE).marked == 0.0
    assert score(BARE).value == 0.0
    assert score(BARE).words == score(GOOD).words


def test_few_words_lean_to_the_middle() -> None:
    assert score("").value == 0.5
    assert 0.5 < score("mười cây").value < score("mười cây ven đường").value < score(GOOD).value
    assert score("xqzt").value == pytest.approx(0.5 * 7 / 8)


def test_acronyms_and_single_letters_say_nothing() -> None:
    assert score("UBND THPT a b c").words == 0
    assert score("Ủy ban").words == 2
    assert score("CHANHVANPHONG").words == 1


@pytest.mark.parametrize("word", ["nghiêng", "Đường", "quyết", "TRƯỜNG", "xã", "oanh", "khuya", "giếng"])
def test_vietnamese_syllables_are_known(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", ["thdn", "nghkiêng", "jazz", "hoc", "lứcc", "phfong", "ắá"])
def test_other_words_are_none(word: str) -> None:
    assert not is_syllable(word)


@given(st.text())
def test_the_score_is_a_share(text: str) -> None:
    found = score(text)
    assert 0.0 <= found.legal <= 1.0
    assert 0.0 <= found.marked <= 1.0
    assert 0.0 <= found.value <= 1.0
    assert score(text) == found
