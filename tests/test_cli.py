"""The command line: what it prints where, and how it exits."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from kehoach import __version__
from kehoach.cli import app, main
from kehoach.ingest.batch import run as batch_run
from kehoach.ingest.output.manifest import read_manifest
from kehoach.schemas import Plan
from typer.testing import CliRunner

Call = Callable[..., tuple[int, str, str]]
FAULTY = f"{Path(__file__).parent / 'ingest/batch/faulty.py'}:convert"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """Run a command with the tests' converter; gives exit status, standard output and standard error."""
    original = batch_run.BatchOptions
    monkeypatch.setattr(
        batch_run, "BatchOptions", lambda *values, **named: replace(original(*values, **named), converter=FAULTY)
    )

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kehoach", *map(str, arguments)])
        with pytest.raises(SystemExit) as exit_info:
            main()
        output = capfd.readouterr()
        return int(exit_info.value.code or 0), output.out, output.err

    return run


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Trồng cây\nNuôi cá", "utf-8")
    return folder


def test_convert_says_nothing_on_standard_output(call: Call, source: Path, tmp_path: Path) -> None:
    status, out, err = call("convert", source, "--out", tmp_path / "out", "--workers", 1)
    assert (status, out) == (0, "")
    assert "a.txt: ok, 1 pages" in err
    assert "targets" in err
    assert Plan.model_validate_json((tmp_path / "out/a.txt.json").read_bytes()).targets[0].name == "Trồng cây"


def test_convert_exits_with_1_when_some_inputs_failed(call: Call, source: Path, tmp_path: Path) -> None:
    (source / "b.pdf").write_text("raise encrypted", "utf-8")
    status, _, err = call("convert", source, source / "none.pdf", "--out", tmp_path / "out", "--quiet")
    assert status == 1
    assert err.splitlines() == [
        "b.pdf: failed (encrypted): is encrypted; mend it",
        f"none.pdf: failed (missing): there is no such file; check the path {source / 'none.pdf'}.",
    ]
    assert [line.status for line in read_manifest(tmp_path / "out")] == ["ok", "failed", "failed"]


def test_convert_takes_all_its_options(call: Call, source: Path, tmp_path: Path) -> None:
    (source / "b.md").write_text("hai", "utf-8")
    choice = ["--include", "*.txt", "--exclude", "b*", "--since", "2001-02-03", "--retry-failed", "--force"]
    limits = ["--timeout", "9", "--max-memory", "900", "--max-pages", "9", "--max-pixels", "1000"]
    status, _, err = call("convert", source, "--out", tmp_path / "out", *choice, *limits, "--json-log")
    assert status == 0
    assert [json.loads(line)["event"] for line in err.splitlines()] == ["begin", "document", "end"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("convert", "{in}/none.pdf", "--out", "{out}"), "error: none.pdf: there is no such file"),
        (("convert", "{in}", "--out", "{in}/a.txt"), "cannot be written"),
        (("convert", "{in}", "--include", "*.pdf", "--out", "{out}"), "error: There is nothing to convert"),
        (("convert", "{in}"), "--out"),
        (("convert", "{in}", "--out", "{out}", "--workers", "-1"), "--workers"),
        (("convert", "{in}", "--out", "{out}", "--since", "soon"), "--since"),
        (("export", "{in}/none", "--records", "plans", "--format", "csv", "--out", "x"), "there is no such folder"),
        (("export", "{in}", "--records", "nothing", "--format", "csv", "--out", "x"), "choose from plans, targets"),
        (("export", "{in}", "--records", "plans", "--format", "doc", "--out", "x"), "--format"),
        (("unknown",), "unknown"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_why(
    call: Call, arguments: tuple[str, ...], message: str, source: Path, tmp_path: Path
) -> None:
    status, out, err = call(*(argument.format(**{"in": source, "out": tmp_path / "out"}) for argument in arguments))
    assert (status, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_export_writes_a_table_of_a_conversion(call: Call, source: Path, tmp_path: Path) -> None:
    call("convert", source, "--out", tmp_path / "out", "--quiet")
    table = tmp_path / "t.jsonl"
    status, out, err = call("export", tmp_path / "out", "--records", "targets", "--format", "jsonl", "--out", table)
    assert (status, out) == (0, "")
    assert "2 rows of targets" in err
    assert [json.loads(line)["file"] for line in table.read_text("utf-8").splitlines()] == ["a.txt", "a.txt"]


def test_export_to_standard_output_is_data_alone(call: Call, source: Path, tmp_path: Path) -> None:
    call("convert", source, "--out", tmp_path / "out", "--quiet")
    status, out, _ = call("export", tmp_path / "out", "--records", "plans", "--format", "json", "--out", "-")
    assert status == 0
    assert json.loads(out)[0]["file"] == "a.txt"


def test_restore_writes_the_restored_lines(call: Call, tmp_path: Path) -> None:
    text = tmp_path / "legacy.txt"
    text.write_text("Ủy ban nhân dân\nTran trong de nghi cac co quan, don vi\n", "utf-8")
    status, out, err = call("restore", text)
    assert (status, out.count("\n"), err) == (0, 2, "")
    assert out.startswith("Ủy ban nhân dân\n")
    assert out.splitlines()[1] != "Tran trong de nghi cac co quan, don vi"
    assert json.loads(call("restore", text, "--json")[1])["lines"] == out.splitlines()
    status, out, err = call("restore", tmp_path / "none.txt")
    assert (status, out, err.count("\n")) == (1, "", 1)


def test_schema_is_the_json_schema_of_the_record(call: Call) -> None:
    status, out, _ = call("schema")
    assert status == 0
    assert json.loads(out)["title"] == "Plan"


def test_version_and_help() -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["--version"]).output == f"kehoach {__version__}\n"
    result = runner.invoke(app, ["--help"])
    assert "Exit status: 0 all went well" in result.output
    assert all(name in result.output for name in ("convert", "restore", "export", "schema", "doctor"))


def test_doctor_finds_what_is_needed(call: Call, tesseract: None) -> None:  # noqa: ARG001
    status, out, _ = call("doctor")
    assert status == 0
    assert "ok       Tesseract" in out


def test_the_program_starts_as_a_module_of_its_own_without_loading_what_it_does_not_use() -> None:
    code = "import sys, kehoach.cli; print([m for m in ('cv2', 'numpy', 'pdfplumber', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("[]", "['rich']")


def test_the_reference_is_current(root: Path) -> None:
    spec = importlib.util.spec_from_file_location("reference", root / "docs" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (root / "docs" / "cli.md").read_text("utf-8")
    assert written == module.reference(), "run: python docs/reference.py > docs/cli.md"
