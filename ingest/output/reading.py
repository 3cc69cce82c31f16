"""Read the records of a conversion back, one at a time."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from ...schemas import Plan
from ..errors import DamagedInputError, UsageError
from .manifest import MANIFEST_NAME, RECORD_SUFFIX, WORK_FOLDER, latest_lines, output_path


def record_paths(folder: Path) -> list[Path]:
    """The record files of a conversion, in the order of their inputs' names.

    The manifest tells which they are; without one every JSON file below the folder counts. Raises UsageError where
    there is none at all.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder; give the folder that `kehoach convert --out` wrote.")
    if (folder / MANIFEST_NAME).is_file():
        candidates = (output_path(folder, name, RECORD_SUFFIX) for name in latest_lines(folder))
        paths = [path for path in candidates if path.is_file()]
    else:
        paths = sorted(path for path in folder.rglob(f"*{RECORD_SUFFIX}") if WORK_FOLDER not in path.parts)
    if not paths:
        raise UsageError(f"{folder}: there are no records here; run `kehoach convert PATH --out {folder}` first.")
    return paths


def read_plan(path: Path) -> Plan:
    """The record in `path`; raises DamagedInputError where it is none."""
    try:
        return Plan.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise DamagedInputError(
            f"{path}: no valid plan record ({place}: {first['msg']}); convert its source again with --force."
        ) from error
