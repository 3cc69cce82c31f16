"""Tesseract inside this process (the extra `fast`): no program to start, no files to write."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from ..errors import DamagedInputError, MissingToolError
from .bounds import with_bars
from .engine import (
    PAGE_MODES,
    VARIABLES,
    WAY_OUT,
    Image,
    Mode,
    OcrEngine,
    TesseractEngine,
    TextLine,
    lines_of_tsv,
    use_one_thread,
)
from .prepare import has_dark_fields

_FOLDER = re.compile(r'"([^"]+)"')
_SECONDS = 20


@lru_cache(maxsize=1)
def data_folder() -> str:
    """The folder of Tesseract's language data: `TESSDATA_PREFIX`, else what the program says; empty where unknown."""
    stated = os.environ.get("TESSDATA_PREFIX")
    if stated:
        return stated
    program = shutil.which("tesseract")
    if program is None:
        return ""
    try:
        done = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = _FOLDER.search(done.stdout + done.stderr)
    return found[1] if found else ""


@dataclass(slots=True)
class FastEngine:
    """Tesseract through tesserocr. Its library may be newer than the program, so that readings can differ a little."""

    language: str = "vie"
    _apis: dict[str, Any] = field(default_factory=dict)

    def _api(self, language: str) -> Any:
        if language not in self._apis:
            use_one_thread()
            import tesserocr

            try:
                api = tesserocr.PyTessBaseAPI(path=data_folder(), lang=language)
            except RuntimeError:
                raise MissingToolError(f"Tesseract has no data for '{language}'; {WAY_OUT}") from None
            self._apis[language] = api
        return self._apis[language]

    def _show(self, api: Any, image: Image, dpi: float) -> None:
        height, width = image.shape
        api.SetImageBytes(np.ascontiguousarray(image).tobytes(), width, height, 1, width)
        api.SetSourceResolution(round(dpi))

    def read(self, image: Image, dpi: float, mode: Mode = "page", alphabet: str = "") -> tuple[TextLine, ...]:
        """See OcrEngine. Raises MissingToolError, or DamagedInputError when Tesseract fails on the image."""
        api = self._api(self.language)
        api.SetPageSegMode(PAGE_MODES[mode])
        for name, value in VARIABLES.items():
            api.SetVariable(name, value)
        api.SetVariable("tessedit_do_invert", str(int(has_dark_fields(image, dpi))))
        api.SetVariable("tessedit_char_whitelist", alphabet)
        try:
            self._show(api, image, dpi)
            return with_bars(image, lines_of_tsv(api.GetTSVText(0)))
        except RuntimeError:
            raise DamagedInputError("Tesseract cannot read the page image") from None
        finally:
            api.Clear()

    def orientation(self, image: Image, dpi: float) -> int:
        """See OcrEngine; 0 where Tesseract cannot tell."""
        api = self._api("osd")
        api.SetPageSegMode(0)
        try:
            self._show(api, image, dpi)
            found = api.DetectOrientationScript()
        except RuntimeError:
            return 0
        finally:
            api.Clear()
        return int(found["orient_deg"]) % 360 if found else 0


def installed_engine(language: str) -> OcrEngine:
    """The fast engine where the extra `fast` is installed and language data are found, else Tesseract's program."""
    if importlib.util.find_spec("tesserocr") is not None and data_folder():
        return FastEngine(language)
    return TesseractEngine(language)
