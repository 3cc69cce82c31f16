"""Options of a conversion: plain values with the defaults that suit an office machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..dictionaries import BrokenDictionaryError, use_folder
from .errors import DictionaryError


@dataclass(frozen=True, slots=True)
class Options:
    """What a user can set. Sizes in pixels and pages, times in seconds, memory in MiB."""

    dictionaries: Path | None = None
    ocr_language: str = "vie"
    render_dpi: int = 300
    max_pages: int = 2000
    max_pixels: int = 100_000_000
    timeout: float = 600.0
    max_memory: int = 3000
    repair_doubtful_words: bool = True
    self_training: bool = True


@contextmanager
def own_dictionaries(folder: Path | None) -> Iterator[None]:
    """Work with the user's own lists in `folder` (None: without). Raises DictionaryError when one is broken."""
    try:
        use_folder(folder)
        yield
    except BrokenDictionaryError as error:
        raise DictionaryError(str(error)) from error
