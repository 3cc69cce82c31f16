"""What a person and a program see of a run."""

from __future__ import annotations

import io
import json

import pytest
from kehoach.ingest.batch.report import (
    BarReporter,
    JsonReporter,
    LineReporter,
    QuietReporter,
    document_line,
    reporter_for,
    summary_rows,
)
from kehoach.ingest.batch.run import Reporter, Summary
from kehoach.ingest.output.manifest import ManifestLine

GOOD = ManifestLine(file="xã/a.pdf", status="ok", pages=3, seconds=1.25)
BAD = ManifestLine(file="b\n.pdf", status="failed", category="damaged", error="is damaged")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(reporter: Reporter, stream: io.StringIO, *, interrupted: bool = False) -> str:
    """What a reporter shows of a run of two inputs, one of which failed."""
    summary = Summary(total=2)
    reporter.begin(2)
    summary.converted, summary.pages = 1, 3
    reporter.document(GOOD, summary, unchanged=False)
    summary.failures.append(BAD)
    reporter.document(BAD, summary, unchanged=False)
    reporter.tick()
    summary.records["targets"] = 12
    summary.interrupted = interrupted
    reporter.end(summary)
    return stream.getvalue()


def test_lines_tell_each_input_and_the_end_tells_all() -> None:
    stream = io.StringIO()
    text = shown(LineReporter(stream), stream)
    assert "[1/2] xã/a.pdf: ok, 3 pages, 1.2 s" in text
    assert "[2/2] b\\n.pdf: failed (damaged): is damaged" in text
    assert "targets" in text


def test_quiet_tells_what_failed_and_nothing_else() -> None:
    stream = io.StringIO()
    assert shown(QuietReporter(stream), stream) == "b\\n.pdf: failed (damaged): is damaged\n"


def test_json_lines_are_events_with_the_lines_of_the_manifest() -> None:
    stream = io.StringIO()
    events = [json.loads(line) for line in shown(JsonReporter(stream), stream).splitlines()]
    assert [event["event"] for event in events] == ["begin", "document", "document", "end"]
    assert events[2]["file"] == "b\n.pdf"
    assert (events[3]["failed"], events[3]["records"]) == (1, {"targets": 12})


def test_the_bar_counts_and_leaves_the_summary() -> None:
    stream = Terminal()
    text = shown(BarReporter(stream), stream, interrupted=True)
    assert "1 failed" in text or "2/2" in text
    assert "the same command goes on from here" in text


def test_the_stream_and_the_wish_choose_the_reporter() -> None:
    assert isinstance(reporter_for(io.StringIO()), LineReporter)
    assert isinstance(reporter_for(Terminal()), BarReporter)
    assert isinstance(reporter_for(Terminal(), quiet=True), QuietReporter)
    assert isinstance(reporter_for(Terminal(), quiet=True, json_log=True), JsonReporter)


def test_the_summary_adds_up() -> None:
    summary = Summary(total=10, converted=3, unchanged=2, skipped=1, failures=[BAD])
    rows = dict(summary_rows(summary))
    assert rows["not reached"] == "3"
    assert (rows["files"], rows["converted"], rows["done before"], rows["failed"]) == ("10", "3", "2", "1")


@pytest.mark.parametrize("line", [GOOD, BAD])
def test_a_message_is_one_line_that_no_terminal_obeys(line: ManifestLine) -> None:
    assert document_line(line).isprintable()
