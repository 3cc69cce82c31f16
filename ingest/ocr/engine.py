"""OCR engines behind one small protocol, so that tests and faster programs can take Tesseract's place."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal, Protocol

import cv2
import numpy as np
import numpy.typing as npt
import pytesseract

from ..errors import DamagedInputError, MissingToolError
from ..values import Box, Word
from .bounds import with_bars
from .prepare import has_dark_fields

Image = npt.NDArray[np.uint8]
TextLine = tuple[Word, ...]
Mode = Literal["page", "block", "line", "word", "sparse"]

PAGE_MODES: Mapping[Mode, int] = {"page": 3, "block": 6, "line": 7, "word": 8, "sparse": 11}
# Sauvola's threshold; and no tests for letters of one width and for paragraphs, of which nothing that is read depends.
VARIABLES: Mapping[str, str] = {
    "thresholding_method": "2",
    "textord_disable_pitch_test": "1",
    "paragraph_text_based": "0",
}
WAY_OUT = "install it with: apt-get install tesseract-ocr tesseract-ocr-vie"


class OcrEngine(Protocol):
    """Reads words from an image."""

    def read(self, image: Image, dpi: float, mode: Mode = "page", alphabet: str = "") -> tuple[TextLine, ...]:
        """Lines of words of a grey image (rows x columns), boxes in pixels, confidence 0..1, in reading order.

        `mode` tells what the image holds: a whole page, one block of lines, one line, one word, scattered words.
        `alphabet`, where given, holds the only characters that may be read.
        """

    def orientation(self, image: Image, dpi: float) -> int:
        """Degrees (0, 90, 180, 270) to turn the image counter-clockwise until it stands upright."""


def use_one_thread() -> None:
    """More threads cost Tesseract three times the CPU and OpenCV half as much again, and win no time."""
    os.environ["OMP_THREAD_LIMIT"] = "1"  # read when Tesseract starts
    cv2.setNumThreads(1)


def _word(fields: list[str]) -> Word | None:
    """A word row of Tesseract's TSV: level page block par line word left top width height conf text."""
    if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
        return None
    left, top, width, height = (int(value) for value in fields[6:10])
    confidence = max(0.0, float(fields[10])) / 100
    return Word(fields[11].strip(), Box(left, top, left + width, top + height), round(confidence, 4))


def lines_of_tsv(table: str) -> tuple[TextLine, ...]:
    """Lines of words of Tesseract's TSV."""
    lines: dict[tuple[str, ...], list[Word]] = {}
    for row in table.splitlines():
        fields = row.split("\t")
        word = _word(fields)
        if word is not None:
            lines.setdefault(tuple(fields[1:5]), []).append(word)
    return tuple(tuple(words) for words in lines.values())


@dataclass(frozen=True, slots=True)
class TesseractEngine:
    """Tesseract through pytesseract: one run gives words, boxes and confidences."""

    language: str = "vie"

    def __post_init__(self) -> None:
        use_one_thread()

    def read(self, image: Image, dpi: float, mode: Mode = "page", alphabet: str = "") -> tuple[TextLine, ...]:
        """See OcrEngine. Raises MissingToolError, or DamagedInputError when Tesseract fails on the image."""
        variables = {**VARIABLES, "tessedit_do_invert": int(has_dark_fields(image, dpi))}
        if alphabet:
            variables["tessedit_char_whitelist"] = alphabet
        config = f"--psm {PAGE_MODES[mode]} --dpi {round(dpi)}"
        config += "".join(f" -c {name}={value}" for name, value in variables.items())
        return with_bars(image, lines_of_tsv(self._run(pytesseract.image_to_data, image, self.language, config)))

    def orientation(self, image: Image, dpi: float) -> int:
        """See OcrEngine; 0 where Tesseract cannot tell."""
        try:
            found = self._run(pytesseract.image_to_osd, image, "osd", f"--dpi {round(dpi)}")
        except DamagedInputError:
            return 0  # too few letters to tell
        degrees = next((row.split(":")[1] for row in found.splitlines() if row.startswith("Orientation in deg")), "0")
        return int(degrees) % 360

    def _run(self, call: Callable[..., str], image: Image, language: str, config: str) -> str:
        with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
            # An uncompressed file spares the PNG that pytesseract would write; Tesseract reads PGM byte by byte.
            path = Path(folder) / "page.bmp"
            cv2.imwrite(str(path), image)
            try:
                return call(str(path), lang=language, config=config)
            except pytesseract.TesseractNotFoundError:
                raise MissingToolError(f"Tesseract is not installed; {WAY_OUT}") from None
            except (subprocess.CalledProcessError, SystemExit):  # what pytesseract makes of a broken or odd program
                raise MissingToolError(f"Tesseract does not start; {WAY_OUT}") from None
            except pytesseract.TesseractError as error:
                if "loading language" in str(error) or "traineddata" in str(error):
                    raise MissingToolError(f"Tesseract has no data for '{language}'; {WAY_OUT}") from None
                raise DamagedInputError(f"Tesseract cannot read the page image ({error.status})") from None


def image_key(image: Image) -> str:
    """Key of an image for recorded readings."""
    return sha256(np.ascontiguousarray(image).tobytes() + repr(image.shape).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class RecordedEngine:
    """Gives back recorded words: by image key, else for every image the `default`."""

    readings: Mapping[str, tuple[TextLine, ...]] = field(default_factory=dict)
    default: tuple[TextLine, ...] = ()
    turn: int = 0

    def read(self, image: Image, dpi: float, mode: Mode = "page", alphabet: str = "") -> tuple[TextLine, ...]:  # noqa: ARG002
        """See OcrEngine."""
        return self.readings.get(image_key(image), self.default)

    def orientation(self, image: Image, dpi: float) -> int:  # noqa: ARG002
        """See OcrEngine."""
        return self.turn
