"""Fixtures for all tests."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from kehoach.dictionaries import use_folder

ROOT = Path(__file__).resolve().parent.parent
# The same examples each time, and no failure for a slow or busy machine.
settings.register_profile("kehoach", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kehoach")


@cache
def _tesseract_languages() -> frozenset[str]:
    if shutil.which("tesseract") is None:
        return frozenset()
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return frozenset(listed.stdout.split())


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository root."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the sample documents, their truth and their golden records."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def tesseract() -> None:
    """For tests that run Tesseract: skipped, saying so, where it or its Vietnamese data is not installed."""
    if "vie" not in _tesseract_languages():
        pytest.skip("Tesseract with its Vietnamese data is not installed (kehoach doctor tells how to get it)")


@pytest.fixture
def user_dictionaries(tmp_path: Path) -> Iterator[Path]:
    """An empty folder of the user's own dictionaries, taken away again after the test."""
    folder = tmp_path / "dictionaries"
    (folder / "patterns").mkdir(parents=True)
    yield folder
    use_folder(None)
