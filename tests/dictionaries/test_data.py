"""The data files: every pattern does what its examples say, every list says where it is from."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from kehoach.dictionaries import Pattern, entries, names, pattern_names, patterns, rows

FOLDER = Path(__file__).resolve().parent.parent.parent / "dictionaries"
WORD_LISTS = names()
TABLES = sorted(f.stem for f in FOLDER.glob("*.tsv"))
PATTERN_FILES = [n for n in pattern_names() if n != "common"]
PATTERNS = [(file, p) for file in PATTERN_FILES for p in patterns(file).values()]
MATCHING = [(f, p, e) for f, p in PATTERNS for e in p.examples]
REFUSED = [(f, p, e) for f, p in PATTERNS for e in p.counter_examples]


def case(value: object) -> str:
    return value.name if isinstance(value, Pattern) else str(value)[:60]


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.toml")), ids=lambda f: f.relative_to(FOLDER).as_posix())
def test_every_dictionary_names_its_source(file: Path) -> None:
    source = tomllib.loads(file.read_text("utf-8")).get("meta", {}).get("source")
    assert isinstance(source, str)
    assert len(source) > 10, "say where the entries are from"


@pytest.mark.parametrize("table", TABLES)
def test_every_table_names_its_source(table: str) -> None:
    first = (FOLDER / f"{table}.tsv").read_text("utf-8").splitlines()[0]
    assert first.startswith("#"), 'begin the file with "# source: …"'
    assert "source" in first.lower()


@pytest.mark.parametrize("name", WORD_LISTS)
def test_every_word_list_loads_and_has_no_doubles(name: str) -> None:
    forms = [entry.form for entry in entries(name)]
    assert forms
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("name", TABLES)
def test_every_table_loads_and_has_no_doubles(name: str) -> None:
    found = rows(name)
    assert found
    assert len(found) == len(set(found))


@pytest.mark.parametrize(("file", "pattern"), PATTERNS, ids=case)
def test_every_pattern_has_examples_both_ways(file: str, pattern: Pattern) -> None:
    assert pattern.examples, f"patterns/{file}.toml: {pattern.name} has no examples"
    assert pattern.counter_examples, f"patterns/{file}.toml: {pattern.name} has no counter-examples"


@pytest.mark.parametrize(("file", "pattern", "example"), MATCHING, ids=case)
def test_examples_are_found(file: str, pattern: Pattern, example: str) -> None:
    assert pattern.regex.search(example), f"patterns/{file}.toml: {pattern.name} misses {example!r}"


@pytest.mark.parametrize(("file", "pattern", "example"), REFUSED, ids=case)
def test_counter_examples_are_refused(file: str, pattern: Pattern, example: str) -> None:
    found = pattern.regex.search(example)
    assert found is None, f"patterns/{file}.toml: {pattern.name} finds {found[0]!r} in {example!r}"
