"""The sample documents: made from their sources, always alike, with every letter; and truths that hold together."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from kehoach.samples import scans, typed
from kehoach.samples.build import MAKERS
from kehoach.samples.compare import compare, truth, wrong_numbers
from kehoach.samples.texts import Source, all_sources, read
from kehoach.schemas import AwardTier, Deadline, Exemplar, LegalBasis, Record, Target

SOURCES = all_sources()
RECORDS: dict[str, type[Record]] = {
    "targets": Target,
    "deadlines": Deadline,
    "award_tiers": AwardTier,
    "exemplars": Exemplar,
    "legal_bases": LegalBasis,
}
PLACE = {"page": 1, "line_start": 1, "line_end": 1, "text": "x"}
DEFAULTS: dict[str, dict[str, Any]] = {kind: {"provenance": PLACE, "confidence": 1.0} for kind in RECORDS}
DEFAULTS["legal_bases"] = {"provenance": PLACE}
DEFAULTS["deadlines"] |= {"kind": "other"}  # left open where careful readers differ
MAKES_THE_SAME = pytest.mark.parametrize("make", [typed.pdf, typed.word, typed.markdown])


def named(source: Source) -> str:
    return source.name


def test_every_source_has_a_document_and_a_truth(samples: Path) -> None:
    names = [source.name for source in SOURCES]
    assert sorted(MAKERS) == names
    assert sorted(path.stem for path in (samples / "documents").iterdir()) == names
    assert sorted(path.stem for path in (samples / "expected").iterdir()) == names


def test_the_samples_stay_small(samples: Path) -> None:
    assert sum(path.stat().st_size for path in samples.rglob("*") if path.is_file()) < 3_000_000


@MAKES_THE_SAME
def test_a_document_is_made_alike_each_time(make: Any) -> None:
    assert make(SOURCES[0]) == make(SOURCES[0])


def test_a_scan_is_made_alike_each_time() -> None:
    page = typed.pdf(SOURCES[-1])
    assert scans.pdf(scans.scan(page, seed=3)) == scans.pdf(scans.scan(page, seed=3))
    assert scans.scan(page, seed=3) != scans.scan(page, seed=4)


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_every_character_has_a_glyph(source: Source) -> None:
    typed.check_glyphs(source)


def test_a_missing_glyph_is_an_error(tmp_path: Path) -> None:
    text = (Path(typed.__file__).parent / "source" / "07-dong-linh-ha.txt").read_text("utf-8")
    (tmp_path / "odd.txt").write_text(text.replace("Rạng", "Rạng \u4e2d"), "utf-8")
    with pytest.raises(ValueError, match="no glyph"):
        typed.check_glyphs(read(tmp_path / "odd.txt"))


def test_a_source_without_a_part_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("=== letterhead\nX\n", "utf-8")
    with pytest.raises(ValueError, match="the parts must be"):
        read(tmp_path / "bad.txt")


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_a_typed_page_holds_every_word_of_its_source(source: Source) -> None:
    document = pypdfium2.PdfDocument(io.BytesIO(typed.pdf(source)))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    squeezed = "".join(text.split())
    for block in source.blocks:
        for cell in [block.text, *(c for row in block.rows for c in row)]:
            assert len(cell) > 100 or "".join(cell.split()) in squeezed


@pytest.mark.parametrize("source", SOURCES, ids=named)
@pytest.mark.parametrize("kind", RECORDS)
def test_the_truth_keeps_the_rules_of_the_records(source: Source, kind: str) -> None:
    extra = DEFAULTS[kind]
    for record in truth(source.name)[kind]:
        frozen = {key: tuple(value) if isinstance(value, list) else value for key, value in record.items()}
        RECORDS[kind].model_validate({**extra, **frozen})


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_the_values_of_the_truth_are_printed_in_the_source(source: Source, samples: Path) -> None:
    text = (samples / "source" / f"{source.name}.txt").read_text("utf-8").casefold()
    for target in truth(source.name)["targets"]:
        assert target["value_text"].casefold() in text
        assert target["unit"] is None or target["unit"] in text


def test_a_truth_agrees_with_itself() -> None:
    for source in SOURCES:
        expected = truth(source.name)
        scores = compare({"campaigns": [], **expected}, expected)
        assert [note for score in scores.values() for note in score.differences] == []
        assert wrong_numbers(expected, expected) == []


def test_the_comparison_sees_what_is_wrong_missed_and_made_up() -> None:
    expected = truth("07-dong-linh-ha")
    first, second, third = expected["targets"]
    found = {**expected, "targets": [{**first, "value": 1.35}, third, {**second, "name": "Diện tích ao hồ"}]}
    notes = compare(found, expected)["targets"].differences
    assert [note.split()[1] for note in notes if "value is" in note] == ["'Khối"]
    assert any("missed 'Tỷ lệ hộ" in note for note in notes)
    assert any("made up 'Diện tích ao hồ'" in note for note in notes)
    assert wrong_numbers(found, expected) == ["targets 'Khối lượng rác thải nhựa được thu gom': value 1.35"]
