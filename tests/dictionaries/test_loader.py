"""The loader: formats, the user's folder, and errors that name file and entry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.dictionaries import BrokenDictionaryError, alternation, entries, index, pattern, patterns, rows, use_folder

WORDS = st.lists(st.text("aàâbcđ ơưụ.+(", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=6)


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")
    use_folder(folder)


def test_entries_keep_their_own_fields(user_dictionaries: Path) -> None:
    write(user_dictionaries, "fruits.toml", '[[entry]]\nform = "xoài"\nvariants = ["muỗm"]\nseason = "hè"\n')
    (entry,) = entries("fruits")
    assert entry.spellings == ("xoài", "muỗm")
    assert entry.fields["season"] == "hè"


def test_index_finds_every_spelling_in_lower_case(user_dictionaries: Path) -> None:
    write(user_dictionaries, "fruits.toml", '[[entry]]\nform = "Xoài"\nvariants = ["Muỗm"]\n')
    assert index("fruits")["muỗm"].form == "Xoài"
    assert index("fruits")["xoài"].form == "Xoài"


def test_the_users_folder_adds_to_the_built_in_list(user_dictionaries: Path) -> None:
    before = entries("units")
    write(user_dictionaries, "units.toml", '[[entry]]\nform = "sào Bắc Bộ thử nghiệm"\n')
    assert entries("units") == (*before, entries("units")[-1])
    use_folder(None)
    assert entries("units") == before


def test_tables_leave_out_header_and_comments(user_dictionaries: Path) -> None:
    write(user_dictionaries, "towns.tsv", "# source: made up\nname\tkind\nVân Khê\txã\n")
    assert rows("towns") == (("Vân Khê", "xã"),)


def test_patterns_are_composed_of_fragments(user_dictionaries: Path) -> None:
    fragments = "[fragments]\nday = '\\d{1,2}'\nweek = ['thứ hai', 'chủ nhật']\n"
    text = fragments + "[[pattern]]\nname = 'due'\nregex = '{week}, ngày {day}'\n"
    write(user_dictionaries, "patterns/dates_test.toml", text)
    assert pattern("dates_test", "due").search("họp THỨ  HAI, ngày 20 tháng 5")


def test_a_case_sensitive_pattern_minds_the_case(user_dictionaries: Path) -> None:
    text = "[[pattern]]\nname = 'short'\nregex = 'UBND'\ncase_sensitive = true\n"
    write(user_dictionaries, "patterns/case_test.toml", text)
    assert pattern("case_test", "short").search("ubnd xã") is None


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("fruits.toml", "[[entry]\n", "fruits.toml"),
        ("fruits.toml", '[[entry]]\nform = "xoài"\n[[entry]]\nvariants = ["na"]\n', "entry 2"),
        ("fruits.toml", '[[entry]]\nform = "xoài"\nvariants = "muỗm"\n', "'xoài'"),
    ],
)
def test_a_broken_word_list_names_file_and_entry(user_dictionaries: Path, name: str, text: str, told: str) -> None:
    write(user_dictionaries, name, text)
    with pytest.raises(BrokenDictionaryError, match=re.escape(told)):
        entries("fruits")


def test_a_ragged_table_names_its_row(user_dictionaries: Path) -> None:
    write(user_dictionaries, "towns.tsv", "name\tkind\nVân Khê\n")
    with pytest.raises(BrokenDictionaryError, match=r"towns\.tsv: row 2"):
        rows("towns")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[pattern]]\nname = 'open'\nregex = '('\n", "'open'"),
        ("[[pattern]]\nname = 'empty'\n", "'empty'"),
        ("[[pattern]]\nname = 'lost'\nregex = '{nowhere}'\n", "'nowhere'"),
        ("[fragments]\na = '{b}'\nb = '{a}'\n[[pattern]]\nname = 'ring'\nregex = '{a}'\n", "contains itself"),
        ("[fragments]\na = 3\n[[pattern]]\nname = 'odd'\nregex = '{a}'\n", "'a'"),
    ],
)
def test_a_broken_pattern_file_names_the_pattern(user_dictionaries: Path, text: str, told: str) -> None:
    write(user_dictionaries, "patterns/broken_test.toml", text)
    with pytest.raises(BrokenDictionaryError, match=told) as raised:
        patterns("broken_test")
    assert "broken_test.toml" in str(raised.value)


@pytest.mark.parametrize("look_up", [entries, rows, patterns])
def test_an_unknown_dictionary_is_an_error(look_up: object) -> None:
    with pytest.raises(BrokenDictionaryError, match="no such"):
        look_up("no_such_list")  # type: ignore[operator]


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BrokenDictionaryError, match="no such folder"):
        use_folder(tmp_path / "nowhere")


@given(WORDS)
def test_an_alternation_matches_each_of_its_words_whole(words: list[str]) -> None:
    regex = re.compile(alternation(words))
    assert all(regex.fullmatch(word) for word in words)


@given(st.text("abcđ", min_size=1, max_size=5), st.text("abcđ", min_size=1, max_size=5))
def test_an_alternation_prefers_the_longest_word(head: str, tail: str) -> None:
    found = re.match(alternation((head, head + tail)), head + tail)
    assert found is not None
    assert found[0] == head + tail
