"""Model building, step 6: for reads seen in training, the nearest syllable keys, found by comparing all."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from .lexicon import KEYS_KEPT, Lexicon

Array = np.ndarray[Any, Any]
BATCH = 64


def nearest(pairs: Counter[tuple[str, str]], lexicon: Lexicon, least: int = 2) -> tuple[list[str], Array]:
    """Reads seen at least `least` times, sorted, and for each the numbers of its KEYS_KEPT nearest keys, best first."""
    seen: Counter[str] = Counter()
    for (_, read), count in pairs.items():
        seen[read] += count
    reads = sorted(read for read, count in seen.items() if count >= least)
    result = np.zeros((len(reads), KEYS_KEPT), np.uint16)
    keys = np.arange(len(lexicon.keys))
    for start in range(0, len(reads), BATCH):
        part = [(read, len(read) > 1 and read.isupper()) for read in reads[start : start + BATCH]]
        read_of, key_of_pair = np.repeat(np.arange(len(part)), len(keys)), np.tile(keys, len(part))
        score = lexicon.score_keys(part, lexicon.channel.prepare([r for r, _ in part]), read_of, key_of_pair)
        rank = score.reshape(len(part), -1) + 0.5 * lexicon.key_weight
        result[start : start + len(part)] = np.argsort(-rank, axis=1, kind="stable")[:, :KEYS_KEPT]
    return reads, result
