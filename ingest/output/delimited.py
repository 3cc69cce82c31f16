"""Tables as CSV, JSON and JSON lines, written row by row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import BinaryIO

from .columns import Cell, Column, Row

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _safe_text(text: str) -> str:
    """Text that a spreadsheet shows and does not calculate: our bullets begin with `-` and `+`."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def _csv_cell(cell: Cell, decimal_comma: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return _safe_text(cell)
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return text.replace(".", ",") if decimal_comma else text


def write_csv(
    stream: BinaryIO,
    columns: Iterable[Column],
    rows: Iterable[Row],
    *,
    byte_order_mark: bool = True,
    excel_vi: bool = False,
) -> None:
    """Write CSV in UTF-8; with a byte order mark Excel shows Vietnamese.

    `excel_vi` separates cells by `;` and decimals by a comma, as Excel with Vietnamese settings reads them.
    """
    if byte_order_mark:
        stream.write(BYTE_ORDER_MARK)
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";" if excel_vi else ",", lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(cell, excel_vi) for cell in row])
    text.detach()


def _json_row(columns: tuple[Column, ...], row: Row) -> bytes:
    record = {column.name: cell for column, cell in zip(columns, row, strict=True)}
    return json.dumps(record, ensure_ascii=False).encode()


def write_json(stream: BinaryIO, columns: tuple[Column, ...], rows: Iterable[Row]) -> None:
    """Write one JSON array, an object a row."""
    separator = b"[\n"
    for row in rows:
        stream.write(separator + _json_row(columns, row))
        separator = b",\n"
    stream.write(b"\n]\n" if separator == b",\n" else b"[]\n")


def write_jsonl(stream: BinaryIO, columns: tuple[Column, ...], rows: Iterable[Row]) -> None:
    """Write one JSON object a line."""
    for row in rows:
        stream.write(_json_row(columns, row) + b"\n")
