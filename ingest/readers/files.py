"""The bytes of a file that the user names."""

from __future__ import annotations

from pathlib import Path

from ..errors import MissingInputError, TooLargeError

_MOST_BYTES = 1 << 30


def read_file(path: Path) -> bytes:
    """The content of a file. Raises MissingInputError where it cannot be read, TooLargeError beyond 1 GiB."""
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise TooLargeError(f"{path}: {size // 2**20} MiB, more than {_MOST_BYTES // 2**20}; split the file")
        return path.read_bytes()
    except FileNotFoundError:
        raise MissingInputError(f"{path}: no such file; check the name") from None
    except OSError as error:
        raise MissingInputError(
            f"{path}: cannot be read ({error.strerror}); check the name and its permissions"
        ) from None
