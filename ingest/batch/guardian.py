"""A small process that outlives a killed run just long enough to end its workers.

It reads `+ID` and `-ID` (process groups begun and ended) from standard input; when that ends,
the run is gone, and the groups that are left are killed. It imports nothing of the project, to be small.
"""

import os
import signal
import sys


def main() -> None:
    """Keep the list of groups; kill what is left of it when the run dies."""
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


if __name__ == "__main__":
    main()
