"""The worker process: converts one input after the other, and may be killed at any moment.

Its standard input and output carry the messages; whatever a library prints goes to standard error.
"""

from __future__ import annotations

import errno
import hashlib
import importlib
import importlib.util
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, get_args

from ...schemas import Plan
from ..errors import Category, DictionaryError, KehoachError, MissingInputError, MissingToolError, TooLargeError
from ..output.columns import kinds
from ..output.files import write_conversion
from .archives import MemberReader
from .messages import Outcome, Setup, receive, send, setup_of, too_much_memory

MAX_FILE_BYTES = 1 << 30
_HEADROOM = 1 << 30  # address space beside the memory in use: libraries, thread stacks
_NO_ROOM = (errno.ENOSPC, errno.EROFS, getattr(errno, "EDQUOT", None))
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]

Converter = Callable[[bytes, str, Any], Any]


class BrokenInstallationError(KehoachError):
    """The pipeline itself cannot be loaded."""


class OutputError(KehoachError):
    """The record or the text cannot be written."""


class NoRoomError(OutputError):
    """Nothing can be written any more: the disk is full or has become read-only."""


def load_converter(name: str) -> Converter:
    """The function that `name` stands for: `package.module:function` or `path/to/file.py:function`.

    Raises BrokenInstallationError where there is none.
    """
    try:
        return _imported(name)
    except (ImportError, AttributeError) as error:
        raise BrokenInstallationError(f"the installation is broken ({error}); install kehoach again.") from error


def _imported(name: str) -> Converter:
    place, _, function = name.rpartition(":")
    if place.endswith(".py"):
        spec = importlib.util.spec_from_file_location(Path(place).stem, place)
        if spec is None or spec.loader is None:
            raise ImportError(f"no module in {place}")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    else:
        module = importlib.import_module(place)
    converter: Converter = getattr(module, function)
    return converter


def limit_this_process(max_memory: int) -> None:
    """Cap the address space (MiB plus headroom) where the system can; offer this process first when memory runs out."""
    if sys.platform == "win32":
        return
    import resource

    ceiling = max_memory * 2**20 + _HEADROOM
    if sys.platform == "linux":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or hard > ceiling:
            resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
        with suppress(OSError):  # some containers do not let a process say so
            Path("/proc/self/oom_score_adj").write_text("900", encoding="ascii")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_input(path: Path, member: str | None, archives: MemberReader) -> bytes:
    """The bytes of an input; raises MissingInputError (also for an empty file), TooLargeError, DamagedInputError."""
    if member is not None:
        data = archives.read(path, member)
    else:
        try:
            size = path.stat().st_size
            if size > MAX_FILE_BYTES:
                raise TooLargeError(f"the file has {size // 2**20} MiB, more than {MAX_FILE_BYTES // 2**20}; split it.")
            data = path.read_bytes()
        except OSError as error:
            reason = str(error.strerror).lower()
            raise MissingInputError(f"the file cannot be read ({reason}); check path and rights.") from error
    if not data:
        raise MissingInputError("the file is empty; copy it again from where it came.")
    return data


def one_line(text: str) -> str:
    """The text on one line, as messages and the manifest carry it."""
    return " ".join(text.split())


def _own_place(error: BaseException) -> str:
    """The innermost place in this package where the error showed: ` at file:line`, or nothing."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(_PACKAGE_ROOT) and "site-packages" not in path.relative_to(_PACKAGE_ROOT).parts:
            return f" at {path.relative_to(_PACKAGE_ROOT).as_posix()}:{frame.lineno}"
    return ""


def internal_message(error: BaseException) -> str:
    """An unforeseen error in one line."""
    message = one_line(f"{type(error).__name__}{_own_place(error)}: {error}")
    return message[:500] + " (a fault of this program; please report it)"


def _is_memory_error(error: BaseException) -> bool:
    """Also native libraries' ways to say so, which come as errors of other classes."""
    return isinstance(error, MemoryError) or any(
        words in str(error).lower()
        for words in ("insufficient memory", "cannot allocate", "failed to allocate", "bad_alloc")
    )


def failure(error: BaseException, name: str, sha256: str | None, max_memory: int) -> Outcome:
    """The outcome of an input that raised `error`."""
    if isinstance(error, KehoachError):
        message = one_line(str(error)).removeprefix(f"{name}: ")  # the manifest names the file
        retry = isinstance(error, MissingToolError | OutputError)
        fatal = isinstance(error, DictionaryError | BrokenInstallationError | NoRoomError)
        return Outcome("failed", error.category, message, sha256, retry=retry, fatal=fatal)
    if _is_memory_error(error):
        return too_much_memory(max_memory, sha256)
    if isinstance(error, SystemExit):
        return Outcome("failed", "crash", f"the reader gave up (exit status {error.code}).", sha256)
    return Outcome("failed", "internal", internal_message(error), sha256)


def _check(conversion: Any) -> tuple[Plan, str]:
    """The record and the text of a conversion; raises TypeError or ValueError for anything else."""
    plan, text = conversion.plan, conversion.text
    if not isinstance(plan, Plan) or not isinstance(text, str):
        raise TypeError(f"the converter gave {type(plan).__name__} and {type(text).__name__}")
    text.encode()
    return plan, text


def _success(plan: Plan, sha256: str) -> Outcome:
    """The outcome of a written conversion: one with pages that could not be read is no success."""
    broken = [(page.page, page.error) for page in plan.source.pages if page.error is not None]
    records = {name: len(value) for name in kinds() if isinstance(value := getattr(plan, name, None), tuple)}
    counts = {"pages": plan.source.page_count, "warnings": len(plan.warnings), "records": records, "written": True}
    if not broken:
        return Outcome("ok", None, None, sha256, **counts)  # type: ignore[arg-type]
    more = f" (and {len(broken) - 1} more pages)" if len(broken) > 1 else ""
    number, error = broken[0]
    category, _, rest = error.partition(": ")
    if category in get_args(Category):  # a page error may begin with its category
        return Outcome("failed", category, one_line(f"page {number}: {rest}{more}"), sha256, **counts)  # type: ignore[arg-type]
    return Outcome("failed", "damaged", one_line(f"page {number}: {error}{more}"), sha256, **counts)  # type: ignore[arg-type]


def output_error(error: OSError) -> OutputError:
    """The error of an output that cannot be written: of this one, or of all."""
    kind = NoRoomError if error.errno in _NO_ROOM else OutputError
    reason = str(error.strerror).lower()
    return kind(f"the record cannot be written ({reason}); make room and try again.")


class Worker:
    """Answers one request after the other."""

    def __init__(self, setup: Setup, replies: BinaryIO) -> None:
        self._setup = setup
        self._replies = replies
        self._archives = MemberReader()
        self._converter: Converter | None = None

    def answer(self, request: dict[str, Any]) -> Outcome:
        """Convert one input and write its files; every failure comes back as an outcome."""
        sha256: str | None = None
        try:
            data = read_input(Path(request["path"]), request["member"], self._archives)
            sha256 = hashlib.sha256(data).hexdigest()
            if sha256 == request["known_hash"]:
                return Outcome("ok", sha256=sha256, unchanged=True)
            send(self._replies, {"reading": sha256})
            if self._converter is None:
                self._converter = load_converter(self._setup.converter)
            plan, text = _check(self._converter(data, request["name"], self._setup.options))
            self._write(request["name"], plan, text)
            return _success(plan, sha256)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - the worker boundary: any failure is data here
            return failure(error, request["name"], sha256, self._setup.options.max_memory)

    def _write(self, name: str, plan: Plan, text: str) -> None:
        try:
            write_conversion(self._setup.folder, name, plan, text, self._setup.scratch)
        except OSError as error:
            raise output_error(error) from error


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """The message streams, out of reach of libraries and programs that use standard input and output."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, replies


def main() -> None:
    """Serve requests from standard input until it ends."""
    requests, replies = _private_streams()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    first = receive(requests)
    if first is None:
        return
    setup = setup_of(first)
    limit_this_process(setup.options.max_memory)
    worker = Worker(setup, replies)
    send(replies, {"ready": True})
    while (request := receive(requests)) is not None:
        send(replies, asdict(worker.answer(request)))


if __name__ == "__main__":
    main()
