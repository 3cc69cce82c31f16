"""The pool: a thread for each slot asks its worker, and the consumer's thread watches them all."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable, Iterator

from .messages import Outcome, Setup
from .process import Guardian
from .slot import TICK, Slot, Task


class Pool:
    """Converts tasks with `workers` processes; yields outcomes as they come."""

    def __init__(self, setup: Setup, workers: int) -> None:
        self._guardian = Guardian()
        self._slots = [Slot(setup, self._guardian) for _ in range(workers)]
        self._results: queue.SimpleQueue[tuple[Task, Outcome] | BaseException | None] = queue.SimpleQueue()
        self._lock = threading.Lock()

    def run(self, tasks: Iterable[Task]) -> Generator[tuple[Task, Outcome] | None, None, None]:
        """Yield each task with its outcome, in the order in which they end, and None now and then while waiting.

        When the consumer stops early or is interrupted, the workers are killed at once.
        """
        source = iter(tasks)
        threads = [threading.Thread(target=self._serve, args=(slot, source), daemon=True) for slot in self._slots]
        for thread in threads:
            thread.start()
        try:
            yield from self._collect(len(threads))
        finally:
            for slot in self._slots:
                slot.stop()
            for thread in threads:
                thread.join()
            self._guardian.close()

    def _collect(self, running: int) -> Iterator[tuple[Task, Outcome] | None]:
        while running:
            try:
                result = self._results.get(timeout=TICK)
            except queue.Empty:
                yield None
            else:
                if isinstance(result, BaseException):
                    raise result
                if result is None:
                    running -= 1
                else:
                    yield result
            for slot in self._slots:
                slot.look()

    def _serve(self, slot: Slot, source: Iterator[Task]) -> None:
        """The thread of a slot: take a task, convert it, until there is none. Its own errors go to the consumer."""
        try:
            while True:
                with self._lock:
                    task = next(source, None)
                outcome = slot.convert(task) if task is not None else None
                if task is None or outcome is None:
                    break
                self._results.put((task, outcome))
            slot.close()
            self._results.put(None)
        except OSError as error:  # no process can be started
            self._results.put(error)
