"""ZIP archives read as folders, with limits against archives that are made to burst."""

from __future__ import annotations

import errno
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import (
    DamagedInputError,
    EncryptedInputError,
    KehoachError,
    MissingInputError,
    TooLargeError,
    UnsupportedInputError,
)

MAX_MEMBERS = 20_000
MAX_DIRECTORY_BYTES = 8 * 2**20  # 20,000 members with names of 350 bytes; Python needs ten times as much to list them
MAX_MEMBER_BYTES = 300 * 2**20
MAX_ARCHIVE_BYTES = 20 * 2**30
MAX_RATIO = 200  # deflated text rarely gives more than 20
_SMALL = 10 * 2**20  # below this size a ratio does no harm
_CHUNK = 2**20
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1


_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, KeyError, NotImplementedError, ValueError)


class _Directory(io.FileIO):
    """An archive of which only the directory is read, in one piece, which is bounded."""

    def read(self, size: int | None = -1) -> bytes:
        """Up to `size` bytes; raises TooLargeError where that is more than a directory may have."""
        if size is not None and size > MAX_DIRECTORY_BYTES:
            raise TooLargeError(f"holds more than {MAX_MEMBERS} files; unpack it and convert the folder.")
        return super().read(size) or b""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name as shown, its name as stored, and why it is not read (None: it is)."""

    name: str
    stored: str
    error: KehoachError | None = None


def is_archive(path: Path) -> bool:
    """Whether the file is read as a folder. Office files are ZIPs too, so the name decides."""
    return path.suffix.lower() == ".zip"


def _shown_name(entry: zipfile.ZipInfo) -> str:
    """The entry's name, its parts joined by `/`, none of which leads out of the archive's folder.

    Many Windows programs store UTF-8 without saying so.
    """
    name = entry.filename
    if not entry.flag_bits & _UTF8_FLAG:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode()
    parts = name.replace("\\", "/").split("/")
    return "/".join("_" if part in ("", ".", "..") else part.replace(":", "_") for part in parts)


def _objection(name: str, entry: zipfile.ZipInfo) -> KehoachError | None:
    if entry.flag_bits & _ENCRYPTED_FLAG:
        return EncryptedInputError("it is locked with a password in the archive; unpack it first.")
    if name.lower().endswith(".zip"):
        return UnsupportedInputError("an archive within an archive is not opened; unpack it first.")
    ratio = entry.file_size / max(1, entry.compress_size)
    if entry.file_size > MAX_MEMBER_BYTES or (entry.file_size > _SMALL and ratio > MAX_RATIO):
        return TooLargeError(f"it unpacks to {entry.file_size // 2**20} MiB, which is not opened; unpack it by hand.")
    return None


def list_members(path: Path) -> list[Member]:
    """The files in an archive in the order of their names.

    Raises DamagedInputError for what is no ZIP archive, TooLargeError for one that holds too much, MissingInputError
    for one that cannot be opened. Members that are not to be read carry their error. Of two members of one name the
    last counts, as when unpacked.
    """
    try:
        with _Directory(path) as file, zipfile.ZipFile(file) as archive:
            entries = list({entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}.values())
    except _BROKEN as error:
        raise DamagedInputError(f"not a readable ZIP archive ({error}); pack it again.") from error
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(entries) > MAX_MEMBERS:
        raise TooLargeError(f"holds {len(entries)} files, more than {MAX_MEMBERS}; unpack it and convert the folder.")
    if sum(entry.file_size for entry in entries) > MAX_ARCHIVE_BYTES:
        raise TooLargeError(f"unpacks to more than {MAX_ARCHIVE_BYTES // 2**30} GiB; unpack it and convert the folder.")
    members: dict[str, Member] = {}
    for entry in entries:
        name = _shown_name(entry)
        while name in members:
            name += "~"
        members[name] = Member(name, entry.filename, _objection(name, entry))
    return [members[name] for name in sorted(members)]


def _unreadable(path: Path, error: OSError) -> KehoachError:
    """What an error of the system means: rights and disks, or the data (a codec complains, a place before the file)."""
    if error.errno in (None, errno.EINVAL):
        return DamagedInputError(f"cannot be unpacked from {path.name} ({error}); pack the archive again.")
    return MissingInputError(f"{path.name} cannot be read ({str(error.strerror).lower()}); check path and rights.")


class MemberReader:
    """Reads members; keeps the last archive open, since its directory is costly to read again."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._archive: zipfile.ZipFile | None = None

    def _open(self, path: Path) -> zipfile.ZipFile:
        if self._archive is None or self._path != path:
            self.close()
            self._archive = zipfile.ZipFile(path)
            self._path = path
        return self._archive

    def close(self) -> None:
        """Close the archive that is open."""
        if self._archive is not None:
            self._archive.close()
        self._archive = self._path = None

    def read(self, path: Path, stored: str) -> bytes:
        """The bytes of a member; raises DamagedInputError, EncryptedInputError, MissingInputError, TooLargeError."""
        try:
            return b"".join(self._chunks(self._open(path), stored))
        except OSError as error:
            self.close()
            raise _unreadable(path, error) from error
        except _BROKEN as error:
            self.close()  # the archive may have changed since it was opened
            raise DamagedInputError(
                f"cannot be unpacked from {path.name} ({error}); pack the archive again."
            ) from error
        except RuntimeError as error:  # zipfile's way to say that a password is needed
            raise EncryptedInputError(f"cannot be unpacked from {path.name} ({error}); unpack it first.") from error

    def _chunks(self, archive: zipfile.ZipFile, stored: str) -> Iterator[bytes]:
        """Yield the content; stop when it is more than the archive's directory admits."""
        size = 0
        with archive.open(stored) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > MAX_MEMBER_BYTES:
                    raise TooLargeError(f"unpacks to more than {MAX_MEMBER_BYTES // 2**20} MiB; unpack it by hand.")
                yield chunk
