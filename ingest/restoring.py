"""Restore a stream of legacy text: lines in, lines out, one for one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import DamagedInputError, MissingInputError

if TYPE_CHECKING:
    from .restore import RestoredText


def read_text(file: Path | None) -> str:
    """The text of a file, or of standard input (None); raises MissingInputError, DamagedInputError."""
    name = str(file) if file is not None else "standard input"
    try:
        data = file.read_bytes() if file is not None else sys.stdin.buffer.read()
    except OSError as error:
        reason = str(error.strerror).lower()
        raise MissingInputError(f"{name}: cannot be read ({reason}); check the path.") from error
    if not data:
        raise MissingInputError(f"{name}: there is no text; give a file or pipe text in.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DamagedInputError(f"{name}: not text in UTF-8; `kehoach convert` reads other files.") from error


def _lines(text: str) -> tuple[list[str], list[str]]:
    """The lines and their ends. Only line feeds part lines: form feeds and the like stay within."""
    raw = text.split("\n")
    lines = [line.removesuffix("\r") for line in raw]
    ends = ["\r\n" if line.endswith("\r") else "\n" for line in raw[:-1]]
    if not raw[-1]:
        return lines[:-1], ends
    return [*lines[:-1], raw[-1]], [*ends, ""]


def _restored(lines: list[str]) -> RestoredText:
    from .restore import restore_lines

    return restore_lines(lines)


def restored_text(text: str) -> bytes:
    """The restored text in UTF-8, with as many lines as came in, and their ends."""
    lines, ends = _lines(text)
    restored = _restored(lines)
    return "".join(line + end for line, end in zip(restored.lines, ends, strict=True)).encode()


def restored_json(text: str) -> bytes:
    """The restored lines, and for each token where it stands, its source, confidence and alternatives."""
    restored = _restored(_lines(text)[0])
    tokens = [
        {
            "line": token.line,
            "column": token.column,
            "token": token.token,
            "source": token.source,
            "confidence": token.confidence,
            "alternatives": list(token.alternatives),
        }
        for token in restored.tokens
    ]
    document = {"restored": restored.restored, "lines": list(restored.lines), "tokens": tokens}
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"
