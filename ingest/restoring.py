"""Restore a stream of legacy text: lines in, lines out, one for one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .errors import MissingInputError, UnsupportedInputError
from .readers.media import HTML, MARKDOWN, PLAIN, sniff
from .restore import restore, restore_lines
from .text.encodings import decode_bytes

_TEXT = (PLAIN, MARKDOWN, HTML)


def read_text(file: Path | None) -> str:
    """The text of a file, or of standard input (None); in any encoding.

    Raises MissingInputError (also for an empty file), UnsupportedInputError for what is no text.
    """
    name = str(file) if file is not None else "standard input"
    try:
        data = file.read_bytes() if file is not None else sys.stdin.buffer.read()
    except OSError as error:
        reason = str(error.strerror).lower()
        raise MissingInputError(f"{name}: cannot be read ({reason}); check the path.") from error
    if not data:
        raise MissingInputError(f"{name}: there is no text; give a file or pipe text in.")
    if data.strip() and sniff(data, name) not in _TEXT:
        raise UnsupportedInputError(f"{name}: not a text file; `kehoach convert` reads it.")
    return decode_bytes(data)


def restored_text(text: str) -> bytes:
    """The restored text in UTF-8, with as many lines as came in, and their ends."""
    return restore(text).encode()


def restored_json(text: str) -> bytes:
    """The restored lines, and for each token where it stands, its source, confidence and alternatives."""
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
    restored = restore_lines(lines)
    document = {
        "lines": restored.lines,
        "restored_lines": sorted(restored.restored),
        "tokens": [token._asdict() for token in restored.tokens],
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"
