"""Builds samples/documents from samples/source: `python -m kehoach.samples.build` in a development install.

The same sources, fonts and Tesseract give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from . import scans, typed
from .texts import FOLDER, Source, all_sources


def scanned(source: Source) -> bytes:
    """Page images only."""
    return scans.pdf(scans.scan(typed.pdf(source), seed=int(source.name[:2])))


def bad_layer(source: Source) -> bytes:
    """Page images over a hidden text layer that an English OCR model read."""
    images = scans.scan(typed.pdf(source), seed=int(source.name[:2]))
    return scans.pdf(images, [scans.english_words(image) for image in images])


def legacy(source: Source) -> bytes:
    """The text that an English OCR model read from a good scan."""
    return scans.legacy_text(scans.scan(typed.pdf(source), seed=int(source.name[:2])))


def photograph(source: Source) -> bytes:
    """The first page as a JPEG image."""
    return scans.scan(typed.pdf(source), seed=int(source.name[:2]))[0]


MAKERS: dict[str, tuple[str, Callable[[Source], bytes]]] = {
    "01-van-khe": ("pdf", typed.pdf),
    "02-dong-sen": ("pdf", scanned),
    "03-tan-khue": ("pdf", bad_layer),
    "04-lac-xuyen": ("txt", legacy),
    "05-que-lam-ha": ("docx", typed.word),
    "06-na-phung": ("md", typed.markdown),
    "07-dong-linh-ha": ("jpg", photograph),
}


def build(folder: Path) -> list[Path]:
    """Write every sample document to `folder`; returns the files written."""
    written = []
    for source in all_sources():
        suffix, make = MAKERS[source.name]
        typed.check_glyphs(source)
        path = folder / f"{source.name}.{suffix}"
        path.write_bytes(make(source))
        written.append(path)
    return written


if __name__ == "__main__":
    for file in build(FOLDER / "documents"):
        print(f"{file.name}\t{file.stat().st_size} bytes", file=sys.stderr)
