"""OCR engines: what is made of Tesseract's output, its failures told, and recorded readings."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytesseract
import pytest
from kehoach.ingest.errors import DamagedInputError, MissingToolError
from kehoach.ingest.ocr.engine import RecordedEngine, TesseractEngine, image_key
from kehoach.ingest.values import Box, Word

Image = npt.NDArray[np.uint8]

PAGE = np.full((40, 60), 255, np.uint8)
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
OUTPUT = f"""{HEAD}
1\t1\t0\t0\t0\t0\t0\t0\t60\t40\t-1\t
4\t1\t1\t1\t1\t0\t5\t5\t50\t9\t-1\t
5\t1\t1\t1\t1\t1\t5\t6\t20\t8\t96.31\tKế
5\t1\t1\t1\t1\t2\t30\t6\t25\t8\t-1\thoạch
5\t1\t1\t1\t2\t1\t5\t20\t9\t8\t0\t12
5\t1\t2\t1\t1\t1\t5\t30\t9\t8\t50.0\t \t
"""


def faulty(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str, answers: bool = True) -> None:
    """Puts a program in Tesseract's place that runs `script`; unless it `answers`, also when asked for its version."""
    program = folder / "tesseract"
    version = "if sys.argv[1:] == ['--version']: sys.exit(print('tesseract 5.3.0'))"
    program.write_text(f"#!{sys.executable}\nimport sys\n{version if answers else ''}\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(program))
    version_of = pytesseract.pytesseract.get_tesseract_version
    monkeypatch.setattr(version_of, "_result", version_of)  # ask again


def test_words_come_in_lines_with_boxes_and_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract, "image_to_data", lambda *_, **__: OUTPUT)
    assert TesseractEngine().read(PAGE, 300) == (
        (Word("Kế", Box(5, 6, 25, 14), 0.9631), Word("hoạch", Box(30, 6, 55, 14), 0.0)),
        (Word("12", Box(5, 20, 14, 28), 0.0),),
    )


def test_mode_resolution_language_and_alphabet_reach_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def answer(_path: str, lang: str, config: str) -> str:
        asked.append((lang, config))
        return HEAD

    monkeypatch.setattr(pytesseract, "image_to_data", answer)
    assert TesseractEngine("vie+eng").read(PAGE, 299.6, "word", "0123") == ()
    (language, config) = asked[0]
    assert language == "vie+eng"
    assert "--psm 8 --dpi 300 " in config
    assert config.endswith("tessedit_char_whitelist=0123")


def test_one_thread_is_used() -> None:
    TesseractEngine()
    assert os.environ["OMP_THREAD_LIMIT"] == "1"


@pytest.mark.parametrize(("said", "degrees"), [("90", 90), ("270", 270), ("0", 0), ("360", 0)])
def test_the_orientation_is_read(monkeypatch: pytest.MonkeyPatch, said: str, degrees: int) -> None:
    report = f"Page number: 0\nOrientation in degrees: {said}\nRotate: 1\n"
    monkeypatch.setattr(pytesseract, "image_to_osd", lambda *_, **__: report)
    assert TesseractEngine().orientation(PAGE, 300) == degrees


def test_a_missing_program_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "/nowhere/tesseract")
    version_of = pytesseract.pytesseract.get_tesseract_version
    monkeypatch.setattr(version_of, "_result", version_of)
    with pytest.raises(MissingToolError, match="not installed; install it with: apt-get install"):
        TesseractEngine().read(PAGE, 300)


def test_missing_data_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faulty(tmp_path, monkeypatch, "sys.exit('Error opening data file vie.traineddata')")
    with pytest.raises(MissingToolError, match="no data for 'vie'; install it with"):
        TesseractEngine().read(PAGE, 300)


@pytest.mark.parametrize("script", ["sys.exit('Image too small')", "import os; os.abort()"])
def test_a_program_that_fails_is_a_damaged_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    faulty(tmp_path, monkeypatch, script)
    with pytest.raises(DamagedInputError, match="Tesseract cannot read the page image") as caught:
        TesseractEngine().read(PAGE, 300)
    assert "\n" not in str(caught.value)
    assert TesseractEngine().orientation(PAGE, 300) == 0


@pytest.mark.parametrize("script", ["sys.exit(127)", "print('tesseract of the ancients')"])
def test_a_program_that_does_not_start_is_a_missing_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    faulty(tmp_path, monkeypatch, script, answers=False)
    with pytest.raises(MissingToolError, match="Tesseract does not start; install it with"):
        TesseractEngine().read(PAGE, 300)


def test_recorded_readings_are_given_by_image() -> None:
    line, other = (Word("cây", Box(0, 0, 9, 9)),), (Word("khác", Box(0, 0, 9, 9)),)
    engine = RecordedEngine({image_key(PAGE): (line,)}, (other,), 90)
    assert engine.read(PAGE.copy(), 300) == (line,)
    assert engine.read(PAGE[:20], 300) == (other,)
    assert engine.orientation(PAGE, 300) == 90


def test_images_of_the_same_bytes_and_another_shape_have_other_keys() -> None:
    assert image_key(PAGE) != image_key(PAGE.T)
    assert image_key(PAGE) == image_key(np.asfortranarray(PAGE))


@pytest.mark.usefixtures("tesseract")
def test_tesseract_reads_vietnamese(page_image: Callable[..., Image]) -> None:
    page = page_image(["Các thôn giữ sạch 1.250 ngõ", "dọc đường liên xã năm 2031"], 200)[:800]
    lines = TesseractEngine().read(page, 200)
    assert [" ".join(word.text for word in line) for line in lines] == [
        "Các thôn giữ sạch 1.250 ngõ",
        "dọc đường liên xã năm 2031",
    ]
    assert all(0.5 < (word.confidence or 0) <= 1 for line in lines for word in line)
    assert all(line[0].box.x0 == pytest.approx(200, abs=8) for line in lines)


@pytest.mark.usefixtures("tesseract")
def test_an_empty_page_gives_no_words() -> None:
    page = np.full((300, 300), 255, np.uint8)
    assert TesseractEngine().read(page, 150) == ()
    assert TesseractEngine().orientation(page, 150) == 0
