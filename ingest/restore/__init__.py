"""Restoration of Vietnamese text whose marks were lost: an English OCR model was run over Vietnamese pages.

Lines come in and as many go out, in the same order; lines of good text are not touched.
"""

from __future__ import annotations

from .document import restore, restore_document, restore_lines
from .result import RestoredDocument, RestoredText, Token

__all__ = ["RestoredDocument", "RestoredText", "Token", "restore", "restore_document", "restore_lines"]
