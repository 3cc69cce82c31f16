"""Blocks taken apart into sentences and clauses."""

from __future__ import annotations

import re

import pytest
from kehoach.ingest.parse.model import Block
from kehoach.ingest.parse.statements import statements
from kehoach.ingest.values import Line, Passage

NO_VERB = re.compile(r"(?!)")


def found(text: str) -> list[str]:
    block = Block("paragraph", Passage.of_lines([Line(1, 1, text)]))
    return [statement.passage.text.strip() for statement in statements(block, NO_VERB)]


@pytest.mark.parametrize(
    "begin", ["Đề nghị các thôn", "Ủy ban nhân dân xã", "Ưu tiên hộ nghèo", "Ấp Đông", "Ỷ lại", "Các thôn"]
)
def test_a_sentence_begins_with_any_capital(begin: str) -> None:
    assert len(found(f"Các thôn báo cáo kết quả. {begin} gửi hồ sơ về xã.")) == 2


@pytest.mark.parametrize(
    "text", ["Gửi về TP. Hòa An trước hạn.", "Đạt 1.200 ha. đủ kế hoạch", "Ông Lê V. Đạt nhận hồ sơ."]
)
def test_no_sentence_ends_inside_an_abbreviation_or_before_a_small_letter(text: str) -> None:
    assert len(found(text)) == 1
