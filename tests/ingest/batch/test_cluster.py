"""A run on a Dask cluster gives what a local run gives, also after the loss of a worker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kehoach.ingest.batch import fingerprint
from kehoach.ingest.batch.cluster import Request, convert_remotely
from kehoach.ingest.batch.messages import Setup
from kehoach.ingest.batch.run import Summary, scheduler_for
from kehoach.ingest.errors import UsageError
from kehoach.ingest.options import Options
from kehoach.ingest.output.manifest import read_manifest

distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")

Run = Callable[..., Summary]
PATIENCE = 60
# Somebody may edit the code while its tests run.
AS_IT_WAS = """
from kehoach.ingest.batch import fingerprint
fingerprint.installed = lambda: "as it was"
"""


class Cluster:
    """A scheduler and worker processes on the loopback."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self._folder = folder
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        self.workers = [self._start_worker() for _ in range(2)]
        self._await_workers()

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments]
        nothing = subprocess.DEVNULL
        return subprocess.Popen(command, cwd=self._folder, start_new_session=True, stdout=nothing, stderr=nothing)

    def _start_worker(self) -> subprocess.Popen[bytes]:
        code = self._folder / "as_it_was.py"
        code.write_text(AS_IT_WAS, "utf-8")
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--preload", str(code))
        return self._start("worker", self.address, *options)

    def _await_workers(self) -> None:
        with distributed.Client(self.address, timeout=PATIENCE, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE)

    def lose(self, process: subprocess.Popen[bytes]) -> None:
        os.killpg(process.pid, signal.SIGKILL)

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    monkeypatch.setattr("kehoach.ingest.batch.fingerprint.installed", lambda: "as it was")
    folder = tmp_path / "cluster"
    folder.mkdir()
    cluster = Cluster(folder)
    yield cluster
    cluster.stop()


def await_lines(out: Path, count: int) -> None:
    """Wait until so many inputs are in the manifest."""
    end = time.monotonic() + PATIENCE
    while sum(1 for _ in read_manifest(out)) < count and time.monotonic() < end:
        time.sleep(0.05)


def results(folder: Path) -> tuple[dict[str, bytes], list[dict[str, object]]]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.jsonl")
    lines = [line.model_dump(exclude={"seconds"}) for line in read_manifest(folder)]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(files)}, lines


def test_a_cluster_gives_what_a_local_run_gives(source: Path, out: Path, run: Run, cluster: Cluster) -> None:
    for number in range(10):
        (source / f"p{number}.txt").write_text(f"Chỉ tiêu {number}\n" * number, "utf-8")
    for word in ("segfault", "hang", "bug", "page", "raise damaged", "give_up"):
        (source / f"{word}.txt").write_text(f"{word} 1" if " " not in word else word, "utf-8")
    options = Options(timeout=2)
    run(options=options)
    local = results(out)
    summary = run(options=options, force=True, scheduler=cluster.address)
    assert results(out) == local
    assert run(options=options, scheduler=cluster.address).unchanged == summary.converted


def test_the_loss_of_a_worker_changes_nothing(source: Path, out: Path, run: Run, cluster: Cluster) -> None:
    for number in range(20):
        (source / f"p{number}.txt").write_text(f"wait 0.2 s\n{number}", "utf-8")
    run(workers=4)
    local = results(out)

    def lose_a_worker() -> None:
        await_lines(out, len(local[1]) + 4)
        cluster.lose(cluster.workers[0])

    loss = threading.Thread(target=lose_a_worker)
    loss.start()
    summary = run(force=True, scheduler=cluster.address)
    loss.join()
    assert summary.converted == 20
    assert results(out) == local


def test_the_loss_of_the_scheduler_stops_the_run_and_the_next_one_goes_on(
    source: Path, out: Path, run: Run, cluster: Cluster
) -> None:
    for number in range(20):
        (source / f"p{number}.txt").write_text(f"wait 0.3 s\n{number}", "utf-8")

    def lose_the_scheduler() -> None:
        await_lines(out, 4)
        cluster.lose(cluster.scheduler)

    loss = threading.Thread(target=lose_the_scheduler)
    loss.start()
    with pytest.raises(UsageError, match="the scheduler is gone"):
        run(scheduler=cluster.address)
    loss.join()
    again = run()
    assert again.unchanged >= 4
    assert again.unchanged + again.converted == 20


def test_a_cluster_without_workers_is_told(
    source: Path, run: Run, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kehoach.ingest.batch.cluster._PATIENCE", "1s")
    (source / "a.txt").write_text("một", "utf-8")
    for worker in cluster.workers:
        cluster.lose(worker)
        worker.wait()
    time.sleep(0.5)  # until the scheduler has seen it
    with pytest.raises(UsageError, match="there are no workers"):
        run(scheduler=cluster.address)


def test_a_scheduler_that_does_not_answer_is_told(source: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kehoach.ingest.batch.cluster._PATIENCE", "0.2s")
    (source / "a.txt").write_text("một", "utf-8")
    with pytest.raises(UsageError, match="no scheduler answers"):
        run(scheduler="tcp://127.0.0.1:1")


def test_executor_and_scheduler_belong_together() -> None:
    assert scheduler_for("local", None) is None
    assert scheduler_for("dask", "tcp://h:1") == "tcp://h:1"
    for executor, scheduler in (("dask", None), ("local", "tcp://h:1")):
        with pytest.raises(UsageError, match="belong together"):
            scheduler_for(executor, scheduler)


def test_a_cluster_with_other_code_or_dictionaries_stops_the_run(tmp_path: Path) -> None:
    setup = Setup(Options(dictionaries=tmp_path), tmp_path, tmp_path)
    same, own = fingerprint.installed(), fingerprint.dictionaries(tmp_path)
    for code, dictionaries, said in (("other", own, "another version"), (same, "other", "dictionaries on the cluster")):
        outcome = convert_remotely(Request("a.txt", b"", setup, code, dictionaries)).outcome
        assert outcome.fatal
        assert said in (outcome.error or "")
