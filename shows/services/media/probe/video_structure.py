"""Walks through a video's outermost parts: they must be known, and end where the file ends."""

from collections.abc import Callable
from typing import BinaryIO

from shows.services.media.probe.kinds import HEAD, MP4, WEBM, Kind
from shows.services.media.probe.picture_structure import exactly, pass_part
from shows.services.media.probe.refusal import Unfit
from shows.services.media.probe.strangers import broken_off, refuse_strangers

# Boxes of the film itself, and those that may hold anything.
FILM = frozenset({b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"styp", b"prft", b"emsg", b"pdin"})
LOOSE = frozenset({b"ftyp", b"free", b"skip", b"wide", b"uuid", b"meta"})
EBML, SEGMENT = b"\x1aE\xdf\xa3", b"\x18S\x80g"
# Cues and tags may follow a segment of unknown length, which live recorders write; all of it belongs to that.
UNKNOWN_LENGTHS = frozenset((1 << 7 * octets) - 1 for octets in range(1, 9))


def check_mp4(file: BinaryIO, size: int) -> None:
    while file.tell() < size:
        kind, length = box(file, size)
        if kind not in FILM | LOOSE:
            raise Unfit("There is something in the file that belongs to no video. Export it anew.")
        pass_part(file, size, length, is_pixels=kind in FILM)


def box(file: BinaryIO, size: int) -> tuple[bytes, int]:
    """The kind of the next box, and how long its content is."""
    length, kind = int.from_bytes(exactly(file, 4)), exactly(file, 4)
    if length == 1:
        return kind, int.from_bytes(exactly(file, 8)) - 16
    return kind, size - file.tell() if length == 0 else length - 8


def check_webm(file: BinaryIO, size: int) -> None:
    refuse_strangers(file.read(HEAD))
    file.seek(0)
    has_end = [pass_element(file, size, wanted) for wanted in (EBML, SEGMENT)]
    if all(has_end) and file.tell() != size:
        raise Unfit("There is something after the end of the video. Export it anew.")


def pass_element(file: BinaryIO, size: int, wanted: bytes) -> bool:
    """Steps over the element, if it says how long it is; answers whether it does."""
    if exactly(file, 4) != wanted:
        raise broken_off()
    length = element_length(file)
    if length in UNKNOWN_LENGTHS:
        return False
    pass_part(file, size, length, is_pixels=True)
    return True


def element_length(file: BinaryIO) -> int:
    """A number as EBML writes it: the leading zeros of the first byte tell how many bytes follow."""
    first = exactly(file, 1)[0]
    octets = 9 - first.bit_length()
    if octets > 8:
        raise broken_off()
    return int.from_bytes(bytes([first & (0xFF >> octets)]) + exactly(file, octets - 1))


CHECKS: dict[Kind, Callable[[BinaryIO, int], None]] = {MP4: check_mp4, WEBM: check_webm}
