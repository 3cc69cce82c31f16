"""What a plan counts it writes of everywhere."""

from __future__ import annotations

import pytest
from kehoach.ingest.restore import restore
from kehoach.ingest.restore.settlements import settlements
from kehoach.ingest.restore.tokens import pieces

PLAN = """- 7/11 ap khong c6 diém den vé tai nan giao thong.
- Khen thudng 03 ap dan dau phong trao thi dua.
1. Cac ap ra soat, dang ky danh muc voi UBND xa trudéc ngay 28/02.
2. Trudng cac ap hop dan, gtri bién ban vé UBND xa."""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (PLAN, ["ấp"]),
        ("Cac ban nganh\nngay 05 thang 3 ban hanh\nUy ban nhan dan\nngay 15/3 ban hanh ké hoach\nban chi dao", []),
        ("13/13 budn\nbuon An", []),
        ("13/15 buon va 12 buon\nbuon An, buon Ha", ["buôn"]),
    ],
)
def test_settlements_are_those_that_numbers_stand_before(text: str, words: list[str]) -> None:
    assert settlements(pieces(text.split("\n"))) == words


def test_a_plan_that_counts_its_hamlets_writes_of_hamlets() -> None:
    assert "Các ấp rà soát" in restore(PLAN)
