"""Find the inputs of a run: files, folders and archives, each with the name that its outputs take."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

from ..errors import KehoachError, MissingInputError, UnsupportedInputError, UsageError
from ..output.manifest import RECORD_SUFFIX, TEXT_SUFFIX, output_path
from .archives import is_archive, list_members

_LITTER = ("thumbs.db", "desktop.ini", "__macosx")


@dataclass(frozen=True, slots=True)
class Job:
    """One input. `name` is relative, its parts joined by `/`; `member` is a name within the archive `path`.

    A job with an `error` cannot be converted, one that is `skipped` is not meant to be; both say why.
    """

    name: str
    path: Path
    member: str | None = None
    error: KehoachError | None = None
    skipped: str | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which files of a folder are wanted: patterns on names, and the oldest time of change (seconds since 1970)."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    since: float | None = None

    def wants(self, *names: str) -> bool:
        """Whether the patterns let an input with these relative names (its own, its archive's) pass."""
        if self.include and not _any_matches(names, self.include):
            return False
        return not _any_matches(names, self.exclude)

    def is_new(self, path: Path) -> bool:
        """Whether the file was changed since the wanted time; one that cannot be asked is, so that it is not lost."""
        try:
            return self.since is None or path.stat().st_mtime >= self.since
        except OSError:
            return True


def _any_matches(names: tuple[str, ...], patterns: tuple[str, ...]) -> bool:
    """Whether a pattern matches a name; one without `/` is for the last part. Capitals and encodings do not count."""
    return any(
        fnmatch(_plain(name if "/" in pattern else name.rpartition("/")[2]), _plain(pattern))
        for name in names
        for pattern in patterns
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold())


def _real(path: Path) -> Path:
    """The path without links; unlike `Path.resolve` it takes links in a circle."""
    return Path(os.path.realpath(path))


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
            elif _real(Path(entry.path)) != left_out:
                folders.append(Path(entry.path))


def _entry_job(name: str, path: Path, root: Path) -> Job:
    """The job of a directory entry: links are followed to files of the same tree only."""
    if path.is_symlink():
        target = _real(path)
        if not target.is_relative_to(_real(root)):
            return Job(name, path, skipped="a link that leads out of the folder is not followed.")
        if target.is_dir():
            return Job(name, path, skipped="a link to a folder is not followed.")
        if not target.exists():
            return Job(name, path, error=MissingInputError("the link leads to nothing; copy the file."))
    return Job(name, path, skipped=None if path.is_file() else "not a regular file.")


def _in_folder(root: Path, selection: Selection, left_out: Path) -> Iterator[Job]:
    for found in _walk(root, left_out):
        path = found[0] if isinstance(found, tuple) else Path(found.path)
        name = _printable(path.relative_to(root).as_posix())
        if isinstance(found, tuple):
            reason = str(found[1].strerror).lower()
            yield Job(name, path, error=MissingInputError(f"the folder cannot be read ({reason}); check its rights."))
            continue
        job = _entry_job(name, path, root)
        if job.error is None and job.skipped is None:
            yield from _of_file(job, selection)
        elif selection.wants(name):
            yield job


def _of_file(job: Job, selection: Selection) -> Iterator[Job]:
    """The file, or what is in it when it is an archive, as far as it is wanted."""
    if not selection.is_new(job.path):
        return
    if not is_archive(job.path):
        if selection.wants(job.name):
            yield job
        return
    if _any_matches((job.name,), selection.exclude):
        return
    try:
        members = list_members(job.path)
    except KehoachError as error:
        yield replace(job, error=error)
        return
    for member in members:
        full = f"{job.name}/{_printable(member.name)}"
        if not any(_is_litter(part) for part in member.name.split("/")) and selection.wants(full, job.name):
            yield Job(full, job.path, member.stored, member.error)


def _of_argument(path: Path, selection: Selection, left_out: Path) -> Iterator[Job]:
    job = Job(_printable(path.name), path)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else str(error.strerror).lower()
        yield replace(job, error=MissingInputError(f"{reason}; check the path {_printable(str(path))}."))
        return
    if stat.S_ISDIR(mode):
        yield from _in_folder(path, selection, left_out)
    elif stat.S_ISREG(mode):
        yield from _of_file(job, selection)
    else:
        yield replace(job, error=UnsupportedInputError("not a regular file."))


def _each_once(groups: list[tuple[Path, list[Job]]]) -> None:
    """Take out what another argument holds too: the outer folder gives the name."""
    seen: set[tuple[Path, str | None]] = set()
    for _, jobs in sorted(groups, key=lambda group: len(_real(group[0]).parts)):
        folders = {parent: _real(parent) for parent in {job.path.parent for job in jobs}}
        places = [(folders[job.path.parent] / job.path.name, job.member) for job in jobs]
        jobs[:] = [job for job, place in zip(jobs, places, strict=True) if place not in seen]
        seen.update(places)


def _told_apart(groups: list[tuple[Path, list[Job]]]) -> Iterator[Job]:
    """Give inputs of different arguments that share a name their argument's parent folders, as many as are needed."""
    for depth in range(1 + max((len(_real(path).parts) for path, _ in groups), default=0)):
        counts = Counter(job.name for _, jobs in groups for job in jobs)
        if all(count == 1 for count in counts.values()):
            break
        for path, jobs in groups:
            folders = _real(path).parts[1:] if path.is_dir() else _real(path).parts[1:-1]
            if depth < len(folders):
                prefix = _printable(folders[-1 - depth])
                jobs[:] = [replace(job, name=f"{prefix}/{job.name}") if counts[job.name] > 1 else job for job in jobs]
    for _, jobs in groups:
        yield from jobs


def _refuse_to_overwrite(jobs: list[Job], out: Path) -> None:
    """Raise UsageError where a record, a text or their folder would take the place of an input."""
    real_out = _real(out)
    places = {job.path: _real(job.path) for job in jobs}
    inputs = {place: path for path, place in places.items() if real_out in place.parents}
    for job in jobs:
        for suffix in (RECORD_SUFFIX, TEXT_SUFFIX):
            target = output_path(real_out, job.name, suffix)
            for place in (target, *target.parents):
                if place in inputs:
                    raise UsageError(f"{inputs[place]}: {target} would take its place; choose another output folder.")


def discover(paths: Iterable[Path], selection: Selection, out: Path) -> list[Job]:
    """All inputs below `paths` in the order of their names, each once; the output folder `out` is passed by.

    A path that does not exist or an archive that cannot be read is a job with an error; a link out of the tree or a
    device is a job to be skipped. Raises UsageError where the output would mix with the inputs.
    """
    once = {_real(path): path for path in paths}
    if _real(out) in once:
        raise UsageError(f"{out}: is an input too; choose another output folder (one below it will do).")
    groups = [(path, list(_of_argument(path, selection, _real(out)))) for path in once.values()]
    if len(groups) > 1:
        _each_once(groups)
    jobs: dict[str, Job] = {}
    for job in _told_apart(groups):
        name = job.name
        while name in jobs:  # names that differ only in what cannot be shown
            name += "~"
        jobs[name] = replace(job, name=name)
    found = [jobs[name] for name in sorted(jobs)]
    if any(_real(out) in place.parents for place in once):
        _refuse_to_overwrite(found, out)
    return found
