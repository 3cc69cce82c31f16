"""A whole run: discover, skip what is done, convert the rest, keep the journal, report."""

from __future__ import annotations

import signal
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ..errors import MissingInputError, UsageError
from ..options import Options
from ..output.files import discard_conversion
from ..output.manifest import ManifestLine
from .cluster import ClusterPool
from .discovery import Job, Selection, discover
from .journal import Journal, Keys
from .limits import shared, worker_count
from .lock import output_lock
from .messages import PIPELINE, Outcome, Setup
from .pool import Pool
from .slot import Task
from .worker import one_line


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a run goes about its inputs.

    `workers` 0 means one for each core; `total_memory` (MiB) is for all of them, 0 a share of the machine's;
    `scheduler` is the address of a Dask cluster that does the work instead.
    """

    workers: int = 0
    total_memory: int = 0
    selection: Selection = field(default_factory=Selection)
    retry_failed: bool = False
    force: bool = False
    converter: str = PIPELINE
    scheduler: str | None = None


@dataclass(slots=True)
class Summary:
    """What a run did. `unchanged` inputs were done before; `failures` holds also theirs.

    `skipped` inputs were seen and are not meant to be converted; the manifest says why.
    """

    total: int = 0
    converted: int = 0
    unchanged: int = 0
    skipped: int = 0
    pages: int = 0
    warnings: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    records: Counter[str] = field(default_factory=Counter)
    failures: list[ManifestLine] = field(default_factory=list)

    @property
    def finished(self) -> int:
        """Inputs of which it is known what became of them."""
        return self.converted + self.unchanged + self.skipped + len(self.failures)

    @property
    def exit_code(self) -> int:
        """0 all converted, 1 some failed, 130 interrupted."""
        if self.interrupted:
            return 130
        return 1 if self.failures else 0


class Reporter(Protocol):
    """Shows how a run goes; all methods are called from one thread."""

    def begin(self, total: int) -> None:
        """The inputs are known."""

    def document(self, line: ManifestLine, summary: Summary, *, unchanged: bool) -> None:
        """An input is done; `summary` counts it already."""

    def tick(self) -> None:
        """Time passes."""

    def end(self, summary: Summary) -> None:
        """The run is over."""


@contextmanager
def _asked_to_stop() -> Iterator[threading.Event]:
    """Tells of Ctrl-C and of a polite kill; the run stops between two bookings, so that its summary is true."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return
    before = {number: signal.signal(number, lambda *_: asked.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def scheduler_for(executor: str, scheduler: str | None) -> str | None:
    """The scheduler of an executor; raises UsageError where one is given without the other."""
    if (executor == "dask") != (scheduler is not None):
        raise UsageError("--executor dask and --scheduler URL belong together; give both or none.")
    return scheduler


class _Run:
    """One run: books every outcome in journal, summary and report."""

    def __init__(self, folder: Path, journal: Journal, keys: Keys, reporter: Reporter, summary: Summary) -> None:
        self._folder = folder
        self._journal = journal
        self._keys = keys
        self._reporter = reporter
        self._summary = summary

    def book(self, job: Job, outcome: Outcome) -> None:
        """Write down what became of a job and count it; a failure leaves no record of an earlier run behind."""
        if outcome.fatal:
            raise UsageError(outcome.error)
        before = self._journal.before.get(job.name)
        if outcome.unchanged and before is not None:
            self._count(before, unchanged=True)
            return
        if not outcome.written:
            discard_conversion(self._folder, job.name)
        line = ManifestLine(
            file=job.name,
            sha256=outcome.sha256,
            status=outcome.status,
            error=outcome.error,
            seconds=round(outcome.seconds, 2),
            pages=outcome.pages,
            category=outcome.category,
            key=None if outcome.retry else self._keys.of(outcome.status),
        )
        self._journal.add(line)
        self._summary.records.update(outcome.records)
        self._summary.warnings += outcome.warnings
        self._count(line, unchanged=False)

    def _count(self, line: ManifestLine, *, unchanged: bool) -> None:
        summary = self._summary
        summary.pages += 0 if unchanged else line.pages
        if line.status == "failed":
            summary.failures.append(line)
        elif line.status == "skipped":
            summary.skipped += 1
        elif unchanged:
            summary.unchanged += 1
        else:
            summary.converted += 1
        self._reporter.document(line, summary, unchanged=unchanged)

    def tick(self) -> None:
        """Let the report show that time passes."""
        self._reporter.tick()


def _tasks(jobs: Iterable[Job], journal: Journal, keys: Keys, batch: BatchOptions) -> Iterator[Task]:
    for job in jobs:
        known = None if batch.force else journal.known_hash(job.name, keys, retry_failed=batch.retry_failed)
        yield Task(job, known)


def _outcome_without_work(job: Job) -> Outcome | None:
    """What becomes of a job that is not to be converted; None for the others."""
    if job.skipped is not None:
        return Outcome("skipped", error=job.skipped, retry=True)
    if job.error is not None:
        return Outcome("failed", job.error.category, one_line(str(job.error)), retry=True)
    return None


def _workers(batch: BatchOptions, jobs: int) -> int:
    return min(worker_count(batch.workers, batch.total_memory), max(1, jobs))


def _pool(setup: Setup, batch: BatchOptions, jobs: int) -> Pool | ClusterPool:
    if batch.scheduler is not None:
        return ClusterPool(setup, batch.scheduler)
    return Pool(setup, _workers(batch, jobs))


def _convert_all(run: _Run, jobs: list[Job], journal: Journal, keys: Keys, setup: Setup, batch: BatchOptions) -> bool:
    """Convert and book all jobs; True when the run was asked to stop before the end."""
    readable = []
    for job in jobs:
        outcome = _outcome_without_work(job)
        if outcome is None:
            readable.append(job)
        else:
            run.book(job, outcome)
    if not readable:
        return False
    pool = _pool(setup, batch, len(readable))
    with _asked_to_stop() as asked, closing(pool.run(_tasks(readable, journal, keys, batch))) as results:
        for result in results:
            if asked.is_set():
                return True
            if result is None:
                run.tick()
            else:
                run.book(result[0].job, result[1])
    return False


def run_batch(
    paths: Iterable[Path], folder: Path, options: Options, batch: BatchOptions, reporter: Reporter
) -> Summary:
    """Convert all inputs below `paths` into `folder`; an interrupt ends the run early and is told in the summary.

    Raises UsageError: nothing to do, an output folder that cannot be written or that another run holds, a broken
    dictionary or installation, with which no input can be read.
    """
    started = time.monotonic()
    summary = Summary()
    jobs = discover(paths, batch.selection, folder)
    if not jobs:
        raise UsageError(
            "There is nothing to convert: no file matches. Check the paths, --include, --exclude and --since."
        )
    if all(isinstance(job.error, MissingInputError) for job in jobs):
        raise UsageError(" ".join(f"{job.name}: {job.error}" for job in jobs))
    if batch.scheduler is None:  # a cluster's machines see to their own memory
        options = shared(options, _workers(batch, len(jobs)), batch.total_memory)
    keys = Keys(options)
    try:
        with output_lock(folder) as scratch, Journal(folder, scratch) as journal:
            summary.total = len(jobs)
            reporter.begin(len(jobs))
            run = _Run(folder, journal, keys, reporter, summary)
            setup = Setup(options, folder.resolve(), scratch.resolve(), batch.converter)
            try:
                summary.interrupted = _convert_all(run, jobs, journal, keys, setup, batch)
            finally:
                summary.seconds = time.monotonic() - started
                reporter.end(summary)
    except OSError as error:
        reason = str(error.strerror).lower()
        place = error.filename or folder
        raise UsageError(f"{place}: the run cannot go on ({reason}); what is done so far is kept.") from error
    return summary
