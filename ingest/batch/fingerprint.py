"""What decides a result beside the input and the options: code, dictionaries and models, by their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ..errors import DictionaryError

_PACKAGE = Path(__file__).resolve().parents[2]
_PARTS = ("schemas", "dictionaries", "ingest")
_IDLE = (".md", ".pyc")  # decide nothing
_DICTIONARY = (".toml", ".tsv")


def _digest(root: Path, paths: Iterable[Path]) -> str:
    """A digest of names and contents that does not depend on the place, the order or the dates of the files."""
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(root).as_posix(), path) for path in paths):
        digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
    return digest.hexdigest()


@cache
def installed() -> str:
    """The digest of the installed package: the same wherever the same is installed."""
    files = (path for part in _PARTS for path in (_PACKAGE / part).rglob("[!.]*") if path.is_file())
    return _digest(_PACKAGE, (path for path in files if path.suffix not in _IDLE))


def dictionaries(folder: Path | None) -> str | None:
    """The digest of the user's own dictionaries, None without; raises DictionaryError where they cannot be read."""
    if folder is None:
        return None
    if not folder.is_dir():
        raise DictionaryError(f"{folder}: no such folder; give --dictionaries a folder with dictionary files")
    try:
        return _digest(folder, (path for path in folder.rglob("*") if path.suffix in _DICTIONARY and path.is_file()))
    except OSError as error:
        reason = str(error.strerror).lower()
        raise DictionaryError(f"{error.filename}: cannot be read ({reason}); check its rights.") from error
