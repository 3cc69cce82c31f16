"""Which files a run finds, and the names that their outputs take."""

from __future__ import annotations

import os
import unicodedata
import zipfile
from pathlib import Path

import pytest
from kehoach.ingest.batch.discovery import Job, Selection, discover
from kehoach.ingest.errors import UsageError


def write(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def found(*paths: Path, selection: Selection | None = None, left_out: Path = Path("nowhere")) -> dict[str, Job]:
    return {job.name: job for job in discover(paths, selection or Selection(), left_out)}


def test_names_are_relative_to_the_folder_and_in_order(tmp_path: Path) -> None:
    for name in ("b/kế hoạch số 2.pdf", "a/x.txt", "b/a/x.txt", "c.md"):
        write(tmp_path / name)
    assert list(found(tmp_path)) == ["a/x.txt", "b/a/x.txt", "b/kế hoạch số 2.pdf", "c.md"]


def test_a_file_has_its_bare_name(tmp_path: Path) -> None:
    assert list(found(write(tmp_path / "a/x.txt"))) == ["x.txt"]


def test_hidden_files_and_litter_are_nobodys_plans(tmp_path: Path) -> None:
    for name in (".git/config", "~$plan.docx", "Thumbs.db", "__MACOSX/plan.pdf", "plan.pdf"):
        write(tmp_path / name)
    assert list(found(tmp_path)) == ["plan.pdf"]


def test_the_output_folder_within_the_input_is_passed_by(tmp_path: Path) -> None:
    write(tmp_path / "plan.pdf")
    write(tmp_path / "out/plan.pdf.txt")
    assert list(found(tmp_path, left_out=tmp_path / "out")) == ["plan.pdf"]


def test_equal_names_in_different_arguments_get_their_folders(tmp_path: Path) -> None:
    one, two = write(tmp_path / "2023/xã/plan.pdf"), write(tmp_path / "2024/xã/plan.pdf")
    assert {name: job.path for name, job in found(one, two).items()} == {
        "2023/xã/plan.pdf": one,
        "2024/xã/plan.pdf": two,
    }
    folders = found(tmp_path / "2023", tmp_path / "2024", write(tmp_path / "other.pdf"))
    assert list(folders) == ["2023/xã/plan.pdf", "2024/xã/plan.pdf", "other.pdf"]


def test_the_same_argument_twice_is_one_input(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.pdf")
    assert list(found(path, tmp_path / "." / "plan.pdf")) == ["plan.pdf"]


def test_a_file_within_a_folder_that_is_given_too_is_one_input(tmp_path: Path) -> None:
    path = write(tmp_path / "a/b/plan.pdf")
    with zipfile.ZipFile(tmp_path / "a/kho.zip", "w") as archive:
        archive.writestr("x.txt", "một")
    expected = ["b/plan.pdf", "kho.zip/x.txt"]
    for more in (path, path.parent, tmp_path / "a/kho.zip", tmp_path / "a/../a/b"):
        assert list(found(tmp_path / "a", more)) == list(found(more, tmp_path / "a")) == expected


def test_the_output_may_not_mix_with_the_inputs(tmp_path: Path) -> None:
    plan = write(tmp_path / "in/plan.pdf")
    with pytest.raises(UsageError, match="is an input too"):
        found(tmp_path / "in", left_out=tmp_path / "in")
    assert list(found(plan, left_out=tmp_path / "in")) == ["plan.pdf"]
    text = write(tmp_path / "in/plan.pdf.txt")
    with pytest.raises(UsageError, match="would take its place"):
        found(plan, text, left_out=tmp_path / "in")
    with zipfile.ZipFile(tmp_path / "in/kho.zip", "w") as archive:
        archive.writestr("x.txt", "một")
    with pytest.raises(UsageError, match="would take its place"):
        found(tmp_path / "in/kho.zip", left_out=tmp_path / "in")


def test_an_archive_beside_a_folder_of_its_name_keeps_apart(tmp_path: Path) -> None:
    write(tmp_path / "a/kho.zip/x.txt")
    (tmp_path / "b").mkdir()
    with zipfile.ZipFile(tmp_path / "b/kho.zip", "w") as archive:
        archive.writestr("x.txt", "một")
    assert list(found(tmp_path / "a", tmp_path / "b")) == ["a/kho.zip/x.txt", "b/kho.zip/x.txt"]


def test_patterns_and_dates_are_also_for_files_that_are_named(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old.pdf"), write(tmp_path / "new.pdf")
    os.utime(old, (1000, 1000))
    os.utime(new, (3000, 3000))
    assert list(found(old, new, selection=Selection(exclude=("n*",)))) == ["old.pdf"]
    assert list(found(old, new, selection=Selection(since=2000))) == ["new.pdf"]


def test_patterns_match_however_letters_are_encoded(tmp_path: Path) -> None:
    write(tmp_path / unicodedata.normalize("NFD", "Kế hoạch.pdf"))
    assert len(found(tmp_path, selection=Selection(include=(unicodedata.normalize("NFC", "kế hoạch*"),)))) == 1


def test_patterns_on_the_name_of_an_archive_are_for_all_in_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "kho.zip", "w") as archive:
        archive.writestr("a.txt", "một")
    write(tmp_path / "b.txt")
    write(tmp_path / "broken.zip", b"PK no archive")
    assert list(found(tmp_path, selection=Selection(exclude=("*.zip",)))) == ["b.txt"]
    assert list(found(tmp_path, selection=Selection(include=("kho.zip",)))) == ["broken.zip", "kho.zip/a.txt"]


def test_patterns_choose_by_name_or_by_path(tmp_path: Path) -> None:
    for name in ("a/x.PDF", "a/x.txt", "b/x.pdf"):
        write(tmp_path / name)
    assert list(found(tmp_path, selection=Selection(include=("*.pdf",)))) == ["a/x.PDF", "b/x.pdf"]
    assert list(found(tmp_path, selection=Selection(exclude=("b/*", "*.txt")))) == ["a/x.PDF"]


def test_only_what_changed_since_then(tmp_path: Path) -> None:
    os.utime(write(tmp_path / "old.txt"), (1000, 1000))
    os.utime(write(tmp_path / "new.txt"), (3000, 3000))
    assert list(found(tmp_path, selection=Selection(since=2000))) == ["new.txt"]


def test_what_does_not_exist_is_a_job_with_an_error(tmp_path: Path) -> None:
    job = found(tmp_path / "none.pdf")["none.pdf"]
    assert job.error is not None
    assert job.error.category == "missing"
    assert "there is no such file" in str(job.error)


@pytest.mark.skipif(os.name != "posix", reason="needs links and pipes of a Unix system")
def test_links_out_of_the_tree_and_special_files_are_skipped(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside/secret.txt")
    tree = tmp_path / "tree"
    write(tree / "plan.txt")
    (tree / "within.txt").symlink_to(tree / "plan.txt")
    (tree / "out.txt").symlink_to(outside)
    (tree / "folder").symlink_to(outside.parent, target_is_directory=True)
    (tree / "loop").symlink_to(tree, target_is_directory=True)
    os.mkfifo(tree / "pipe.zip")
    (tree / "round.txt").symlink_to(tree / "round.txt")
    (tree / "gone.txt").symlink_to(tree / "nothing.txt")
    jobs = found(tree)
    skipped = {"out.txt", "folder", "loop", "pipe.zip"}
    assert {name for name, job in jobs.items() if job.skipped} == skipped
    assert {name for name, job in jobs.items() if job.error} == {"gone.txt", "round.txt"}
    assert set(jobs) == skipped | {"plan.txt", "within.txt", "gone.txt", "round.txt"}


@pytest.mark.skipif(os.name != "posix", reason="needs pipes of a Unix system")
def test_a_special_file_that_the_user_names_is_a_failure(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    error = found(tmp_path / "pipe")["pipe"].error
    assert error is not None
    assert error.category == "unsupported"


@pytest.mark.skipif(os.name != "posix", reason="needs a file system that takes any bytes")
def test_a_name_that_is_no_unicode_is_written_with_escapes(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/k\xe9.txt")).write_bytes(b"x")
    assert list(found(tmp_path)) == ["k\\xe9.txt"]


def test_an_archive_is_a_folder(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "kho.zip", "w") as archive:
        archive.writestr("2024/kế hoạch.txt", "một")
        archive.writestr(".hidden", "hai")
        archive.writestr("a.md", "ba")
    jobs = found(tmp_path, selection=Selection(exclude=("*.md",)))
    assert [(job.name, job.path.name, job.member) for job in jobs.values()] == [
        ("kho.zip/2024/kế hoạch.txt", "kho.zip", "2024/kế hoạch.txt")
    ]


def test_an_archive_that_is_none_is_a_job_with_an_error(tmp_path: Path) -> None:
    write(tmp_path / "kho.zip", b"PK no archive")
    error = found(tmp_path)["kho.zip"].error
    assert error is not None
    assert error.category == "damaged"
