"""Write the files of a conversion so that none is ever seen half written."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ...schemas import Plan
from .manifest import RECORD_SUFFIX, TEXT_SUFFIX, output_path


@contextmanager
def atomic_file(path: Path, scratch: Path | None = None) -> Iterator[BinaryIO]:
    """Open a stream that becomes `path` when the block ends well, and vanishes otherwise.

    `scratch` is the folder of the temporary file, on the same file system; by default the folder of `path`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = scratch or path.parent
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{os.getpid()}-{secrets.token_hex(6)}.tmp"
    try:
        with temporary.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def encode_plan(plan: Plan) -> bytes:
    """The record as indented JSON in UTF-8, with a line end."""
    return plan.model_dump_json(indent=2).encode() + b"\n"


def write_conversion(folder: Path, name: str, plan: Plan, text: str, scratch: Path | None = None) -> None:
    """Write the record and the restored text of the input `name` below `folder`."""
    contents = {TEXT_SUFFIX: text.encode(), RECORD_SUFFIX: encode_plan(plan)}
    for suffix, content in contents.items():
        with atomic_file(output_path(folder, name, suffix), scratch) as stream:
            stream.write(content)


def discard_conversion(folder: Path, name: str) -> None:
    """Remove what an earlier run wrote for the input `name`, so that no record outlives its source."""
    for suffix in (TEXT_SUFFIX, RECORD_SUFFIX):
        path = output_path(folder, name, suffix)
        if os.path.isfile(path):  # unlike `Path.is_file` it takes any name
            path.unlink(missing_ok=True)


def has_conversion(folder: Path, name: str) -> bool:
    """Whether both files of the input `name` are there."""
    return all(os.path.isfile(output_path(folder, name, suffix)) for suffix in (TEXT_SUFFIX, RECORD_SUFFIX))
