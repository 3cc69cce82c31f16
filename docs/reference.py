"""Write docs/cli.md from the command line itself: `python docs/reference.py > docs/cli.md`."""

from collections.abc import Iterator
from typing import Any

import typer
from kehoach.cli import app

HEAD = """\
<!-- Written by docs/reference.py from the command line itself; do not edit. -->

# The command line
"""


def argument(parameter: Any) -> str:
    """An argument as it is written in a command."""
    return str(parameter.metavar) + (" ..." if parameter.nargs == -1 else "")


def option_lines(parameters: list[Any]) -> Iterator[str]:
    """A line for each argument and option: how it is written, what it does, its default."""
    for parameter in parameters:
        if parameter.name == "help":
            continue
        value = f" {parameter.metavar}" if parameter.metavar else ""
        written = argument(parameter) if parameter.param_type_name == "argument" else parameter.opts[0] + value
        notes = ["required"] if parameter.required else []
        if parameter.metavar and parameter.default not in (None, [], ()) and not callable(parameter.default):
            notes.append(f"default: {parameter.default}")
        yield f"- `{written}`: {parameter.help}" + (f" ({', '.join(notes)})" if notes else "")


def reference() -> str:
    """The reference of all commands in Markdown."""
    group: Any = typer.main.get_command(app)
    lines = [HEAD, group.help, "", *option_lines(group.params), ""]
    for name, command in group.commands.items():
        arguments = " ".join(argument(p) for p in command.params if p.param_type_name == "argument")
        lines += [f"## kehoach {name}", "", f"`kehoach {name} {arguments}".rstrip() + "`", "", command.help, ""]
        if listed := [*option_lines(command.params)]:
            lines += [*listed, ""]
    return "\n".join(lines).strip() + "\n"


if __name__ == "__main__":
    print(reference(), end="")
