"""A slot: one worker process at a time, replaced when it dies, and ended when it breaks a limit."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import dataclass, replace

from .discovery import Job
from .messages import Outcome, Setup, job_message, too_much_memory
from .process import Guardian, WorkerProcess

_KILLED = 9  # SIGKILL, which Windows does not have
TICK = 0.1  # seconds between two looks at the limits
_STARTING = 120.0  # seconds for a worker to say that it is ready
_RETIRE = 0.5  # share of the memory limit above which a worker that has nothing to do is replaced
_NEAR_LIMIT = 0.8  # share of the memory limit above which a crash is laid to memory


@dataclass(frozen=True, slots=True)
class Task:
    """A job, and the content hash with which it is done already (None: not done)."""

    job: Job
    known_hash: str | None = None


class Slot:
    """One worker at a time. `convert` runs in the slot's thread, `look` and `stop` in the watching one."""

    def __init__(self, setup: Setup, guardian: Guardian) -> None:
        self._setup = setup
        self._guardian = guardian
        self._worker: WorkerProcess | None = None
        self._lock = threading.Lock()
        self._deadline: float | None = None
        self._peak = 0
        self._broken: Outcome | None = None
        self._stopped = False
        self._worker_was_used = False

    def convert(self, task: Task) -> Outcome | None:
        """What became of a task; None when the run was stopped. A crash is tried again once, by a fresh worker."""
        outcome = self._attempt(task)
        if outcome is not None and outcome.category in ("crash", "memory") and self._worker_was_used:
            outcome = self._attempt(task)
        return outcome

    def _attempt(self, task: Task) -> Outcome | None:
        worker = self._ready_worker()
        self._worker_was_used = worker is not None and worker.jobs_done > 0
        if worker is None:
            outcome = self._verdict(None)
            return outcome and replace(outcome, error=f"no worker process starts: {outcome.error}", fatal=True)
        started = time.monotonic()
        self._watch(self._setup.options.timeout)
        worker.say(job_message(task.job, task.known_hash))
        sha256: str | None = None
        reply = worker.hear()
        if reply is not None and "reading" in reply:
            sha256 = str(reply["reading"])
            reply = worker.hear()
        self._watch(None)
        if reply is None or "status" not in reply:
            outcome = self._verdict(sha256)
        else:
            outcome = Outcome(**reply)  # type: ignore[arg-type]
            worker.jobs_done += 1
            self._retire(worker, outcome)
        return outcome and replace(outcome, seconds=time.monotonic() - started)

    def _watch(self, seconds: float | None) -> None:
        with self._lock:
            if seconds is None:
                self._deadline = None
            else:
                self._deadline, self._peak = time.monotonic() + seconds, 0

    def _ready_worker(self) -> WorkerProcess | None:
        """The worker, begun when there is none; None when it does not come up or the run is stopped."""
        with self._lock:
            if self._stopped:
                return None
            if self._worker is not None:
                return self._worker
            self._broken = None
            worker = self._worker = WorkerProcess(self._setup, self._guardian)
        self._watch(_STARTING)
        return worker if worker.hear() == {"ready": True} else None

    def _verdict(self, sha256: str | None) -> Outcome | None:
        """Why the worker died, which is put away; None when the run was stopped."""
        with self._lock:
            worker, self._worker = self._worker, None
            self._deadline = None
        status = worker.end() if worker is not None else 0
        if self._stopped:
            return None
        if self._broken is not None:
            return replace(self._broken, sha256=sha256)
        limit = self._setup.options.max_memory
        if self._peak > _NEAR_LIMIT * limit * 2**20:
            return too_much_memory(limit, sha256)
        message = f"the reader died ({_exit_words(status)}) on this file."
        if status == -_KILLED:
            message += " The system kills when memory runs out: use fewer --workers or less --total-memory."
        return Outcome("failed", "crash", message, sha256)

    def _retire(self, worker: WorkerProcess, outcome: Outcome) -> None:
        """Replace a worker that ran out of memory or keeps much of it."""
        kept = worker.memory() > _RETIRE * self._setup.options.max_memory * 2**20
        if outcome.category == "memory" or kept:
            with self._lock:
                self._worker = None
            worker.end()

    def look(self) -> None:
        """End the worker when it is over its time or memory."""
        with self._lock:
            worker, deadline = self._worker, self._deadline
            if worker is None or deadline is None or self._broken is not None:
                return
            options = self._setup.options
            self._peak = max(self._peak, worker.memory())
            if time.monotonic() > deadline:
                message = f"not done after {options.timeout:g} s; raise --timeout or split the file."
                self._broken = Outcome("failed", "timeout", message)
            elif self._peak > options.max_memory * 2**20:
                self._broken = too_much_memory(options.max_memory)
            else:
                return
            worker.kill()

    def stop(self) -> None:
        """Kill the worker, whatever it does; no other one begins."""
        with self._lock:
            self._stopped = True
            if self._worker is not None:
                self._worker.kill()

    def close(self) -> None:
        """End the worker; for the slot's thread, at its end."""
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()


def _exit_words(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
