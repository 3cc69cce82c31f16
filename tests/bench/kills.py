"""Two thousand small documents: killed five times and resumed, is the end the same, and does the parent's memory grow?

python tests/bench/kills.py [DOCUMENTS] [KILLS]
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

CONVERTER = f"{Path(__file__).resolve().parent.parent / 'ingest' / 'batch' / 'faulty.py'}:convert"
RUN = """
import sys
from pathlib import Path
from kehoach.ingest.batch import fingerprint
from kehoach.ingest.batch.report import QuietReporter
from kehoach.ingest.batch.run import BatchOptions, run_batch
from kehoach.ingest.options import Options
fingerprint.installed = lambda: "as it was"  # whoever edits meanwhile
source, out, converter = sys.argv[1:]
class Sampling(QuietReporter):
    def document(self, line, summary, *, unchanged):
        if summary.finished in (100, summary.total):
            print(int(Path("/proc/self/statm").read_text().split()[1]) * 4 // 1024, "MiB after", summary.finished)
run_batch([Path(source)], Path(out), Options(), BatchOptions(workers=2, converter=converter), Sampling(sys.stderr))
"""


def start(source: Path, out: Path) -> subprocess.Popen[bytes]:
    """A run in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", RUN, str(source), str(out), CONVERTER])


def contents(out: Path) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """All files, and the manifest without times."""
    files = [path for path in sorted(out.rglob("*")) if path.is_file() and path.name != "manifest.jsonl"]
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]
    for line in lines:
        line.pop("seconds")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}, lines


def booked(out: Path) -> int:
    """The inputs that the manifest tells of."""
    path = out / "manifest.jsonl"
    return path.read_bytes().count(b"\n") if path.is_file() else 0


def main() -> None:
    """Run undisturbed, then with kills, and compare."""
    documents, kills = (int(given) for given in [*sys.argv[1:], "2000", "5"][:2])
    chance = random.Random(5)
    with tempfile.TemporaryDirectory() as name:
        source, whole, killed = (Path(name) / part for part in ("in", "whole", "killed"))
        for number in range(documents):
            folder = source / f"xã {number % 37}"
            folder.mkdir(parents=True, exist_ok=True)
            text = f"kế hoạch {number}\n" + "Chỉ tiêu\n" * (number % 50)
            (folder / f"kế hoạch {number}.txt").write_text(text, "utf-8")
        start(source, whole).wait()
        for stop_at in sorted(chance.sample(range(documents), kills)):
            process = start(source, killed)
            while booked(killed) < stop_at and process.poll() is None:
                time.sleep(0.002)
            time.sleep(chance.random() / 20)
            process.kill()
            process.wait()
            print(f"killed with {booked(killed)} booked", flush=True)
        start(source, killed).wait()
        found, expected = contents(killed), contents(whole)
        files = sorted(name for name in {**found[0], **expected[0]} if found[0].get(name) != expected[0].get(name))
        lines = [pair for pair in zip(found[1], expected[1], strict=False) if pair[0] != pair[1]]
        print(f"{len(found[1])} inputs, {len(found[0])} files; others: {files[:5]}, {lines[:2]}")
    sys.exit(1 if files or lines or len(found[1]) != documents else 0)


if __name__ == "__main__":
    main()
