"""Scanned documents: page images with the usual damage, with or without a hidden text layer, and legacy OCR text."""

from __future__ import annotations

import io
import os
import subprocess
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from .typed import fonts

Pixels = npt.NDArray[np.uint8]
DPI = 200
QUALITY = 38


@dataclass(frozen=True, slots=True)
class Word:
    """A word that OCR found, with its box in pixels."""

    text: str
    left: int
    top: int
    width: int
    height: int


def _damage(page: Pixels, random: np.random.Generator) -> Pixels:
    """A grey page, slightly turned, blurred, unevenly lit, with dust and noise."""
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(random.uniform(-0.8, 0.8)), 1.0)
    grey = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))
    grey = cv2.GaussianBlur(grey, (0, 0), 0.6)
    light = cv2.resize(np.asarray(random.uniform(0.86, 0.98, (4, 3)), np.float32), (width, height))
    noise = np.asarray(random.normal(0, 3, grey.shape), np.float32)
    noisy = np.asarray(grey, np.float32) * light + noise
    spots = random.integers(0, (width, height), (60, 2))
    for x, y in spots:
        cv2.circle(noisy, (int(x), int(y)), 1, (70.0,), -1)
    return np.asarray(noisy.clip(0, 255), np.uint8)


def clean_pages(typed: bytes) -> list[Pixels]:
    """The pages of a typed PDF as grey images."""
    document = pypdfium2.PdfDocument(typed)
    return [np.asarray(page.render(scale=DPI / 72).to_pil().convert("L")) for page in document]


def scan(typed: bytes, seed: int) -> list[bytes]:
    """JPEG images of the pages of a typed PDF, as a scanner would give them."""
    images = []
    for number, page in enumerate(clean_pages(typed)):
        out = io.BytesIO()
        damaged = _damage(page, np.random.default_rng([seed, number]))
        Image.fromarray(damaged).save(out, "JPEG", quality=QUALITY, dpi=(DPI, DPI))
        images.append(out.getvalue())
    return images


def _tesseract(image: bytes, *options: str) -> str:
    command = ["tesseract", "stdin", "stdout", "-l", "eng", "--dpi", str(DPI), *options]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    return subprocess.run(command, input=image, capture_output=True, check=True, env=environment).stdout.decode()


def english_words(image: bytes) -> list[Word]:
    """The words that Tesseract's English model reads on a Vietnamese page."""
    words = []
    for line in _tesseract(image, "tsv").splitlines()[1:]:
        *_, left, top, width, height, confidence, text = line.split("\t")
        if float(confidence) >= 0 and text.strip():
            words.append(Word(text.strip(), int(left), int(top), int(width), int(height)))
    return words


def legacy_text(images: list[bytes]) -> bytes:
    """What an archive got that ran an English OCR model over Vietnamese pages."""
    return "\n".join(_tesseract(image).rstrip("\f") for image in images).encode()


def pdf(images: list[bytes], layers: list[list[Word]] | None = None) -> bytes:
    """A PDF of page images; `layers` are hidden words, a list a page."""
    known = fonts()["R"].face.charToGlyph
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for number, image in enumerate(images):
        reader = ImageReader(io.BytesIO(image))
        width, height = (side * 72 / DPI for side in reader.getSize())
        canvas.setPageSize((width, height))
        canvas.drawImage(reader, 0, 0, width, height)
        for word in layers[number] if layers else []:
            text = "".join(c for c in word.text if ord(c) in known)
            hidden = canvas.beginText(word.left * 72 / DPI, height - (word.top + word.height * 0.8) * 72 / DPI)
            hidden.setTextRenderMode(3)
            hidden.setFont("serif-R", max(4, word.height * 72 / DPI))
            hidden.textOut(text)
            canvas.drawText(hidden)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
