"""A small process that outlives a run just long enough to end its workers and to clear their temporary files.

It reads `+ID` and `-ID` (process groups begun and ended) from standard input; when that ends, the run is over or was
killed: the groups that are left are killed, and the folder named on the command line is removed. It imports nothing of
the project, to be small.
"""

import os
import shutil
import signal
import sys


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
    shutil.rmtree(sys.argv[1], ignore_errors=True)


if __name__ == "__main__":
    main()
