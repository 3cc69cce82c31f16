"""Runs that are killed or interrupted: nothing is lost, nothing half written, nothing left running."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kehoach.ingest.batch.run import Summary
from kehoach.ingest.errors import UsageError
from kehoach.ingest.output.manifest import read_manifest

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc")

Run = Callable[..., Summary]
PATIENCE = 60  # seconds until a test gives up waiting
SCRIPT = """
import sys
from pathlib import Path
from kehoach.ingest.batch import fingerprint
from kehoach.ingest.batch.report import JsonReporter
from kehoach.ingest.batch.run import BatchOptions, run_batch
from kehoach.ingest.options import Options
fingerprint.installed = lambda: "as it was"
source, out, converter = sys.argv[1:]
batch = BatchOptions(workers=2, converter=converter)
sys.exit(run_batch([Path(source)], Path(out), Options(), batch, JsonReporter(sys.stderr)).exit_code)
"""


def marked_processes(mark: str) -> list[int]:
    """The living processes with this mark in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            dead = (folder / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
            if not dead and mark.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


class Command:
    """A run in a process of its own; its workers carry a mark in their environment."""

    def __init__(self, source: Path, out: Path) -> None:
        self._arguments = [sys.executable, "-c", SCRIPT, str(source), str(out)]
        self._arguments.append(f"{Path(__file__).with_name('faulty.py')}:convert")
        self._out = out
        self.mark = secrets.token_hex(8)

    def start(self) -> subprocess.Popen[str]:
        environment = {**os.environ, "KEHOACH_TEST_MARK": self.mark}
        return subprocess.Popen(self._arguments, env=environment, stderr=subprocess.PIPE, text=True)

    def done(self) -> int:
        """How many inputs the manifest tells of."""
        return sum(1 for _ in read_manifest(self._out))

    def await_end_of_all(self) -> None:
        wait_until(lambda: not marked_processes(self.mark))


@pytest.fixture
def command(source: Path, out: Path) -> Iterator[Command]:
    command = Command(source, out)
    yield command
    for process in marked_processes(command.mark):
        os.kill(process, signal.SIGKILL)


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.jsonl")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(files)}


def test_killed_runs_go_on_where_they_were_and_end_the_same(
    source: Path, out: Path, run: Run, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kehoach.ingest.batch.fingerprint.installed", lambda: "as it was")  # whoever edits meanwhile
    for number in range(40):
        (source / f"p{number}.txt").write_text(f"wait 0.02 s\nChỉ tiêu {number}\n" * (1 + number % 7), "utf-8")
    run()
    undisturbed = tree(out)
    statuses = [(line.file, line.status, line.pages, line.key) for line in read_manifest(out)]
    out.rename(tmp_path / "undisturbed")
    for stop_at in (1, 7, 15, 22, 33):
        process = command.start()
        wait_until(lambda at=stop_at: command.done() >= at)  # type: ignore[misc]
        process.kill()
        process.communicate()
        command.await_end_of_all()
        assert all(path.suffix in (".json", ".txt") for path in out.iterdir() if path.name.startswith("p"))
    summary = run()
    assert summary.unchanged > 0
    assert tree(out) == undisturbed
    assert [(line.file, line.status, line.pages, line.key) for line in read_manifest(out)] == statuses


def test_a_kill_ends_workers_and_their_children(source: Path, command: Command) -> None:
    for number, word in enumerate(("child", "hanging_stray")):
        (source / f"{number}.txt").write_text(f"{word} 1", "utf-8")
    process = command.start()
    wait_until(
        lambda: sum(b"sleep" in Path(f"/proc/{pid}/cmdline").read_bytes() for pid in marked_processes(command.mark)) > 1
    )
    process.kill()
    process.communicate()
    command.await_end_of_all()


def test_a_run_ends_programs_that_its_documents_left_behind(source: Path, command: Command) -> None:
    for number in range(3):
        (source / f"{number}.txt").write_text(f"stray {number}", "utf-8")
    process = command.start()
    _, said = process.communicate(timeout=PATIENCE)
    assert '"converted": 3' in said
    assert marked_processes(command.mark) == []


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_all_and_gives_a_true_summary(
    sign: signal.Signals, source: Path, out: Path, command: Command
) -> None:
    for number in range(4):
        (source / f"a{number}.txt").write_text("Trồng cây", "utf-8")
    for name in ("b", "c"):
        (source / f"{name}.txt").write_text("hang 1", "utf-8")
    process = command.start()
    wait_until(lambda: command.done() == 4)
    process.send_signal(sign)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert '"files": 6, "converted": 4' in said
    assert '"interrupted": true' in said
    assert command.done() == 4
    assert not (out / ".kehoach").exists()
    command.await_end_of_all()


def test_two_runs_into_one_folder_exclude_each_other(source: Path, run: Run, command: Command) -> None:
    (source / "a.txt").write_text("hang 1", "utf-8")
    process = command.start()
    wait_until(lambda: len(marked_processes(command.mark)) >= 3)
    with pytest.raises(UsageError, match=f"another run \\(process {process.pid}\\)"):
        run()
    process.kill()
    process.communicate()
    command.await_end_of_all()
