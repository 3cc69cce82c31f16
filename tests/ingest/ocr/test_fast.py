"""Tesseract inside the process reads as the program does; it is used only where it is installed."""

from __future__ import annotations

import importlib.util
import shutil

import numpy as np
import numpy.typing as npt
import pytest
from kehoach.ingest.errors import MissingToolError
from kehoach.ingest.ocr import fast
from kehoach.ingest.ocr.engine import TesseractEngine
from kehoach.ingest.ocr.fast import FastEngine, installed_engine
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

Image = npt.NDArray[np.uint8]

needs_fast = pytest.mark.skipif(
    importlib.util.find_spec("tesserocr") is None or shutil.which("tesseract") is None,
    reason="the extra `fast` (tesserocr) or Tesseract's data are not installed",
)


def picture() -> Image:
    """Two lines of large letters that every language data know."""
    sheet = Pillow.new("L", (900, 260), 255)
    font = ImageFont.load_default(size=60)
    for at, text in enumerate(("HAI BA", "NAM 2031")):
        ImageDraw.Draw(sheet).text((60, 30 + 100 * at), text, 0, font=font)
    return np.asarray(sheet, dtype=np.uint8)


@needs_fast
def test_both_engines_read_the_same_words_at_the_same_places() -> None:
    image = picture()
    ours = [word for line in FastEngine("vie").read(image, 300.0, "block") for word in line]
    theirs = [word for line in TesseractEngine("vie").read(image, 300.0, "block") for word in line]
    assert [word.text for word in ours] == [word.text for word in theirs]
    assert all(abs(a.box.x0 - b.box.x0) <= 3 for a, b in zip(ours, theirs, strict=True))


@needs_fast
def test_an_alphabet_holds_for_one_reading_only() -> None:
    engine = FastEngine("vie")
    digits = [word.text for line in engine.read(picture(), 300.0, "block", "0123456789") for word in line]
    assert all(text.isdigit() for text in digits)
    again = [word.text for line in engine.read(picture(), 300.0, "block") for word in line]
    assert "HAI" in again


@needs_fast
def test_the_same_image_reads_the_same_after_another() -> None:
    engine = FastEngine("vie")
    first = engine.read(picture(), 300.0)
    engine.read(np.full((200, 300), 255, np.uint8), 300.0)
    assert engine.read(picture(), 300.0) == first


@needs_fast
def test_language_data_that_are_missing_are_named_with_the_way_out() -> None:
    with pytest.raises(MissingToolError, match="no data for 'xyz'"):
        FastEngine("xyz").read(picture(), 300.0)


@needs_fast
def test_a_picture_without_letters_has_no_orientation() -> None:
    assert FastEngine("vie").orientation(np.full((200, 300), 255, np.uint8), 300.0) == 0


def test_without_tesserocr_the_program_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert isinstance(installed_engine("vie"), TesseractEngine)


def test_the_folder_of_the_data_can_be_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    fast.data_folder.cache_clear()
    monkeypatch.setenv("TESSDATA_PREFIX", "/data/tess")
    assert fast.data_folder() == "/data/tess"
    fast.data_folder.cache_clear()


def test_without_the_program_no_folder_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    fast.data_folder.cache_clear()
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert fast.data_folder() == ""
    fast.data_folder.cache_clear()
