"""The set-up script: asks for nothing that is there, and for all that is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = ("bash", "env", "grep", "id", "cat")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the script is for Debian and its kin")


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """A folder of commands: the tools that any system has, Python, and an apt-get that only writes down its words."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(shutil.which(tool) or f"/usr/bin/{tool}")
    (folder / "python3").write_text(f'#!/bin/bash\nexec "{sys.executable}" "$@"\n')
    (folder / "apt-get").write_text(f'#!/bin/bash\necho "$*" >>"{tmp_path}/asked"\n')
    (folder / "sudo").write_text('#!/bin/bash\n[ "$1" = -n ] && shift\nexec "$@"\n')
    for name in ("python3", "apt-get", "sudo"):
        (folder / name).chmod(0o755)
    return folder


def set_up(root: Path, commands: Path) -> tuple[str, str]:
    """What the script prints, and what it asked of apt-get."""
    environment = {"PATH": str(commands), "CI": "true", "HOME": os.environ.get("HOME", "/")}
    script = str(root / ".ci" / "system-packages")
    done = subprocess.run(
        ["bash", script], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    asked = commands.parent / "asked"
    return done.stdout.strip(), asked.read_text() if asked.exists() else ""


def test_what_is_missing_is_installed(root: Path, commands: Path) -> None:
    python, asked = set_up(root, commands)
    assert python == str(commands / "python3")
    for package in ("tesseract-ocr", "tesseract-ocr-vie", "tesseract-ocr-osd"):
        assert package in asked.split()
    assert "python3-venv" not in asked


@pytest.mark.usefixtures("tesseract")
def test_what_is_there_is_not_asked_for_again(root: Path, commands: Path) -> None:
    (commands / "tesseract").symlink_to(shutil.which("tesseract") or "")
    _, asked = set_up(root, commands)
    assert "tesseract" not in asked
