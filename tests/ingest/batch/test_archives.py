"""Archives are read as folders, and those made to burst are not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from kehoach.ingest.batch import archives
from kehoach.ingest.batch.archives import MemberReader, list_members
from kehoach.ingest.errors import DamagedInputError, EncryptedInputError, MissingInputError, TooLargeError


def archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return path


def categories(path: Path) -> dict[str, str | None]:
    return {member.name: member.error.category if member.error else None for member in list_members(path)}


def test_members_are_in_order_and_read_back(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", **{"b/kế hoạch.txt": b"two", "a.txt": b"one"})
    reader = MemberReader()
    assert [reader.read(path, member.stored) for member in list_members(path)] == [b"one", b"two"]
    reader.close()


def test_names_stored_as_unmarked_utf8_are_read_as_utf8(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", **{"kế.txt": b"x"})
    data = path.read_bytes()
    for flags in (b"PK\x03\x04\x14\x00", b"PK\x01\x02\x14\x03\x14\x00"):
        data = data.replace(flags + b"\x00\x08", flags + b"\x00\x00")
    path.write_bytes(data)
    (member,) = list_members(path)
    assert member.name == "kế.txt"
    assert MemberReader().read(path, member.stored) == b"x"


def test_members_that_nest_or_burst_carry_their_error(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as nested:
        nested.writestr("x", "x")
    path = archive(tmp_path / "a.zip", **{"in.zip": inner.getvalue(), "bomb.txt": bytes(20 * 2**20), "fine": b"x"})
    assert categories(path) == {"in.zip": "unsupported", "bomb.txt": "too_large", "fine": None}


def test_no_name_leads_out_of_the_archive(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", **{"../up.txt": b"x", "/abs.txt": b"x", "C:\\x.txt": b"x", "_/up.txt": b"x"})
    assert sorted(categories(path)) == ["C_/x.txt", "_/abs.txt", "_/up.txt", "_/up.txt~"]


def test_too_many_or_too_large_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "a.zip", a=b"x" * 50, b=b"x" * 50)
    monkeypatch.setattr(archives, "MAX_MEMBERS", 1)
    with pytest.raises(TooLargeError, match="holds 2 files"):
        list_members(path)
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    monkeypatch.setattr(archives, "MAX_ARCHIVE_BYTES", 99)
    with pytest.raises(TooLargeError, match="unpacks to more than"):
        list_members(path)


def test_reading_stops_at_the_limit_whatever_the_directory_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path / "a.zip", a=b"x" * 5000)
    monkeypatch.setattr(archives, "MAX_MEMBER_BYTES", 4000)
    with pytest.raises(TooLargeError):
        MemberReader().read(path, "a")


def test_damaged_members_are_damaged(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", a=bytes(range(256)) * 100)
    data = bytearray(path.read_bytes())
    data[60:80] = bytes(20)
    path.write_bytes(bytes(data))
    with pytest.raises(DamagedInputError, match=r"cannot be unpacked from a\.zip"):
        MemberReader().read(path, "a")
    with pytest.raises(DamagedInputError):
        MemberReader().read(path, "absent")


def test_a_directory_too_long_to_be_listed_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "a.zip", **{f"{number:0100}": b"" for number in range(300)})
    assert len(list_members(path)) == 300
    monkeypatch.setattr(archives, "MAX_DIRECTORY_BYTES", 30_000)
    with pytest.raises(TooLargeError, match="more than 20000 files"):
        list_members(path)


def test_of_two_members_of_one_name_the_last_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("a.txt", "old")
        with pytest.warns(UserWarning, match="Duplicate"):
            target.writestr("a.txt", "new")
    (member,) = list_members(path)
    assert MemberReader().read(path, member.stored) == b"new"


def test_an_archive_that_cannot_be_opened_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError, match="no such file"):
        list_members(tmp_path / "gone.zip")
    with pytest.raises(MissingInputError, match="no such file"):
        MemberReader().read(tmp_path / "gone.zip", "a.txt")


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_anywhere_in_an_archive_is_told_as_damage(method: int, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as target:
        target.writestr("a.txt", bytes(range(256)) * 4)
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            for member in list_members(path):
                MemberReader().read(path, member.stored)
        except (DamagedInputError, EncryptedInputError, TooLargeError):
            continue
