"""The public dump, at one revision, checked."""

import hashlib
import os
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple

from pipeline.progress import Tell, say_nothing
from rentals.errors import DumpNotFetched

CHUNK = 64 * 1024
PATIENCE = 30


class Expected(NamedTuple):
    """The file that is wanted, and no other."""

    sha_256: str
    size: int


# Revision e0e35a666f31 of 2024-10-06, the last that keeps the file among git's ordinary objects.
PAGILA = Expected("880580fb2cd4daaa99f290ced264988cdd657b3158be63cd281466f796f6dbf2", 3_310_905)


def fetch_dump(target: Path, *, address: str, expected: Expected = PAGILA, tell: Tell = say_nothing) -> Path:
    """The public dump as the file `target`: the one that is there, or fetched from `address`.

    Raises DumpNotFetched when it cannot be had whole, or is not the one that is expected; no file is left then.
    """
    if target.is_file() and checksum(target) == expected.sha_256:
        return target
    part = target.with_suffix(".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        download(address, part, expected.size, tell)
        refuse_other(part, address, expected.sha_256)
        part.replace(target)
    except (OSError, HTTPException) as error:
        raise DumpNotFetched(
            f"The public dump could not be fetched from {address} ({reason_of(error)}). Without a connection, fetch it "
            f"elsewhere and put it here: {target}; or name any dump: make import-pagila FILE=…"
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return target


def download(address: str, part: Path, size: int, tell: Tell) -> None:
    """Writes at most `size` bytes; one more shows that it is another file."""
    # The address is a constant or the operator's.
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer, part.open("wb") as file:  # noqa: S310
        while chunk := answer.read(min(CHUNK, size + 1 - file.tell())):
            file.write(chunk)
            tell("Fetching", min(file.tell(), size), size)
        if answer.length and file.tell() <= size:
            raise HTTPException("the connection broke off")


def refuse_other(part: Path, address: str, sha_256: str) -> None:
    found = checksum(part)
    if found != sha_256:
        raise DumpNotFetched(
            f"What {address} sent is not the dump of that revision: its SHA-256 is {found}, not {sha_256}. "
            "Nothing was imported. Fetch it elsewhere, and name it: make import-pagila FILE=…"
        )


def checksum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def reason_of(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"it answered {error.code}"
    cause = getattr(error, "reason", error)
    return os.strerror(cause.errno) if isinstance(cause, OSError) and cause.errno and cause.errno > 0 else str(cause)
