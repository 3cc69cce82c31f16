"""Errors that a user can mend: each says what is wrong, where, and the way out, in one line."""

from __future__ import annotations

from typing import ClassVar, Literal

Category = Literal[
    "timeout",
    "memory",
    "crash",
    "damaged",
    "encrypted",
    "unsupported",
    "too_large",
    "missing",
    "internal",
]


class KehoachError(Exception):
    """Base of all errors shown to a user without a traceback."""

    category: ClassVar[Category] = "internal"
    exit_code: ClassVar[int] = 1


class UsageError(KehoachError):
    """The command cannot be carried out as it was given."""

    exit_code = 2


class MissingInputError(KehoachError):
    """A named input does not exist or holds nothing."""

    category = "missing"


class DamagedInputError(KehoachError):
    """The file cannot be read as what it is."""

    category = "damaged"


class EncryptedInputError(KehoachError):
    """The file needs a password."""

    category = "encrypted"


class UnsupportedInputError(KehoachError):
    """The file is of a kind that is not read."""

    category = "unsupported"


class TooLargeError(KehoachError):
    """The file breaks a limit on pages, pixels or bytes."""

    category = "too_large"


class TimeLimitError(KehoachError):
    """The file takes more time than it is given."""

    category = "timeout"


class MissingToolError(KehoachError):
    """A program or its data is not installed."""

    category = "unsupported"


class DictionaryError(KehoachError):
    """A dictionary file is broken; the run stops."""

    exit_code = 2
