"""Self-training: the channel of one document, from the words of it that are certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from .channel import Channel
from .expectation import Op, expect

Array = np.ndarray[Any, Any]
TRUST = 30.0  # how many readings of a letter the learned channel is worth
LEAST_WORDS = 150  # certain words that a document must have to teach anything


class _Weights(dict[Op, float]):
    """The channel's probabilities by reading, looked up when they are asked for."""

    def __init__(self, channel: Channel) -> None:
        super().__init__()
        self._channel = channel

    def __missing__(self, op: Op) -> float:
        self[op] = self._channel.probability(*op)
        return self[op]


def adapted(channel: Channel, pairs: Mapping[tuple[str, str], int]) -> Channel | None:
    """The channel with what (word, read) pairs of a document teach; None where they are too few."""
    if sum(pairs.values()) < LEAST_WORDS:
        return None
    weights, counts = _Weights(channel), dict[Op, float]()
    for (true, read), times in pairs.items():
        expect(true, read, weights, times, counts)
    totals: Counter[str] = Counter()
    for (true, _), n in counts.items():
        if len(true) == 1:
            totals[true] += n  # type: ignore[assignment]
    return channel.mixed({op: n for op, n in counts.items() if len(op[0]) == 1}, totals, TRUST)
