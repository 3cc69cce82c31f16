"""Load records into a database: SQLite in a file, or any other by its SQLAlchemy URL.

A document is known by the hash of its content: loading it again replaces its rows, and a copy under another name adds
nothing. Each transaction holds whole documents, so that an interrupted load leaves no half one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...schemas import Plan
from ..errors import MissingToolError, UsageError
from .columns import Cell, ColumnType, Kind, kinds
from .reading import read_plan, record_paths

if TYPE_CHECKING:
    import sqlalchemy

_BATCH = 100  # documents in one transaction
_KEY, _POSITION = "document", "position"


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


def _new_plans(paths: Iterable[Path]) -> Iterator[Plan]:
    """The records, without copies of the same content."""
    seen: set[str] = set()
    for path in paths:
        plan = read_plan(path)
        if plan.source.sha256 not in seen:
            seen.add(plan.source.sha256)
            yield plan


def load(folder: Path, database: str) -> int:
    """Put all records of a conversion into a database and return the number of documents; safe to run twice.

    Raises UsageError (no conversion there, a database that cannot be used), DamagedInputError for a broken record,
    MissingToolError where SQLAlchemy or the database's driver is not installed.
    """
    sql = _sqlalchemy()
    paths = record_paths(folder)
    metadata = sql.MetaData()
    tables = [(kind, _table(kind, metadata)) for kind in kinds().values()]
    plans, count = _new_plans(paths), 0
    with _engine(database) as engine:
        metadata.create_all(engine)
        while batch := list(islice(plans, _BATCH)):
            hashes = [plan.source.sha256 for plan in batch]
            with engine.begin() as connection:
                for kind, table in tables:
                    connection.execute(table.delete().where(table.c[_KEY].in_(hashes)))
                    if rows := _rows(kind, batch):
                        connection.execute(table.insert(), rows)
            count += len(batch)
    return count
