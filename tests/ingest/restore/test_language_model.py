"""Counting, smoothing, the packed tables, and the search over them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.restore.build_counts import Counts, count
from kehoach.ingest.restore.build_ngrams import build_ngrams
from kehoach.ingest.restore.evidence import Evidence
from kehoach.ingest.restore.ngrams import Ngrams, Table, pack
from kehoach.ingest.restore.search import Lattice, Memory, Sentence, search

SENTENCES = ("Xã phát động phong trào thi đua.", "Xã tổ chức phong trào văn hoá: 12 thôn.", "Thôn tổ chức thi đua.")


@pytest.fixture
def counts(tmp_path: Path) -> Counts:
    file = tmp_path / "corpus.txt"
    file.write_text("\n".join(f"{sentence} {k}" for k in range(40) for sentence in SENTENCES), "utf-8")
    return count([file], least_syllable=2, least_other=2)


@pytest.fixture
def ngrams(counts: Counts) -> Ngrams:
    return Ngrams.of_arrays(build_ngrams(counts, 500, 500))


def number(counts: Counts, *words: str) -> tuple[np.ndarray, ...]:
    return tuple(np.array([counts.words.index(word)], np.int64) for word in words)


def test_words_are_counted_with_the_old_tone_and_their_case(counts: Counts) -> None:
    assert "hóa" in counts.words
    assert "hoá" not in counts.words
    assert counts.words[:3] == ("<s>", "<unk>", "<num>")
    assert counts.ones[2] > 0
    assert counts.forms[counts.words.index("xã")].sum() == 0  # at sentence starts only


def test_what_was_seen_is_more_probable(counts: Counts, ngrams: Ngrams) -> None:
    seen = ngrams.score(*number(counts, "phong", "trào", "thi"))
    unseen = ngrams.score(*number(counts, "phong", "trào", "tổ"))
    assert seen > unseen


def test_probabilities_after_a_context_sum_to_one(counts: Counts, ngrams: Ngrams) -> None:
    words = np.arange(len(counts.words))
    u, v = (np.full_like(words, n[0]) for n in number(counts, "tổ", "chức"))
    assert np.exp(ngrams.score(u, v, words)).sum() == pytest.approx(1.0, abs=0.15)


@given(st.sets(st.integers(0, 2**40), max_size=300), st.integers(0, 2**40))
def test_a_packed_table_finds_every_key(keys: set[int], other: int) -> None:
    array = np.array(sorted(keys), np.int64)
    fingerprints, lengths, order = pack(array)
    found = Table(fingerprints, lengths).find(array)
    assert (found >= 0).all()
    # Two keys may share a bucket and a fingerprint; then either place is found.
    assert len(found) == 0 or (array[order][found] == array).mean() > 0.97
    Table(fingerprints, lengths).find(np.array([other]))


def lattice(counts: Counts, *reads: tuple[str, ...]) -> Lattice:
    words = [counts.words.index(word) for read in reads for word in read]
    offsets = np.cumsum([0, *(len(read) for read in reads)])
    none = np.full(len(words), -1, np.int64)
    first = np.array(words, np.int64)
    nothing = np.zeros(len(words), np.float32)
    return Lattice(offsets, first, none, none, first, nothing, nothing)


def test_the_search_takes_the_words_that_fit(counts: Counts, ngrams: Ngrams) -> None:
    candidates = lattice(counts, ("xã", "đua"), ("phát", "phong"), ("trào", "động"), ("phong",), ("trào", "tổ"))
    nothing = np.full(5, -1, np.int64)
    ((*steps,),) = search([Sentence(np.arange(5), nothing)], candidates, ngrams).steps
    assert [counts.words[candidates.first[step.place]] for step in steps] == ["xã", "phát", "động", "phong", "trào"]


def test_two_reads_may_be_one_word(counts: Counts, ngrams: Ngrams) -> None:
    candidates = lattice(counts, ("phong",), ("văn",), ("văn",), ("trào",))
    joined = np.array([-1, -1, 3], np.int64)
    ((*steps,),) = search([Sentence(np.arange(3), joined)], candidates, ngrams).steps
    assert [(step.start, step.length) for step in steps] == [(0, 1), (1, 2)]


def test_the_search_finds_the_best_of_all_paths(counts: Counts, ngrams: Ngrams) -> None:
    reads = [
        ("xã", "đua", "thôn"),
        ("phát", "phong", "tổ"),
        ("trào", "động", "chức"),
        ("phong", "thi"),
        ("trào", "đua"),
    ]
    candidates = lattice(counts, *reads)
    ((*steps,),) = search([Sentence(np.arange(5), np.full(5, -1, np.int64))], candidates, ngrams).steps

    def weight(path: tuple[str, ...]) -> float:
        words = np.array([0, 0, *(counts.words.index(word) for word in path), 0])
        return float(ngrams.score(words[:-2], words[1:-1], words[2:]).sum())

    found = tuple(counts.words[candidates.first[step.place]] for step in steps)
    assert weight(found) == pytest.approx(max(map(weight, product(*reads))))


def test_what_is_remembered_changes_no_answer(counts: Counts, ngrams: Ngrams) -> None:
    candidates = lattice(counts, ("xã", "đua"), ("phát", "phong"), ("trào", "động"), ("phong",), ("trào", "tổ"))
    numbered = replace(candidates, numbers=np.arange(1, 6))
    sentences = [Sentence(np.arange(size), np.full(size, -1, np.int64)) for size in (5, 2, 4)]
    memory = Memory()
    for part in (sentences[:1], sentences, sentences[1:]):
        assert search(part, numbered, ngrams, memory).steps == search(part, candidates, ngrams).steps


def test_no_sentence_has_no_answer(counts: Counts, ngrams: Ngrams) -> None:
    assert search([], lattice(counts, ("xã",)), ngrams).steps == []


def test_what_the_document_repeats_becomes_more_probable() -> None:
    words = np.array([0, 5, 6, 0, 5, 6, 0, 5, 6])
    evidence = Evidence(words, np.ones(len(words), bool), np.log(np.full(10, 0.1)))
    before = np.log(np.full(1, 0.01, np.float32))
    raised = evidence.rescore(np.array([5]), np.array([6]), before)
    lowered = evidence.rescore(np.array([5]), np.array([7]), before)
    assert raised > before > lowered
