"""Whole runs with converters that fail in every way: each input is accounted for, the others come out right."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from kehoach.ingest.batch.run import Summary
from kehoach.ingest.errors import UsageError
from kehoach.ingest.options import Options
from kehoach.ingest.output.manifest import ManifestLine, read_manifest
from kehoach.schemas import Plan

Run = Callable[..., Summary]
unix = pytest.mark.skipif(os.name != "posix", reason="needs the limits of a Unix system")


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")


def lines(out: Path) -> dict[str, ManifestLine]:
    return {line.file.removesuffix(".txt"): line for line in read_manifest(out)}


def tree(folder: Path) -> dict[str, bytes]:
    """All files but the manifest, whose seconds differ from run to run."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.jsonl")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(files)}


def test_records_texts_and_manifest_are_written(source: Path, out: Path, run: Run) -> None:
    (source / "xã").mkdir()
    (source / "xã" / "kế hoạch.txt").write_text("Trồng cây\nNuôi cá", "utf-8")
    summary = run()
    assert (summary.exit_code, summary.converted, summary.pages, summary.records["targets"]) == (0, 1, 1, 2)
    plan = Plan.model_validate_json((out / "xã/kế hoạch.txt.json").read_bytes())
    assert plan.source.file == "xã/kế hoạch.txt"
    assert (out / "xã/kế hoạch.txt.txt").read_text("utf-8") == "Trồng cây\nNuôi cá"
    (line,) = read_manifest(out)
    assert (line.file, line.status, line.sha256, line.pages) == ("xã/kế hoạch.txt", "ok", plan.source.sha256, 1)
    assert sorted(path.name for path in out.iterdir()) == ["manifest.jsonl", "xã"]


@unix
def test_whatever_a_document_does_the_run_goes_on(source: Path, out: Path, run: Run) -> None:
    words = {
        "segfault": "crash",
        "exit": "crash",
        "give_up": "crash",
        "allocate": "memory",
        "rubbish": "internal",
        "surrogate": "internal",
        "bug": "internal",
        "page": "damaged",
        "raise damaged": "damaged",
        "raise encrypted": "encrypted",
        "raise too_large": "too_large",
        "raise unsupported": "unsupported",
    }
    for number, word in enumerate(words):
        write(source, **{f"{number:02}_bad": f"{word} 1", f"{number:02}_good": "Trồng cây"})
    write(source, empty="")
    summary = run()
    found = lines(out)
    assert summary.exit_code == 1
    assert [found[f"{number:02}_bad"].category for number in range(len(words))] == list(words.values())
    assert all(found[f"{number:02}_good"].status == "ok" for number in range(len(words)))
    assert found["empty"].category == "missing"
    assert len(found) == summary.total == summary.finished


def test_a_crash_that_an_earlier_document_caused_is_not_laid_to_the_next(source: Path, out: Path, run: Run) -> None:
    write(source, a="poison 1", b="Trồng cây", c="Nuôi cá")
    assert run(workers=1).exit_code == 0
    assert [line.status for line in lines(out).values()] == ["ok", "ok", "ok"]


def test_workers_that_do_not_start_stop_the_run(source: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write(source, a="một")
    monkeypatch.setattr("kehoach.ingest.batch.process.sys.executable", shutil.which("false"))
    with pytest.raises(UsageError, match="no worker process starts"):
        run()


@unix
def test_a_worker_that_the_system_kills_is_a_crash_that_tells_of_memory(source: Path, out: Path, run: Run) -> None:
    write(source, a="killed 1", b="Trồng cây")
    run()
    assert (lines(out)["a"].category, lines(out)["b"].status) == ("crash", "ok")
    assert "when memory runs out" in (lines(out)["a"].error or "")


@unix
@pytest.mark.parametrize("word", ["hang", "child", "hanging_stray"])
def test_a_document_that_hangs_is_ended_with_all_that_it_started(word: str, source: Path, out: Path, run: Run) -> None:
    write(source, a=f"{word} 1", b="Trồng cây")
    run(options=Options(timeout=1), workers=1)
    found = lines(out)
    assert (found["a"].category, found["b"].status) == ("timeout", "ok")
    assert found["a"].sha256 is not None


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell the memory of processes")
def test_a_document_that_eats_memory_is_ended(source: Path, out: Path, run: Run) -> None:
    write(source, a="grow 1", b="Trồng cây", c="grow_and_abort 20")
    run(options=Options(max_memory=400))
    found = lines(out)
    assert (found["a"].category, found["b"].status, found["c"].category) == ("memory", "ok", "memory")


def test_pages_that_were_read_are_written_though_the_document_failed(source: Path, out: Path, run: Run) -> None:
    write(source, a="page 1")
    run()
    assert lines(out)["a"].error == "page 1: the page is broken"
    assert Plan.model_validate_json((out / "a.txt.json").read_bytes()).source.pages[0].error == "the page is broken"


def test_a_page_may_tell_the_category_of_its_error(source: Path, out: Path, run: Run) -> None:
    write(source, a="page too_large: has too many pixels")
    run()
    assert (lines(out)["a"].category, lines(out)["a"].error) == ("too_large", "page 1: has too many pixels")


def test_messages_are_one_line_and_do_not_repeat_the_name(source: Path, out: Path, run: Run) -> None:
    write(source, a="raise damaged")
    run()
    assert lines(out)["a"].error == "is damaged; mend it"


def test_a_second_run_does_nothing_and_says_the_same(source: Path, out: Path, run: Run) -> None:
    write(source, a="Trồng cây", b="raise damaged")
    run()
    before = (out / "manifest.jsonl").read_bytes()
    second = run()
    assert (second.converted, second.unchanged, len(second.failures), second.exit_code) == (0, 1, 1, 1)
    assert (out / "manifest.jsonl").read_bytes() == before


def test_what_changed_or_was_lost_is_converted_again(source: Path, out: Path, run: Run) -> None:
    write(source, a="một", b="hai", c="ba")
    run()
    write(source, a="bốn")
    (out / "b.txt.json").unlink()
    assert run().converted == 2
    assert (out / "a.txt.txt").read_text("utf-8") == "bốn"


def test_other_code_or_other_dictionaries_convert_everything_again(
    source: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(source, a="một", b="raise damaged")
    run()
    assert run().unchanged == 1
    monkeypatch.setattr("kehoach.ingest.batch.fingerprint.installed", lambda: "after an update")
    assert run().converted == 1
    assert run().unchanged == 1
    own = tmp_path / "own"
    own.mkdir()
    (own / "units.toml").write_text("", "utf-8")
    options = Options(dictionaries=own)
    assert (run(options=options).converted, run(options=options).unchanged) == (1, 1)
    (own / "units.toml").write_text("# changed", "utf-8")
    assert run(options=options).converted == 1


def test_failures_are_tried_again_when_asked_or_when_a_program_was_missing(source: Path, run: Run) -> None:
    write(source, a="một", b="raise damaged", c="raise tool")
    run()
    again = run(retry_failed=True)
    assert (again.unchanged, {line.file for line in again.failures}) == (1, {"b.txt", "c.txt"})
    assert run(force=True).converted == 1


def test_a_failure_leaves_no_record_of_an_earlier_content(source: Path, out: Path, run: Run) -> None:
    write(source, a="một")
    run()
    write(source, a="raise damaged")
    run()
    assert tree(out) == {}


@unix
def test_what_is_not_meant_to_be_converted_is_skipped_with_its_reason(
    source: Path, out: Path, run: Run, tmp_path: Path
) -> None:
    write(source, a="một", b="hai")
    (tmp_path / "secret.txt").write_text("ba", "utf-8")
    run()
    (source / "b.txt").unlink()
    (source / "b.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(source / "pipe")
    for _ in range(2):
        summary = run()
        assert (summary.exit_code, summary.skipped, summary.finished) == (0, 2, 3)
        assert {name: line.status for name, line in lines(out).items()} == {
            "a": "ok",
            "b": "skipped",
            "pipe": "skipped",
        }
        assert "leads out" in (lines(out)["b"].error or "")
        assert set(tree(out)) == {"a.txt.json", "a.txt.txt"}


def test_results_do_not_depend_on_the_number_of_workers(source: Path, out: Path, run: Run) -> None:
    write(source, **{f"p{number}": f"Chỉ tiêu {number}\n" * number for number in range(20)})
    run(workers=1)
    one = tree(out)
    run(workers=4, force=True)
    assert tree(out) == one
    assert [line.file for line in read_manifest(out)] == sorted(line.file for line in read_manifest(out))


def test_archives_are_read_as_folders(source: Path, out: Path, run: Run) -> None:
    with zipfile.ZipFile(source / "kho.zip", "w") as archive:
        archive.writestr("xã/a.txt", "một")
        archive.writestr("../../b.txt", "hai")
    run()
    assert (out / "kho.zip/xã/a.txt.txt").read_text("utf-8") == "một"
    assert (out / "kho.zip/_/_/b.txt.txt").read_text("utf-8") == "hai"
    assert list(lines(out)) == ["kho.zip/_/_/b", "kho.zip/xã/a"]


def test_names_of_any_length_are_written(source: Path, out: Path, run: Run) -> None:
    write(source, **{"kế" * 62: "một", "kế" * 61 + "x": "hai"})
    assert run().exit_code == 0
    assert len(tree(out)) == 4


def test_a_broken_dictionary_stops_the_run(source: Path, run: Run) -> None:
    write(source, a="raise dictionary", b="một")
    with pytest.raises(UsageError, match="is dictionary"):
        run()


def test_a_broken_installation_stops_the_run(source: Path, run: Run) -> None:
    write(source, a="một")
    with pytest.raises(UsageError, match="the installation is broken"):
        run(converter="kehoach.nothing:convert")


def test_a_record_that_cannot_be_written_is_a_failure_to_be_tried_again(source: Path, out: Path, run: Run) -> None:
    write(source, a="một", b="hai")
    (out / "a.txt.json" / "x").mkdir(parents=True)
    assert run().converted == 1
    assert "cannot be written" in (lines(out)["a"].error or "")
    shutil.rmtree(out / "a.txt.json")
    assert run().exit_code == 0


@unix
def test_a_member_of_an_archive_may_have_any_name(source: Path, out: Path, run: Run) -> None:
    write(source, a="một")
    with zipfile.ZipFile(source / "kho.zip", "w") as archive:
        archive.writestr("d" * 300 + "/" + "f" * 300 + ".txt", "hai")
        archive.writestr("/".join(["e" * 250] * 30), "ba")  # longer than a path may be
    summary = run()
    assert (summary.converted, len(summary.failures), summary.finished) == (2, 1, 3)
    assert "file name too long" in (summary.failures[0].error or "")
    assert len(tree(out)) == 4
    assert run().unchanged == 2


def test_a_disk_that_is_full_stops_the_run_before_the_next_document_is_lost(source: Path, out: Path, run: Run) -> None:
    write(source, a="một", b="full 1", c="ba")
    with pytest.raises(UsageError, match="no space left on device"):
        run(workers=1)
    assert set(lines(out)) == {"a"}
    assert set(tree(out)) == {"a.txt.json", "a.txt.txt"}
    write(source, b="hai")
    assert (run().unchanged, run().exit_code) == (1, 0)


def test_a_full_disk_stops_the_run_with_a_message(source: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    write(source, a="một")
    monkeypatch.setattr("kehoach.ingest.batch.journal.Journal.add", full)
    with pytest.raises(UsageError, match="no space left on device"):
        run()


def test_nothing_to_do_is_wrong_usage(source: Path, run: Run) -> None:
    with pytest.raises(UsageError, match="nothing to convert"):
        run()
    with pytest.raises(UsageError, match="there is no such file"):
        run(source / "none.pdf")


def test_a_missing_file_among_others_is_a_failure(source: Path, out: Path, run: Run) -> None:
    write(source, a="một")
    assert run(source / "none.txt", source / "a.txt").exit_code == 1
    assert {name: line.category for name, line in lines(out).items()} == {"a": None, "none": "missing"}
