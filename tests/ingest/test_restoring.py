"""Legacy text in, restored text out: as many lines, with their ends."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from kehoach.ingest.errors import DictionaryError, MissingInputError, UnsupportedInputError
from kehoach.ingest.options import own_dictionaries
from kehoach.ingest.restoring import read_text, restored_json, restored_text


@pytest.mark.parametrize("text", ["x", "x\n", "x\r\ny\r\n", "x\n\n\ny", "\n", "x\fy\x0bz\u2028x\n"])
def test_lines_and_their_ends_are_kept(text: str) -> None:
    assert restored_text(text).decode() == text


def test_json_tells_the_lines_and_each_word_of_the_restored_ones() -> None:
    document = json.loads(restored_json("Ủy ban nhân dân xã Suối Mơ\r\n\nTran trong de nghi cac co quan, don vi\n"))
    assert len(document["lines"]) == 3
    assert document["lines"][:2] == ["Ủy ban nhân dân xã Suối Mơ", ""]
    assert document["restored_lines"] == [3]
    first = document["tokens"][0]
    assert (first["line"], first["column"], first["source"]) == (3, 1, "Tran")
    assert isinstance(first["alternatives"], list)


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
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4\n\xff")
    with pytest.raises(UnsupportedInputError, match="not a text file"):
        read_text(tmp_path / "scan.pdf")


def test_lists_of_the_users_own_act_while_they_are_given(user_dictionaries: Path) -> None:
    text = "Can bo phu trach XQZT bao cao ket qua thuc hien cong tac thi dua khen thuong"
    (user_dictionaries / "acronyms.tsv").write_text("form\tcount\nXQZT\t50\n", "utf-8")
    with own_dictionaries(user_dictionaries):
        assert b"XQZT" in restored_text(text)


def test_a_broken_list_of_the_users_own_is_told(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match="no such folder"), own_dictionaries(tmp_path / "none"):
        pass
