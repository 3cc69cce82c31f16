"""Lists that a user adds change restoration, and only as long as they are added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kehoach.dictionaries import use_folder
from kehoach.ingest.restore import restore

ACRONYM = "Cac don vi cua BQPKX thuc hién t6t nhiém vu duge giao trong nam 2031"
UNIT = "Thu ngan sach trén dia ban dat chi tiéu giao 1a 1250 vdg;"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """A folder with an acronym and a unit that nobody else has; taken away afterwards."""
    (tmp_path / "acronyms.tsv").write_text("form\tcount\nBQĐKX\t50000\n", "utf-8")
    (tmp_path / "units.toml").write_text('[[entry]]\nform = "vđg"\n', "utf-8")
    use_folder(None)
    yield tmp_path
    use_folder(None)


@pytest.mark.parametrize(("read", "form"), [(ACRONYM, "BQĐKX"), (UNIT, "vđg")])
def test_an_own_list_changes_restoration_until_it_is_taken_away(own: Path, read: str, form: str) -> None:
    before = restore(read)
    assert form not in before
    use_folder(own)
    assert form in restore(read)
    use_folder(None)
    assert restore(read) == before
