"""Export: one table over all records of a conversion, in the format asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from ..errors import UsageError
from .columns import Kind, Row, kind_named
from .delimited import write_csv, write_json, write_jsonl
from .files import atomic_file
from .reading import read_plan, record_paths

Format = Literal["csv", "json", "jsonl", "xlsx", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)


class _Rows:
    """The rows of one kind over all records, counted as they go by."""

    def __init__(self, kind: Kind, paths: Iterable[Path]) -> None:
        self._kind = kind
        self._paths = paths
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for path in self._paths:
            for row in self._kind.rows(read_plan(path)):
                self.count += 1
                yield row


def _write(stream: BinaryIO, kind: Kind, rows: _Rows, form: Format, excel_vi: bool) -> None:
    if form == "csv":
        write_csv(stream, kind.columns, rows, excel_vi=excel_vi)
    elif form == "json":
        write_json(stream, kind.columns, rows)
    elif form == "jsonl":
        write_jsonl(stream, kind.columns, rows)
    else:
        raise UsageError(f"Format {form!r} is not known; choose from {', '.join(FORMATS)}.")


def export(folder: Path, records: str, form: Format, out: Path, *, excel_vi: bool = False) -> int:
    """Write all records of kind `records` below `folder` to `out` (`-`: standard output); return the number of rows.

    Raises UsageError (unknown kind, no conversion there, an output that cannot be written) and DamagedInputError.
    """
    kind = kind_named(records)
    rows = _Rows(kind, record_paths(folder))
    if str(out) == "-":
        _write(sys.stdout.buffer, kind, rows, form, excel_vi)
        return rows.count
    try:
        with atomic_file(out) as stream:
            _write(stream, kind, rows, form, excel_vi)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror}); choose another file.") from error
    return rows.count
