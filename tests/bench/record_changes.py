"""Which records a change gained and lost: converts the same inputs with a base revision and with the working tree.

    python tests/bench/record_changes.py [--base REVISION] PATH...

Run it before a change of a dictionary or pattern is committed. PATH are files or folders (samples/, an archive).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
KINDS = {
    "targets": ("name", "comparator", "change", "value", "value_max", "unit", "status", "group", "section"),
    "deadlines": ("kind", "start", "end", "bound", "recurrence", "recurrence_day", "what", "responsible"),
    "award_tiers": ("name", "form", "rank", "quantity", "amount_vnd", "authority"),
    "exemplars": ("movement", "lead", "start", "end"),
    "assignments": ("body", "task_count", "section"),
    "legal_bases": ("document_type", "number", "issued_on", "issuer", "subject"),
    "warnings": ("code", "message"),
}


def convert_with(package: Path, inputs: list[Path], out: Path) -> None:
    """Convert `inputs` into `out` with the package whose root folder is `package`."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "kehoach").symlink_to(package, target_is_directory=True)
        code = "from kehoach.cli import main; main()"
        command = [sys.executable, "-c", code, "convert", *map(str, inputs), "--out", str(out)]
        subprocess.run(command, env={**os.environ, "PYTHONPATH": folder}, stderr=subprocess.DEVNULL, check=False)


def records(out: Path) -> Iterator[tuple[str, str, str]]:
    """File, kind and one-line text of each record below `out`."""
    for path in sorted(out.rglob("*.json")):
        plan: dict[str, Any] = json.loads(path.read_text("utf-8"))
        name = str(path.relative_to(out))
        for kind, fields in KINDS.items():
            for record in plan.get(kind) or ():
                shown = {field: record[field] for field in fields if record.get(field) is not None}
                yield name, kind, json.dumps(shown, ensure_ascii=False)


def report(before: Path, after: Path) -> int:
    """Print the records lost (-) and gained (+), then the counts by kind; returns how many differ."""
    old, new = Counter(records(before)), Counter(records(after))
    lost, gained = old - new, new - old
    for file, kind, text in sorted((*lost, *gained)):
        sign = "-" if (file, kind, text) in lost else "+"
        print(f"{sign} {file} {kind} {text}")
    for kind in KINDS:
        counts = [sum(n for key, n in table.items() if key[1] == kind) for table in (old, new, gained, lost)]
        print("{:12} before {:5}  after {:5}  gained {:4}  lost {:4}".format(kind, *counts))
    return sum(lost.values()) + sum(gained.values())


def main() -> None:
    """Compare a base revision with the working tree on the given inputs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default="HEAD")
    parser.add_argument("inputs", nargs="+", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tree, before, after = (Path(folder, name) for name in ("tree", "before", "after"))
        subprocess.run(
            ["git", "worktree", "add", "--quiet", "--detach", str(tree), arguments.base], cwd=REPOSITORY, check=True
        )
        try:
            convert_with(tree, arguments.inputs, before)
            convert_with(REPOSITORY, arguments.inputs, after)
            report(before, after)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=REPOSITORY, check=True)


if __name__ == "__main__":
    main()
