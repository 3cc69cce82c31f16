"""Word 97-2003 files through a program that reads them: antiword, else LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..errors import DamagedInputError, MissingToolError
from ..options import Options
from ..text.encodings import mend
from ..text.normalize import nfc
from .blocks import Block, Paragraph, Table
from .docx import read_docx

_WAY_OUT = "install one with: apt-get install antiword"
_SECONDS = 120.0
_TABS = re.compile(r"\s*\t\s*")
_WIDE_GAP = re.compile(r"\s{5,}")


def _run(command: Sequence[str], name: str, options: Options) -> bytes:
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=min(_SECONDS, options.timeout), check=True, stdin=subprocess.DEVNULL
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, OSError):
        raise DamagedInputError(f"{name}: {Path(command[0]).name} cannot read it; save it as DOCX") from None
    return done.stdout


def _blocks_of_text(text: str) -> list[Block]:
    """Blocks of antiword's text: rows between bars are a table, parts far apart on a line stand side by side."""
    blocks: list[Block] = []
    rows: list[tuple[tuple[str, ...], ...]] = []
    ruled = False
    for line in [*text.splitlines(), ""]:
        stripped = line.strip()
        bars = len(stripped) > 1 and stripped.startswith("|") and stripped.endswith("|")
        parts = stripped[1:-1].split("|") if bars else (_TABS if "\t" in stripped else _WIDE_GAP).split(stripped)
        if rows and (ruled != bars or len(parts) < 2):
            blocks.append(_table(rows, ruled))
            rows = []
        if len(parts) > 1:
            ruled = bars
            rows.append(tuple((" ".join(part.split()),) if part.strip() else () for part in parts))
        elif stripped:
            blocks.append(Paragraph(" ".join(stripped.split())))
    return blocks


def _table(rows: list[tuple[tuple[str, ...], ...]], ruled: bool) -> Table:
    """Rows between bars as they are; other rows are two columns of lines."""
    if ruled:
        return Table(tuple(rows), True)
    left = tuple(text for row in rows for text in row[0])
    right = tuple(text for row in rows for cell in row[1:] for text in cell)
    return Table(((left, right),), False)


def read_doc(data: bytes, name: str, options: Options) -> list[Block]:
    """Blocks of a binary Word file, through LibreOffice or antiword.

    Raises MissingToolError when neither program is installed, DamagedInputError when it fails.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    antiword = shutil.which("antiword")
    if not office and not antiword:
        raise MissingToolError(f"{name}: no program that reads Word 97 files; {_WAY_OUT}, or save the file as DOCX")
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        source = Path(folder) / "source.doc"
        source.write_bytes(data)
        if office:
            profile = f"-env:UserInstallation=file://{folder}/profile"
            _run(
                [office, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(source)], name, options
            )
            converted = Path(folder) / "source.docx"
            if not converted.is_file():
                raise DamagedInputError(f"{name}: LibreOffice cannot read it; save it as DOCX")
            return read_docx(converted.read_bytes(), name, options)
        assert antiword is not None
        text = _run([antiword, "-m", "UTF-8.txt", "-w", "0", str(source)], name, options).decode("utf-8", "replace")
        return _blocks_of_text(nfc(mend(text)))
