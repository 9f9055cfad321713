"""Draws a take into a folder: the media itself, its thumbnail, and a clip's poster."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import av
from av.video.stream import VideoStream
from PIL import Image

from shows.services.drawing.frame import Stage, grained
from shows.services.drawing.order import Order
from shows.services.media.probe.thumbnails import POSTER, THUMBNAIL, fitted, write_webp

STILL = (1280, 720)
CLIP = (960, 540)
STILL_OPTIONS: dict[str, dict[str, Any]] = {
    "image/jpeg": {"format": "JPEG", "quality": 80},
    "image/webp": {"format": "WEBP", "quality": 78, "method": 2},
    "image/png": {"format": "PNG"},
}
# One thread, so that the same frames make the same file.
ENCODERS: dict[str, tuple[str, str, dict[str, str]]] = {
    "video/mp4": ("mp4", "libx264", {"preset": "superfast", "crf": "26", "g": "24", "threads": "1"}),
    "video/webm": (
        "webm",
        "libvpx",
        {"deadline": "good", "cpu-used": "5", "crf": "20", "b": "900k", "threads": "1"},
    ),
}


def draw_take(order: Order, folder: Path) -> dict[str, Any]:
    """Draws it and answers its facts, as a probe of the file would."""
    folder.mkdir()
    return draw_clip(order, folder) if order.frames else draw_still(order, folder)


def draw_still(order: Order, folder: Path) -> dict[str, Any]:
    stage = Stage(order, STILL)
    frame = stage.frame(order.dice("camera").random(), order.first)
    # Noise is what PNG cannot pack.
    image = frame if order.media_type == "image/png" else grained(frame, order)
    image.save(folder / "media", **STILL_OPTIONS[order.media_type])
    write_small(frame, folder / "thumbnail", THUMBNAIL)
    return {"media_type": order.media_type, "width": STILL[0], "height": STILL[1]}


def draw_clip(order: Order, folder: Path) -> dict[str, Any]:
    stage = Stage(order, CLIP)
    encode(order, frames(stage), folder / "media")
    write_small(stage.frame(0, order.first), folder / "poster", POSTER)
    third = order.frames // 3
    write_small(stage.frame(way(third, order.frames), order.first + third), folder / "thumbnail", THUMBNAIL)
    return {
        "media_type": order.media_type,
        "width": CLIP[0],
        "height": CLIP[1],
        "duration": round(float(order.frames / order.frame_rate), 6),
        "frame_rate": order.rate,
        "frame_count": order.frames,
    }


def frames(stage: Stage) -> Iterator[Image.Image]:
    for number in range(stage.order.frames):
        yield stage.frame(way(number, stage.order.frames), stage.order.first + number)


def way(number: int, frames: int) -> float:
    """How far the camera is: it starts and stops softly."""
    part = number / max(frames - 1, 1)
    return part * part * (3 - 2 * part)


def encode(order: Order, images: Iterator[Image.Image], path: Path) -> None:
    container_format, codec, options = ENCODERS[order.media_type]
    with av.open(str(path), "w", format=container_format, container_options={"fflags": "+bitexact"}) as container:
        stream = cast(VideoStream, container.add_stream(codec, rate=order.frame_rate, options=options))
        stream.width, stream.height, stream.pix_fmt = *CLIP, "yuv420p"
        for image in images:
            container.mux(stream.encode(av.VideoFrame.from_image(image)))
        container.mux(stream.encode())


def write_small(image: Image.Image, path: Path, box: tuple[int, int]) -> None:
    write_webp(image.resize(fitted(*image.size, box), Image.Resampling.LANCZOS), path)
