"""The documents for people: their links lead somewhere, their commands exist, both languages tell the same."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from kehoach.cli import app
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "samples").glob("*.md"), *(ROOT / "dictionaries").glob("*.md")])
READMES = [ROOT / "README.md", ROOT / "README.vi.md"]
COMMANDS = {command.callback.__name__ for command in app.registered_commands if command.callback}
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
FENCED = re.compile(r"```(?:sh|bat)\n(.*?)```", re.DOTALL)


def help_text(command: str) -> str:
    """What `kehoach COMMAND --help` prints; empty when there is no such command."""
    shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"})
    return shown.output if shown.exit_code == 0 else ""


def invocations(path: Path) -> list[list[str]]:
    """The words after `kehoach` of each command line in the fenced parts of a document."""
    lines = [line for block in FENCED.findall(path.read_text("utf-8")) for line in block.splitlines()]
    found = [re.search(r"(?:^|[/\\ ])kehoach ([a-z].*)", line.split("#")[0]) for line in lines]
    return [shlex.split(match[1]) for match in found if match]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text("utf-8")):
        assert "://" in target or (path.parent / target).exists(), f"{path.name}: there is no {target}"


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_the_commands_of_a_readme_exist_with_their_options(path: Path) -> None:
    assert invocations(path)
    for name, *words in invocations(path):
        shown = help_text(name)
        assert shown, f"{path.name}: there is no command {name}"
        assert {word for word in words if word.startswith("--")} <= set(re.findall(r"--[a-z-]+", shown))


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_a_readme_tells_of_every_command(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [name for name in sorted(COMMANDS) if f"kehoach {name}" not in text] == []
