"""Build the model files: python -m kehoach.ingest.restore.build CORPUS --out FOLDER

CORPUS is a folder of text files (plain or .gz), one paragraph a line. Pages are rendered from lines that are held out
of the counts and read by Tesseract (`eng` and `vie`); what was read is kept in the folder, so that a second run only
counts. Copy the folder's `.npz` and `.txt` files to dictionaries/restoration to use them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import KehoachError, MissingInputError
from .build_align import word_pairs
from .build_channel import arrays, learn
from .build_counts import Counts, corpus_lines, count, held_out, source_name
from .build_doubt import learn_doubt
from .build_ngrams import build_ngrams
from .build_pages import RESOLUTIONS, paragraphs, read_page, set_page
from .build_reads import nearest
from .build_repair import learn_repair, repair_pairs
from .channel import Channel
from .doubt import TRAITS
from .engine import Restorer
from .lexicon import Lexicon
from .model import load
from .ngrams import Ngrams

Sources = dict[str, list[str]]
PAGES, REPAIR_PAGES, DOUBT_PAGES = 640, 110, 160
TWOS, THREES = 650_000, 2_300_000
MOST_LINES = 30_000  # held-out lines looked for in each source
FIRST_REPAIR_PAGE, FIRST_DOUBT_PAGE = 20_000, 40_000
FINE = RESOLUTIONS[1:]  # pages for the Vietnamese model are scanned no worse than this
# How often pages take a paragraph from a source (others: once); of long ones every tenth line is looked at.
SHARES = {
    "xa_luongminh_baucu": 4,
    "sct_laocai": 3,
    "vietnews_pol": 4,
    "baomoi_pol": 4,
    "phapdien": 2,
    "readability1000": 2,
    "admin7_khanhng": 1,
    "binhdinh_news": 1,
    "gazetteer": 1,
    "unc_dantri": 1,
    "uts_vlc_2021": 0,
    "uts_vlc_2023": 0,
    "vanban_misc": 0,
}
LONG, THIN = ("vietnews_pol", "phapdien"), 10
MEASURING = 20  # one page in so many is left out, for measuring


def held_out_lines(paths: Sequence[Path]) -> Sources:
    """Lines of each corpus file that are not counted."""
    found: Sources = {}
    for path in sorted(paths, key=lambda path: (_order(path), path)):
        thin = THIN if source_name(path) in LONG else 1
        lines = list(islice(filter(held_out, islice(corpus_lines(path), None, None, thin)), MOST_LINES))
        if lines and SHARES.get(source_name(path), 1):
            found[source_name(path)] = lines
    return found


def _order(path: Path) -> int:
    names = list(SHARES)
    return names.index(source_name(path)) if source_name(path) in SHARES else len(names)


def _page(seed: int, sources: Sources, language: str, resolutions: Sequence[int]) -> dict[str, Any]:
    page = set_page(paragraphs(sources, SHARES, seed), seed, resolutions)
    with tempfile.TemporaryDirectory() as folder:
        read = read_page(page.image, Path(folder), language)
    return {"seed": seed, "truth": page.lines, "read": read}


def pages(cache: Path, seeds: range, sources: Sources, language: str, jobs: int) -> list[tuple[str, str]]:
    """Truth and reading of each page; those that the cache file holds already are not read again."""
    done: dict[int, dict[str, Any]] = {}
    if cache.is_file():
        done = {page["seed"]: page for page in map(json.loads, cache.read_text("utf-8").splitlines())}
    missing = [seed for seed in seeds if seed not in done]
    resolutions = RESOLUTIONS if language == "eng" else FINE
    work = partial(_page, sources=sources, language=language, resolutions=resolutions)
    with ProcessPoolExecutor(jobs) as pool, cache.open("a", encoding="utf-8") as stream:
        for page in pool.map(work, missing):
            done[page["seed"]] = page
            stream.write(json.dumps(page, ensure_ascii=False) + "\n")
    wanted = [done[seed] for seed in seeds if seed % MEASURING != MEASURING - 1]
    return [(" ".join(page["truth"]), page["read"]) for page in wanted]


def _language_model(counts: Counts, twos: int, threes: int) -> dict[str, Any]:
    share = counts.forms / np.maximum(counts.forms.sum(axis=1, keepdims=True), 1)
    return build_ngrams(counts, twos, threes) | {"forms": np.rint(share * 255).astype(np.uint8)}


def _save(path: Path, named: dict[str, Any]) -> None:
    """The n-gram tables are as good as random, and load fastest as they are; all else is compressed."""
    save: Any = np.savez if path.name == "ngrams.npz" else np.savez_compressed
    save(path, **named)


def build(corpus: Path, out: Path, page_count: int, repair_count: int, doubt_count: int, jobs: int) -> None:
    """Write all model files to the folder `out`."""
    paths = sorted(path for path in corpus.iterdir() if path.name.endswith((".txt", ".txt.gz")))
    if not paths:
        raise MissingInputError(f"{corpus}: no .txt or .txt.gz files; give a folder of text, one paragraph a line")
    out.mkdir(parents=True, exist_ok=True)
    counts = count(paths)
    ngrams = _language_model(counts, TWOS, THREES)
    _save(out / "ngrams.npz", ngrams)
    (out / "words.txt").write_text("".join(f"{word}\n" for word in counts.words), "utf-8")
    sources = held_out_lines(paths)
    pairs = word_pairs(pages(out / "pages-eng.jsonl", range(page_count), sources, "eng", jobs))
    channel = arrays(learn(pairs))
    _save(out / "channel.npz", channel)
    one = Ngrams.of_arrays(ngrams).one
    lexicon = Lexicon(counts.words, one, np.zeros((len(one), 3), np.float32), Channel.of_arrays(channel), {})
    reads, keys = nearest(pairs, lexicon)
    (out / "reads.txt").write_text("".join(f"{read}\n" for read in reads), "utf-8")
    _save(out / "reads.npz", {"keys": keys})
    seeds = range(FIRST_REPAIR_PAGE, FIRST_REPAIR_PAGE + repair_count)
    repairs = repair_pairs(pages(out / "pages-vie.jsonl", seeds, sources, "vie", jobs))
    _save(out / "channel_vie.npz", arrays(learn_repair(repairs)))
    seeds = range(FIRST_DOUBT_PAGE, FIRST_DOUBT_PAGE + doubt_count)
    judged = pages(out / "pages-doubt.jsonl", seeds, sources, "eng", jobs)
    _save(out / "doubt.npz", {"weights": np.zeros(len(TRAITS))})
    _save(out / "doubt.npz", {"weights": learn_doubt(judged, Restorer(load(out)))})


def main() -> int:
    """Parse the command line and build."""
    parser = argparse.ArgumentParser(prog="python -m kehoach.ingest.restore.build", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--repair-pages", type=int, default=REPAIR_PAGES)
    parser.add_argument("--doubt-pages", type=int, default=DOUBT_PAGES)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    try:
        build(given.corpus, given.out, given.pages, given.repair_pages, given.doubt_pages, given.jobs)
    except (KehoachError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
