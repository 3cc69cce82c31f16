"""Parquet for analysts, written in batches so that memory does not grow with the number of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from ..errors import KehoachError, MissingToolError
from .columns import Column, Row

if TYPE_CHECKING:
    import polars

_BATCH = 5000


class _Batches:
    """The rows as data frames; keeps the error that ended them, since polars would wrap it."""

    def __init__(self, schema: polars.Schema, rows: Iterable[Row]) -> None:
        self._schema = schema
        self._rows = rows
        self.error: KehoachError | None = None

    def __call__(
        self, columns: list[str] | None, _predicate: object, _rows: int | None, _batch: int | None
    ) -> Iterator[polars.DataFrame]:
        """Yield the frames, as polars asks for them."""
        import polars

        try:
            for batch in _in_batches(self._rows):
                frame = polars.DataFrame(batch, schema=self._schema, orient="row")
                yield frame.select(columns) if columns else frame
        except KehoachError as error:
            self.error = error
            raise


def _in_batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def write_parquet(stream: BinaryIO, columns: Iterable[Column], rows: Iterable[Row]) -> None:
    """Write Parquet; raises MissingToolError without polars."""
    try:
        import polars
        from polars.io.plugins import register_io_source
    except ImportError as error:
        raise MissingToolError('parquet needs polars: run pip install "kehoach[parquet]".') from error
    types = {
        "text": polars.String,
        "date": polars.String,  # partial dates: a day or month may be missing
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
    }
    schema = polars.Schema({column.name: types[column.type] for column in columns})
    batches = _Batches(schema, rows)
    try:
        register_io_source(batches, schema=schema).sink_parquet(stream)
    except polars.exceptions.PolarsError:
        if batches.error is not None:
            raise batches.error from None
        raise
