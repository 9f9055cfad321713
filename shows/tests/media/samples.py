"""Pictures and videos made in memory."""

import io
import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import cache
from typing import Any, cast

import av
from av.video.stream import VideoStream
from PIL import Image

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@cache
def picture(form: str = "PNG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: Any) -> bytes:
    """A gradient in the form."""
    file = io.BytesIO()
    shades = Image.linear_gradient("L").resize(size)
    (shades.convert(mode) if mode != "I;16" else Image.new(mode, size, 40_000)).save(file, form, **options)
    return file.getvalue()


def turned_picture(orientation: int) -> bytes:
    """A JPEG of 64 by 48 that says how a camera was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(file, "JPEG", exif=exif)
    return file.getvalue()


@cache
def video(
    form: str = "mp4",
    codec: str = "libx264",
    *,
    frames: int = 12,
    rate: Fraction = Fraction(24),
    pixels: str = "yuv420p",
    size: tuple[int, int] = (64, 48),
    turned: int = 0,
) -> bytes:
    return filmed(form, codec, [None] * frames, rate=rate, pixels=pixels, size=size, turned=turned)


def filmed(
    form: str,
    codec: str,
    times: Iterable[int | None],
    *,
    rate: Fraction = Fraction(24),
    pixels: str = "yuv420p",
    size: tuple[int, int] = (64, 48),
    turned: int = 0,
    options: dict[str, str] | None = None,
) -> bytes:
    """A video with a frame for each of the times, in ticks of one frame; None is the next."""
    file = io.BytesIO()
    with at_this_priority(), av.open(file, "w", format=form, container_options=options or {}) as container:
        stream = cast(VideoStream, container.add_stream(codec, rate=rate, options={"threads": "1"}))
        stream.width, stream.height, stream.pix_fmt = *size, pixels
        if turned:
            stream.set_display_rotation(turned)
        for number, at in enumerate(times):
            frame = av.VideoFrame.from_image(Image.new("RGB", size, (number * 9 % 256, 90, 160)))
            frame.pts = number if at is None else at
            frame.time_base = 1 / rate
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file.getvalue()


@contextmanager
def at_this_priority() -> Iterator[None]:
    """SVT-AV1 started by root takes a real-time priority for the whole process, which would starve all others."""
    if not hasattr(os, "sched_getscheduler"):
        yield
        return
    policy, parameters = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        yield
    finally:
        os.sched_setscheduler(0, policy, parameters)


@cache
def sound() -> bytes:
    """An MP4 without a picture."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream: Any = container.add_stream("aac", rate=44_100)
        frame = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
        frame.rate = 44_100
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file.getvalue()


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_with(kind: bytes, content: bytes) -> bytes:
    """A good PNG with one chunk more behind its header."""
    good = picture()
    return good[:33] + png_chunk(kind, content) + good[33:]


def png_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says that it has so many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = png_chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + rows + png_chunk(b"IEND", b"")


def jpeg_with(comment: bytes) -> bytes:
    good = picture("JPEG")
    return good[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + good[2:]


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content
