"""A run with a converter of the tests' own in place of the pipeline."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kehoach.ingest.batch.report import LineReporter
from kehoach.ingest.batch.run import BatchOptions, Summary, run_batch
from kehoach.ingest.options import Options

FAULTY = f"{Path(__file__).with_name('faulty.py')}:convert"

Run = Callable[..., Summary]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An empty folder for inputs."""
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The output folder, not yet there."""
    return tmp_path / "out"


@pytest.fixture
def run(source: Path, out: Path) -> Run:
    """Converts the inputs; keywords go to the options of the batch (`options`: of the conversion)."""

    def convert(*paths: Path, options: Options | None = None, **batch: Any) -> Summary:
        settings = BatchOptions(**{"workers": 2, "converter": FAULTY, **batch})
        return run_batch(paths or (source,), out, options or Options(), settings, LineReporter(io.StringIO()))

    return convert
