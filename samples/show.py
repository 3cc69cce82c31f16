"""Shows the first rows of a table of targets on the terminal: `python -m kehoach.samples.show targets.csv`."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

COLUMNS = (
    "file",
    "name",
    "change",
    "comparator",
    "value",
    "value_max",
    "unit",
    "status",
    "page",
    "line_start",
    "confidence",
)


def show(path: Path, rows: int = 4) -> Table:
    """A table of the first `rows` targets of each file."""
    table = Table(*COLUMNS)
    seen: dict[str, int] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            seen[row["file"]] = seen.get(row["file"], 0) + 1
            if seen[row["file"]] <= rows:
                table.add_row(*(row.get(column) or "" for column in COLUMNS))
    return table


if __name__ == "__main__":
    Console(width=None if sys.stdout.isatty() else 160).print(show(Path(sys.argv[1])))
