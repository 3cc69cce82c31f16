"""The command line: parses, calls, prints, exits. What the commands do lives in `ingest`."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from . import __version__
from .ingest.errors import KehoachError
from .ingest.options import Options

app = typer.Typer(
    name="kehoach",
    help="Turn Vietnamese administrative plans (PDF, scans, Word, text) into records that can be checked and counted.",
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


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"kehoach {__version__}")
        raise typer.Exit


@app.callback()
def kehoach(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Turn Vietnamese administrative plans (PDF, scans, Word, text) into records that can be checked and counted.

    Exit status: 0 all went well, 1 some inputs failed (the others are written), 2 wrong usage or nothing to do.
    """


@app.command()
def convert(  # noqa: PLR0913, PLR0917 - an argument an option
    paths: Annotated[list[Path], typer.Argument(help="Files, folders (with all below them) and ZIP archives.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the records, the texts and manifest.jsonl.")],
    workers: Annotated[int, typer.Option(min=0, help="Processes at work; 0 means one for each core.")] = 0,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try again what failed before.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Convert everything again.")] = False,
    include: Annotated[list[str] | None, typer.Option(help="Only names like this, for example *.pdf.")] = None,
    exclude: Annotated[list[str] | None, typer.Option(help="No names like this.")] = None,
    since: Annotated[datetime | None, typer.Option(help="Only files changed since then.")] = None,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds for one document.")] = _DEFAULTS.timeout,
    max_memory: Annotated[int, typer.Option(min=200, help="MiB of memory for one document.")] = _DEFAULTS.max_memory,
    max_pages: Annotated[int, typer.Option(min=1, help="Pages of one document.")] = _DEFAULTS.max_pages,
    max_pixels: Annotated[int, typer.Option(min=1, help="Pixels of one page.")] = _DEFAULTS.max_pixels,
    dictionaries: Annotated[Path | None, typer.Option(help="Folder with dictionaries of your own.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show nothing but what failed.")] = False,
    json_log: Annotated[bool, typer.Option("--json-log", help="Show events as JSON lines.")] = False,
) -> None:
    """Convert files and folders into records and restored texts; a second run goes on where the first one stopped."""
    from .ingest.batch.discovery import Selection
    from .ingest.batch.report import reporter_for
    from .ingest.batch.run import BatchOptions, run_batch

    options = Options(dictionaries, max_pages=max_pages, max_pixels=max_pixels, timeout=timeout, max_memory=max_memory)
    selection = Selection(tuple(include or ()), tuple(exclude or ()), since.timestamp() if since else None)
    batch = BatchOptions(workers, selection, retry_failed, force)
    reporter = reporter_for(sys.stderr, quiet=quiet, json_log=json_log)
    summary = run_batch(paths, out, options, batch, reporter)
    raise typer.Exit(summary.exit_code)


@app.command()
def restore(
    file: Annotated[Path | None, typer.Argument(help="Text file; standard input when left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Show each word with its source and alternatives.")] = False,
) -> None:
    """Give text that lost its Vietnamese letters back its letters and marks, line for line."""
    from .ingest.restoring import read_text, restored_json, restored_text

    data = read_text(file)
    sys.stdout.buffer.write(restored_json(data) if as_json else restored_text(data))


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Folder that `convert --out` wrote.")],
    records: Annotated[str, typer.Option(help="Kind of record: plans, targets, deadlines, award_tiers …")],
    form: Annotated[TableFormat, typer.Option("--format", help="Format of the table.")],
    out: Annotated[Path, typer.Option(help="File to write; - for standard output.")],
    excel_vi: Annotated[
        bool, typer.Option("--excel-vi", help="CSV for Excel with Vietnamese settings: ; and decimal comma.")
    ] = False,
) -> None:
    """Write one table over all records of a conversion."""
    from .ingest.output.export import export as write_table

    rows = write_table(folder, records, form.value, out, excel_vi=excel_vi)
    print(f"{rows} rows of {records} written to {out}", file=sys.stderr)


@app.command()
def schema() -> None:
    """Show the JSON Schema of the record."""
    from .schemas import Plan

    print(json.dumps(Plan.model_json_schema(), ensure_ascii=False, indent=2))


@app.command()
def doctor() -> None:
    """Show what is installed and what is missing, with the command that mends it."""
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
