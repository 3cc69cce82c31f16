"""Malformed and hostile files from public collections: each fails with the category that a person expects."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from kehoach.ingest.batch.report import LineReporter
from kehoach.ingest.batch.run import BatchOptions, run_batch
from kehoach.ingest.options import Options
from kehoach.ingest.output.manifest import latest_lines

ODD = Path(__file__).resolve().parents[3] / "shared" / "odd"
EXPECTED = {
    "Pillow__badwidth.bmp": "too_large",
    "Pillow__broken.png": "damaged",
    "Pillow__hdf5.h5": "unsupported",
    "Pillow__star.avifs": "unsupported",
    "pdf_js__issue9105_other.pdf": "damaged",
    "pdfminer_six__aes-128.pdf": "encrypted",
    "pdfminer_six__rc4-128.pdf": "encrypted",
    "qpdf__394129398.fuzz": "damaged",
    "qpdf__bad7.pdf": "damaged",
    "qpdf__deep-pages.pdf": "damaged",
}


@pytest.mark.skipif(not ODD.is_dir(), reason="the shared folder with odd files is not here")
def test_odd_files_fail_with_their_category_and_good_ones_come_out(tmp_path: Path, samples: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name in EXPECTED:
        shutil.copy(ODD / name, source)
    good = sorted((samples / "documents").glob("*.md"))
    for path in good:
        shutil.copy(path, source)
    summary = run_batch([source], tmp_path / "out", Options(), BatchOptions(workers=2), LineReporter(io.StringIO()))
    lines = latest_lines(tmp_path / "out")
    assert {name: lines[name].category for name in EXPECTED} == EXPECTED
    assert [lines[path.name].status for path in good] == ["ok"] * len(good)
    assert summary.finished == summary.total
