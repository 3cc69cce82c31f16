"""Accuracy, doubts and speed of restoration on rendered pages, beside restorers of marks only.

    pip install pyvi        (once; in an environment of its own, if the project's is to stay as it is)
    python tests/bench/restoration.py TEXT [--pages 6]

TEXT is a file of good Vietnamese, one paragraph a line. Its pages are rendered, damaged in several ways and read by
Tesseract's English model; then the readings are restored. `frequent marks` takes each word without its marks for the
most frequent syllable of those letters; `pyvi` is the published restorer of that name (`ViUtils.add_accents`), given
the reading without any marks.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from kehoach.ingest.restore import restore, restore_lines
from kehoach.ingest.restore.build_pages import read_page, set_page
from kehoach.ingest.restore.document import DOUBT
from kehoach.ingest.restore.model import model
from rapidfuzz.distance import Levenshtein
from unidecode import unidecode

_SYLLABLE = re.compile(r"[^\W_]+")


def errors(text: str, truth: str) -> int:
    """Syllables of the truth that are wrong, missing or made up."""
    return Levenshtein.distance(_SYLLABLE.findall(text), _SYLLABLE.findall(truth))


def frequent_marks(text: str) -> str:
    """Each word as the most frequent syllable with its letters."""
    best = _most_frequent()

    def marked(match: re.Match[str]) -> str:
        word = match.group()
        found = best.get(unidecode(word).lower(), word)
        return found.upper() if word.isupper() else found.capitalize() if word[0].isupper() else found

    return re.sub(r"[^\W\d_]+", marked, text)


@cache
def _most_frequent() -> dict[str, str]:
    best: dict[str, str] = {}
    for word in model().words:
        best.setdefault(unidecode(word), word)
    return best


def published() -> Callable[[str], str] | None:
    """The published restorer, line by line; None where it is not installed."""
    try:
        add = importlib.import_module("pyvi.ViUtils").add_accents
    except ImportError:
        return None

    def added(line: str) -> str:
        try:
            return str(add(unidecode(line))) if line.strip() else line
        except KeyError:  # its own: letters that it puts together to no syllable
            return line

    return lambda text: "\n".join(map(added, text.split("\n")))


def readings(text: Path, count: int) -> Iterator[tuple[str, str]]:
    """Truth and reading of each page, damaged by a seed of its own."""
    lines = [line for line in text.read_text("utf-8").splitlines() if len(line) > 15]
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(count):
            start = seed * len(lines) // count
            page = set_page(iter([*lines[start:], *lines * 50]), seed)
            yield "\n".join(page.lines), read_page(page.image, Path(folder))


def doubts(pages: list[tuple[str, str]]) -> tuple[int, int]:
    """Doubtful tokens and all tokens of the restored pages."""
    tokens = [token for _, read in pages for token in restore_lines(read.split("\n")).tokens]
    return sum(token.confidence < DOUBT for token in tokens), len(tokens)


def measured(name: str, restorer: Callable[[str], str], pages: list[tuple[str, str]]) -> str:
    """One row of the table: accuracy and syllables a second."""
    restorer("Thuc hien ke hoach")
    began = time.process_time()
    restored = [restorer(read) for _, read in pages]
    seconds = time.process_time() - began
    size = sum(len(_SYLLABLE.findall(truth)) for truth, _ in pages)
    pairs = [(text, truth) for text, (truth, _) in zip(restored, pages, strict=True)]
    wrong = sum(errors(text, truth) for text, truth in pairs)
    worse = sum(errors(text.lower(), truth.lower()) for text, truth in pairs)
    return f"{name:15} {1 - wrong / size:8.4f} {1 - worse / size:11.4f} {size / max(seconds, 1e-9):12.0f}"


def main() -> int:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path)
    parser.add_argument("--pages", type=int, default=6)
    given = parser.parse_args()
    pages = list(readings(given.text, given.pages))
    size = sum(len(_SYLLABLE.findall(truth)) for truth, _ in pages)
    print(f"{len(pages)} pages, {size} syllables\n{'':15} accuracy  case aside  syllables/s")
    print(measured("as read", str, pages))
    print(measured("frequent marks", frequent_marks, pages))
    other = published()
    print(measured("pyvi", other, pages) if other else f"{'pyvi':15} not installed (pip install pyvi)")
    print(measured("kehoach, cold", restore, pages))
    print(measured("kehoach, warm", restore, pages))
    doubtful, tokens = doubts(pages)
    print(f"doubtful: {doubtful / max(tokens, 1):.4f} of {tokens} tokens")
    return 0


if __name__ == "__main__":
    sys.exit(main())
