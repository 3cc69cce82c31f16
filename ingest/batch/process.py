"""A worker process as the parent sees it: asked, watched, and killed with all that it started."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from .guardian import descendants
from .messages import Setup, receive, send, setup_message

_ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_GRACE = 1.0  # seconds for a worker to end by itself
_PAGE_SIZE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def tree_memory(pid: int) -> int:
    """Bytes in memory of a process and its children, as far as the system tells (Linux); 0 elsewhere."""
    total = 0
    for process in descendants(pid):
        try:
            total += int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * _PAGE_SIZE
        except (OSError, IndexError):  # gone, or no such system
            continue
    return total


class Guardian:
    """Ends the workers and clears their temporary folder when this process is killed; see `guardian.py`.

    Where there are no process groups it only clears the folder, at the end of the run.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.temporary = tempfile.mkdtemp(prefix="kehoach-run-")
        if os.name == "posix":
            command = [sys.executable, "-I", "-S", str(Path(__file__).with_name("guardian.py")), self.temporary]
            try:
                self._process = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
                )
            except OSError:
                shutil.rmtree(self.temporary, ignore_errors=True)
                raise

    def _tell(self, sign: str, group: int) -> None:
        if self._process is None:
            return
        with self._lock, suppress(OSError):  # without a guardian the run goes on
            stream = cast(BinaryIO, self._process.stdin)
            stream.write(f"{sign}{group}\n".encode())
            stream.flush()

    def begun(self, group: int) -> None:
        """Watch over a process group."""
        self._tell("+", group)

    def ended(self, group: int) -> None:
        """Forget a process group."""
        self._tell("-", group)

    def close(self) -> None:
        """End the guardian, after the workers."""
        if self._process is not None:
            with suppress(OSError):
                cast(BinaryIO, self._process.stdin).close()
            self._process.wait()
        shutil.rmtree(self.temporary, ignore_errors=True)


class WorkerProcess:
    """One worker in a process group of its own."""

    def __init__(self, setup: Setup, guardian: Guardian) -> None:
        self._guardian = guardian
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", f"{__package__}.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, **_ONE_THREAD, "TMPDIR": guardian.temporary, "TEMP": guardian.temporary},
        )
        self._killing = threading.Lock()
        self._gone = False
        guardian.begun(self.pid)
        self.jobs_done = 0
        self.say(setup_message(setup))

    @property
    def pid(self) -> int:
        """The process, and its group."""
        return self._process.pid

    def say(self, message: dict[str, object]) -> None:
        """Send a message; one to a dead worker is lost, as the missing answer will tell."""
        try:
            send(cast(BinaryIO, self._process.stdin), message)
        except OSError:
            return

    def hear(self) -> dict[str, object] | None:
        """Wait for a message; None when the worker is dead."""
        return receive(cast(BinaryIO, self._process.stdout))

    def memory(self) -> int:
        """Bytes in memory, children included."""
        return tree_memory(self.pid)

    def kill(self) -> None:
        """Kill the worker and its children at once. Safe from any thread, and more than once."""
        with self._killing:
            if self._gone:
                return
            if os.name == "posix":
                below = descendants(self.pid)[1:]  # also those that left the group
                with suppress(ProcessLookupError):
                    os.killpg(self.pid, signal.SIGKILL)
                for process in below:
                    with suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)
            else:
                subprocess.run(["taskkill", "/T", "/F", "/PID", str(self.pid)], capture_output=True, check=False)

    def end(self) -> int:
        """Let the worker go, kill what is left of it, and return the exit status (negative: the signal)."""
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # unsent bytes to a dead worker
                cast(BinaryIO, stream).close()
        try:
            status = self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self.kill()
            status = self._process.wait()
        self.kill()
        with self._killing:
            self._gone = True
        self._guardian.ended(self.pid)
        return status
