"""Parquet holds the rows with their types."""

from __future__ import annotations

from pathlib import Path

import pytest
from kehoach.ingest.errors import DamagedInputError
from kehoach.ingest.output.columns import kind_named
from kehoach.ingest.output.export import export

polars = pytest.importorskip("polars", reason="the extra parquet is not installed")


def test_rows_and_types_come_back(conversion: Path, tmp_path: Path) -> None:
    assert export(conversion, "targets", "parquet", tmp_path / "t.parquet") == 4
    frame = polars.read_parquet(tmp_path / "t.parquet")
    assert frame.columns == [column.name for column in kind_named("targets").columns]
    assert frame["value"].to_list() == [1250.5, None, 1250.5, None]
    assert frame["ordinal"].to_list() == ["-", None, "-", None]


def test_a_kind_without_records_is_an_empty_table(conversion: Path, tmp_path: Path) -> None:
    assert export(conversion, "award_tiers", "parquet", tmp_path / "a.parquet") == 0
    assert polars.read_parquet(tmp_path / "a.parquet").height == 0


def test_a_broken_record_is_named(conversion: Path, tmp_path: Path) -> None:
    (conversion / "b.pdf.json").write_text("{}", "utf-8")
    with pytest.raises(DamagedInputError, match=r"b\.pdf\.json"):
        export(conversion, "targets", "parquet", tmp_path / "t.parquet")
