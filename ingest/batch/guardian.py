"""A small process that outlives a run just long enough to end its workers and to clear their temporary files.

It reads `+ID` and `-ID` (process groups begun and ended) from standard input; when that ends, the run is over or was
killed: the groups that are left are killed, then whatever else has the folder named on the command line as its TMPDIR
(programs that left their group), and the folder is removed. It imports nothing of the project, to be small.
"""

import os
import shutil
import signal
import sys


def descendants(process: int) -> list[int]:
    """The process and all below it, as far as the system tells (Linux); the process alone elsewhere."""
    found = [process]
    for parent in found:
        tasks = f"/proc/{parent}/task"
        try:
            for thread in os.listdir(tasks):
                with open(f"{tasks}/{thread}/children", encoding="ascii") as children:
                    found += map(int, children.read().split())
        except OSError:  # gone, or no such system
            continue
    return found


def _strays(folder: str) -> list[int]:
    """The processes that have `folder` as their TMPDIR (Linux)."""
    found = []
    for name in os.listdir("/proc") if sys.platform == "linux" else ():
        if name.isdecimal():
            try:
                with open(f"/proc/{name}/environ", "rb") as environment:
                    if os.fsencode(f"TMPDIR={folder}") in environment.read().split(b"\0"):
                        found.append(int(name))
            except OSError:  # gone, or another user's
                continue
    return found


def main() -> None:
    """Keep the list of groups; kill what is left of it, and clear up, when the run is over."""
    groups: set[int] = set()
    for line in sys.stdin:
        sign, number = line[0], int(line[1:])
        if sign == "+":
            groups.add(number)
        else:
            groups.discard(number)
    for group in sorted(groups):
        try:
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            continue
    for stray in _strays(sys.argv[1]):
        try:
            os.kill(stray, signal.SIGKILL)
        except ProcessLookupError:
            continue
    shutil.rmtree(sys.argv[1], ignore_errors=True)


if __name__ == "__main__":
    main()
