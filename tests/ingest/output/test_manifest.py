"""The manifest survives torn lines; output names fit every file system."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from kehoach.ingest.output.manifest import MANIFEST_NAME, ManifestLine, latest_lines, output_path, read_manifest

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1).filter(
    lambda name: name not in (".", "..")
)


def test_a_torn_last_line_and_foreign_lines_are_passed_over(tmp_path: Path) -> None:
    good = ManifestLine(file="a.pdf", status="ok", pages=2).model_dump_json()
    (tmp_path / MANIFEST_NAME).write_text(f'{good}\nnonsense\n{{"file": 3}}\n{good[:30]}', "utf-8")
    assert [line.file for line in read_manifest(tmp_path)] == ["a.pdf"]


def test_the_last_line_of_an_input_counts_and_names_are_in_order(tmp_path: Path) -> None:
    lines = [
        ManifestLine(file="b.pdf", status="failed", error="too slow"),
        ManifestLine(file="a.pdf", status="ok"),
        ManifestLine(file="b.pdf", status="ok"),
    ]
    (tmp_path / MANIFEST_NAME).write_text("".join(line.model_dump_json() + "\n" for line in lines), "utf-8")
    latest = latest_lines(tmp_path)
    assert list(latest) == ["a.pdf", "b.pdf"]
    assert latest["b.pdf"].status == "ok"


def test_a_folder_without_manifest_has_no_lines(tmp_path: Path) -> None:
    assert latest_lines(tmp_path) == {}


def test_outputs_are_named_after_their_input(tmp_path: Path) -> None:
    assert output_path(tmp_path, "a/b/plan.pdf", ".json") == tmp_path / "a/b/plan.pdf.json"


@given(NAMES, NAMES)
def test_any_name_gives_a_name_that_a_file_system_takes_and_no_two_give_the_same(one: str, other: str) -> None:
    folder = Path("out")
    paths = {output_path(folder, name * 20, suffix) for name in {one, other} for suffix in (".json", ".txt")}
    assert len(paths) == 2 * len({one, other})
    assert all(len(path.name.encode()) <= 255 for path in paths)
