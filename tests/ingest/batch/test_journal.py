"""What a second run takes as done."""

from __future__ import annotations

from pathlib import Path

import pytest
from kehoach.ingest.batch.journal import Journal, Keys
from kehoach.ingest.options import Options
from kehoach.ingest.output.manifest import MANIFEST_NAME, ManifestLine, read_manifest

KEYS = Keys(Options())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "out"


def journal(folder: Path) -> Journal:
    return Journal(folder, folder / "work")


def line(file: str, status: str = "ok", key: str | None = KEYS.ok) -> ManifestLine:
    return ManifestLine.model_validate({"file": file, "sha256": "a" * 64, "status": status, "key": key})


def outputs(folder: Path, name: str) -> None:
    for suffix in (".json", ".txt"):
        (folder / (name + suffix)).write_text("x", "utf-8")


def test_lines_are_on_the_disk_at_once_and_in_order_at_the_end(folder: Path) -> None:
    with journal(folder) as book:
        book.add(line("b.pdf"))
        book.add(line("a.pdf"))
        assert [entry.file for entry in read_manifest(folder)] == ["b.pdf", "a.pdf"]
    assert [entry.file for entry in read_manifest(folder)] == ["a.pdf", "b.pdf"]


def test_a_later_run_keeps_the_lines_of_other_inputs_and_replaces_its_own(folder: Path) -> None:
    with journal(folder) as book:
        book.add(line("a.pdf", "failed", KEYS.failed))
        book.add(line("b.pdf"))
    with journal(folder) as book:
        book.add(line("a.pdf"))
    assert [(entry.file, entry.status) for entry in read_manifest(folder)] == [("a.pdf", "ok"), ("b.pdf", "ok")]


def test_a_torn_line_does_not_spoil_the_next(folder: Path) -> None:
    folder.mkdir()
    (folder / MANIFEST_NAME).write_text(line("a.pdf").model_dump_json() + '\n{"file": "b', "utf-8")
    with journal(folder) as book:
        book.add(line("c.pdf"))
    assert [entry.file for entry in read_manifest(folder)] == ["a.pdf", "c.pdf"]


def test_done_means_same_key_and_outputs_still_there(folder: Path) -> None:
    with journal(folder) as book:
        book.add(line("a.pdf"))
        book.add(line("lost.pdf"))
        book.add(line("other.pdf", key="0123"))
        outputs(folder, "a.pdf")
        outputs(folder, "other.pdf")
    later = journal(folder)
    assert later.known_hash("a.pdf", KEYS, retry_failed=False) == "a" * 64
    for name in ("lost.pdf", "other.pdf", "new.pdf"):
        assert later.known_hash(name, KEYS, retry_failed=False) is None


def test_failures_are_done_unless_they_are_to_be_tried_again_or_held_for_nothing(folder: Path) -> None:
    with journal(folder) as book:
        book.add(line("a.pdf", "failed", KEYS.failed))
        book.add(line("tool.pdf", "failed", None))
    later = journal(folder)
    assert later.known_hash("a.pdf", KEYS, retry_failed=False) == "a" * 64
    assert later.known_hash("a.pdf", KEYS, retry_failed=True) is None
    assert later.known_hash("tool.pdf", KEYS, retry_failed=False) is None


def test_limits_of_effort_concern_failures_only() -> None:
    patient = Keys(Options(timeout=9999, max_memory=9999))
    assert patient.ok == KEYS.ok
    assert patient.failed != KEYS.failed


@pytest.mark.parametrize("options", [Options(render_dpi=200), Options(max_pages=3), Options(self_training=False)])
def test_all_other_options_concern_both(options: Options) -> None:
    assert Keys(options).ok != KEYS.ok
    assert Keys(options).failed != KEYS.failed


def test_other_code_is_another_result() -> None:
    assert Keys(Options(), code="99").ok != KEYS.ok
    assert Keys(Options(), code="99").failed != KEYS.failed


def test_the_content_of_the_users_dictionaries_counts_not_their_place(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "units.toml").write_text("x", "utf-8")
    one, two = (Keys(Options(dictionaries=tmp_path / name)).ok for name in ("one", "two"))
    assert one == two != KEYS.ok
    (tmp_path / "two" / "units.toml").write_text("y", "utf-8")
    assert Keys(Options(dictionaries=tmp_path / "two")).ok != one
