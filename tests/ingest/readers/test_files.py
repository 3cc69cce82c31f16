"""Bytes of named files."""

from __future__ import annotations

from pathlib import Path

import pytest
from kehoach.ingest.errors import MissingInputError, TooLargeError
from kehoach.ingest.readers import files
from kehoach.ingest.readers.files import read_file


def test_the_bytes_of_a_file_are_read(tmp_path: Path) -> None:
    (tmp_path / "kế hoạch.txt").write_bytes(b"\x00plan\r\n")
    assert read_file(tmp_path / "kế hoạch.txt") == b"\x00plan\r\n"


def test_a_missing_file_and_a_folder_are_missing_input(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError, match="no such file"):
        read_file(tmp_path / "plan.pdf")
    with pytest.raises(MissingInputError, match="cannot be read"):
        read_file(tmp_path)


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(bytes(11))
    monkeypatch.setattr(files, "_MOST_BYTES", 10)
    with pytest.raises(TooLargeError, match="split the file"):
        read_file(path)
    path.write_bytes(bytes(10))
    assert len(read_file(path)) == 10
