"""The memory of the run itself does not grow with the number of documents."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from kehoach.ingest.batch.report import LineReporter
from kehoach.ingest.batch.run import BatchOptions, Summary, run_batch
from kehoach.ingest.options import Options
from kehoach.ingest.output.manifest import ManifestLine

pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads the memory in use from /proc")

FAULTY = f"{Path(__file__).with_name('faulty.py')}:convert"
PAGE = 4096


class Sampling(LineReporter):
    """Notes the pages of memory in use after so many documents."""

    def __init__(self) -> None:
        super().__init__(io.StringIO())
        self.at: dict[int, int] = {}

    def document(self, line: ManifestLine, summary: Summary, *, unchanged: bool) -> None:
        super().document(line, summary, unchanged=unchanged)
        self.at[summary.finished] = int(Path("/proc/self/statm").read_text("ascii").split()[1])


def test_the_memory_of_the_parent_stays_flat(source: Path, out: Path) -> None:
    for number in range(500):
        (source / f"p{number}.txt").write_text("Chỉ tiêu\n" * 20, "utf-8")
    reporter = Sampling()
    run_batch([source], out, Options(), BatchOptions(workers=2, converter=FAULTY), reporter)
    assert (reporter.at[500] - reporter.at[100]) * PAGE < 5 * 2**20
