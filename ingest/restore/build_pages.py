"""Model building, step 1: pages rendered from known text and read by Tesseract's English model.

The noise of legacy text is learned from such pages: several fonts, sizes, resolutions and kinds of damage (blur, noise,
faint or heavy ink, two-level scans, skew). Everything is seeded by the page's number.
"""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ..errors import MissingToolError

Image_ = np.ndarray[Any, Any]
FONT_FOLDERS = (Path("/usr/share/fonts/truetype"), Path("/usr/local/share/fonts"))
FAMILIES = (
    ("croscore/Tinos-{}.ttf", ("Regular", "Bold", "Italic", "BoldItalic"), 10),
    ("liberation2/LiberationSerif-{}.ttf", ("Regular", "Bold", "Italic", "BoldItalic"), 6),
    ("croscore/Arimo-{}.ttf", ("Regular", "Bold", "Italic", "BoldItalic"), 1),
    ("dejavu/DejaVuSerif{}.ttf", ("", "-Bold", "-Italic", "-BoldItalic"), 1),
)
RESOLUTIONS = (130, 150, 170, 200, 200, 220, 250, 300)
POINTS = (11.0, 12.0, 13.0, 13.0, 14.0, 14.0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as set: the true lines, and its image (grey, 8 bit)."""

    lines: tuple[str, ...]
    image: Image_


def font_files() -> list[tuple[tuple[Path, ...], int]]:
    """The installed faces (regular, bold, italic, bold italic) of each family, with the family's share of pages."""
    found: list[tuple[tuple[Path, ...], int]] = []
    for template, styles, share in FAMILIES:
        for folder in FONT_FOLDERS:
            faces = tuple(folder / template.format(style) for style in styles)
            if all(face.is_file() for face in faces):
                found.append((faces, share))
                break
    if not found:
        raise MissingToolError("no font with Vietnamese letters found; apt install fonts-croscore fonts-liberation2")
    return found


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and font.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _styled(paragraph: str, dice: random.Random) -> tuple[str, int]:
    """The paragraph as it is set, some as capital headings, and its face: 0 regular, 1 bold, 2 italic, 3 both."""
    short = len(paragraph) < 90
    if short and dice.random() < 0.45:
        return paragraph.upper(), dice.choice((1, 1, 1, 0))
    return paragraph, dice.choice((1, 0, 2, 0, 1, 3) if short else (0,) * 12 + (1, 2, 3))


def set_page(paragraphs: Iterator[str], seed: int, resolutions: Sequence[int] = RESOLUTIONS) -> Page:
    """Set paragraphs on one page until it is full."""
    dice = random.Random(seed)
    families = font_files()
    faces = dice.choices([f for f, _ in families], [share for _, share in families])[0]
    dpi = dice.choice(resolutions)
    size = dice.choice(POINTS) * dpi / 72
    fonts = [ImageFont.truetype(str(face), size) for face in faces]
    width, height = int(8.27 * dpi), int(11.69 * dpi)
    left, right, top, bottom = 1.15 * dpi, width - 0.7 * dpi, 0.8 * dpi, height - 0.8 * dpi
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    lines: list[str] = []
    leading = size * dice.choice((1.2, 1.25, 1.3, 1.45))
    ink = dice.choice((0, 0, 20, 50, 80))
    while top < bottom:
        text, style = _styled(next(paragraphs), dice)
        for number, line in enumerate(_wrap(text, fonts[style], right - left - 0.4 * dpi)):
            if top >= bottom:
                break
            draw.text((left + (0.4 * dpi if number == 0 else 0), top), line, ink, fonts[style])
            lines.append(line)
            top += leading
        top += leading * dice.choice((0.0, 0.3, 0.5))
    return Page(tuple(lines), damage(np.asarray(image), seed))


def _two_level(page: Image_, threshold: int) -> Image_:
    return np.where(page < threshold, np.float32(0), np.float32(255))


def damage(image: Image_, seed: int) -> Image_:
    """The page as a scanner gives it: skew, blur, grain, and often two levels only, with thin or heavy strokes."""
    dice = random.Random(seed ^ 0x5EED)
    noise = np.random.default_rng(seed)
    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), dice.gauss(0, 0.25), 1.0)
    turned = cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    page: Image_ = np.asarray(turned, np.float32)
    blur = dice.choice((0.0, 0.4, 0.6, 0.8, 1.0, 1.2))
    if blur:
        page = cv2.GaussianBlur(page, (0, 0), blur)
    page += np.asarray(noise.normal(0, dice.choice((0, 4, 8, 14, 20)), page.shape), np.float32)
    kind = dice.random()
    if kind < 0.35:
        page = _two_level(page, dice.choice((110, 140, 170, 190, 210)))
    elif kind < 0.6:
        coarse = np.asarray(noise.normal(0, 14, (height // 3, width // 3)), np.float32)
        page += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
        page = _two_level(page, dice.choice((120, 150, 180)))
    result = np.clip(page, 0, 255).astype(np.uint8)
    if dice.random() < 0.3:
        _, jpeg = cv2.imencode(".jpg", result, [cv2.IMWRITE_JPEG_QUALITY, dice.choice((35, 50, 70))])
        return np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE))
    return result


def read_page(image: Image_, folder: Path, language: str = "eng") -> str:
    """The page as Tesseract's model `language` reads it (a Vietnamese one as the pipeline has it read)."""
    path = folder / f"page-{os.getpid()}.png"
    Image.fromarray(image).save(path, dpi=(200, 200))
    command = ["tesseract", str(path), "-", "-l", language]
    if language != "eng":
        command += ["-c", "thresholding_method=2"]
    result = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
    )
    path.unlink()
    return result.stdout


def paragraphs(sources: Mapping[str, Sequence[str]], shares: Mapping[str, float], seed: int) -> Iterator[str]:
    """Paragraphs of several sources in an order drawn by `seed`, without end; `shares`: how often each is drawn."""
    dice = random.Random(seed)
    names = list(sources)
    weights = [shares.get(name, 1) for name in names]
    while True:
        line = dice.choice(sources[dice.choices(names, weights)[0]])
        if 15 <= len(line) <= 700:
            yield line
