"""The channel: scores of hand-made readings, and their learning from pairs."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest
from kehoach.ingest.restore.adaptation import Trainer, lessons
from kehoach.ingest.restore.build_channel import arrays, learn
from kehoach.ingest.restore.channel import Channel
from kehoach.ingest.restore.expectation import expect


def channel_of(weight: dict[tuple[str, str], float]) -> Channel:
    return Channel.of_arrays(arrays(weight))


def score(channel: Channel, read: str, word: str) -> float:
    nothing = np.zeros(1, np.int64)
    return float(channel.score(channel.prepare([read]), channel.spell([word]), nothing, nothing)[0])


@pytest.fixture
def channel() -> Channel:
    return channel_of(
        {("x", "x"): 0.9, ("ã", "4"): 0.2, ("ã", "a"): 0.5, ("ủ", "ii"): 0.1, ("ơ", ""): 0.05, ("rủ", "m"): 0.01}
        | {("a", "a"): 0.9, ("t", "t"): 0.9, ("", "e"): 0.001}
    )


def test_a_reading_is_the_product_of_its_steps(channel: Channel) -> None:
    assert score(channel, "x4", "xã") == pytest.approx(np.log(0.9 * 0.2), abs=0.01)
    assert score(channel, "tii", "tủ") == pytest.approx(np.log(0.9 * 0.1), abs=0.01)
    assert score(channel, "t", "tơ") == pytest.approx(np.log(0.9 * 0.05), abs=0.01)


def test_two_letters_may_be_read_as_one_sign(channel: Channel) -> None:
    assert score(channel, "tm", "trủ") == pytest.approx(np.log(0.9 * 0.01), abs=0.01)


def test_a_sign_may_come_from_nowhere(channel: Channel) -> None:
    assert score(channel, "tea", "ta") == pytest.approx(np.log(0.9 * 0.001 * 0.9), abs=0.01)


def test_many_pairs_score_as_each_alone(channel: Channel) -> None:
    reads, words = ["x4", "tii", "t", "tea", ""], ["xã", "tủ", "tơ", "trủ", "a"]
    read_of, word_of = np.repeat(np.arange(5), 5), np.tile(np.arange(5), 5)
    together = channel.score(channel.prepare(reads), channel.spell(words), read_of, word_of)
    alone = [score(channel, read, word) for read in reads for word in words]
    assert together.tolist() == pytest.approx(alone)


def test_without_marks_a_letter_is_read_as_any_of_its_kin(channel: Channel) -> None:
    assert score(channel.without_marks(), "x4", "xa") == pytest.approx(np.log(0.9 * 0.2), abs=0.01)


def test_readings_are_learned_from_pairs() -> None:
    pairs = Counter({("xã", "x4"): 80, ("xã", "xa"): 20, ("của", "ciia"): 30, ("của", "cua"): 70, ("tủ", "tii"): 20})
    learned = channel_of(learn(pairs))
    assert score(learned, "x4", "xã") > score(learned, "xa", "xã")
    assert score(learned, "mii", "mủ") > score(learned, "mee", "mủ")


def test_a_document_teaches_its_own_readings(channel: Channel) -> None:
    own = Trainer(channel).adapted({("xã", "xa"): 200})
    assert own is not None
    assert score(own, "xa", "xã") > score(channel, "xa", "xã")
    assert score(own, "x4", "xã") < score(channel, "x4", "xã")


def test_a_few_words_teach_nothing(channel: Channel) -> None:
    assert Trainer(channel).adapted({("xã", "xa"): 3}) is None


def test_many_pairs_teach_what_each_teaches_alone(channel: Channel) -> None:
    singles, doubles = channel.chances
    signs = dict(enumerate(channel.segments))
    rows = [*zip(["", *channel.letters[1:]], singles, strict=True)]
    rows += [(true, doubles[n]) for true, n in channel.pairs.items()]
    weight = {(true, signs[k]): float(p) for true, row in rows for k, p in enumerate(row)}
    pairs = [("xã", "x4"), ("xã", "xa"), ("tủ", "tii"), ("trủ", "tm"), ("ta", "tea"), ("tơ", "t")]
    for (true, read), lesson in zip(pairs, lessons(channel, pairs), strict=True):
        expected: dict[tuple[str, str], float] = {}
        expect(true, read, defaultdict(float, weight), 1.0, expected)
        expected = {op: share for op, share in expected.items() if len(op[0]) == 1}
        taught: Counter[tuple[str, str]] = Counter()
        for letter, segment, share in zip(*lesson, strict=True):
            taught[channel.letters[letter], channel.segments[segment]] += share
        assert taught == pytest.approx(expected)
