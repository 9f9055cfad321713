"""What a file is, by its first bytes."""

from dataclasses import dataclass

from shows.services.media.probe.refusal import Unfit

HEAD = 4096
# Sound, stills and QuickTime come in the same boxes as MP4.
MP4_BRANDS = frozenset(
    {b"isom", b"mp41", b"mp42", b"avc1", b"av01", b"M4V ", b"M4VH", b"M4VP", b"dash", b"msdh", b"MSNV", b"XAVC"}
    | {b"iso%d" % number for number in range(2, 10)}
)
QUICKTIME = b"qt  "


@dataclass(frozen=True)
class Kind:
    """`reader` is the name of the one decoder or container format that may read it."""

    media_type: str
    reader: str

    @property
    def is_video(self) -> bool:
        return self.media_type.startswith("video/")


PNG = Kind("image/png", "PNG")
JPEG = Kind("image/jpeg", "JPEG")
WEBP = Kind("image/webp", "WEBP")
MP4 = Kind("video/mp4", "mp4")
WEBM = Kind("video/webm", "matroska")


def kind_of(head: bytes) -> Kind:
    """The kind of the file that begins so. Raises Unfit for what is none of ours."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return mp4_kind(head)
    if head.startswith(b"\x1aE\xdf\xa3") and b"\x42\x82\x84webm" in head[:64]:
        return WEBM
    raise Unfit(
        "The file is no PNG, JPEG or WebP picture and no MP4 or WebM video, whatever its name says. "
        "Export one of these and send it again."
    )


def mp4_kind(head: bytes) -> Kind:
    size = int.from_bytes(head[:4])
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(size, len(head)) - 3, 4))}
    if head[8:12] == QUICKTIME:
        raise Unfit("The file is a QuickTime movie, which not every browser plays. Export it as MP4 with H.264.")
    if not brands & MP4_BRANDS:
        raise Unfit("The file is packed like an MP4, but it is no video for browsers. Export it as MP4 with H.264.")
    return MP4
