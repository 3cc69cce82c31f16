"""How a read string may have come from true letters: all ways with their probabilities, as expected counts."""

from __future__ import annotations

from collections.abc import Mapping

Op = tuple[str, str]  # true letters (none, one or two), read signs
Way = tuple[int, int, int, int, Op]  # from letter i, sign j to letter i2, sign j2
IMPROBABLE = 1e-12  # a pair less probable than this (for each three letters) teaches nothing


def ways(true: str, read: str) -> list[Way]:
    """All steps from the beginning of both strings to their ends."""
    n, m = len(true), len(read)
    steps: list[Way] = []
    for i in range(n + 1):
        for j in range(m + 1):
            if j < m:
                steps.append((i, j, i, j + 1, ("", read[j])))
            if i < n:
                steps += [(i, j, i + 1, j + k, (true[i], read[j : j + k])) for k in range(4) if j + k <= m]
            if i + 1 < n and j < m:
                steps.append((i, j, i + 2, j + 1, (true[i : i + 2], read[j])))
    return steps


def expect(true: str, read: str, weight: Mapping[Op, float], times: float, counts: dict[Op, float]) -> None:
    """Add the expected readings of one pair, seen `times` times, to `counts`; `weight` knows every reading."""
    n, m = len(true), len(read)
    forward = [[0.0] * (m + 1) for _ in range(n + 1)]
    backward = [[0.0] * (m + 1) for _ in range(n + 1)]
    forward[0][0] = backward[n][m] = 1.0
    steps = [(*step, weight[step[4]]) for step in ways(true, read)]
    steps = [step for step in steps if step[5]]
    for i, j, i2, j2, _, p in steps:
        if forward[i][j]:
            forward[i2][j2] += forward[i][j] * p
    total = forward[n][m]
    if total < IMPROBABLE ** max(1, n / 3):
        return
    for i, j, i2, j2, _, p in reversed(steps):
        backward[i][j] += p * backward[i2][j2]
    for i, j, i2, j2, op, p in steps:
        share = forward[i][j] * p * backward[i2][j2] * times / total
        if share > 1e-6:
            counts[op] = counts.get(op, 0.0) + share
