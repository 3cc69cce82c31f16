"""Time and memory of exports and of a load: 1,000 made-up documents with 100 targets each.

python tests/bench/tables.py
"""

from __future__ import annotations

import hashlib
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kehoach.ingest.output.database import load
from kehoach.ingest.output.export import FORMATS, export
from kehoach.ingest.output.files import encode_plan
from kehoach.schemas import Header, Plan, Provenance, Source, Target

DOCUMENTS, TARGETS = 1000, 100


def made_up(number: int) -> Plan:
    """A plan with many targets."""
    place = Provenance(page=1, line_start=1, line_end=1, text="- Tổng đàn lợn đạt 1.250 con trở lên")
    targets = tuple(
        Target(
            id=f"t{index}",
            name="Tổng đàn lợn",
            comparator="ge",
            value=1250.5 + index,
            unit="con",
            value_text="1.250 con trở lên",
            provenance=place,
            confidence=0.9,
        )
        for index in range(1, TARGETS + 1)
    )
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    source = Source(file=f"{number}.pdf", sha256=digest, media_type="application/pdf", page_count=1)
    return Plan(source=source, header=Header(), targets=targets)


def measure(label: str, work: Callable[[], object]) -> None:
    """Print the seconds of `work` and the most memory that this process has used so far."""
    started = time.monotonic()
    work()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{label:8} {time.monotonic() - started:6.1f} s   {memory} MiB")


def main() -> None:
    """Write the documents, then measure each format and a load, twice."""
    with tempfile.TemporaryDirectory() as name:
        folder, tables = Path(name) / "records", Path(name) / "tables"
        folder.mkdir()
        for number in range(DOCUMENTS):
            (folder / f"{number}.pdf.json").write_bytes(encode_plan(made_up(number)))
        measure("before", lambda: None)
        for form in FORMATS:
            measure(form, lambda form=form: export(folder, "targets", form, tables / f"t.{form}"))  # type: ignore[misc]
        for label in ("load", "again"):
            measure(label, lambda: load(folder, str(tables / "t.db")))


if __name__ == "__main__":
    main()
