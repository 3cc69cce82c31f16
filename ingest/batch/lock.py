"""One run at a time in an output folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ..errors import UsageError
from ..output.manifest import WORK_FOLDER

if sys.platform == "win32":
    import msvcrt

    def _try_lock(stream: IO[bytes]) -> None:
        stream.seek(1 << 20)  # beyond the number, so that others can still read it
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        stream.seek(0)
else:
    import fcntl

    def _try_lock(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _same_file(stream: IO[bytes], path: Path) -> bool:
    """Whether `path` still names the open file: the run before may have removed it between open and lock."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _locked(path: Path, folder: Path) -> IO[bytes]:
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("a+b")
        try:
            _try_lock(stream)
        except OSError as error:
            stream.seek(0)
            owner = stream.read().decode(errors="replace").strip() or "unknown"
            stream.close()
            raise UsageError(
                f"{folder}: another run (process {owner}) is writing here; wait until it ends or choose another folder."
            ) from error
        if _same_file(stream, path):
            return stream
        stream.close()


@contextmanager
def output_lock(folder: Path) -> Iterator[Path]:
    """Hold the output folder for this run and give its folder for temporary files, empty; remove it at the end.

    The lock ends with the process, however it ends. Raises UsageError where another run holds it or nothing can be
    written.
    """
    work = folder / WORK_FOLDER
    try:
        stream = _locked(work / "lock", folder)
        stream.truncate(0)
        stream.write(str(os.getpid()).encode())
        stream.flush()
        for leftover in work.glob(".*.tmp"):
            leftover.unlink()
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}); choose another output folder.") from error
    try:
        yield work
    finally:
        if sys.platform == "win32":
            stream.close()
        for left in (*work.glob(".*.tmp"), work / "lock"):
            left.unlink(missing_ok=True)
        stream.close()
        with suppress(OSError):  # somebody else's file, or the next run is there already
            work.rmdir()
