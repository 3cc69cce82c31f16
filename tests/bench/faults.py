"""All of a folder with faults among its documents: is every one accounted for, and are the others none the worse?

python tests/bench/faults.py FOLDER... [--out DIR] [--timeout SECONDS] [--max-memory MIB] [--workers N]

Converts the inputs twice, undisturbed and with the faults of tests/ingest/batch/faulty_stages.py, and compares.
The undisturbed results in DIR are used again by a later run.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kehoach.ingest.batch.messages import PIPELINE
from kehoach.ingest.batch.worker import load_converter
from kehoach.ingest.output.files import has_conversion
from kehoach.ingest.output.manifest import RECORD_SUFFIX, TEXT_SUFFIX, latest_lines, output_path
from kehoach.ingest.output.reading import read_plan

STAGES = Path(__file__).resolve().parent.parent / "ingest" / "batch" / "faulty_stages.py"
MARK = "KEHOACH_BENCH_MARK"
RUN = """
import sys
from pathlib import Path
from kehoach.ingest.batch.report import JsonReporter
from kehoach.ingest.batch.run import BatchOptions, run_batch
from kehoach.ingest.options import Options
out, converter, timeout, max_memory, workers, *paths = sys.argv[1:]
options = Options(timeout=float(timeout), max_memory=int(max_memory))
batch = BatchOptions(workers=int(workers), converter=converter)
sys.exit(run_batch(map(Path, paths), Path(out), options, batch, JsonReporter(sys.stderr)).exit_code)
"""
Result = tuple[str, str | None, str | None, int, list[bytes]]


def tree_mebibytes(pid: int) -> float:
    """Memory of a process and all below it, what they share counted once (Linux)."""
    total, waiting = 0, [pid]
    while waiting:
        folder = Path(f"/proc/{waiting.pop()}")
        try:
            lines = (folder / "smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            for thread in (folder / "task").iterdir():
                waiting += map(int, (thread / "children").read_text().split())
        except OSError:  # gone
            continue
    return total / 1024


def marked_processes(mark: str) -> list[int]:
    """The processes with this mark in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def run(paths: list[Path], out: Path, converter: str, timeout: float, max_memory: int, workers: int) -> dict[str, Any]:
    """Convert in a process of its own: exit status, seconds, peak MiB of the tree, processes that were left."""
    mark, started, peak = secrets.token_hex(8), time.monotonic(), 0.0
    arguments = [str(out), converter, str(timeout), str(max_memory), str(workers), *map(str, paths)]
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, *arguments], env={**os.environ, MARK: mark}, stderr=subprocess.DEVNULL
    )
    while process.poll() is None:
        peak = max(peak, tree_mebibytes(process.pid))
        time.sleep(0.2)
    seconds = time.monotonic() - started
    return {"exit": process.returncode, "seconds": seconds, "peak": peak, "orphans": marked_processes(mark)}


def results(out: Path) -> dict[str, Result]:
    """What became of each input, and its files, whole or (which must not be) in part."""
    found: dict[str, Result] = {}
    for name, line in latest_lines(out).items():
        paths = [output_path(out, name, suffix) for suffix in (RECORD_SUFFIX, TEXT_SUFFIX)]
        files = [path.read_bytes() for path in paths if path.is_file()]
        found[name] = (line.status, line.category, line.error, line.pages, files)
    return found


def half_files(out: Path) -> Iterator[str]:
    """Files that belong to no input, and inputs with one file of two, or with a record that is none."""
    lines = latest_lines(out)
    known = {output_path(out, name, suffix) for name in lines for suffix in (RECORD_SUFFIX, TEXT_SUFFIX)}
    for path in sorted(path for path in out.rglob("*") if path.is_file() and path.name != "manifest.jsonl"):
        if path not in known:
            yield f"{path}: belongs to no input"
    for name, line in lines.items():
        record = output_path(out, name, RECORD_SUFFIX)
        if record.is_file() and not (has_conversion(out, name) and read_plan(record).source.sha256 == line.sha256):
            yield f"{name}: a half or an old conversion"
        if line.status == "ok" and not record.is_file():
            yield f"{name}: ok without a record"


def load_from(path: Path, name: str) -> Any:
    """What `name` is in the file `path`, which is on no import path."""
    return load_converter(f"{path}:{name}")


def compare(undisturbed: Path, faulty: Path) -> tuple[Counter[str], list[str]]:
    """Documents by fault, and what is not as it must be."""
    fault_of, as_ever = (load_from(STAGES, name) for name in ("fault_of", "AS_EVER"))
    before, after, lines = results(undisturbed), results(faulty), latest_lines(faulty)
    counts: Counter[str] = Counter()
    wrong = [f"{name}: not accounted for" for name in sorted(set(before) ^ set(after))]
    for name in sorted(set(before) & set(after)):
        sha256 = lines[name].sha256  # None where the input could not be read
        fault = fault_of(sha256) if sha256 else None
        label, expected = (fault[0].__name__, fault[1]) if fault else ("none", as_ever)
        counts[f"{label} ({expected})"] += 1
        if expected == as_ever:
            if before[name] != after[name]:
                wrong.append(f"{name}: {before[name][:4]} became {after[name][:4]}")
        elif after[name][1] != expected:
            wrong.append(f"{name}: {label} gave {after[name][1]}, not {expected}: {after[name][2]}")
    return counts, [*wrong, *half_files(undisturbed), *half_files(faulty)]


def main() -> None:
    """Run, compare, and print figures and faults."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path("out/faults"))
    parser.add_argument("--timeout", type=float, default=240.0)
    parser.add_argument("--max-memory", type=int, default=1100)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    limits = (given.timeout, given.max_memory, given.workers)
    folders = given.out / "undisturbed", given.out / "faulty"
    for folder, converter in zip(folders, (PIPELINE, f"{STAGES}:convert"), strict=True):
        print(folder.name, run(given.paths, folder, converter, *limits), flush=True)
        print(Counter(f"{line.status} {line.category or ''}" for line in latest_lines(folder).values()))
    counts, wrong = compare(*folders)
    for fault, count in sorted(counts.items()):
        print(f"{count:5} {fault}")
    print(f"{len(wrong)} wrong", *wrong, sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
