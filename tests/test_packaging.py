"""The wheel: built from a copy of the sources, installed into an empty folder, used from another one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LEFT_OUT = ("tests", "samples", "out", "build", "dist", "*.egg-info", "__pycache__", ".[a-z]*")


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """What the command prints; fails with its errors when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the installed wheel and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(root, folder / "source", ignore=shutil.ignore_patterns(*LEFT_OUT))
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    options = ("--no-deps", "--no-build-isolation", "--no-index")
    run(*pip, "wheel", *options, "--wheel-dir", folder, folder / "source", cwd=folder)
    (wheel,) = folder.glob("kehoach-*.whl")
    run(*pip, "install", "--no-deps", "--no-index", "--target", folder / "site", wheel, cwd=folder)
    return folder / "site"


def python(installed: Path, cwd: Path, code: str) -> str:
    return run(sys.executable, "-c", code, cwd=cwd, PYTHONPATH=str(installed), PYTHONIOENCODING="utf-8").strip()


def test_the_root_is_the_package(installed: Path, tmp_path: Path) -> None:
    assert Path(python(installed, tmp_path, "import kehoach; print(kehoach.__file__)")).parent == installed / "kehoach"
    assert sorted(path.name for path in installed.iterdir() if path.suffix != ".dist-info") == ["bin", "kehoach"]


def test_every_source_module_is_in_the_wheel(installed: Path, root: Path) -> None:
    folders = ("schemas", "dictionaries", "ingest")
    sources = {f.relative_to(root) for folder in folders for f in (root / folder).rglob("*.py")}
    there = {f.relative_to(installed / "kehoach") for f in (installed / "kehoach").rglob("*.py")}
    assert sources <= there
    assert not any(part in {"tests", "samples"} for path in there for part in path.parts)


def test_every_data_file_is_in_the_wheel(installed: Path, root: Path) -> None:
    folder = root / "dictionaries"
    wanted = {f.relative_to(folder) for f in folder.rglob("*") if f.is_file() and f.suffix not in {".py", ".pyc"}}
    there = {
        f.relative_to(installed / "kehoach" / "dictionaries") for f in installed.rglob("*") if "dictionaries" in f.parts
    }
    assert wanted <= there
    assert (installed / "kehoach" / "py.typed").is_file()


def test_data_files_are_found_through_the_import_system(installed: Path, tmp_path: Path) -> None:
    code = (
        "from kehoach.dictionaries import *; print(all(map(entries, names())), all(map(patterns, pattern_names()[1:])))"
    )
    assert python(installed, tmp_path, code) == "True True"


def test_the_console_script_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    schema = run(installed / "bin" / "kehoach", "schema", cwd=tmp_path, PYTHONPATH=str(installed))
    assert '"Plan"' in schema or '"title"' in schema


def test_importing_the_package_loads_no_heavy_library(installed: Path, tmp_path: Path) -> None:
    code = "import sys, kehoach; print({'cv2', 'numpy', 'pdfplumber', 'pydantic'} & set(sys.modules))"
    assert python(installed, tmp_path, code) == "set()"
