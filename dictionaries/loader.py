"""The only module that reads the dictionaries. A broken dictionary stops the run with its file and entry named.

Word lists are TOML files of `[[entry]]` tables or TSV files with a header line; patterns are TOML files in `patterns/`,
composed of named `[fragments]`. A folder given by the user is read after the built-in one and adds to it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

_FRAGMENT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_user_folder: Path | None = None


class BrokenDictionaryError(ValueError):
    """A dictionary file cannot be used; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a word list: its form, other spellings, and the file's own fields."""

    form: str
    variants: tuple[str, ...]
    fields: Mapping[str, Any]

    @property
    def spellings(self) -> tuple[str, ...]:
        """The form and its variants."""
        return (self.form, *self.variants)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern with the examples that it must and must not match (searched, not anchored)."""

    name: str
    regex: re.Pattern[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


def use_folder(folder: Path | None) -> None:
    """Add the user's own dictionaries in `folder`; None takes them away again."""
    global _user_folder  # noqa: PLW0603
    if folder is not None and not folder.is_dir():
        raise BrokenDictionaryError(f"{folder}: no such folder; give --dictionaries a folder with dictionary files")
    if folder != _user_folder:
        _user_folder = folder
        for cached in (entries, patterns, rows, index):
            cached.cache_clear()


def resource(name: str) -> Traversable:
    """The built-in file `name` below the dictionaries (for binary models)."""
    return files(__package__).joinpath(name)


def names() -> tuple[str, ...]:
    """Names of all built-in word lists."""
    folder = files(__package__)
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


def pattern_names() -> tuple[str, ...]:
    """Names of all built-in pattern files."""
    folder = resource("patterns")
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


def _sources(name: str) -> Iterator[tuple[str, str]]:
    """Label and text of each file called `name`: the built-in one, then the user's."""
    built_in = resource(name)
    if built_in.is_file():
        yield name, built_in.read_text("utf-8")
    if _user_folder is not None and (own := _user_folder / name).is_file():
        yield str(own), own.read_text("utf-8")


def _toml(label: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenDictionaryError(f"{label}: not valid TOML ({error}); mend or remove the file") from error


def _entry(label: str, number: int, table: Mapping[str, Any]) -> Entry:
    form, variants = table.get("form"), table.get("variants", [])
    if not isinstance(form, str) or not form:
        raise BrokenDictionaryError(f'{label}: entry {number} has no form; write form = "…"')
    if not isinstance(variants, list) or not all(isinstance(v, str) and v for v in variants):
        raise BrokenDictionaryError(f"{label}: entry {form!r}: variants must be a list of words")
    rest = {k: v for k, v in table.items() if k not in ("form", "variants")}
    return Entry(form, tuple(variants), MappingProxyType(rest))


@cache
def entries(name: str) -> tuple[Entry, ...]:
    """All entries of the word list `name`, in file order."""
    found: list[Entry] = []
    read = False
    for label, text in _sources(f"{name}.toml"):
        read = True
        tables = _toml(label, text).get("entry", [])
        found += [_entry(label, number, table) for number, table in enumerate(tables, 1)]
    if not read:
        raise BrokenDictionaryError(f"{name}.toml: no such dictionary")
    return tuple(found)


@cache
def index(name: str) -> Mapping[str, Entry]:
    """Entries of the word list `name` by every spelling, lower case."""
    table: dict[str, Entry] = {}
    for entry in entries(name):
        for spelling in entry.spellings:
            table.setdefault(spelling.lower(), entry)
    return MappingProxyType(table)


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of the TSV list `name`, without its header line; lines that begin with `#` are left out."""
    found: list[tuple[str, ...]] = []
    read = False
    for label, text in _sources(f"{name}.tsv"):
        read = True
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        width = len(lines[0].split("\t")) if lines else 0
        for number, line in enumerate(lines[1:], 2):
            cells = tuple(line.split("\t"))
            if len(cells) != width:
                raise BrokenDictionaryError(f"{label}: row {number} has {len(cells)} cells, not {width}")
            found.append(cells)
    if not read:
        raise BrokenDictionaryError(f"{name}.tsv: no such dictionary")
    return tuple(found)


def alternation(spellings: list[str] | tuple[str, ...]) -> str:
    """A regular expression group that matches any of the words, longest first, with any white space between."""
    longest_first = sorted(set(spellings), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first) + ")"


def _expand(label: str, name: str, fragments: Mapping[str, str], seen: tuple[str, ...] = ()) -> str:
    if name in seen:
        raise BrokenDictionaryError(f"{label}: fragment {name!r} contains itself")
    text = fragments.get(name)
    if text is None:
        raise BrokenDictionaryError(f"{label}: there is no fragment {name!r}")
    return _FRAGMENT.sub(lambda m: f"(?:{_expand(label, m[1], fragments, (*seen, name))})", text)


def _fragments(label: str, tables: Mapping[str, Any]) -> dict[str, str]:
    """Fragments of a pattern file; `words = "units"` makes a fragment of a whole word list."""
    found: dict[str, str] = {}
    for name, value in tables.items():
        if isinstance(value, str):
            found[name] = value
        elif isinstance(value, dict) and "words" in value:
            wanted = value.get("where", {})
            listed = [e for e in entries(value["words"]) if all(e.fields.get(k) == v for k, v in wanted.items())]
            found[name] = alternation([spelling for entry in listed for spelling in entry.spellings])
        elif isinstance(value, list):
            found[name] = alternation(value)
        else:
            raise BrokenDictionaryError(f"{label}: fragment {name!r} is no pattern, list or word list")
    return found


def _pattern(label: str, table: Mapping[str, Any], fragments: Mapping[str, str]) -> Pattern:
    name, written = table.get("name", "?"), table.get("regex")
    if not isinstance(written, str):
        raise BrokenDictionaryError(f"{label}: pattern {name!r} has no regex; write regex = '…'")
    source = _FRAGMENT.sub(lambda match: f"(?:{_expand(label, match[1], fragments)})", written)
    try:
        regex = re.compile(source, re.NOFLAG if table.get("case_sensitive") else re.IGNORECASE)
    except re.error as error:
        raise BrokenDictionaryError(f"{label}: pattern {name!r}: {error}") from error
    return Pattern(name, regex, tuple(table.get("examples", ())), tuple(table.get("counter_examples", ())))


@cache
def patterns(name: str) -> Mapping[str, Pattern]:
    """Compiled patterns of `patterns/NAME.toml` by name. Fragments of `patterns/common.toml` are known everywhere."""
    found: dict[str, Pattern] = {}
    shared: dict[str, str] = {}
    for label, text in _sources("patterns/common.toml"):
        shared |= _fragments(label, _toml(label, text).get("fragments", {}))
    for label, text in _sources(f"patterns/{name}.toml"):
        document = _toml(label, text)
        fragments = shared | _fragments(label, document.get("fragments", {}))
        for table in document.get("pattern", []):
            compiled = _pattern(label, table, fragments)
            found[compiled.name] = compiled
    if not found:
        raise BrokenDictionaryError(f"patterns/{name}.toml: no such pattern file, or no pattern in it")
    return MappingProxyType(found)


def pattern(file: str, name: str) -> re.Pattern[str]:
    """The compiled pattern `name` of `patterns/FILE.toml`."""
    try:
        return patterns(file)[name].regex
    except KeyError:
        raise BrokenDictionaryError(f"patterns/{file}.toml: there is no pattern {name!r}") from None
