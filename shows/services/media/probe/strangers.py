"""What hides in a file beside its picture: pages, scripts, archives."""

import re
from typing import BinaryIO

from shows.services.media.probe.refusal import Unfit

# As browsers and unpackers find them. Metadata of cameras and editors holds none of these.
STRANGERS = re.compile(
    rb"<script|<html|<!doctype|<svg|<iframe|<body|<\?php|javascript:|%PDF-|PK\x03\x04|PK\x05\x06", re.IGNORECASE
)
MOST_READ = 1024**2


def refuse_strangers(data: bytes) -> None:
    """Raises Unfit when a page, a script or an archive stands in `data`."""
    if STRANGERS.search(data):
        raise Unfit("The file holds a page, a script or an archive beside its picture. Export it anew and send that.")


def read_clean(file: BinaryIO, size: int) -> bytes:
    """Reads `size` bytes of what is no picture, of which the first megabyte is looked through."""
    data = file.read(min(size, MOST_READ))
    refuse_strangers(data)
    file.seek(size - len(data), 1)
    return data


def refuse_rest(file: BinaryIO, size: int) -> None:
    """Raises Unfit unless the file ends here; some cameras fill a block up with zeros."""
    rest = size - file.tell()
    if rest > MOST_READ or file.read(rest).strip(b"\0"):
        raise Unfit(f"There is something after the end of the file's picture ({rest} bytes). Export it anew.")


def broken_off() -> Unfit:
    return Unfit("The file is damaged or not complete. Send it again, or export it anew.")
