"""XLSX opened with another library: numbers are numbers, text is text, and nothing is calculated."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from kehoach.ingest.errors import TooLargeError
from kehoach.ingest.output import workbook
from kehoach.ingest.output.columns import kind_named, kinds
from kehoach.ingest.output.export import export
from kehoach.ingest.output.workbook import write_workbook
from kehoach.schemas import Plan

pytest.importorskip("xlsxwriter", reason="the extra xlsx is not installed")
openpyxl = pytest.importorskip("openpyxl", reason="needs another reader of workbooks")


def cells(path: Path, sheet: str) -> list[dict[str, object]]:
    """The cells of a sheet by column name."""
    rows = openpyxl.load_workbook(path)[sheet].iter_rows()
    names = [cell.value for cell in next(rows)]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_numbers_are_numbers_and_bullets_are_text(conversion: Path, tmp_path: Path) -> None:
    export(conversion, "targets", "xlsx", tmp_path / "t.xlsx")
    first, second = cells(tmp_path / "t.xlsx", "targets")[:2]
    assert (first["value"].value, first["value"].data_type) == (1250.5, "n")  # type: ignore[attr-defined]
    assert (first["ordinal"].value, first["ordinal"].data_type) == ("-", "s")  # type: ignore[attr-defined]
    assert (second["name"].value, second["name"].data_type) == ("+ An ninh", "s")  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["=1+1", "@x", "-5", "+5", "http://x", "{=1}"])
def test_no_text_becomes_a_formula_or_a_link(text: str, tmp_path: Path, plan: Callable[..., Plan]) -> None:
    with (tmp_path / "p.xlsx").open("wb") as stream:
        write_workbook(stream, [kind_named("plans")], [plan(recipients=(text,))])
    cell = cells(tmp_path / "p.xlsx", "plans")[0]["recipients"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)  # type: ignore[attr-defined]


def test_whole_dates_are_dates_and_partial_ones_are_text(conversion: Path, tmp_path: Path) -> None:
    export(conversion, "all", "xlsx", tmp_path / "all.xlsx")
    plan = cells(tmp_path / "all.xlsx", "plans")[0]
    assert plan["issued_on"].value == datetime.datetime(2031, 2, 5)  # type: ignore[attr-defined]
    assert cells(tmp_path / "all.xlsx", "targets")[0]["period"].value == "2031"  # type: ignore[attr-defined]


def test_a_workbook_has_a_sheet_a_kind_with_frozen_header_and_filter(conversion: Path, tmp_path: Path) -> None:
    export(conversion, "all", "xlsx", tmp_path / "all.xlsx")
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert book.sheetnames == list(kinds())
    assert book["targets"].freeze_panes == "B2"
    assert book["targets"].auto_filter.ref.startswith("A1:")
    assert book["targets"].column_dimensions["A"].width > 10


def test_files_link_to_the_text_or_to_the_page_of_the_original(conversion: Path, tmp_path: Path) -> None:
    export(conversion, "targets", "xlsx", tmp_path / "t.xlsx")
    link = cells(tmp_path / "t.xlsx", "targets")[2]["file"].hyperlink  # type: ignore[attr-defined]
    assert link.target.replace("\\", "/") == "out/b.pdf.txt"
    export(conversion, "targets", "xlsx", tmp_path / "s.xlsx", sources=tmp_path / "originals")
    link = cells(tmp_path / "s.xlsx", "targets")[2]["file"].hyperlink  # type: ignore[attr-defined]
    assert (link.target.replace("\\", "/"), link.location) == ("originals/b.pdf", "page=2")


def test_the_same_records_give_the_same_bytes(conversion: Path, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        export(conversion, "all", "xlsx", tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_full_sheet_is_an_error_and_no_silent_loss(
    tmp_path: Path, plan: Callable[..., Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 4)
    with (tmp_path / "p.xlsx").open("wb") as stream, pytest.raises(TooLargeError, match="is full"):
        write_workbook(stream, [kind_named("targets")], [plan(), plan()])
