"""Self-training: the channel of one document, from the words of it that are certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from .channel import Channel
from .expectation import Op, expect

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


class Trainer:
    """Adapts one channel to documents; remembers what each pair of word and read teaches."""

    def __init__(self, channel: Channel) -> None:
        self._channel, self._weights = channel, _Weights(channel)
        self._memory: dict[tuple[str, str], tuple[tuple[Op, float], ...]] = {}

    def adapted(self, pairs: Mapping[tuple[str, str], int]) -> Channel | None:
        """The channel with what (word, read) pairs of a document teach; None where they are too few."""
        if sum(pairs.values()) < LEAST_WORDS:
            return None
        counts: defaultdict[Op, float] = defaultdict(float)
        totals: defaultdict[str, float] = defaultdict(float)
        for pair, times in pairs.items():
            for op, share in self._taught(pair):
                counts[op] += share * times
                totals[op[0]] += share * times
        return self._channel.mixed(counts, totals, TRUST)

    def _taught(self, pair: tuple[str, str]) -> tuple[tuple[Op, float], ...]:
        taught = self._memory.get(pair)
        if taught is None:
            counts: dict[Op, float] = {}
            expect(*pair, self._weights, 1.0, counts)
            taught = self._memory[pair] = tuple((op, n) for op, n in counts.items() if len(op[0]) == 1)
        return taught
