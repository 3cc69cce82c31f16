"""PostgreSQL, started by the test, holds the same rows as SQLite."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kehoach.ingest.output.columns import kinds
from kehoach.ingest.output.database import load
from kehoach.ingest.output.files import write_conversion
from kehoach.schemas import Plan

sqlalchemy = pytest.importorskip("sqlalchemy", reason="the extra db is not installed")
pwd = pytest.importorskip("pwd", reason="not a Unix system")
pytest.importorskip("psycopg", reason="the extra postgresql is not installed")


def programs() -> Path:
    """The folder of PostgreSQL's programs."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = debian[-1] if debian else shutil.which("initdb")
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return Path(found).parent


def server_user() -> str:
    """Who runs the server: it refuses to be run by root."""
    if os.geteuid() != 0:
        return str(pwd.getpwuid(os.geteuid()).pw_name)
    try:
        return str(pwd.getpwnam("postgres").pw_name)
    except KeyError:
        pytest.skip("PostgreSQL cannot be run by root, and there is no user postgres")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server in a folder of its own, open to its user, that listens on a socket in it."""
    binaries, user = programs(), server_user()
    folder = Path(tempfile.mkdtemp(prefix="kehoach-"))
    if os.geteuid() == 0:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str | Path) -> None:
        command = [binaries / program, "-D", folder / "data", *arguments]
        switch: dict[str, Any] = {"user": user} if os.geteuid() == 0 else {}
        subprocess.run(command, check=True, capture_output=True, cwd=folder, **switch)

    run("initdb", "-A", "trust", "-U", "kehoach", "-E", "UTF8")
    run("pg_ctl", "-w", "-l", folder / "log", "-o", f"-c listen_addresses='' -k {folder}", "start")
    try:
        yield f"postgresql://kehoach@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture
def address(server: str) -> str:
    """The server, emptied."""
    engine = sqlalchemy.create_engine(server.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("drop schema public cascade"))
        connection.execute(sqlalchemy.text("create schema public"))
    engine.dispose()
    return server


def contents(address: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, in order."""
    engine = sqlalchemy.create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        found = {
            name: [tuple(row) for row in connection.execute(sqlalchemy.text(f"select * from {name}"))]
            for name in kinds()
        }
    engine.dispose()
    return {name: sorted(rows, key=lambda row: row[:2]) for name, rows in found.items()}


def test_a_file_that_changed_takes_its_old_document_away(
    conversion: Path, tmp_path: Path, address: str, plan: Callable[..., Plan]
) -> None:
    databases = (address, str(tmp_path / "same.db"))
    for database in databases:
        load(conversion, database)
    write_conversion(conversion, "b.pdf", plan("b.pdf", "c" * 64), "")
    (conversion / "a" / "kế hoạch.pdf.json").unlink()
    for database in databases:
        assert load(conversion, database) == 1
    rows = contents(address)
    assert [row[0] for row in rows["plans"]] == ["c" * 64]
    assert rows == contents(f"sqlite:///{tmp_path / 'same.db'}")


def test_both_databases_hold_the_same_rows_however_often_loaded(conversion: Path, tmp_path: Path, address: str) -> None:
    for _ in range(2):
        assert load(conversion, address) == 2
    load(conversion, str(tmp_path / "same.db"))
    rows = contents(address)
    assert rows == contents(f"sqlite:///{tmp_path / 'same.db'}")
    assert len(rows["targets"]) == 4
