"""Walks through a picture's parts: it must be whole, end where it says, and hold nothing but a picture."""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from shows.services.media.probe.kinds import JPEG, PNG, WEBP, Kind
from shows.services.media.probe.strangers import broken_off, read_clean, refuse_rest

PNG_PIXELS = frozenset({b"IDAT", b"fdAT", b"PLTE"})
WEBP_PIXELS = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ANMF"})
# Markers without a length: restarts, and a byte of filling.
BARE = frozenset({0x01, *range(0xD0, 0xD8)})
START_OF_SCAN, END_OF_IMAGE, FILLING = 0xDA, 0xD9, 0xFF
# In a scan, what is neither an escaped FF nor a restart.
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
BLOCK = 1024**2


def check_png(file: BinaryIO, size: int) -> None:
    file.seek(8)
    while pass_png_chunk(file, size) != b"IEND":
        pass
    refuse_rest(file, size)


def pass_png_chunk(file: BinaryIO, size: int) -> bytes:
    """Steps over one chunk with its checksum, which the decoder checks; answers its kind."""
    length, kind = int.from_bytes(exactly(file, 4)), exactly(file, 4)
    pass_part(file, size, length, is_pixels=kind in PNG_PIXELS)
    exactly(file, 4)
    return kind


def check_webp(file: BinaryIO, size: int) -> None:
    file.seek(4)
    end = 8 + int.from_bytes(exactly(file, 4), "little")
    if end > size:
        raise broken_off()
    file.seek(12)
    while file.tell() < end:
        kind, length = exactly(file, 4), int.from_bytes(exactly(file, 4), "little")
        pass_part(file, end, length, is_pixels=kind in WEBP_PIXELS)
        file.seek(length % 2, 1)
    refuse_rest(file, size)


def check_jpeg(file: BinaryIO, size: int) -> None:
    file.seek(2)
    for marker in markers(file):
        if marker == END_OF_IMAGE:
            return refuse_rest(file, size)
        if marker not in BARE:
            length = int.from_bytes(exactly(file, 2)) - 2
            pass_part(file, size, length, is_pixels=False)
        if marker == START_OF_SCAN:
            seek_marker(file)
    raise broken_off()


def markers(file: BinaryIO) -> Iterator[int]:
    while True:
        if exactly(file, 1) != b"\xff":
            raise broken_off()
        marker = FILLING
        while marker == FILLING:
            marker = exactly(file, 1)[0]
        yield marker


def seek_marker(file: BinaryIO) -> None:
    """Stands before the next marker after the pixels of a scan."""
    while block := file.read(BLOCK):
        if found := MARKER.search(block):
            file.seek(found.start() - len(block), 1)
            return
        if block.endswith(b"\xff") and len(block) > 1:
            file.seek(-1, 1)
    raise broken_off()


def pass_part(file: BinaryIO, end: int, length: int, *, is_pixels: bool) -> None:
    if length < 0 or file.tell() + length > end:
        raise broken_off()
    if is_pixels:
        file.seek(length, 1)
    else:
        read_clean(file, length)


def exactly(file: BinaryIO, number: int) -> bytes:
    data = file.read(number)
    if len(data) < number:
        raise broken_off()
    return data


CHECKS: dict[Kind, Callable[[BinaryIO, int], None]] = {PNG: check_png, JPEG: check_jpeg, WEBP: check_webp}
