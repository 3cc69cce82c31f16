"""The manifest of an output folder, and the names of what is written there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from ..errors import Category

MANIFEST_NAME = "manifest.jsonl"
WORK_FOLDER = ".kehoach"
RECORD_SUFFIX = ".json"
TEXT_SUFFIX = ".txt"
_LONGEST_COMPONENT = 255 - len(RECORD_SUFFIX)  # bytes; what every common file system takes

Status = Literal["ok", "failed", "skipped"]


class ManifestLine(BaseModel):
    """What became of one input; `key` stands for the options and version that gave this result.

    A line whose `key` is None holds for no later run: the input is tried again.
    """

    model_config = ConfigDict(frozen=True)

    file: str
    sha256: str | None = None
    status: Status
    error: str | None = None
    seconds: float = 0.0
    pages: int = 0
    category: Category | None = None
    key: str | None = None


def read_manifest(folder: Path) -> Iterator[ManifestLine]:
    """Yield the lines of the folder's manifest in order; a torn or foreign line is passed over.

    A run that was killed leaves at most its last line torn, and that input is then converted again.
    """
    path = folder / MANIFEST_NAME
    if not path.is_file():
        return
    with path.open("rb") as stream:
        for raw in stream:
            try:
                yield ManifestLine.model_validate_json(raw)
            except ValidationError:
                continue


def latest_lines(folder: Path) -> dict[str, ManifestLine]:
    """The last line of each input, in the order of their names."""
    lines = {line.file: line for line in read_manifest(folder)}
    return {name: lines[name] for name in sorted(lines)}


def output_path(folder: Path, name: str, suffix: str) -> Path:
    """Where the output of the input `name` (parts joined by `/`) goes below `folder`."""
    *parents, last = map(_fitting, name.split("/"))
    return folder.joinpath(*parents, last + suffix)


def _fitting(part: str) -> str:
    """The part of a name; one too long for one more suffix is cut, and made unique by a digest of the whole."""
    encoded = part.encode()
    if len(encoded) <= _LONGEST_COMPONENT:
        return part
    digest = hashlib.sha256(encoded).hexdigest()[:12]
    return encoded[: _LONGEST_COMPONENT - len(digest) - 1].decode(errors="ignore") + "~" + digest
