"""All workers together leave the machine its memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from kehoach.ingest.batch import limits
from kehoach.ingest.batch.limits import machine_memory, shared, worker_count
from kehoach.ingest.batch.run import Summary
from kehoach.ingest.options import Options
from kehoach.ingest.output.manifest import read_manifest

Run = Callable[..., Summary]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A machine with so many MiB and cores."""

    def build(memory: int | None, cores: int = 8) -> None:
        monkeypatch.setattr(limits, "machine_memory", lambda: memory)
        monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(cores)), raising=False)

    return build


def test_each_worker_gets_its_limit_or_its_share_of_the_machine(machine: Callable[..., None]) -> None:
    machine(10_000)
    assert shared(Options(max_memory=3000), 2).max_memory == 3000
    assert shared(Options(max_memory=3000), 4).max_memory == 2000
    assert shared(Options(max_memory=3000), 100).max_memory == 200
    assert shared(Options(max_memory=3000), 2, total_memory=1000).max_memory == 500


def test_where_the_system_tells_nothing_the_limits_stay(machine: Callable[..., None]) -> None:
    machine(None, cores=3)
    assert shared(Options(), 4) == Options()
    assert shared(Options(), 4, total_memory=4000).max_memory == 1000
    assert worker_count(0) == 3


def test_there_are_as_many_workers_as_cores_and_memory_bear_unless_the_user_says(machine: Callable[..., None]) -> None:
    machine(32_000)
    assert worker_count(0) == 8
    assert worker_count(0, total_memory=2500) == 2
    machine(4_000)
    assert (worker_count(0), worker_count(6)) == (3, 6)
    machine(500)
    assert worker_count(0) == 1


def test_the_limit_of_a_container_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = machine_memory()
    if whole is None:
        pytest.skip("the system does not tell its memory")
    monkeypatch.setattr(limits, "_cgroup_limits", lambda: iter((100 * 2**20, 2**63)))
    assert machine_memory() == 100


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell the memory of processes")
def test_a_document_that_needs_more_than_its_share_fails_and_says_so(source: Path, out: Path, run: Run) -> None:
    for name, text in (("a", "grow 1"), ("b", "grow 2"), ("c", "Trồng cây")):
        (source / f"{name}.txt").write_text(text, "utf-8")
    run(workers=2, total_memory=600)
    found = {line.file: line for line in read_manifest(out)}
    assert [line.category for line in found.values()] == ["memory", "memory", None]
    assert "needs more than 300 MiB" in (found["a.txt"].error or "")
    assert "fewer --workers" in (found["a.txt"].error or "")
