"""What is missing is told with the command that mends it."""

from __future__ import annotations

import pytest
from kehoach.dictionaries import BrokenDictionaryError
from kehoach.ingest import doctor
from kehoach.ingest.doctor import Finding, examine, finding_line


def finding(name: str) -> Finding:
    return next(finding for finding in examine() if finding.name == name)


def test_without_tesseract_scans_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kehoach.ingest.doctor.shutil.which", lambda _: None)
    found = finding("Tesseract")
    assert (found.ok, found.needed) == (False, True)
    assert found.mend is not None
    assert "tesseract" in found.mend


def test_missing_vietnamese_data_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kehoach.ingest.doctor.shutil.which", lambda name: name)
    monkeypatch.setattr(
        doctor, "_output_of", lambda *command: "eng\nosd" if "--list-langs" in command else "tesseract 5.3"
    )
    assert finding("Tesseract").ok
    assert finding("osd data").ok
    assert not finding("vie data").ok


@pytest.mark.parametrize(
    ("platform", "command"), [("linux", "apt-get install"), ("darwin", "brew install"), ("win32", "winget install")]
)
def test_the_command_suits_the_system(platform: str, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kehoach.ingest.doctor.sys.platform", platform)
    monkeypatch.setattr("kehoach.ingest.doctor.shutil.which", lambda _: None)
    assert command in (finding("Tesseract").mend or "")


def test_a_broken_dictionary_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> None:
        raise BrokenDictionaryError("units.toml: entry 3 has no form")

    monkeypatch.setattr("kehoach.ingest.doctor.dictionaries.entries", broken)
    found = finding("dictionaries")
    assert (found.ok, found.detail) == (False, "units.toml: entry 3 has no form")


def test_what_is_not_needed_is_absent_and_not_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kehoach.ingest.doctor.importlib.util.find_spec", lambda _: None)
    found = finding("extra xlsx")
    assert not found.needed
    assert finding_line(found).startswith("absent ")
    assert 'kehoach[xlsx]"' in finding_line(found)
