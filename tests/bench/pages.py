"""CPU of reading pages: scans beside the bare Tesseract program, typed pages beside pdfplumber's plain text.

python tests/bench/pages.py [FILE.pdf ...]

Without files: the PDFs of samples/. Each way is measured several times in turn, and the least time counts.
"""

from __future__ import annotations

import importlib.util
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import cv2
import pdfplumber
from kehoach.ingest.ocr.engine import OcrEngine, TesseractEngine
from kehoach.ingest.ocr.fast import FastEngine
from kehoach.ingest.options import Options
from kehoach.ingest.pages import read_document
from kehoach.ingest.readers.pdf import PdfFile, render_dpi

ROUNDS = 3
SAMPLES = Path(__file__).parents[2] / "samples"


def cpu_seconds() -> float:
    """CPU of this process and of the programs that it has started."""
    use = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in use)


def least(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The least CPU seconds of each work over some rounds, taken in turn."""
    times: dict[str, list[float]] = {label: [] for label in works}
    for _ in range(ROUNDS):
        for label, work in works.items():
            started = cpu_seconds()
            work()
            times[label].append(cpu_seconds() - started)
    return {label: min(found) for label, found in times.items()}


def page_images(path: Path, folder: Path) -> list[tuple[Path, int]]:
    """The pages as grey images, at the resolution that they are read in."""
    options, images = Options(), []
    with PdfFile(path.read_bytes(), path.name, options) as pdf:
        for number in range(1, pdf.page_count + 1):
            dpi = render_dpi(pdf.page(number), options)
            image = folder / f"{path.name}.{number}.pgm"
            cv2.imwrite(str(image), cv2.cvtColor(pdf.render(number, dpi), cv2.COLOR_RGB2GRAY))
            images.append((image, round(dpi)))
    return images


def bare_tesseract(images: list[tuple[Path, int]]) -> None:
    """The program on each image, one thread."""
    for image, dpi in images:
        command = ["tesseract", str(image), "-", "-l", "vie", "--dpi", str(dpi)]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        subprocess.run(command, check=True, capture_output=True, env=environment)


def plain_text(path: Path) -> None:
    """The text of all pages by pdfplumber."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()


def measure(path: Path, folder: Path) -> None:
    """Print what a file costs, beside its yardstick."""
    data = path.read_bytes()

    def read(engine: OcrEngine) -> Callable[[], object]:
        return lambda: read_document(data, path.name, Options(), engine)

    document = read_document(data, path.name, Options(), TesseractEngine())
    tables = len({line.table for line in document.lines if line.table})
    works: dict[str, Callable[[], object]] = {}
    if any(page.method == "ocr" for page in document.pages):
        images = page_images(path, folder)
        works["tesseract"] = lambda: bare_tesseract(images)
        works["program"] = read(TesseractEngine())
        if importlib.util.find_spec("tesserocr") is not None:
            works["fast"] = read(FastEngine())
    else:
        works["pdfplumber"] = lambda: plain_text(path)
        works["kehoach"] = read(TesseractEngine())
    yardstick, *ours = least(works).items()
    ratios = "  ".join(f"{label} {seconds:.2f} s = {seconds / yardstick[1]:.2f}" for label, seconds in ours)
    name, pages = path.name[:36], len(document.pages)
    print(f"{name:36} {pages:2} pages, {tables} tables  {yardstick[0]} {yardstick[1]:.2f} s  {ratios}", flush=True)


def main() -> None:
    """Measure the given files, or the samples."""
    files = [Path(name) for name in sys.argv[1:]] or sorted(SAMPLES.rglob("*.pdf"))
    with tempfile.TemporaryDirectory() as folder:
        for path in files:
            measure(path, Path(folder))


if __name__ == "__main__":
    main()
