"""The shared measuring data: real plans, their truth, and the program that scores records against it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kehoach.ingest.pipeline import Conversion, convert_bytes

Score = Callable[..., dict[str, Any]]
Converted = Callable[[str], Conversion]


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """The data's folder: $KEHOACH_SHARED, or `shared` beside the repository; skips, saying so, where it is missing."""
    folder = Path(os.environ.get("KEHOACH_SHARED", root.parent / "shared"))
    if not (folder / "score" / "score.py").is_file():
        pytest.skip("the shared measuring data is not here (name its folder in KEHOACH_SHARED)")
    return folder


@pytest.fixture(scope="session")
def converted(shared: Path) -> Converted:
    """Converts a file of the shared data, once in a session."""
    done: dict[str, Conversion] = {}

    def convert(name: str) -> Conversion:
        if name not in done:
            (path,) = shared.glob(name)
            done[name] = convert_bytes(path.read_bytes(), path.name)
        return done[name]

    return convert


@pytest.fixture
def score(shared: Path, converted: Converted, tmp_path: Path) -> Score:
    """Runs the scorer: `score("text" or "record", file, truth)`."""

    def run(what: str, name: str, truth: str) -> dict[str, Any]:
        conversion = converted(name)
        found = tmp_path / "found"
        found.write_text(conversion.text if what == "text" else conversion.plan.model_dump_json(), "utf-8")
        (gold,) = shared.glob(truth)
        command = [sys.executable, str(shared / "score" / "score.py"), what, str(found), str(gold), "--json"]
        printed = subprocess.run(command, capture_output=True, check=True).stdout
        result: dict[str, Any] = json.loads(printed)
        return result

    return run
