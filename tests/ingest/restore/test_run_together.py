"""Words that an engine has run together are parted where the parts are usual syllables that go together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.restore.model import model
from kehoach.ingest.restore.repair import CERTAIN
from kehoach.ingest.restore.run_together import Parter

PARTER = Parter(model())


def parted(text: str, sure: float = 0.9) -> str:
    return PARTER.parted(text, [(0, sure)])[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("VỀKINHTẾ", "VỀ KINH TẾ"),
        ("Diện tích lúacảnăm", "Diện tích lúa cả năm"),
        ("bảo hiểm ytế", "bảo hiểm y tế"),
        ("Đàntrâu, bò", "Đàn trâu, bò"),
        ("nghiêng người", "nghiêng người"),
        ("huyện Krông Năng", "huyện Krông Năng"),
        ("1 hécta", "1 hécta"),
        ("thidua", "thidua"),
        ("vàABC", "vàABC"),
        ("dân tộc Xêđăng", "dân tộc Xêđăng"),
        ("túi nilông", "túi nilông"),
    ],
)
def test_runs_are_parted_and_words_are_not(text: str, wanted: str) -> None:
    assert parted(text) == wanted


def test_what_the_engine_is_certain_of_stays() -> None:
    assert parted("lúacảnăm", sure=0.98) == "lúacảnăm"


def test_confidences_move_with_their_words() -> None:
    text, confidences = PARTER.parted("lúacảnăm 2030 ytế", [(0, 0.9), (9, 0.4), (14, 0.8)])
    assert text == "lúa cả năm 2030 y tế"
    assert [text[column:].split()[0] for column, _ in confidences] == ["lúa", "2030", "y"]
    assert confidences[1][1] == 0.4


def test_words_that_go_together_are_not_repaired_and_words_with_figures_not_parted() -> None:
    assert PARTER.parted("lúacảnăm", [(0, 0.5)])[1] == [(0, CERTAIN)]
    assert parted("Đàntrâu12 xuânvàhè,12", sure=0.45) == "Đàntrâu12 xuânvàhè,12"


@given(st.text(alphabet="abcđeêhimnoôtuyàếộúI 1/,", max_size=40))
def test_nothing_but_blanks_is_added(text: str) -> None:
    found, _ = PARTER.parted(text, [(0, 0.5)])
    assert found.replace(" ", "") == text.replace(" ", "")
