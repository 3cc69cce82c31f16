"""Converters for tests of the batch: one that works, and those that fail in every way. Workers load this file."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from hashlib import sha256

from kehoach.ingest.errors import (
    DamagedInputError,
    DictionaryError,
    EncryptedInputError,
    MissingToolError,
    TooLargeError,
    UnsupportedInputError,
)
from kehoach.ingest.options import Options
from kehoach.schemas import Header, Plan, Provenance, Source, SourcePage, Target


@dataclass
class Conversion:
    plan: Plan
    text: str


POISON: list[str] = []
ERRORS = {
    "damaged": DamagedInputError,
    "dictionary": DictionaryError,
    "encrypted": EncryptedInputError,
    "tool": MissingToolError,
    "too_large": TooLargeError,
    "unsupported": UnsupportedInputError,
}


def converted(data: bytes, name: str, page_error: str | None = None) -> Conversion:
    """A record with a target for each line of the text."""
    text = data.decode()
    lines = text.splitlines()
    targets = tuple(
        Target(
            id=f"t{number}",
            name=line or "-",
            comparator="ge",
            value=number,
            value_text=str(number),
            provenance=Provenance(page=1, line_start=number, line_end=number, text=line),
            confidence=0.5,
        )
        for number, line in enumerate(lines, 1)
    )
    page = SourcePage(page=1, method="plain_text", restored=False, quality=1.0, error=page_error)
    source = Source(file=name, sha256=sha256(data).hexdigest(), media_type="text/plain", page_count=1, pages=(page,))
    return Conversion(Plan(source=source, header=Header(title=lines[0] if lines else None), targets=targets), text)


def no_room(*_: object) -> None:
    raise OSError(28, "No space left on device")


def convert(data: bytes, name: str, _options: Options) -> Conversion:
    """Do what the first word of the text says; text that begins with no such word is converted."""
    word, _, rest = data.decode().partition(" ")
    if word == "hang":
        time.sleep(1000)
    elif word == "child":  # a hanging child process, as Tesseract would be
        subprocess.run(["sleep", "1000"], check=False)
    elif word == "stray":  # one that leaves the group and outlives the document
        subprocess.Popen(["sleep", "1000"], start_new_session=True)
    elif word == "hanging_stray":
        subprocess.run(["sleep", "1000"], check=False, start_new_session=True)
    elif word == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif word == "killed":
        os.kill(os.getpid(), 9)
    elif word == "poison":  # what a document may do to the next one in the same process
        POISON.append(name)
    elif word == "exit" or POISON:
        os._exit(3)
    elif word == "give_up":
        sys.exit("enough")
    elif word == "allocate":
        return bytearray(20 * 2**30)  # type: ignore[return-value]
    elif word == "grow":
        kept = []
        while True:
            kept.append(b"x" * 2**24)
            time.sleep(0.005)
    elif word == "grow_and_abort":  # as native libraries do when memory runs out
        kept = [b"x" * 2**24 for _ in range(int(rest))]
        time.sleep(0.5)
        os.abort()
    elif word == "rubbish":
        os.write(1, b'{"status": "ok"}\n' * 10)
        print("rubbish", flush=True)
        return 42  # type: ignore[return-value]
    elif word == "full":
        vars(sys.modules["__main__"])["write_conversion"] = no_room
    elif word == "surrogate":
        return Conversion(converted(data, name).plan, "\udc80")
    elif word == "page":
        return converted(data, name, page_error=rest if ":" in rest else "the page is broken")
    elif word == "wait":
        time.sleep(float(rest.split()[0]))
    elif word == "raise":
        raise ERRORS[rest.split()[0]](f"{name}: is {rest.split()[0]}; mend it")
    elif word == "bug":
        raise KeyError(rest)
    return converted(data, name)
