"""The model files, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
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
    doubt: Array  # a weight for each trait of a word, which tell how sure it is


def _arrays(folder: Traversable, name: str) -> dict[str, Array]:
    with folder.joinpath(name).open("rb") as stream, np.load(stream, allow_pickle=False) as file:
        return dict(file)


def load(folder: Traversable) -> Model:
    """The model of a folder that the build has written."""
    words = folder.joinpath("words.txt").read_text("utf-8").split("\n")[:-1]
    arrays = _arrays(folder, "ngrams.npz")
    ngrams = Ngrams.of_arrays(arrays)
    share = arrays["forms"].astype(np.float32) / 255 + FORM_FLOOR
    forms = np.log(share / share.sum(axis=1, keepdims=True))
    reads = folder.joinpath("reads.txt").read_text("utf-8").split("\n")[:-1]
    known = dict(zip(reads, _arrays(folder, "reads.npz")["keys"].tolist(), strict=True))
    channel, doubt = Channel.of_arrays(_arrays(folder, "channel.npz")), _arrays(folder, "doubt.npz")["weights"]
    return Model(tuple(words), ngrams.one, forms, ngrams, channel, known, doubt)


@cache
def model() -> Model:
    """The model of the package."""
    return load(resource(FOLDER))


@cache
def repair_channel() -> Channel:
    """The channel of the Vietnamese model's errors."""
    return Channel.of_arrays(_arrays(resource(FOLDER), "channel_vie.npz"))
