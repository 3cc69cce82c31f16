"""One table over all records of a conversion."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from kehoach.ingest.errors import DamagedInputError, UsageError
from kehoach.ingest.output.export import export
from kehoach.ingest.output.manifest import MANIFEST_NAME


def test_all_records_of_a_kind_in_the_order_of_the_files(conversion: Path, tmp_path: Path) -> None:
    out = tmp_path / "targets.csv"
    assert export(conversion, "targets", "csv", out) == 4
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig", newline="")))
    assert [row["file"] for row in rows] == ["a/kế hoạch.pdf"] * 2 + ["b.pdf"] * 2
    assert [row["value"] for row in rows] == ["1250.5", "", "1250.5", ""]


def test_a_table_written_into_the_conversion_is_no_record_of_it(conversion: Path) -> None:
    for _ in range(2):
        assert export(conversion, "plans", "json", conversion / "plans.json") == 2
    assert len(json.loads((conversion / "plans.json").read_text("utf-8"))) == 2


def test_without_a_manifest_all_records_below_count(conversion: Path, tmp_path: Path) -> None:
    (conversion / MANIFEST_NAME).unlink()
    assert export(conversion, "deadlines", "jsonl", tmp_path / "d.jsonl") == 2


def test_a_folder_without_records_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        export(tmp_path / "none", "plans", "csv", tmp_path / "x.csv")
    with pytest.raises(UsageError, match="no records here"):
        export(tmp_path, "plans", "csv", tmp_path / "x.csv")


def test_a_broken_record_is_named_and_no_table_is_left(conversion: Path, tmp_path: Path) -> None:
    (conversion / "b.pdf.json").write_text('{"schema_version": "1.0"}', "utf-8")
    with pytest.raises(DamagedInputError, match=r"b\.pdf\.json: no valid plan record"):
        export(conversion, "plans", "csv", tmp_path / "x.csv")
    assert not (tmp_path / "x.csv").exists()


def test_a_table_that_cannot_be_written_is_a_usage_error(conversion: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        export(conversion, "plans", "csv", tmp_path / "file" / "x.csv")
