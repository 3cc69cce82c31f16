"""A database holds each document once, whole, however often it is loaded."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from kehoach.ingest.errors import DamagedInputError, UsageError
from kehoach.ingest.output.columns import kinds
from kehoach.ingest.output.database import load
from kehoach.ingest.output.files import write_conversion
from kehoach.ingest.output.manifest import MANIFEST_NAME
from kehoach.schemas import Plan

pytest.importorskip("sqlalchemy", reason="the extra db is not installed")


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def contents(database: Path) -> dict[str, list[tuple[object, ...]]]:
    return {name: rows(database, f"select * from {name} order by document, position") for name in kinds()}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "kế hoạch.db"


def test_records_are_rows_with_numbers(conversion: Path, database: Path) -> None:
    assert load(conversion, str(database)) == 2
    assert rows(database, "select file, value, unit from targets where value is not null order by file") == [
        ("a/kế hoạch.pdf", 1250.5, "con"),
        ("b.pdf", 1250.5, "con"),
    ]


def test_loading_twice_changes_nothing(conversion: Path, database: Path) -> None:
    load(conversion, f"sqlite:///{database}")
    before = contents(database)
    load(conversion, str(database))
    assert contents(database) == before


def test_a_document_that_was_converted_again_replaces_its_rows(
    conversion: Path, database: Path, plan: Callable[..., Plan]
) -> None:
    load(conversion, str(database))
    write_conversion(conversion, "b.pdf", plan("b.pdf", targets=()), "")
    load(conversion, str(database))
    assert rows(database, "select file, count(*) from targets group by file") == [("a/kế hoạch.pdf", 2)]


def test_a_copy_under_another_name_adds_nothing(conversion: Path, database: Path, plan: Callable[..., Plan]) -> None:
    (conversion / MANIFEST_NAME).unlink()
    write_conversion(conversion, "copy of b.pdf", plan("copy of b.pdf"), "")
    assert load(conversion, str(database)) == 2


def write(folder: Path, plan: Plan) -> None:
    write_conversion(folder, plan.source.file, plan, "")


def loaded(database: Path) -> list[tuple[object, ...]]:
    targets = "(select count(*) from targets where targets.document = plans.document)"
    return rows(database, f"select file, document, {targets} from plans order by file, document")


def test_a_file_that_changed_takes_its_old_document_away(
    conversion: Path, database: Path, plan: Callable[..., Plan]
) -> None:
    load(conversion, str(database))
    write(conversion, plan("b.pdf", "c" * 64))
    load(conversion, str(database))
    assert loaded(database) == [("a/kế hoạch.pdf", "1" * 64, 2), ("b.pdf", "c" * 64, 2)]
    assert rows(database, "select file, document from loaded order by file") == [
        ("a/kế hoạch.pdf", "1" * 64),
        ("b.pdf", "c" * 64),
    ]


def test_a_file_that_gives_no_record_any_more_takes_its_document_away(conversion: Path, database: Path) -> None:
    load(conversion, str(database))
    (conversion / "b.pdf.json").unlink()
    load(conversion, str(database))
    assert loaded(database) == [("a/kế hoạch.pdf", "1" * 64, 2)]


def test_files_of_one_name_in_different_folders_do_not_push_each_other_out(
    conversion: Path, database: Path, plan: Callable[..., Plan], tmp_path: Path
) -> None:
    other = tmp_path / "of another year"
    write(other, plan("b.pdf", "d" * 64))
    load(conversion, str(database))
    load(other, str(database))
    assert [(file, document) for file, document, _ in loaded(database)] == [
        ("a/kế hoạch.pdf", "1" * 64),
        ("b.pdf", "0" * 64),
        ("b.pdf", "d" * 64),
    ]


@pytest.mark.parametrize("batch", [1, 100])
@pytest.mark.parametrize("copy", ["a copy.pdf", "z copy.pdf"])
def test_a_document_stays_while_a_copy_of_it_is_left(
    batch: int,
    copy: str,
    conversion: Path,
    database: Path,
    plan: Callable[..., Plan],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kehoach.ingest.output.database._BATCH", batch)
    (conversion / MANIFEST_NAME).unlink()
    write(conversion, plan(copy, "0" * 64))
    assert load(conversion, str(database)) == 2
    write(conversion, plan("b.pdf", "c" * 64))
    assert load(conversion, str(database)) == 3
    assert set(loaded(database)) == {
        ("a/kế hoạch.pdf", "1" * 64, 2),
        ("b.pdf", "c" * 64, 2),
        (copy, "0" * 64, 2),
    }


def test_text_may_hold_what_databases_do_not_take(conversion: Path, database: Path, plan: Callable[..., Plan]) -> None:
    write_conversion(conversion, "b.pdf", plan("b.pdf", recipients=("a\0b",)), "")
    load(conversion, str(database))
    assert ("ab",) in rows(database, "select recipients from plans")


def test_a_load_that_breaks_off_leaves_no_half_document(
    conversion: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kehoach.ingest.output.database._BATCH", 1)
    (conversion / "b.pdf.json").write_text("{}", "utf-8")
    with pytest.raises(DamagedInputError):
        load(conversion, str(database))
    assert rows(database, "select file from plans") == [("a/kế hoạch.pdf",)]
    assert rows(database, "select distinct file from targets") == [("a/kế hoạch.pdf",)]


@pytest.mark.parametrize("address", ["nonsense://x", "sqlite:///none/at/all.db"])
def test_a_database_that_cannot_be_used_is_a_usage_error(address: str, conversion: Path) -> None:
    with pytest.raises(UsageError):
        load(conversion, address)
