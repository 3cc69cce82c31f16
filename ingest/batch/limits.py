"""How many workers a machine bears, and how much memory each of them gets."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from ..options import Options

MEBIBYTE = 2**20
_SHARE = 0.8  # of the machine's memory is for the workers
_LEAST = 200  # MiB with which a worker still does something
_GOOD = 1000  # MiB that a document may well need: where the user does not say how many workers, each gets that much
_CGROUPS = Path("/sys/fs/cgroup")


def _cgroup_limits() -> Iterator[int]:
    """Bytes that the control groups of this process grant (Linux containers and services)."""
    try:
        lines = Path("/proc/self/cgroup").read_text("utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, name = line.split(":", 2)
        if controllers and "memory" not in controllers.split(","):
            continue
        root, file = (_CGROUPS / "memory", "memory.limit_in_bytes") if controllers else (_CGROUPS, "memory.max")
        own = root / name.lstrip("/")
        for folder in (own, *own.parents):
            try:
                yield int((folder / file).read_text("ascii"))
            except (OSError, ValueError):  # no limit there
                continue


def machine_memory() -> int | None:
    """MiB of memory that this process and its children may use; None where the system does not tell."""
    try:
        installed = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None
    return min((installed, *_cgroup_limits())) // MEBIBYTE


def _for_all(total: int) -> int | None:
    """MiB for all workers together: as given, or (0) a share of the machine's."""
    machine = machine_memory()
    return total or (None if machine is None else int(machine * _SHARE))


def worker_count(wanted: int, total_memory: int = 0) -> int:
    """The number of worker processes: as wanted, or (0) one for each core, as far as the memory (MiB, 0: what there is)
    reaches for all of them.
    """
    if wanted:
        return wanted
    available: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    cores = len(available(0)) if available is not None else os.cpu_count() or 1
    memory = _for_all(total_memory)
    return cores if memory is None else max(1, min(cores, memory // _GOOD))


def shared(options: Options, workers: int, total_memory: int = 0) -> Options:
    """The options with the memory that each of so many workers gets: its limit, or its share when that is less."""
    memory = _for_all(total_memory)
    if memory is None:
        return options
    return replace(options, max_memory=min(options.max_memory, max(_LEAST, memory // workers)))
