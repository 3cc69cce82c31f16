"""Find the inputs of a run: files, folders and archives, each with the name that its outputs take."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

from ..errors import KehoachError, MissingInputError, UnsupportedInputError
from .archives import is_archive, list_members

_LITTER = ("thumbs.db", "desktop.ini", "__macosx")


@dataclass(frozen=True, slots=True)
class Job:
    """One input. `name` is relative, its parts joined by `/`; `member` is a name within the archive `path`.

    A job with an `error` is not to be converted: what it names cannot be read, and the error says why.
    """

    name: str
    path: Path
    member: str | None = None
    error: KehoachError | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which files of a folder are wanted: patterns on names, and the oldest time of change (seconds since 1970)."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    since: float | None = None

    def wants(self, name: str) -> bool:
        """Whether the patterns let the relative name `name` pass; a pattern without `/` is for the last part."""
        if self.include and not any(_matches(name, pattern) for pattern in self.include):
            return False
        return not any(_matches(name, pattern) for pattern in self.exclude)

    def is_new(self, path: Path) -> bool:
        """Whether the file was changed since the wanted time."""
        return self.since is None or path.stat().st_mtime >= self.since


def _matches(name: str, pattern: str) -> bool:
    subject = name if "/" in pattern else name.rpartition("/")[2]
    return fnmatch(subject.casefold(), pattern.casefold())


def _printable(name: str) -> str:
    """The name as text; bytes that are no UTF-8 are written as `\\xhh`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_litter(name: str) -> bool:
    """Hidden files, lock files of office programs, folders' thumbnails: nobody means them."""
    return name.startswith((".", "~$")) or name.lower() in _LITTER


def _walk(root: Path, left_out: Path) -> Iterator[os.DirEntry[str] | tuple[Path, OSError]]:
    """Yield all files below `root`, and folders that cannot be read with the error. Links are not followed."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                found = [entry for entry in entries if not _is_litter(entry.name)]
        except OSError as error:
            yield folder, error
            continue
        for entry in found:
            if not entry.is_dir(follow_symlinks=False):
                yield entry
            elif Path(entry.path).resolve() != left_out:
                folders.append(Path(entry.path))


def _objection(entry: os.DirEntry[str], root: Path) -> KehoachError | None:
    """Why a directory entry is not read, or None."""
    if entry.is_symlink():
        target = Path(entry.path).resolve()
        if not target.is_relative_to(root.resolve()):
            return UnsupportedInputError("a link that leads out of the folder is not followed; copy the file.")
        if not target.is_file():
            return UnsupportedInputError("a link to no file is not followed.")
    elif not entry.is_file():
        return UnsupportedInputError("not a regular file.")
    return None


def _in_folder(root: Path, selection: Selection, left_out: Path) -> Iterator[Job]:
    for found in _walk(root, left_out):
        path = found[0] if isinstance(found, tuple) else Path(found.path)
        name = _printable(path.relative_to(root).as_posix())
        if isinstance(found, tuple):
            reason = str(found[1].strerror).lower()
            yield Job(name, path, error=MissingInputError(f"the folder cannot be read ({reason}); check its rights."))
            continue
        objection = _objection(found, root)
        if objection is None and is_archive(path):
            yield from _in_archive(name, path, selection)
        elif selection.wants(name) and (objection is not None or selection.is_new(path)):
            yield Job(name, path, error=objection)


def _in_archive(name: str, path: Path, selection: Selection) -> Iterator[Job]:
    if not selection.is_new(path):
        return
    try:
        members = list_members(path)
    except KehoachError as error:
        yield Job(name, path, error=error)
        return
    for member in members:
        full = f"{name}/{_printable(member.name)}"
        if any(_is_litter(part) for part in member.name.split("/")) or not selection.wants(full):
            continue
        yield Job(full, path, member.stored, member.error)


def _of_argument(path: Path, selection: Selection, left_out: Path) -> Iterator[Job]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else str(error.strerror).lower()
        yield Job(_printable(path.name), path, error=MissingInputError(f"{reason}; check the path {path}."))
        return
    if stat.S_ISDIR(mode):
        yield from _in_folder(path, selection, left_out)
    elif not stat.S_ISREG(mode):
        yield Job(_printable(path.name), path, error=UnsupportedInputError("not a regular file."))
    elif is_archive(path):
        yield from _in_archive(_printable(path.name), path, selection)
    else:
        yield Job(_printable(path.name), path)


def _told_apart(groups: list[tuple[Path, list[Job]]]) -> Iterator[Job]:
    """Give inputs of different arguments that share a name their argument's parent folders, as many as are needed."""
    for depth in range(1 + max((len(path.resolve().parts) for path, _ in groups), default=0)):
        counts = Counter(job.name for _, jobs in groups for job in jobs)
        if all(count == 1 for count in counts.values()):
            break
        for path, jobs in groups:
            folders = path.resolve().parts[1:] if path.is_dir() else path.resolve().parts[1:-1]
            if depth < len(folders):
                prefix = _printable(folders[-1 - depth])
                jobs[:] = [replace(job, name=f"{prefix}/{job.name}") if counts[job.name] > 1 else job for job in jobs]
    for _, jobs in groups:
        yield from jobs


def discover(paths: Iterable[Path], selection: Selection, left_out: Path) -> list[Job]:
    """All inputs below `paths` in the order of their names, each once; the folder `left_out` (the output) is passed by.

    A path that does not exist, an archive that cannot be read, a link out of the tree are jobs with an error.
    """
    once = {path.resolve(): path for path in paths}
    groups = [(path, list(_of_argument(path, selection, left_out.resolve()))) for path in once.values()]
    jobs: dict[str, Job] = {}
    for job in _told_apart(groups):
        name = job.name
        while name in jobs:  # names that differ only in what cannot be shown
            name += "~"
        jobs[name] = replace(job, name=name)
    return [jobs[name] for name in sorted(jobs)]
