"""What the batch costs over the bare pipeline, and what a second worker gains.

python tests/bench/batch.py FILE...      CPU and wall seconds: bare pipeline, one worker, two workers
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time

BARE = """
import sys
from pathlib import Path
from kehoach.ingest.options import Options
from kehoach.ingest.pipeline import convert_bytes
for name in sys.argv[1:]:
    convert_bytes(Path(name).read_bytes(), name, Options())
"""


def measure(label: str, *command: str) -> None:
    """Run a command and print what it and its children took."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{label:12} cpu {cpu:7.1f} s   wall {time.monotonic() - started:7.1f} s")


def main() -> None:
    """Measure the files of the command line."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    files = sys.argv[1:]
    measure("bare", sys.executable, "-c", BARE, *files)
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as out:
            convert = [sys.executable, "-c", "from kehoach.cli import main; main()", "convert", *files]
            measure(f"{workers} workers", *convert, "--out", out, "--workers", str(workers))


if __name__ == "__main__":
    main()
