"""Accuracy, doubts and speed of restoration on rendered pages, beside a restorer of marks only.

    python tests/bench/restoration.py TEXT [--pages 6]

TEXT is a file of good Vietnamese, one paragraph a line. Its pages are rendered, damaged in several ways and read by
Tesseract's English model; then the readings are restored. The marks-only restorer takes each word without its marks for
the most frequent syllable of those letters. Needs Tesseract with `eng` and fonts with Vietnamese letters.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kehoach.ingest.restore import restore_lines
from kehoach.ingest.restore.build_pages import read_page, set_page
from kehoach.ingest.restore.document import DOUBT
from kehoach.ingest.restore.model import model
from rapidfuzz.distance import Levenshtein
from unidecode import unidecode

_SYLLABLE = re.compile(r"[^\W_]+")


def errors(text: str, truth: str) -> int:
    """Syllables of the truth that are wrong, missing or made up."""
    return Levenshtein.distance(_SYLLABLE.findall(text), _SYLLABLE.findall(truth))


def marks_only(text: str) -> str:
    """Each word as the most frequent syllable with its letters."""
    best: dict[str, str] = {}
    for word in model().words:
        best.setdefault(unidecode(word), word)

    def marked(match: re.Match[str]) -> str:
        word = match.group()
        found = best.get(unidecode(word).lower(), word)
        return found.upper() if word.isupper() else found.capitalize() if word[0].isupper() else found

    return re.sub(r"[^\W\d_]+", marked, text)


def readings(text: Path, count: int) -> Iterator[tuple[str, str]]:
    """Truth and reading of each page, damaged by a seed of its own."""
    lines = [line for line in text.read_text("utf-8").splitlines() if len(line) > 15]
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(count):
            start = seed * len(lines) // count
            page = set_page(iter([*lines[start:], *lines * 50]), seed)
            yield "\n".join(page.lines), read_page(page.image, Path(folder))


def main() -> int:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", type=Path)
    parser.add_argument("--pages", type=int, default=6)
    given = parser.parse_args()
    pages = list(readings(given.text, given.pages))
    restore_lines(["Thuc hién ké hoach"])
    size = sum(len(_SYLLABLE.findall(truth)) for truth, _ in pages)
    wrong = {"as read": 0, "marks only": 0, "restored": 0}
    doubtful = tokens = 0
    seconds = 0.0
    for truth, read in pages:
        began = time.process_time()
        restored = restore_lines(read.split("\n"))
        seconds += time.process_time() - began
        tokens += len(restored.tokens)
        doubtful += sum(token.confidence < DOUBT for token in restored.tokens)
        for name, text in (
            ("as read", read),
            ("marks only", marks_only(read)),
            ("restored", "\n".join(restored.lines)),
        ):
            wrong[name] += errors(text, truth)
    for name, count in wrong.items():
        print(f"{name:12} {1 - count / size:.4f}")
    print(f"doubtful     {doubtful / max(tokens, 1):.4f} of {tokens} tokens")
    print(f"speed        {size / seconds:.0f} syllables a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
