"""What is installed is known by its content, wherever it is installed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from kehoach.ingest.batch import fingerprint
from kehoach.ingest.errors import DictionaryError

PARTS = ("schemas", "dictionaries", "ingest")


@pytest.fixture
def copy(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package once more, in another place, with other dates and with files that decide nothing."""
    folder = tmp_path / "site-packages"
    for part in PARTS:
        shutil.copytree(root / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "*.md"))
        os.utime(folder / part / "__init__.py", (1, 1))
    (folder / "ingest" / "__pycache__").mkdir()
    (folder / "ingest" / "__pycache__" / "options.cpython-311.pyc").write_bytes(b"x")
    (folder / "dictionaries" / ".README.md.swp").write_bytes(b"x")
    monkeypatch.setattr(fingerprint, "_PACKAGE", folder)
    return folder


def test_the_same_package_in_another_place_is_the_same(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = fingerprint.installed.__wrapped__()
    (copy / "ingest" / "__pycache__" / "values.cpython-311.pyc").write_bytes(b"x")
    assert fingerprint.installed.__wrapped__() == here
    monkeypatch.setattr(fingerprint, "_PACKAGE", shutil.copytree(copy, tmp_path / "elsewhere"))
    assert fingerprint.installed.__wrapped__() == here


@pytest.mark.parametrize(
    "name",
    [
        "ingest/parse/assemble.py",
        "ingest/pipeline.py",
        "schemas/__init__.py",
        "dictionaries/units.toml",
        "dictionaries/acronyms.tsv",
        "dictionaries/patterns/dates.toml",
        "dictionaries/restoration/ngrams.npz",
        "dictionaries/restoration/words.txt",
    ],
)
def test_a_change_of_code_dictionaries_or_models_shows(name: str, copy: Path) -> None:
    before = fingerprint.installed.__wrapped__()
    path = copy / name
    path.write_bytes(path.read_bytes() + b"\n")
    changed = fingerprint.installed.__wrapped__()
    path.rename(path.with_name("x" + path.name))
    assert len({before, changed, fingerprint.installed.__wrapped__()}) == 3


def test_a_file_more_or_less_shows(copy: Path) -> None:
    before = fingerprint.installed.__wrapped__()
    (copy / "dictionaries" / "new.toml").write_bytes(b"")
    assert fingerprint.installed.__wrapped__() != before


def test_the_users_dictionaries_are_known_by_content(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        (folder / "patterns").mkdir(parents=True)
        (folder / "units.toml").write_text("x", "utf-8")
    (two / "notes.txt").write_text("not read", "utf-8")
    assert fingerprint.dictionaries(one) == fingerprint.dictionaries(two) is not None
    (two / "patterns" / "dates.toml").write_text("y", "utf-8")
    assert fingerprint.dictionaries(one) != fingerprint.dictionaries(two)
    assert fingerprint.dictionaries(None) is None


def test_dictionaries_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match="no such folder"):
        fingerprint.dictionaries(tmp_path / "none")
