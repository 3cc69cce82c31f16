"""The model files, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from ...dictionaries import resource
from .channel import Channel
from .ngrams import Ngrams

Array = np.ndarray[Any, Any]
FOLDER = "restoration"
BREAK, UNKNOWN, NUMBER = range(3)  # the first words of every vocabulary
FORM_FLOOR = 0.004


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that was learned: vocabulary with log P of words and of their case forms, n-grams, channel."""

    words: tuple[str, ...]
    weight: Array
    forms: Array
    ngrams: Ngrams
    channel: Channel
    known: Mapping[str, Sequence[int]]  # reads seen in training with the numbers of their nearest keys


def _arrays(name: str) -> dict[str, Array]:
    with resource(f"{FOLDER}/{name}").open("rb") as stream, np.load(stream, allow_pickle=False) as file:
        return dict(file)


@cache
def model() -> Model:
    """The model of the package."""
    words = resource(f"{FOLDER}/words.txt").read_text("utf-8").split("\n")[:-1]
    arrays = _arrays("ngrams.npz")
    ngrams = Ngrams.of_arrays(arrays)
    share = arrays["forms"].astype(np.float32) / 255 + FORM_FLOOR
    forms = np.log(share / share.sum(axis=1, keepdims=True))
    reads = resource(f"{FOLDER}/reads.txt").read_text("utf-8").split("\n")[:-1]
    known = dict(zip(reads, _arrays("reads.npz")["keys"].tolist(), strict=True))
    return Model(tuple(words), ngrams.one, forms, ngrams, Channel.of_arrays(_arrays("channel.npz")), known)


@cache
def repair_channel() -> Channel:
    """The channel of the Vietnamese model's errors."""
    return Channel.of_arrays(_arrays("channel_vie.npz"))
