"""One run at a time in an output folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from kehoach.ingest.batch.lock import output_lock
from kehoach.ingest.errors import UsageError


def enter(folder: Path) -> None:
    with output_lock(folder):
        pass


def test_a_second_run_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    with output_lock(tmp_path), pytest.raises(UsageError, match=rf"another run \(process {os.getpid()}\)"):
        enter(tmp_path)
    enter(tmp_path)


def test_nothing_is_left_behind_and_what_was_left_is_cleared(tmp_path: Path) -> None:
    work = tmp_path / ".kehoach"
    work.mkdir()
    (work / "lock").write_text("123", "utf-8")
    (work / ".123-abc.tmp").write_text("half", "utf-8")
    with output_lock(tmp_path) as scratch:
        assert [path.name for path in scratch.iterdir()] == ["lock"]
    assert list(tmp_path.iterdir()) == []


def test_an_output_folder_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", "utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        enter(tmp_path / "out")
