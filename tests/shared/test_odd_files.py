"""Malformed and hostile files from public collections, and faulty stages among them, in a run of their own."""

from __future__ import annotations

import importlib.util
import shutil
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from kehoach.ingest.batch.messages import PIPELINE
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
LIMITS = (20.0, 900, 4)  # seconds, MiB, workers: what hangs waits side by side
pytestmark = [
    pytest.mark.skipif(not ODD.is_dir(), reason="the shared folder with odd files is not here"),
    pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="looks at processes in /proc"),
]


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Runs:
    """The same inputs converted undisturbed and with faults: for each fault the smallest file that meets it."""

    def __init__(self, folder: Path, samples: Path, bench: ModuleType) -> None:
        source = folder / "in"
        source.mkdir()
        self.good = [path.name for path in (samples / "documents").glob("*.md")]
        for path in [*(ODD / name for name in EXPECTED), *(samples / "documents").glob("*.md"), *self._faulted(bench)]:
            shutil.copy(path, source)
        self.inputs = {path.name for path in source.iterdir()}
        self.undisturbed, self.faulty = folder / "undisturbed", folder / "faulty"
        self.figures: dict[str, Any] = {}
        for out, converter in ((self.undisturbed, PIPELINE), (self.faulty, f"{bench.STAGES}:convert")):
            self.figures[out.name] = bench.run([source], out, converter, *LIMITS)
        self.counts, self.wrong = bench.compare(self.undisturbed, self.faulty)

    @staticmethod
    def _faulted(bench: ModuleType) -> list[Path]:
        fault_of = bench.load_from(bench.STAGES, "fault_of")
        smallest: dict[str, Path] = {}
        for path in sorted(ODD.iterdir(), key=lambda path: (path.stat().st_size, path.name)):
            data = path.read_bytes()
            if data and (fault := fault_of(sha256(data).hexdigest())):
                smallest.setdefault(fault[0].__name__, path)
        return list(smallest.values())


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, samples: Path, root: Path) -> Runs:
    return Runs(tmp_path_factory.mktemp("odd"), samples, load(root / "tests" / "bench" / "faults.py"))


def test_odd_files_fail_with_their_category_and_good_ones_come_out(runs: Runs) -> None:
    lines = latest_lines(runs.undisturbed)
    assert set(lines) == runs.inputs
    assert {name: lines[name].category for name in EXPECTED} == EXPECTED
    assert {lines[name].status for name in runs.good} == {"ok"}


def test_faults_end_in_their_category_and_all_other_results_stay_the_same(runs: Runs, root: Path) -> None:
    stages = load(root / "tests" / "ingest" / "batch" / "faulty_stages.py")
    assert runs.wrong == []
    assert set(latest_lines(runs.faulty)) == runs.inputs
    assert len(runs.counts) == len(stages.FAULTS) + 1


def test_faults_leave_no_process_and_little_memory_is_used(runs: Runs) -> None:
    for figures in runs.figures.values():
        assert (figures["exit"], figures["orphans"]) == (1, [])
        assert figures["peak"] < 3000
