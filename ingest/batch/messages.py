"""What parent and worker say to each other: one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from ..errors import Category
from ..options import Options
from ..output.manifest import Status
from .discovery import Job

PIPELINE = "kehoach.ingest.pipeline:convert_bytes"


@dataclass(frozen=True, slots=True)
class Setup:
    """Told once to a worker: the converter (`module:function` or `file.py:function`), options and folders."""

    options: Options
    folder: Path
    scratch: Path
    converter: str = PIPELINE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input.

    `retry` marks a failure that says nothing on the input (a missing program), `fatal` one that every other input would
    share; `unchanged` an input that needed no work. `records` counts what was written, by kind.
    """

    status: Status
    category: Category | None = None
    error: str | None = None
    sha256: str | None = None
    pages: int = 0
    warnings: int = 0
    records: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    written: bool = False
    unchanged: bool = False
    retry: bool = False
    fatal: bool = False


def too_much_memory(limit: int, sha256: str | None = None) -> Outcome:
    """The outcome of an input that needs more than `limit` MiB."""
    advice = "raise --max-memory, use fewer --workers, or split the file."
    return Outcome("failed", "memory", f"needs more than {limit} MiB of memory; {advice}", sha256)


def send(stream: BinaryIO, message: dict[str, object]) -> None:
    """Write one message; raises OSError where the other side is gone."""
    stream.write(json.dumps(message).encode() + b"\n")
    stream.flush()


def receive(stream: BinaryIO) -> dict[str, object] | None:
    """Read one message, or None where the other side is gone or talks rubbish."""
    line = stream.readline()
    try:
        message = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    return message if isinstance(message, dict) else None


def setup_message(setup: Setup) -> dict[str, object]:
    """The first message to a worker."""
    options = asdict(setup.options)
    if setup.options.dictionaries is not None:
        options["dictionaries"] = str(setup.options.dictionaries)
    return {
        "options": options,
        "folder": str(setup.folder),
        "scratch": str(setup.scratch),
        "converter": setup.converter,
    }


def setup_of(message: dict[str, object]) -> Setup:
    """The setup in a worker's first message."""
    options = dict(cast(dict[str, object], message["options"]))
    if options["dictionaries"] is not None:
        options["dictionaries"] = Path(str(options["dictionaries"]))
    return Setup(
        options=Options(**options),  # type: ignore[arg-type]
        folder=Path(str(message["folder"])),
        scratch=Path(str(message["scratch"])),
        converter=str(message["converter"]),
    )


def job_message(job: Job, known_hash: str | None) -> dict[str, object]:
    """Ask a worker for one input; with `known_hash` it does nothing where the content still is that."""
    return {"name": job.name, "path": str(job.path), "member": job.member, "known_hash": known_hash}
