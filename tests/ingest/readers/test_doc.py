"""Word 97 files: what the program that reads them must be, and what its text becomes."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from kehoach.ingest.errors import DamagedInputError, MissingToolError
from kehoach.ingest.options import Options
from kehoach.ingest.readers.blocks import lines_of_blocks
from kehoach.ingest.readers.doc import read_doc

OUTPUT = """UBND XÃ ĐỒNG VỌNG          CỘNG HÒA
Số: 5/KH-UBND              Đồng Vọng, ngày 5 tháng 2 năm 2031

KẾ HOẠCH
|TT |Chỉ tiêu   |KH |
|1  |Lúa        |12 |
|2  |           |7  |
Trồng cây.
"""


def antiword(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Puts a program named antiword, and no office, on the path."""
    program = folder / "antiword"
    program.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    known = {"antiword": str(program)}
    monkeypatch.setattr(shutil, "which", known.get)


def test_without_a_program_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MissingToolError, match=r"plan\.doc: .*apt-get install antiword"):
        read_doc(b"", "plan.doc", Options())


def test_its_text_becomes_paragraphs_tables_and_a_letterhead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    antiword(tmp_path, monkeypatch, f"import sys; sys.stdout.buffer.write({OUTPUT.encode()!r})")
    lines = lines_of_blocks(read_doc(b"doc", "plan.doc", Options()))
    assert [line.text for line in lines] == [
        "UBND XÃ ĐỒNG VỌNG",
        "CỘNG HÒA",
        "Số: 5/KH-UBND",
        "Đồng Vọng, ngày 5 tháng 2 năm 2031",
        "KẾ HOẠCH",
        "TT\tChỉ tiêu\tKH",
        "1\tLúa\t12",
        "2\t\t7",
        "Trồng cây.",
    ]
    assert [line.cells is not None for line in lines] == [False] * 5 + [True] * 3 + [False]


def test_it_is_given_the_file_that_it_shall_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    antiword(tmp_path, monkeypatch, "import sys; print(open(sys.argv[-1]).read().upper())")
    assert [line.text for line in lines_of_blocks(read_doc(b"plan", "plan.doc", Options()))] == ["PLAN"]


@pytest.mark.parametrize("script", ["raise SystemExit(3)", "import time; time.sleep(60)"])
def test_a_program_that_fails_or_hangs_is_damaged_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    antiword(tmp_path, monkeypatch, script)
    with pytest.raises(DamagedInputError, match="antiword cannot read it; save it as DOCX"):
        read_doc(b"doc", "plan.doc", Options(timeout=0.5))


def test_an_office_that_writes_nothing_is_damaged_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    antiword(tmp_path, monkeypatch, "pass")
    monkeypatch.setattr(shutil, "which", lambda name: str(tmp_path / "antiword") if name == "soffice" else None)
    with pytest.raises(DamagedInputError, match="LibreOffice cannot read it"):
        read_doc(b"doc", "plan.doc", Options())
