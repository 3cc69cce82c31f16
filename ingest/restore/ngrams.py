"""The language model: a trigram model of syllables in back-off form, quantised to bytes.

Bigrams and trigrams stand in tables without keys: the hash of an n-gram names a bucket, and 16 bits of it tell the
entries of a bucket apart (about 2 in 100,000 absent n-grams are taken for present ones, always the same ones).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Places = np.ndarray[Any, np.dtype[np.int32]]
Scores = np.ndarray[Any, np.dtype[np.float32]]

PROBABILITY_STEP = 0.08  # natural logarithms, from 0 down
BACKOFF_STEP, BACKOFF_TOP = 0.04, 2.0
PER_BUCKET = 1.5
_FIRST, _SECOND, _THIRD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
_SHIFT, _HALF, _LOW = np.uint64(29), np.uint64(32), np.uint64(0xFFFF)


def hashed(keys: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """A 64-bit hash of each key."""
    h = keys.astype(np.uint64) * _FIRST
    h ^= h >> _SHIFT
    h *= _SECOND
    h ^= h >> _HALF
    return h


class Table:
    """Finds the places of keys among `size` entries."""

    def __init__(self, fingerprints: np.ndarray[Any, Any], lengths: np.ndarray[Any, Any]) -> None:
        self.fingerprints = np.append(fingerprints, np.uint16(0))
        self.starts = np.zeros(len(lengths) + 1, np.int32)
        np.cumsum(lengths, out=self.starts[1:])
        self.lengths = lengths
        self.buckets = np.uint64(len(lengths))
        self.longest = int(lengths.max()) if len(lengths) else 0

    def find(self, keys: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.int32]]:
        """The place of each key, -1 where it is absent."""
        h = hashed(keys.ravel())
        bucket = ((h >> _HALF) * self.buckets >> _HALF).view(np.int64)
        print_ = h.astype(np.uint16)  # the lowest bits
        place, length = self.starts.take(bucket), self.lengths.take(bucket)
        hit = (self.fingerprints.take(place) == print_) & (length > 0)
        found = np.where(hit, place, np.int32(-1))
        rest = np.flatnonzero((length > 1) & ~hit)
        place, length, print_ = place.take(rest), length.take(rest), print_.take(rest)
        for k in range(1, self.longest):
            place += 1
            hit = self.fingerprints.take(place) == print_
            found[rest[hit]] = place[hit]
            more = np.flatnonzero((length > k + 1) & ~hit)
            rest, place, length, print_ = rest.take(more), place.take(more), length.take(more), print_.take(more)
        return found.reshape(keys.shape)


def pack(keys: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Fingerprints and bucket lengths of a table of `keys`, and the order in which its values must be written."""
    buckets = max(1, int(len(keys) / PER_BUCKET))
    h = hashed(keys)
    bucket = ((h >> _HALF) * np.uint64(buckets) >> _HALF).astype(np.int64)
    order = np.lexsort((h & _LOW, bucket))
    lengths = np.bincount(bucket, minlength=buckets).astype(np.uint8)
    return (h[order] & _LOW).astype(np.uint16), lengths, order


def quantised(scores: Scores) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Logarithms of probabilities as bytes."""
    result: np.ndarray[Any, np.dtype[np.uint8]] = np.clip(np.rint(-scores / PROBABILITY_STEP), 0, 255).astype(np.uint8)
    return result


def quantised_backoff(scores: Scores) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Logarithms of back-off weights as bytes."""
    steps = np.clip(np.rint((BACKOFF_TOP - scores) / BACKOFF_STEP), 0, 255)
    result: np.ndarray[Any, np.dtype[np.uint8]] = steps.astype(np.uint8)
    return result


_PROBABILITIES = (-PROBABILITY_STEP * np.arange(256)).astype(np.float32)
_BACKOFFS = (BACKOFF_TOP - BACKOFF_STEP * np.arange(256)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Ngrams:
    """The trigram model. Scores are natural logarithms; word numbers are those of the vocabulary."""

    size: int
    one: Scores
    one_backoff: Scores
    two: Table
    two_score: np.ndarray[Any, np.dtype[np.uint8]]
    two_backoff: np.ndarray[Any, np.dtype[np.uint8]]
    three: Table
    three_score: np.ndarray[Any, np.dtype[np.uint8]]

    @classmethod
    def of_arrays(cls, arrays: dict[str, Any]) -> Ngrams:
        """The model from the arrays of its file."""
        return cls(
            len(arrays["one"]),
            _PROBABILITIES[arrays["one"]],
            _BACKOFFS[arrays["one_backoff"]],
            Table(arrays["two_print"], arrays["two_length"]),
            arrays["two_score"],
            arrays["two_backoff"],
            Table(arrays["three_print"], arrays["three_length"]),
            arrays["three_score"],
        )

    def bigram(self, v: Numbers, w: Numbers) -> Places:
        """Where the bigrams `v w` are in their table; -1 where they are not."""
        return self.two.find(v * self.size + w)

    def after_one(self, v: Numbers, w: Numbers, place: Places) -> Scores:
        """log P(w | v), arrays of one shape; `place` is that of the bigram."""
        near = _PROBABILITIES.take(self.two_score.take(place, mode="clip"))
        far = self.one_backoff.take(v) + self.one.take(w)
        return np.where(place >= 0, near, far)

    def backoffs(self, place: Places) -> Scores:
        """The back-off weights of contexts, given the places of their bigrams."""
        return np.where(place >= 0, _BACKOFFS.take(self.two_backoff.take(place, mode="clip")), np.float32(0))

    def after_two(self, u: Numbers, v: Numbers, w: Numbers, backoff: Scores, lower: Scores) -> Scores:
        """log P(w | u v), given the back-off weight of `u v` and log P(w | v)."""
        place = self.three.find((u * self.size + v) * self.size + w)
        near = _PROBABILITIES.take(self.three_score.take(place, mode="clip"))
        return np.where(place >= 0, near, backoff + lower)

    def score(self, u: Numbers, v: Numbers, w: Numbers) -> Scores:
        """log P(w | u v)."""
        return self.after_two(u, v, w, self.backoffs(self.bigram(u, v)), self.after_one(v, w, self.bigram(v, w)))
