"""Lines and passages: every character keeps the line that it came from, whatever is cut or joined."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.text.normalize import without_markup
from kehoach.ingest.values import Line, Mark, Passage

TEXTS = st.lists(st.text(alphabet=st.sampled_from("ab đỗ 1.,*<b>/#"), max_size=12), max_size=6)


def lines_of(texts: list[str]) -> list[Line]:
    return [Line(10 * at + 1, at // 2 + 1, text) for at, text in enumerate(texts)]


def origin(passage: Passage, offset: int) -> int:
    """The line of one character."""
    return passage.provenance(offset, offset + 1).line_start


def origins(passage: Passage) -> list[tuple[str, int]]:
    """Characters that are no blank, each with its line."""
    return [(sign, origin(passage, at)) for at, sign in enumerate(passage.text) if not sign.isspace()]


def expected_origins(lines: list[Line]) -> list[tuple[str, int]]:
    return [(sign, line.number) for line in lines for sign in line.text if not sign.isspace()]


def is_ordered(passage: Passage) -> bool:
    return all(a.offset <= b.offset and a.line <= b.line for a, b in pairwise(passage.marks))


@given(TEXTS)
def test_joined_lines_give_each_character_its_line(texts: list[str]) -> None:
    lines = lines_of(texts)
    passage = Passage.of_lines(lines)
    assert passage.text == " ".join(text.strip() for text in texts if text.strip())
    assert origins(passage) == expected_origins(lines)


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_a_slice_keeps_the_lines_of_its_characters(texts: list[str], start: int, length: int) -> None:
    passage = Passage.of_lines(lines_of(texts))
    start = min(start, len(passage.text))
    part = passage.slice(start, start + length)
    assert part.text == passage.text[start : start + length]
    assert [origin(part, at) for at in range(len(part.text))] == [
        origin(passage, start + at) for at in range(len(part.text))
    ]
    assert is_ordered(part)


@given(TEXTS)
def test_stripping_moves_no_character_to_another_line(texts: list[str]) -> None:
    passage = Passage.of_lines(lines_of(texts), "\n")
    stripped = passage.stripped(" a\n")
    assert stripped.text == passage.text.strip(" a\n")
    start = len(passage.text) - len(passage.text.lstrip(" a\n"))
    expected = [origin(passage, start + at) for at in range(len(stripped.text))]
    assert [origin(stripped, at) for at in range(len(stripped.text))] == expected


@given(TEXTS, TEXTS, st.sampled_from([" ", "", ", "]))
def test_joining_keeps_the_lines_of_both(first: list[str], second: list[str], joiner: str) -> None:
    before = Passage.of_lines(lines_of(first))
    after = Passage.of_lines(Line(line.number + 1000, 9, line.text) for line in lines_of(second))
    both = before.joined(after, joiner)
    assert both.text == (before.text + joiner + after.text if before.text else after.text)
    shift = len(before.text) + len(joiner) if before.text else 0
    at_before = [origin(both, at) for at in range(len(before.text))]
    at_after = [origin(both, shift + at) for at in range(len(after.text))]
    assert at_before == [origin(before, at) for at in range(len(before.text))]
    assert at_after == [origin(after, at) for at in range(len(after.text))]


@given(TEXTS, st.sampled_from([" ", ""]))
def test_taking_markup_off_only_takes_characters_away(texts: list[str], joiner: str) -> None:
    passage = Passage.of_lines(lines_of(texts), joiner)
    bare = without_markup(passage)
    left = iter(origins(passage))
    assert all(pair in left for pair in origins(bare))
    assert is_ordered(bare)
    assert all(0 <= mark.offset <= len(bare.text) for mark in bare.marks)


def test_a_passage_without_lines_loses_its_markup_too() -> None:
    assert without_markup(Passage("**Thôn Bãi** giữ <b>12</b> ha", ())).text == "Thôn Bãi giữ 12 ha"


def test_lines_around_markup_stay_told_apart() -> None:
    lines = [Line(3, 1, "**Giao các thôn"), Line(4, 1, "trồng** 12 ha"), Line(5, 2, "<i>keo</i>")]
    bare = without_markup(Passage.of_lines(lines))
    assert bare.text == "Giao các thôn trồng 12 ha keo"
    assert [bare.text[mark.offset :].split()[0] for mark in bare.marks] == ["Giao", "trồng", "keo"]
    provenance = bare.provenance(bare.text.index("12"), None)
    assert (provenance.page, provenance.line_start, provenance.line_end) == (1, 4, 5)
    assert provenance.text == "12 ha keo"


def test_a_line_that_begins_inside_markup_begins_after_it() -> None:
    lines = [Line(3, 1, "a*"), Line(4, 1, "*b <i>c"), Line(5, 1, "**d")]
    bare = without_markup(Passage.of_lines(lines, ""))
    assert (bare.text, bare.marks) == ("ab cd", (Mark(0, 3, 1), Mark(1, 4, 1), Mark(4, 5, 1)))


def test_a_passage_names_the_page_of_its_first_line() -> None:
    passage = Passage.of_lines([Line(7, 2, " trồng "), Line(8, 2, ""), Line(9, 3, "cây")])
    assert passage.marks == (Mark(0, 7, 2), Mark(6, 9, 3))
    assert passage.provenance().page == 2
    assert passage.provenance(6).page == 3


def test_a_passage_without_lines_has_no_provenance() -> None:
    with pytest.raises(ValueError, match="without lines"):
        Passage("tự viết", ()).provenance()


def test_other_text_of_a_table_row_changes_its_cells() -> None:
    row = Line(1, 1, "1\tLua", zone="table", cells=("1", "Lua"), table=1)
    assert row.with_text("1\tLúa").cells == ("1", "Lúa")
    assert Line(1, 1, "a\tb").with_text("c\td").cells is None
