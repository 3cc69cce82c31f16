"""The real pipeline, whose first stage goes wrong on every fifth document, each time in another way.

Which document meets which fault follows from its content alone. Workers load this file.
"""

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from unittest.mock import patch

from kehoach.ingest import pipeline
from kehoach.ingest.options import Options
from kehoach.ingest.pages import read_document
from kehoach.ingest.values import Line, ReadDocument

EVERY = 5  # documents of which one meets a fault
ALLOCATION = 10 * 2**30
CHUNK = 2**24
Stage = Callable[[bytes, str, Options], ReadDocument]


def hang(*_: object) -> ReadDocument:
    while True:
        time.sleep(1000)


def hanging_child(*_: object) -> ReadDocument:
    subprocess.run(["sleep", "100000"], check=False)
    raise AssertionError


def hanging_child_of_its_own(*_: object) -> ReadDocument:
    """One that left the worker's process group."""
    subprocess.run(["sleep", "100000"], check=False, start_new_session=True)
    raise AssertionError


def segfault(*_: object) -> ReadDocument:
    ctypes.string_at(0)
    raise AssertionError


def leave(*_: object) -> ReadDocument:
    os._exit(3)


def allocate(*_: object) -> ReadDocument:
    bytearray(ALLOCATION)
    raise AssertionError


def grow(*_: object) -> ReadDocument:
    kept: list[bytes] = []
    while len(kept) * CHUNK < ALLOCATION:
        kept.append(b"x" * CHUNK)
        time.sleep(0.005)
    raise AssertionError


def growing_child(*_: object) -> ReadDocument:
    loop = f"while len(kept) < {ALLOCATION // CHUNK}: kept.append(b'x' * {CHUNK})"
    subprocess.run([sys.executable, "-c", f"kept = []\n{loop}\nimport time\ntime.sleep(9)"], check=True)
    raise AssertionError


def rubbish(*_: object) -> ReadDocument:
    return 42  # type: ignore[return-value]


def unwritable_text(_data: bytes, name: str, options: Options) -> ReadDocument:
    """Lines that no encoding takes."""
    return replace(read_document(b"1", name, options), lines=tuple(Line(n, 1, "\udc80" * 9) for n in range(1, 9)))


def babble(data: bytes, name: str, options: Options) -> ReadDocument:
    """Lines of characters that follow from the content: control characters, all scripts, numbers."""
    lines = []
    for number in range(1, 60):
        seed = sha256(data + bytes([number])).digest() * 3
        text = "".join(chr(one * (1, 7, 199)[two % 3] % 0xD800) for one, two in pairwise(seed))
        lines.append(Line(number, 1, " ".join(text.replace("\n", " ").splitlines())))
    return replace(read_document(b"1", name, options), lines=tuple(lines))


def noise(data: bytes, name: str, options: Options) -> ReadDocument:
    """A stage that prints what looks like the worker's own messages, and a lot of it, and then works."""
    os.write(1, b'{"status": "ok"}\n' * 100_000)
    print("{}\n" * 100_000, flush=True)
    print("\0" * 100_000, file=sys.stderr, flush=True)
    return read_document(data, name, options)


def child_left_behind(data: bytes, name: str, options: Options) -> ReadDocument:
    subprocess.Popen(["sleep", "100000"])
    return read_document(data, name, options)


# Each fault with the category that it must end in; where that is "as ever" the result is that of an undisturbed run.
AS_EVER = "as ever"
FAULTS: tuple[tuple[Stage, str | None], ...] = (
    (hang, "timeout"),
    (segfault, "crash"),
    (noise, AS_EVER),
    (allocate, "memory"),
    (leave, "crash"),
    (rubbish, "internal"),
    (hanging_child, "timeout"),
    (babble, None),
    (grow, "memory"),
    (unwritable_text, "internal"),
    (child_left_behind, AS_EVER),
    (growing_child, "memory"),
    (hanging_child_of_its_own, "timeout"),
)


def fault_of(digest: str) -> tuple[Stage, str | None] | None:
    """The fault that the document with this content hash meets, and what becomes of it; None for most."""
    number = int(digest[:12], 16)
    return None if number % EVERY else FAULTS[number // EVERY % len(FAULTS)]


def convert(data: bytes, name: str, options: Options) -> pipeline.Conversion:
    fault = fault_of(sha256(data).hexdigest())
    if fault is None:
        return pipeline.convert_bytes(data, name, options)
    with patch.object(pipeline, "read_document", fault[0]):
        return pipeline.convert_bytes(data, name, options)
