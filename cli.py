"""The command line: parses, calls, prints, exits. What the commands do lives in `ingest`."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from . import __version__
from .ingest.errors import KehoachError
from .ingest.options import Options

app = typer.Typer(
    name="kehoach",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
_DEFAULTS = Options()


class TableFormat(StrEnum):
    """Formats of an exported table."""

    csv = "csv"
    json = "json"
    jsonl = "jsonl"
    xlsx = "xlsx"
    parquet = "parquet"


class Executor(StrEnum):
    """Where the work is done."""

    local = "local"
    dask = "dask"


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"kehoach {__version__}")
        raise typer.Exit


@app.callback()
def kehoach(
    version: Annotated[
        bool, Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Turn Vietnamese administrative plans (PDF, scans, Word, text) into records that can be checked and counted.

    Exit status: 0 all went well, 1 some inputs failed (the others are written), 2 wrong usage or nothing to do.
    """


@app.command()
def convert(  # noqa: PLR0913, PLR0917 - an argument an option
    paths: Annotated[list[Path], Argument(metavar="PATH", help="Files, folders with all below them, ZIP archives.")],
    out: Annotated[Path, Option(metavar="DIR", help="Folder for records, texts and manifest.jsonl.")],
    workers: Annotated[int, Option(metavar="N", min=0, help="Processes at work; 0: one for each core.")] = 0,
    retry_failed: Annotated[bool, Option("--retry-failed", help="Try again what failed before.")] = False,
    force: Annotated[bool, Option("--force", help="Convert everything again.")] = False,
    include: Annotated[list[str] | None, Option(metavar="PATTERN", help="Only names like this (*.pdf).")] = None,
    exclude: Annotated[list[str] | None, Option(metavar="PATTERN", help="No names like this (draft*).")] = None,
    since: Annotated[datetime | None, Option(metavar="DATE", help="Only files changed since then.")] = None,
    timeout: Annotated[float, Option(metavar="SECONDS", min=1, help="Time for one document.")] = _DEFAULTS.timeout,
    max_memory: Annotated[int, Option(metavar="MIB", min=200, help="Memory for one document.")] = _DEFAULTS.max_memory,
    total_memory: Annotated[int, Option(metavar="MIB", min=0, help="Memory for all; 0: 4/5 of the machine's.")] = 0,
    max_pages: Annotated[int, Option(metavar="N", min=1, help="Pages of one document.")] = _DEFAULTS.max_pages,
    max_pixels: Annotated[int, Option(metavar="N", min=1, help="Pixels of one page.")] = _DEFAULTS.max_pixels,
    dictionaries: Annotated[Path | None, Option(metavar="DIR", help="Folder with dictionaries of your own.")] = None,
    executor: Annotated[Executor, Option(metavar="WHERE", help="local or dask (a cluster).")] = Executor.local,
    scheduler: Annotated[str | None, Option(metavar="URL", help="Of the cluster: tcp://HOST:8786.")] = None,
    quiet: Annotated[bool, Option("--quiet", help="Show nothing but what failed.")] = False,
    json_log: Annotated[bool, Option("--json-log", help="Show events as JSON lines.")] = False,
) -> None:
    """Convert files and folders into records.

    Each input gives its record and its restored text. A second run goes on where the first one stopped.
    """
    from .ingest.batch.discovery import Selection
    from .ingest.batch.report import reporter_for
    from .ingest.batch.run import BatchOptions, run_batch, scheduler_for

    options = Options(dictionaries, max_pages=max_pages, max_pixels=max_pixels, timeout=timeout, max_memory=max_memory)
    selection = Selection(tuple(include or ()), tuple(exclude or ()), since.timestamp() if since else None)
    cluster = scheduler_for(executor.value, scheduler)
    batch = BatchOptions(workers, total_memory, selection, retry_failed, force, scheduler=cluster)
    reporter = reporter_for(sys.stderr, quiet=quiet, json_log=json_log)
    summary = run_batch(paths, out, options, batch, reporter)
    raise typer.Exit(summary.exit_code)


@app.command()
def restore(
    file: Annotated[Path | None, Argument(metavar="[FILE]", help="Text file; standard input when left out.")] = None,
    as_json: Annotated[bool, Option("--json", help="Show each word with its source and alternatives.")] = False,
    dictionaries: Annotated[Path | None, Option(metavar="DIR", help="Folder with dictionaries of your own.")] = None,
) -> None:
    """Give legacy text its letters and marks back, line for line."""
    from .ingest.options import own_dictionaries
    from .ingest.restoring import read_text, restored_json, restored_text

    data = read_text(file)
    with own_dictionaries(dictionaries):
        sys.stdout.buffer.write(restored_json(data) if as_json else restored_text(data))


@app.command()
def inspect(
    file: Annotated[Path, Argument(metavar="FILE", help="A document.")],
    pages: Annotated[str | None, Option(metavar="LIST", help="Pages to tell about, like 1-3,7.")] = None,
    images: Annotated[
        Path | None, Option(metavar="DIR", help="Folder for the pages as PNG, findings drawn in.")
    ] = None,
    as_json: Annotated[bool, Option("--json", help="Show everything as JSON.")] = False,
    max_pages: Annotated[int, Option(metavar="N", min=1, help="Pages of one document.")] = _DEFAULTS.max_pages,
    max_pixels: Annotated[int, Option(metavar="N", min=1, help="Pixels of one page.")] = _DEFAULTS.max_pixels,
    dictionaries: Annotated[Path | None, Option(metavar="DIR", help="Folder with dictionaries of your own.")] = None,
) -> None:
    """Show page by page what a conversion finds in a file, and why a word is doubted.

    The whole file is read, so that lines and doubts are those of its record. Exit status 1: a page could not be read.
    """
    from .ingest.inspection import inspect_file, inspection_json, inspection_text

    options = Options(dictionaries, max_pages=max_pages, max_pixels=max_pixels)
    inspection = inspect_file(file, options, pages, images)
    print(inspection_json(inspection) if as_json else inspection_text(inspection))
    raise typer.Exit(inspection.exit_code)


@app.command()
def export(
    folder: Annotated[Path, Argument(metavar="DIR", help="Folder that `convert --out` wrote.")],
    records: Annotated[str, Option(metavar="KIND", help="Kind of record: plans, targets, deadlines, award_tiers …")],
    form: Annotated[TableFormat, Option("--format", metavar="FORMAT", help="csv, json, jsonl, xlsx or parquet.")],
    out: Annotated[Path, Option(metavar="FILE", help="File to write; - for standard output.")],
    excel_vi: Annotated[
        bool, Option("--excel-vi", help="CSV for Excel with Vietnamese settings: ; and decimal comma.")
    ] = False,
    sources: Annotated[Path | None, Option(metavar="DIR", help="Folder of the originals, for links in xlsx.")] = None,
) -> None:
    """Write one table over all records.

    In xlsx the kind `all` gives a workbook with a sheet for each kind.
    """
    from .ingest.output.export import export as write_table

    rows = write_table(folder, records, form.value, out, excel_vi=excel_vi, sources=sources)
    print(f"{rows} rows of {records} written to {out}", file=sys.stderr)


@app.command()
def load(
    folder: Annotated[Path, Argument(metavar="DIR", help="Folder that `convert --out` wrote.")],
    database: Annotated[
        str, Option("--db", metavar="URL", help="SQLite file, or the URL of a database.")
    ] = "kehoach.db",
) -> None:
    """Load all records into a database.

    Loading a document again replaces its rows.
    """
    from .ingest.output.database import load as load_into

    count = load_into(folder, database)
    print(f"{count} documents loaded into {database.rpartition('@')[2]}", file=sys.stderr)


@app.command()
def schema() -> None:
    """Show the JSON Schema of the record."""
    from .schemas import Plan

    print(json.dumps(Plan.model_json_schema(), ensure_ascii=False, indent=2))


@app.command()
def doctor() -> None:
    """Show what is missing, and what mends it."""
    from .ingest.doctor import examine, finding_line

    findings = examine()
    for finding in findings:
        print(finding_line(finding))
    raise typer.Exit(0 if all(finding.ok or not finding.needed for finding in findings) else 1)


def main() -> None:
    """Run the command line; an error that the user can mend is one line and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except KehoachError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        sys.exit(0)
