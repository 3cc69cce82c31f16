"""The same jobs on a Dask cluster: content goes out, record and text come back, limits hold where the work is done."""

from __future__ import annotations

import hashlib
import importlib
import queue
import threading
import warnings
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import DictionaryError, KehoachError, MissingToolError, UsageError
from ..output.files import atomic_file
from ..output.manifest import RECORD_SUFFIX, TEXT_SUFFIX, output_path
from . import fingerprint
from .archives import MemberReader
from .discovery import Job
from .limits import shared, worker_count
from .messages import Outcome, Setup
from .process import Guardian
from .slot import TICK, Slot, Task
from .worker import failure, output_error, read_input

_SCHEDULER_GONE = "the scheduler is gone; start it again, and the same command goes on from here."
_AHEAD = 2  # documents at the cluster for each of its threads
_PATIENCE = "10s"  # for the scheduler to answer


@dataclass(frozen=True, slots=True)
class Request:
    """A document on its way to the cluster, with all that decides its result."""

    name: str
    data: bytes
    setup: Setup
    code: str
    dictionaries: str | None


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of it, and the files that were written, by suffix."""

    outcome: Outcome
    files: dict[str, bytes]


class _RemoteSlot:
    """A slot in a thread of a cluster's worker: a folder of its own, and a watch of its own."""

    def __init__(self, setup: Setup, dictionaries: str | None) -> None:
        self._asked, self._dictionaries = setup, dictionaries
        guardian = Guardian()  # clears the folder when this process ends, however it ends
        self._root = Path(guardian.temporary)
        self._out = self._root / "out"
        options = shared(setup.options, worker_count(0))  # what is left of the machine is the other workers'
        self._slot = Slot(replace(setup, options=options, folder=self._out, scratch=self._root / "scratch"), guardian)

    def suits(self, request: Request) -> bool:
        """Whether the slot works with the request's options and dictionaries."""
        return (self._asked, self._dictionaries) == (request.setup, request.dictionaries)

    def convert(self, request: Request) -> Reply:
        """Convert one document under its limits."""
        source = self._root / "input"
        source.write_bytes(request.data)
        done = threading.Event()
        watch = threading.Thread(target=self._watch, args=(done,), daemon=True)
        watch.start()
        try:
            outcome = self._slot.convert(Task(Job(request.name, source)))
        finally:
            done.set()
            watch.join()
        files = {}
        for suffix in (TEXT_SUFFIX, RECORD_SUFFIX):
            path = output_path(self._out, request.name, suffix)
            if path.is_file():
                files[suffix] = path.read_bytes()
                path.unlink()
        assert outcome is not None  # nobody stops this slot
        return Reply(outcome, files if outcome.written else {})

    def _watch(self, done: threading.Event) -> None:
        while not done.wait(TICK):
            self._slot.look()


_slots = threading.local()


def _difference(request: Request) -> str | None:
    """Why this machine would not give what the one that asks gives, or None."""
    if request.code != fingerprint.installed():
        return "the cluster runs another version; install the same on all machines and start its workers again."
    try:
        same = request.dictionaries == fingerprint.dictionaries(request.setup.options.dictionaries)
    except DictionaryError as error:
        return f"on the cluster: {error}"
    return None if same else "the dictionaries on the cluster are others; copy the folder to all machines."


def convert_remotely(request: Request) -> Reply:
    """Convert one document; runs on a worker of the cluster. Each of its threads keeps its slot."""
    slot: _RemoteSlot | None = getattr(_slots, "slot", None)
    if slot is None or not slot.suits(request):
        difference = _difference(request)
        if difference is not None:
            return Reply(Outcome("failed", "internal", difference, fatal=True), {})
        slot = _slots.slot = _RemoteSlot(request.setup, request.dictionaries)
    return slot.convert(request)


def _connect(scheduler: str) -> Any:
    """A client of the cluster; its own annotations are too few to be checked."""
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError as error:
        raise MissingToolError('A cluster needs Dask: run pip install "kehoach[dask]".') from error
    try:
        client = distributed.Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"{scheduler}: no scheduler answers; start one with `dask scheduler`.") from error
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except OSError as error:
        client.close()
        raise UsageError(f"{scheduler}: there are no workers; start one with `dask worker {scheduler}`.") from error
    return client


class ClusterPool:
    """Converts tasks on the workers of a Dask cluster; yields outcomes as they come."""

    def __init__(self, setup: Setup, scheduler: str) -> None:
        self._setup = setup
        self._same = (fingerprint.installed(), fingerprint.dictionaries(setup.options.dictionaries))
        self._client = _connect(scheduler)
        self._results: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._archives = MemberReader()
        self._under_way: dict[object, tuple[Task, Any]] = {}

    def run(self, tasks: Iterable[Task]) -> Generator[tuple[Task, Outcome] | None, None, None]:
        """Yield each task with its outcome, in the order in which they end, and None now and then while waiting.

        A document whose worker is lost goes to another one; what is under way when the consumer stops is cancelled.
        """
        try:
            yield from self._run(iter(tasks))
        except OSError as error:
            if error.errno is not None:
                raise
            raise UsageError(_SCHEDULER_GONE) from error  # a connection that was closed or does not answer
        finally:
            self._client.cancel([future for _, future in self._under_way.values()])
            self._client.close()

    def _run(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Outcome] | None]:
        exhausted = False
        while not exhausted or self._under_way:
            while not exhausted and len(self._under_way) < _AHEAD * max(1, sum(self._client.ncores().values())):
                task = next(tasks, None)
                exhausted = task is None
                outcome = self._submit(task) if task is not None else None
                if task is not None and outcome is not None:
                    yield task, outcome
            yield self._next_result() if self._under_way else None

    def _submit(self, task: Task) -> Outcome | None:
        """Send a task out; its outcome where there is nothing to send."""
        job = task.job
        try:
            data = read_input(job.path, job.member, self._archives)
        except KehoachError as error:
            return failure(error, job.name, None, self._setup.options.max_memory)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 == task.known_hash:
            return Outcome("ok", sha256=sha256, unchanged=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that large content is sent with its task is meant: it outlives a worker
            request = Request(job.name, data, self._setup, *self._same)
            future = self._client.submit(convert_remotely, request, pure=False)
        self._under_way[future.key] = (task, future)
        future.add_done_callback(self._results.put)
        return None

    def _next_result(self) -> tuple[Task, Outcome] | None:
        try:
            future = self._results.get(timeout=TICK)
        except queue.Empty:
            return None
        task, _ = self._under_way.pop(future.key)
        outcome = self._received(task.job.name, future)
        del future  # the cluster forgets the result
        return task, outcome

    def _received(self, name: str, future: Any) -> Outcome:
        """The outcome of a future that is done, after its files are written; raises UsageError without a scheduler."""
        if future.cancelled():
            raise UsageError(_SCHEDULER_GONE)
        error = future.exception()
        if error is not None:
            kind = type(error).__name__
            message = f"the cluster gave the document up ({kind}: {' '.join(str(error).split())[:200]})."
            return Outcome("failed", "crash" if kind == "KilledWorker" else "internal", message, retry=True)
        reply: Reply = future.result()
        try:
            for suffix, content in reply.files.items():
                with atomic_file(output_path(self._setup.folder, name, suffix), self._setup.scratch) as stream:
                    stream.write(content)
        except OSError as refused:
            return failure(output_error(refused), name, reply.outcome.sha256, self._setup.options.max_memory)
        return reply.outcome
