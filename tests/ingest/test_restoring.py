"""Legacy text in, restored text out: as many lines, with their ends."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest import restoring
from kehoach.ingest.errors import DamagedInputError, MissingInputError
from kehoach.ingest.restoring import read_text, restored_json, restored_text


@dataclass
class Token:
    line: int
    column: int
    token: str
    source: str
    confidence: float
    alternatives: tuple[str, ...]


@dataclass
class Restored:
    lines: tuple[str, ...]
    tokens: tuple[Token, ...]
    restored: bool


@pytest.fixture(autouse=True)
def upper_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """A restorer that only raises letters."""

    def restore(lines: list[str]) -> Restored:
        token = Token(1, 1, "KẾ", "ke", 0.5, ("KỂ",))
        return Restored(tuple(line.replace("x", "X") for line in lines), (token,), True)

    monkeypatch.setattr(restoring, "_restored", restore)


@pytest.mark.parametrize("text", ["x", "x\n", "x\r\ny\r\n", "x\n\n\ny", "\n", "x\fy\x0bz\u2028x\n"])
def test_lines_and_their_ends_are_kept(text: str) -> None:
    assert restored_text(text).decode() == text.replace("x", "X")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1))
def test_nothing_is_lost_between_the_lines(text: str) -> None:
    assert restored_text(text).decode() == text.replace("x", "X")


def test_json_tells_each_word_and_what_else_it_may_be() -> None:
    document = json.loads(restored_json("x\ny\n"))
    assert (document["restored"], document["lines"]) == (True, ["X", "y"])
    assert document["tokens"][0]["alternatives"] == ["KỂ"]


def test_text_comes_from_a_file_or_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffkế".encode())
    assert read_text(tmp_path / "a.txt") == "kế"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("hoạch".encode())))
    assert read_text(None) == "hoạch"


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError, match="cannot be read"):
        read_text(tmp_path / "none.txt")
    (tmp_path / "empty.txt").touch()
    with pytest.raises(MissingInputError, match="there is no text"):
        read_text(tmp_path / "empty.txt")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-\xff")
    with pytest.raises(DamagedInputError, match="not text in UTF-8"):
        read_text(tmp_path / "scan.pdf")
