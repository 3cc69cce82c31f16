"""Export: one table over all records of a conversion, in the format asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from ...schemas import Plan
from ..errors import UsageError
from .columns import Cell, Kind, Row, kind_named, kinds
from .delimited import write_csv, write_json, write_jsonl
from .files import atomic_file
from .manifest import TEXT_SUFFIX, output_path
from .parquet import write_parquet
from .reading import read_plan, record_paths
from .workbook import Links, write_workbook

Format = Literal["csv", "json", "jsonl", "xlsx", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
ALL = "all"
_ESCAPES = {ord(character): f"%{ord(character):02X}" for character in ' %#"<>[]^`{}'}  # letters stay as they are


class _Rows:
    """The rows of one kind over all records, counted as they go by."""

    def __init__(self, kind: Kind, plans: Iterable[Plan]) -> None:
        self._kind = kind
        self._plans = plans
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for plan in self._plans:
            for row in self._kind.rows(plan):
                self.count += 1
                yield row


def _links(folder: Path, sources: Path | None, out: Path) -> Links:
    """Addresses relative to the workbook: of the source and its page where `sources` is given, else of the text."""

    def link(file: str, page: Cell) -> str:
        path = sources / file if sources is not None else output_path(folder, file, TEXT_SUFFIX)
        relative = Path(os.path.relpath(path.resolve(), out.resolve().parent)).as_posix()
        fragment = f"#page={page}" if sources is not None and page is not None and path.suffix.lower() == ".pdf" else ""
        return "external:" + relative.translate(_ESCAPES) + fragment

    return link


def _write(stream: BinaryIO, kind: Kind, rows: _Rows, form: Format, excel_vi: bool) -> int:
    if form == "csv":
        write_csv(stream, kind.columns, rows, excel_vi=excel_vi)
    elif form == "json":
        write_json(stream, kind.columns, rows)
    elif form == "jsonl":
        write_jsonl(stream, kind.columns, rows)
    else:
        write_parquet(stream, kind.columns, rows)
    return rows.count


def export(
    folder: Path, records: str, form: Format, out: Path, *, excel_vi: bool = False, sources: Path | None = None
) -> int:
    """Write all records of kind `records` below `folder` to `out` (`-`: standard output); return the number of rows.

    XLSX also takes the kind `all`: a sheet for each. Its files link to the originals below `sources`, else to texts.
    Raises UsageError (unknown kind, no conversion there, an output that cannot be written), DamagedInputError for a
    broken record, MissingToolError where an extra is not installed.
    """
    if form == "xlsx":
        wanted = list(kinds().values()) if records == ALL else [kind_named(records)]
    else:
        wanted = [kind_named(records)]
    plans = map(read_plan, record_paths(folder))

    def write(stream: BinaryIO) -> int:
        if form == "xlsx":
            return write_workbook(stream, wanted, plans, _links(folder, sources, out))
        return _write(stream, wanted[0], _Rows(wanted[0], plans), form, excel_vi)

    if str(out) == "-":
        return write(sys.stdout.buffer)
    try:
        with atomic_file(out) as stream:
            return write(stream)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror}); choose another file.") from error
