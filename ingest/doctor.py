"""Check what is installed: each finding says what is there, or the command that mends it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from .. import dictionaries

_EXTRAS = {
    "xlsx": "xlsxwriter",
    "parquet": "polars",
    "db": "sqlalchemy",
    "postgresql": "psycopg",
    "dask": "distributed",
    "fast": "tesserocr",
}
_FONT_FAMILIES = ("Liberation Serif", "DejaVu Serif", "Tinos", "Times New Roman")
_PROGRAM_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked for. `needed` tells whether a conversion can fail without it; `mend` is a command."""

    name: str
    ok: bool
    detail: str
    needed: bool = True
    mend: str | None = None


def _install(debian: str, homebrew: str, windows: str) -> str:
    if sys.platform == "darwin":
        return f"brew install {homebrew}"
    if sys.platform == "win32":
        return windows
    return f"sudo apt-get install {debian}"


def _output_of(*command: str) -> str | None:
    """What a program prints, or None where it cannot be run."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=_PROGRAM_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout + done.stderr if done.returncode == 0 else None


def _tesseract() -> Iterator[Finding]:
    windows = "winget install UB-Mannheim.TesseractOCR (choose Vietnamese among the additional languages)"
    program = shutil.which("tesseract")
    version = _output_of(program, "--version") if program else None
    if version is None:
        mend = _install("tesseract-ocr tesseract-ocr-vie", "tesseract tesseract-lang", windows)
        yield Finding("Tesseract", False, "not found; scans cannot be read", mend=mend)
        return
    yield Finding("Tesseract", True, f"{version.splitlines()[0].removeprefix('tesseract ')} in {program}")
    languages = (_output_of("tesseract", "--list-langs") or "").split()
    for language, use, package in (
        ("vie", "reading Vietnamese", "tesseract-ocr-vie"),
        ("osd", "finding turned pages", "tesseract-ocr-osd"),
    ):
        if language in languages:
            yield Finding(f"{language} data", True, use)
        else:
            mend = _install(package, "tesseract-lang", windows)
            yield Finding(f"{language} data", False, f"missing; needed for {use}", mend=mend)


def _dictionaries() -> Finding:
    lists, patterns = dictionaries.names(), dictionaries.pattern_names()
    try:
        for name in lists:
            dictionaries.entries(name)
        for name in patterns:
            dictionaries.patterns(name)
    except dictionaries.BrokenDictionaryError as error:
        mend = f"{sys.executable} -m pip install --force-reinstall kehoach"
        return Finding("dictionaries", False, str(error), mend=mend)
    return Finding("dictionaries", True, f"{len(lists)} word lists, {len(patterns)} pattern files")


def _fonts() -> Finding:
    listed = _output_of("fc-list", ":lang=vi", "family")
    if listed is None:
        return Finding("fonts", True, "cannot tell without fc-list; only needed to make test pages", needed=False)
    found = [family for family in _FONT_FAMILIES if family in listed]
    detail = ", ".join(found) if found else "no font with Vietnamese letters found; only needed to make test pages"
    mend = None if found else _install("fonts-liberation2", "--cask font-liberation", "none is needed")
    return Finding("fonts", bool(found), detail, needed=False, mend=mend)


def _extras() -> Iterator[Finding]:
    for extra, module in _EXTRAS.items():
        if importlib.util.find_spec(module) is None:
            mend = f'{sys.executable} -m pip install "kehoach[{extra}]"'
            yield Finding(f"extra {extra}", False, f"{module} is not installed", needed=False, mend=mend)
        else:
            yield Finding(f"extra {extra}", True, f"{module} {importlib.metadata.version(module)}", needed=False)


def examine() -> list[Finding]:
    """Look for everything that kehoach uses."""
    python = ".".join(str(part) for part in sys.version_info[:3])
    return [Finding("Python", True, python), *_tesseract(), _dictionaries(), _fonts(), *_extras()]


def finding_line(finding: Finding) -> str:
    """One line on a finding, with what mends it."""
    mark = "ok     " if finding.ok else "MISSING" if finding.needed else "absent "
    mend = f" -> {finding.mend}" if finding.mend else ""
    return f"{mark}  {finding.name}: {finding.detail}{mend}"
