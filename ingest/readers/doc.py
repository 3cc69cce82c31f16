"""Word 97-2003 files through a program that reads them: antiword, else LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..errors import DamagedInputError, MissingToolError
from ..options import Options
from .blocks import Block
from .docx import read_docx

_WAY_OUT = "install one with: apt-get install antiword"
_SECONDS = 120.0


def _run(command: Sequence[str], name: str, options: Options) -> bytes:
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=min(_SECONDS, options.timeout), check=True, stdin=subprocess.DEVNULL
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, OSError):
        raise DamagedInputError(f"{name}: {Path(command[0]).name} cannot read it; save it as DOCX") from None
    return done.stdout


def read_doc(data: bytes, name: str, options: Options) -> list[Block] | str:
    """Blocks of a binary Word file (LibreOffice), or its text laid out in lines (antiword).

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
        return _run([antiword, "-m", "UTF-8.txt", "-w", "0", str(source)], name, options).decode("utf-8", "replace")
