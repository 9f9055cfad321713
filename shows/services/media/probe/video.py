"""A video: its codec, length, size and frame rate, its poster and its thumbnail."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from shows.services.media.probe.kinds import Kind
from shows.services.media.probe.limits import HIGHEST_RATE, LONGEST_SECONDS, LONGEST_SIDE, MOST_VIDEO_PIXELS
from shows.services.media.probe.refusal import Unfit
from shows.services.media.probe.strangers import broken_off
from shows.services.media.probe.thumbnails import POSTER, THUMBNAIL, fitted, write_webp

CODECS = {"h264": "H.264", "vp8": "VP8", "vp9": "VP9", "av1": "AV1"}
# What every browser decodes of H.264.
H264_FORMATS = ("yuv420p", "yuvj420p")
# The thumbnail stands for the whole: a third in, unless the film moves between key frames for longer than this.
MOST_DECODED = 50
SIMPLE_RATE = 100_000


@dataclass
class Timing:
    """What the packets say: how many pictures, and when the first and the last is shown (in the stream's ticks)."""

    frames: int = 0
    first: int | None = None
    last: int = 0

    def count(self, at: int) -> None:
        self.frames += 1
        self.first = at if self.first is None else min(self.first, at)
        self.last = max(self.last, at)


def look_at(path: Path, kind: Kind, folder: Path) -> dict[str, Any]:
    """Its facts; writes `poster` and `thumbnail` into the folder. Raises Unfit, and what the decoder meets."""
    with opened(path, kind) as container:
        stream = film_of(container)
        refuse_codec(stream)
        refuse_size(stream.width, stream.height)
        timing = timing_of(container, stream)
        rate = rate_of(stream, timing)
        duration = duration_of(container, stream, timing, rate)
    poster = picture_at(path, kind, 0, POSTER)
    write_webp(poster, folder / "poster")
    write_webp(picture_at(path, kind, duration / 3, THUMBNAIL), folder / "thumbnail")
    is_turned = (poster.width > poster.height) != (stream.width > stream.height)
    width, height = (stream.height, stream.width) if is_turned else (stream.width, stream.height)
    return {
        "width": width,
        "height": height,
        "duration": round(float(duration), 6),
        "frame_rate": rate.as_integer_ratio(),
        "frame_count": timing.frames,
    }


def opened(path: Path, kind: Kind) -> InputContainer:
    # The format is named, so that no other reader is tried; a video cannot refer to other files or addresses.
    return av.open(str(path), format=kind.reader, options={"protocol_whitelist": "file"}, metadata_errors="ignore")


def film_of(container: InputContainer) -> VideoStream:
    films = [stream for stream in container.streams.video if not stream.disposition & stream.disposition.attached_pic]
    if not films:
        raise Unfit("There is no picture in the video, only sound. Export it with its picture.")
    film = films[0]
    film.codec_context.thread_count = 1
    return film


def refuse_codec(stream: VideoStream) -> None:
    name = stream.codec_context.codec.canonical_name
    if name not in CODECS:
        raise Unfit(f"The video is {name}, which not every browser plays. Export it as H.264, VP9 or AV1.")
    if name == "h264" and stream.pix_fmt not in H264_FORMATS:
        raise Unfit(f"The video's H.264 is {stream.pix_fmt}, which browsers do not play. Export it with 8 bit, 4:2:0.")


def refuse_size(width: int, height: int) -> None:
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and width * height <= MOST_VIDEO_PIXELS):
        raise Unfit(f"The video is {width} by {height} pixels. Up to 8K (8192 by 4608) is taken: send a smaller one.")


def timing_of(container: InputContainer, stream: VideoStream) -> Timing:
    """Reads every packet and decodes none: what is missing or damaged shows here."""
    timing, hidden = Timing(), 0
    for packet in container.demux(stream):
        if packet.is_corrupt:
            raise broken_off()
        if packet.size and packet.is_discard:
            hidden += 1
        elif packet.size and (at := packet.pts if packet.pts is not None else packet.dts) is not None:
            timing.count(at)
    if not timing.frames or timing.frames + hidden < stream.frames:
        raise broken_off()
    return timing


def rate_of(stream: VideoStream, timing: Timing) -> Fraction:
    """Frames a second: what the file says, unless its packets come otherwise."""
    said = stream.guessed_rate or stream.average_rate
    ticks = timing.last - (timing.first or 0)
    measured = Fraction(timing.frames - 1) / (ticks * tick_of(stream)) if ticks else None
    rate = said or measured
    if rate is None or (measured and abs(measured / rate - 1) > Fraction(1, 100)):
        rate = measured
    if not rate or not 0 < rate <= HIGHEST_RATE:
        raise Unfit("The video's frame rate makes no sense. Export it anew.")
    return rate.limit_denominator(SIMPLE_RATE)


def tick_of(stream: VideoStream) -> Fraction:
    return stream.time_base or Fraction(1, av.time_base)


def duration_of(container: InputContainer, stream: VideoStream, timing: Timing, rate: Fraction) -> Fraction:
    """Seconds from the first picture to the end of the last; times in a file may be rounded to milliseconds."""
    measured = (timing.last - (timing.first or 0)) * tick_of(stream) + 1 / rate
    steady = timing.frames / rate
    duration = steady if abs(measured - steady) < 1 / rate else measured
    if duration > LONGEST_SECONDS:
        raise Unfit(f"The video is longer than {LONGEST_SECONDS // 3600} hours. Send the part that is to be reviewed.")
    # A file that was cut off says how long it was. Sound may go on a little after the picture.
    said = Fraction(container.duration or 0, av.time_base)
    if said > duration * 2 + 1:
        raise broken_off()
    return duration


def picture_at(path: Path, kind: Kind, seconds: Fraction | int, box: tuple[int, int]) -> Image.Image:
    """The frame at `seconds`, or the last one decoded on the way there, upright and as large as the box."""
    with opened(path, kind) as container:
        stream = film_of(container)
        target = int(seconds / tick_of(stream)) + (stream.start_time or 0)
        if seconds:
            container.seek(target, stream=stream)
        shown = None
        for shown in frames(container, stream):
            if shown.pts is None or shown.pts >= target:
                break
        if shown is None:
            raise broken_off()
        width, height = fitted(shown.width, shown.height, box)
        picture: Image.Image = shown.to_image(width=width, height=height)
        return picture.rotate(shown.rotation, expand=True) if shown.rotation else picture


def frames(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    for number, frame in enumerate(container.decode(stream)):
        yield frame
        if number == MOST_DECODED:
            return
