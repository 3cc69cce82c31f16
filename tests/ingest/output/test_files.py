"""No file is ever seen half written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from kehoach.ingest.output.files import (
    atomic_file,
    discard_conversion,
    encode_plan,
    has_conversion,
    write_conversion,
)
from kehoach.schemas import Plan


def test_a_file_appears_whole_and_leaves_no_other(tmp_path: Path) -> None:
    with atomic_file(tmp_path / "new" / "a.txt", tmp_path / "scratch") as stream:
        stream.write(b"one")
        assert not (tmp_path / "new" / "a.txt").exists()
    assert (tmp_path / "new" / "a.txt").read_bytes() == b"one"
    assert list((tmp_path / "scratch").iterdir()) == []


def test_an_error_leaves_what_was_there_before(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")

    def fail() -> None:
        with atomic_file(path) as stream:
            stream.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_bytes() == b"before"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_record_is_readable_json_that_reads_back_the_same(plan: Callable[..., Plan]) -> None:
    encoded = encode_plan(plan())
    assert "Ủy ban nhân dân".encode() in encoded
    assert encoded.endswith(b"}\n")
    assert Plan.model_validate_json(encoded) == plan()


def test_a_conversion_is_two_files_and_can_be_taken_away(tmp_path: Path, plan: Callable[..., Plan]) -> None:
    write_conversion(tmp_path, "x/y.pdf", plan(), "văn bản\n")
    assert (tmp_path / "x/y.pdf.txt").read_text("utf-8") == "văn bản\n"
    assert has_conversion(tmp_path, "x/y.pdf")
    discard_conversion(tmp_path, "x/y.pdf")
    discard_conversion(tmp_path, "x/y.pdf")
    assert not has_conversion(tmp_path, "x/y.pdf")
