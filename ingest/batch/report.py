"""How a run is shown: a bar on a terminal, lines elsewhere, JSON for programs. All of it goes to standard error."""

from __future__ import annotations

import json
import time
from typing import TextIO

from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from ..output.manifest import ManifestLine
from .run import Reporter, Summary

_MOST_FAILURES = 50  # listed in the summary; the manifest has them all


def printable(text: str) -> str:
    """The text without characters that a terminal obeys."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def document_line(line: ManifestLine) -> str:
    """One line on one input."""
    if line.status == "ok":
        return printable(f"{line.file}: ok, {line.pages} pages, {line.seconds:.1f} s")
    category = f" ({line.category})" if line.category is not None else ""
    return printable(f"{line.file}: {line.status}{category}: {line.error}")


def summary_rows(summary: Summary) -> list[tuple[str, str]]:
    """The lines of the summary table."""
    rows = [
        ("files", str(summary.total)),
        ("converted", str(summary.converted)),
        ("done before", str(summary.unchanged)),
        ("skipped", str(summary.skipped)),
        ("failed", str(len(summary.failures))),
        ("not reached", str(summary.total - summary.finished)),
        ("pages", str(summary.pages)),
        *((name.replace("_", " "), str(count)) for name, count in summary.records.items() if name != "warnings"),
        ("warnings", str(summary.warnings)),
        ("seconds", f"{summary.seconds:.1f}"),
    ]
    optional = {"done before", "skipped", "not reached"}
    return [(name, value) for name, value in rows if value != "0" or name not in optional]


class LineReporter:
    """A line an input, a table at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False, soft_wrap=True)
        self._total = 0

    def begin(self, total: int) -> None:
        """Say how many inputs there are."""
        self._total = total
        self._console.print(f"{total} files")

    def document(self, line: ManifestLine, summary: Summary, *, unchanged: bool) -> None:
        """One line on one input; nothing on what was done before."""
        if not unchanged:
            self._console.print(Text(f"[{summary.finished}/{self._total}] {document_line(line)}"))

    def tick(self) -> None:
        """Nothing to show."""

    def end(self, summary: Summary) -> None:
        """The failures with their reasons once more, since they are far apart above, and the table."""
        if summary.total > 1:
            show_failures(self._console, summary)
        show_summary(self._console, summary)


class BarReporter:
    """A bar with files, pages a second, time left and failures; the same table at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False, soft_wrap=True)
        self._progress = Progress(
            TextColumn("converting"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]}"),
            console=self._console,
            transient=True,
        )
        self._started = time.monotonic()

    def begin(self, total: int) -> None:
        """Show the bar."""
        self._started = time.monotonic()
        self._task = self._progress.add_task("", total=total, rate="", failed="")
        self._progress.start()

    def document(self, line: ManifestLine, summary: Summary, *, unchanged: bool) -> None:  # noqa: ARG002
        """Move the bar on."""
        rate = summary.pages / max(0.001, time.monotonic() - self._started)
        failed = f"{len(summary.failures)} failed" if summary.failures else ""
        self._progress.update(self._task, completed=summary.finished, rate=f"{rate:.1f} pages/s", failed=failed)

    def tick(self) -> None:
        """The bar moves by itself."""

    def end(self, summary: Summary) -> None:
        """The failures with their reasons, and the table in the place of the bar."""
        self._progress.stop()
        show_failures(self._console, summary)
        show_summary(self._console, summary)


class QuietReporter:
    """Nothing but what failed."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False, soft_wrap=True)

    def begin(self, total: int) -> None:
        """Nothing to show."""

    def document(self, line: ManifestLine, summary: Summary, *, unchanged: bool) -> None:
        """Nothing to show."""

    def tick(self) -> None:
        """Nothing to show."""

    def end(self, summary: Summary) -> None:
        """The failures with their reasons."""
        show_failures(self._console, summary)


class JsonReporter:
    """A JSON object a line for each event: `begin`, `document`, `end`."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def _say(self, event: str, **values: object) -> None:
        print(json.dumps({"event": event, **values}), file=self._stream, flush=True)

    def begin(self, total: int) -> None:
        """How many inputs there are."""
        self._say("begin", files=total)

    def document(self, line: ManifestLine, summary: Summary, *, unchanged: bool) -> None:  # noqa: ARG002
        """The manifest's line of an input."""
        self._say("document", unchanged=unchanged, **line.model_dump())

    def tick(self) -> None:
        """Nothing to say."""

    def end(self, summary: Summary) -> None:
        """The numbers of the summary."""
        self._say(
            "end",
            files=summary.total,
            converted=summary.converted,
            unchanged=summary.unchanged,
            skipped=summary.skipped,
            failed=len(summary.failures),
            pages=summary.pages,
            records=dict(summary.records),
            warnings=summary.warnings,
            seconds=round(summary.seconds, 2),
            interrupted=summary.interrupted,
        )


def show_failures(console: Console, summary: Summary) -> None:
    """List what failed and why, in the order of the names."""
    failures = sorted(summary.failures, key=lambda line: line.file)
    for line in failures[:_MOST_FAILURES]:
        console.print(Text(document_line(line)))
    if len(failures) > _MOST_FAILURES:
        console.print(f"… and {len(failures) - _MOST_FAILURES} more: see the manifest")


def show_summary(console: Console, summary: Summary) -> None:
    """The summary as a table of two columns."""
    table = Table(box=SIMPLE, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in summary_rows(summary):
        table.add_row(name, value)
    if summary.interrupted:
        console.print("Interrupted; the same command goes on from here.")
    console.print(table)


def reporter_for(stream: TextIO, *, quiet: bool = False, json_log: bool = False) -> Reporter:
    """The reporter that suits the stream and the user's wish."""
    if json_log:
        return JsonReporter(stream)
    if quiet:
        return QuietReporter(stream)
    return BarReporter(stream) if stream.isatty() else LineReporter(stream)
