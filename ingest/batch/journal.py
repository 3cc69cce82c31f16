"""The journal of a run: which inputs are done, by content, options and what is installed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

from ..options import Options
from ..output.files import atomic_file, has_conversion
from ..output.manifest import MANIFEST_NAME, ManifestLine, latest_lines
from . import fingerprint

_EFFORT = ("timeout", "max_memory")  # decide whether a document is converted, not what comes out
_KEY_LENGTH = 16


class Keys:
    """Stand for all that decides a result beside the content of the input.

    A good result holds when time and memory limits change; a failure does not.
    """

    def __init__(self, options: Options, code: str | None = None) -> None:
        """`code` stands for what is installed. Raises DictionaryError where the user's own cannot be read."""
        values = {**asdict(options), "dictionaries": fingerprint.dictionaries(options.dictionaries)}
        values["code"] = code or fingerprint.installed()
        effort = {name: values.pop(name) for name in _EFFORT}
        self.ok = self._digest(values)
        self.failed = self._digest({**values, **effort})

    @staticmethod
    def _digest(values: dict[str, object]) -> str:
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:_KEY_LENGTH]

    def of(self, status: str) -> str:
        """The key of a result with this status."""
        return self.ok if status == "ok" else self.failed


class Journal:
    """`manifest.jsonl` of an output folder: a line is added when an input is done; at the end lines are in order.

    Use as a context manager. A kill at any moment loses at most the line under way.
    """

    def __init__(self, folder: Path, scratch: Path) -> None:
        self._folder = folder
        self._scratch = scratch
        self.before = latest_lines(folder)

    def __enter__(self) -> Self:
        self._rewrite(self.before.values())
        self._stream = (self._folder / MANIFEST_NAME).open("ab")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()
        self._rewrite(latest_lines(self._folder).values())

    def _rewrite(self, lines: Iterable[ManifestLine]) -> None:
        with atomic_file(self._folder / MANIFEST_NAME, self._scratch) as stream:
            for line in lines:
                stream.write(_encode(line))

    def add(self, line: ManifestLine) -> None:
        """Write down what became of an input; it is on the disk when this returns."""
        self._stream.write(_encode(line))
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def known_hash(self, name: str, keys: Keys, *, retry_failed: bool) -> str | None:
        """The content hash with which the input `name` is done already, or None when it is to be converted."""
        line = self.before.get(name)
        if line is None or line.key is None or line.key != keys.of(line.status):
            return None
        if line.status == "ok":
            return line.sha256 if has_conversion(self._folder, name) else None
        return None if retry_failed else line.sha256


def _encode(line: ManifestLine) -> bytes:
    return line.model_dump_json().encode() + b"\n"
