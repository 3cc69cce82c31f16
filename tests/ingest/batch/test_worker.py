"""What the worker reads, and what it makes of errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from kehoach.ingest.batch import worker
from kehoach.ingest.batch.archives import MemberReader
from kehoach.ingest.batch.worker import NoRoomError, OutputError, failure, output_error, read_input
from kehoach.ingest.errors import MissingInputError, TooLargeError


def test_an_input_that_went_away_or_became_a_folder_is_missing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name, reason in (("gone.pdf", "no such file"), ("folder", "is a directory|permission denied")):
        with pytest.raises(MissingInputError, match=reason):
            read_input(tmp_path / name, None, MemberReader())


def test_an_input_that_may_not_be_read_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.pdf").write_bytes(b"x")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(MissingInputError, match="permission denied"):
        read_input(tmp_path / "a.pdf", None, MemberReader())


def test_a_huge_input_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(b"xxx")
    monkeypatch.setattr(worker, "MAX_FILE_BYTES", 2)
    with pytest.raises(TooLargeError):
        read_input(tmp_path / "a.pdf", None, MemberReader())


@pytest.mark.parametrize(("number", "fatal"), [(28, True), (30, True), (13, False), (36, False)])
def test_a_disk_without_room_concerns_all_documents_and_a_bad_name_one(number: int, fatal: bool) -> None:
    error = output_error(OSError(number, "No"))
    assert isinstance(error, OutputError)
    assert isinstance(error, NoRoomError) is fatal
    outcome = failure(error, "a.pdf", None, 100)
    assert (outcome.fatal, outcome.retry) == (fatal, True)
