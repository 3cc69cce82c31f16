"""Restoration of real legacy pages, of pages without any marks, and of what must not be touched."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from kehoach.ingest.restore import restore
from unidecode import unidecode


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "score" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pooled(scorer: ModuleType, pairs: list[tuple[str, str]]) -> float:
    """Accuracy over all pages, each weighted by its syllables."""
    sizes = [len(scorer.syllables(gold)) for _, gold in pairs]
    right = [scorer.syllable_accuracy(restore(text), gold) for text, gold in pairs]
    return float(sum(n * a for n, a in zip(sizes, right, strict=True)) / sum(sizes))


def test_a_real_legacy_plan(shared: Path, scorer: ModuleType) -> None:
    (plan,), (gold,) = shared.glob("plans/000_*.txt"), shared.glob("gold/000_*.txt")
    assert pooled(scorer, [(plan.read_text("utf-8"), gold.read_text("utf-8"))]) >= 0.985


def test_real_legacy_pages(shared: Path, scorer: ModuleType) -> None:
    golds = sorted(shared.glob("legacy/*.gold.txt"))
    pairs = [(Path(str(g).replace(".gold.txt", ".txt")).read_text("utf-8"), g.read_text("utf-8")) for g in golds]
    assert pooled(scorer, pairs) >= 0.985


def test_text_without_any_marks(shared: Path, scorer: ModuleType) -> None:
    truths = [(shared / "rendered" / f"{plan}.truth.txt").read_text("utf-8") for plan in ("001", "002")]
    assert pooled(scorer, [(unidecode(truth), truth) for truth in truths]) >= 0.985


@pytest.mark.parametrize("name", ["plans/001_*.txt", "plans/002_*.txt", "plans/004_*.txt", "gold/000_*.txt"])
def test_good_text_comes_out_byte_for_byte(shared: Path, name: str) -> None:
    (path,) = shared.glob(name)
    text = path.read_bytes().decode()
    assert restore(text) == text


@pytest.mark.parametrize("name", ["plans/000_*.txt", "plans/003_*.txt", "legacy/0*[!d].txt"])
def test_twice_is_as_once_on_real_pages(shared: Path, name: str) -> None:
    for path in shared.glob(name):
        once = restore(path.read_text("utf-8"))
        assert restore(once) == once
