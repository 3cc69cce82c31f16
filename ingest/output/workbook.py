"""XLSX for people: one sheet a kind, frozen header, filter, widths; numbers as numbers, text as text."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, BinaryIO

from ...schemas import Plan
from ..errors import MissingToolError, TooLargeError
from .columns import Cell, Column, Kind

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

MAX_ROWS = 1_048_576
_MAX_TEXT = 32_767
_MAX_LINKS = 65_530
_MAX_WIDTH, _MIN_WIDTH = 60, 8
_FULL_DATE = len("2024-03-05")
_CREATED = datetime.datetime(2000, 1, 1)  # fixed: the same records give the same bytes
Links = Callable[[str, Cell], str]


class _Sheet:
    """One kind of record; rows are written as they come."""

    def __init__(self, workbook: Workbook, kind: Kind, formats: dict[str, Format], links: Links | None) -> None:
        self._sheet = workbook.add_worksheet(kind.name)
        self._kind = kind
        self._formats = formats
        self._links = links
        self._widths = [len(column.name) for column in kind.columns]
        self._page = next((i for i, column in enumerate(kind.columns) if column.name == "page"), None)
        self.rows = 0
        for index, column in enumerate(kind.columns):
            self._sheet.write_string(0, index, column.name, formats["header"])
        self._sheet.freeze_panes(1, 1)

    def add(self, row: tuple[Cell, ...]) -> None:
        """Write one row; raises TooLargeError when the sheet is full."""
        self.rows += 1
        if self.rows >= MAX_ROWS:
            raise TooLargeError(
                f"Sheet {self._kind.name!r} is full ({MAX_ROWS} rows is all that Excel shows); export csv or parquet."
            )
        for index, (column, cell) in enumerate(zip(self._kind.columns, row, strict=True)):
            if cell is not None:
                self._widths[index] = max(self._widths[index], min(_MAX_WIDTH, len(str(cell))))
                self._write(index, column, cell)
        if self._links is not None and self.rows <= _MAX_LINKS:
            page = row[self._page] if self._page is not None else None
            self._sheet.write_url(self.rows, 0, self._links(str(row[0]), page), self._formats["link"], str(row[0]))

    def _write(self, index: int, column: Column, cell: Cell) -> None:
        if isinstance(cell, bool):
            self._sheet.write_boolean(self.rows, index, cell)
        elif isinstance(cell, int | float):
            self._sheet.write_number(self.rows, index, cell)
        elif column.type == "date" and len(str(cell)) == _FULL_DATE and str(cell) >= "1900-03-01":
            date = datetime.datetime.fromisoformat(str(cell))
            self._sheet.write_datetime(self.rows, index, date, self._formats["date"])
        else:  # also what begins with `-`, `+`, `=`, `@`
            self._sheet.write_string(self.rows, index, str(cell)[:_MAX_TEXT])

    def finish(self) -> None:
        """Set what is known only at the end."""
        self._sheet.autofilter(0, 0, max(1, self.rows), len(self._kind.columns) - 1)
        for index, width in enumerate(self._widths):
            self._sheet.set_column(index, index, max(_MIN_WIDTH, width + 2))


def write_workbook(stream: BinaryIO, kinds: Iterable[Kind], plans: Iterable[Plan], links: Links | None = None) -> int:
    """Write a sheet for each kind and return the number of rows; `links` gives the address of a file and page.

    Raises MissingToolError without xlsxwriter, TooLargeError when a sheet is full.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingToolError('xlsx needs xlsxwriter: run pip install "kehoach[xlsx]".') from error
    workbook = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_urls": False})
    workbook.set_properties({"created": _CREATED})
    formats = {
        "header": workbook.add_format({"bold": True, "bottom": 1}),
        "date": workbook.add_format({"num_format": "dd/mm/yyyy"}),
        "link": workbook.add_format({"font_color": "blue", "underline": 1}),
    }
    sheets = [(kind, _Sheet(workbook, kind, formats, links)) for kind in kinds]
    try:
        for plan in plans:
            for kind, sheet in sheets:
                for row in kind.rows(plan):
                    sheet.add(row)
    finally:
        for _, sheet in sheets:
            sheet.finish()
        workbook.close()
    return sum(sheet.rows for _, sheet in sheets)
