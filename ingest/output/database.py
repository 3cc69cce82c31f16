"""Load records into a database: SQLite in a file, or any other by its SQLAlchemy URL.

A document is known by the hash of its content: loading it again replaces its rows, and a copy under another name adds
nothing. The table `loaded` remembers which file of which folder gave which document: where a file has changed since, or
gives no record any more, its old document goes. Each transaction holds whole documents, so that an interrupted load
leaves no half one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...schemas import Plan
from ..errors import MissingToolError, UsageError
from .columns import Cell, ColumnType, Kind, kinds
from .manifest import RECORD_SUFFIX, latest_lines, output_path
from .reading import read_plan, record_paths

if TYPE_CHECKING:
    import sqlalchemy

_BATCH = 100  # documents in one transaction
_KEY, _POSITION = "document", "position"
_LOADED, _PLACE = "loaded", "place"


def _sqlalchemy() -> Any:
    try:
        import sqlalchemy
    except ImportError as error:
        raise MissingToolError('load needs SQLAlchemy: run pip install "kehoach[db]".') from error
    return sqlalchemy


def _address(database: str) -> str:
    """The URL of a database; a bare name is that of an SQLite file, and PostgreSQL is spoken to by psycopg."""
    if "://" not in database:
        return f"sqlite:///{database}"
    scheme, _, rest = database.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else database


def _table(kind: Kind, metadata: sqlalchemy.MetaData) -> sqlalchemy.Table:
    """The table of a kind: the document's hash, the row's place in the document, and the kind's columns."""
    sql = _sqlalchemy()
    types: dict[ColumnType, Any] = {
        "text": sql.Text,
        "date": sql.Text,  # partial dates: a day or month may be missing
        "integer": sql.BigInteger,
        "number": sql.Double,
        "boolean": sql.Boolean,
    }
    keys = (sql.Column(_KEY, sql.String(64), primary_key=True), sql.Column(_POSITION, sql.Integer, primary_key=True))
    columns = [sql.Column(column.name, types[column.type]) for column in kind.columns]
    table: sqlalchemy.Table = sql.Table(kind.name, metadata, *keys, *columns)
    return table


def _storable(cell: Cell) -> Cell:
    """PostgreSQL takes no NUL in text."""
    return cell.replace("\0", "") if isinstance(cell, str) else cell


def _rows(kind: Kind, plans: Iterable[Plan]) -> list[dict[str, Cell]]:
    names = [column.name for column in kind.columns]
    return [
        {_KEY: plan.source.sha256, _POSITION: position, **dict(zip(names, map(_storable, row), strict=True))}
        for plan in plans
        for position, row in enumerate(kind.rows(plan), 1)
    ]


@contextmanager
def _engine(database: str) -> Iterator[sqlalchemy.Engine]:
    sql = _sqlalchemy()
    try:
        engine = sql.create_engine(_address(database))
    except (sql.exc.ArgumentError, sql.exc.NoSuchModuleError) as error:
        raise UsageError(
            f"{database}: no database address ({error}); write sqlite:///FILE or postgresql://…"
        ) from error
    except ImportError as error:
        raise MissingToolError(
            f'{database}: {error.name} is not installed; for PostgreSQL run pip install "kehoach[postgresql]".'
        ) from error
    try:
        yield engine
    except sql.exc.DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        raise UsageError(f"{engine.url!r}: the database refuses ({reason}); check its address and rights.") from error
    finally:
        engine.dispose()


class _Store:
    """The tables of a database: one for each kind of record, and the one that tells where documents came from."""

    def __init__(self, engine: sqlalchemy.Engine) -> None:
        sql = _sqlalchemy()
        self._engine = engine
        metadata = sql.MetaData()
        self._tables = [(kind, _table(kind, metadata)) for kind in kinds().values()]
        self._loaded = sql.Table(
            _LOADED,
            metadata,
            sql.Column(_PLACE, sql.String(64), primary_key=True),  # stands for folder and file
            sql.Column("folder", sql.Text),
            sql.Column("file", sql.Text),
            sql.Column(_KEY, sql.String(64), index=True),
        )
        self._documents = sql.select(self._loaded.c[_KEY])
        metadata.create_all(engine)

    def replace(self, folder: str, given: dict[str, Plan | None], new: list[Plan]) -> None:
        """Take in what the files of `folder` give now (None: nothing), in one transaction.

        Rows are written for the `new` documents; those that no file gives any more lose theirs.
        """
        places = {hashlib.sha256(f"{folder}\0{file}".encode()).hexdigest(): file for file in given}
        rows = [
            {_PLACE: place, "folder": folder, "file": _storable(file), _KEY: plan.source.sha256}
            for place, file in places.items()
            if (plan := given[file]) is not None
        ]
        place, document = self._loaded.c[_PLACE], self._loaded.c[_KEY]
        with self._engine.begin() as connection:
            before = set(connection.scalars(self._documents.where(place.in_(places))))
            connection.execute(self._loaded.delete().where(place.in_(places)))
            if rows:
                connection.execute(self._loaded.insert(), rows)
            lost = before - set(connection.scalars(self._documents.where(document.in_(before))))
            out = sorted(lost | {plan.source.sha256 for plan in new})
            for kind, table in self._tables:
                connection.execute(table.delete().where(table.c[_KEY].in_(out)))
                if cells := _rows(kind, new):
                    connection.execute(table.insert(), cells)


def load(folder: Path, database: str) -> int:
    """Put all records of a conversion into a database and return the number of documents; safe to run twice.

    Raises UsageError (no conversion there, a database that cannot be used), DamagedInputError for a broken record,
    MissingToolError where SQLAlchemy or the database's driver is not installed.
    """
    plans = map(read_plan, record_paths(folder))
    failed = (name for name in latest_lines(folder) if not output_path(folder, name, RECORD_SUFFIX).is_file())
    place, seen = str(folder.resolve()).encode(errors="backslashreplace").decode(), set[str]()
    with _engine(database) as engine:
        store = _Store(engine)
        while batch := list(islice(plans, _BATCH)):
            new = {plan.source.sha256: plan for plan in reversed(batch) if plan.source.sha256 not in seen}
            store.replace(place, {plan.source.file: plan for plan in batch}, list(reversed(new.values())))
            seen |= new.keys()
        while names := list(islice(failed, _BATCH)):
            store.replace(place, dict.fromkeys(names), [])
    return len(seen)
