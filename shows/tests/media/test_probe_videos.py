"""What is told of videos, and which are not taken."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from shows.services.media.probe import video
from shows.services.media.probe.looking import look_at
from shows.tests.media import samples

pytestmark = pytest.mark.unit
LIVE = {"live": "1"}
FRAGMENTED = {"movflags": "frag_keyframe+empty_moov"}


def looked_at(content: bytes, folder: Path) -> dict[str, Any]:
    path = folder / "file"
    path.write_bytes(content)
    return look_at(path, folder)


@pytest.mark.parametrize(
    ("form", "codec"),
    [("mp4", "libx264"), ("mp4", "libsvtav1"), ("webm", "libvpx"), ("webm", "libvpx-vp9"), ("webm", "libsvtav1")],
)
@pytest.mark.parametrize("rate", [Fraction(24), Fraction(24_000, 1001), Fraction(50)])
def test_a_video_is_told_with_its_exact_rate(form: str, codec: str, rate: Fraction, tmp_path: Path) -> None:
    facts = looked_at(samples.video(form, codec, rate=rate), tmp_path)
    assert facts == {
        "media_type": f"video/{form}", "width": 64, "height": 48, "duration": round(float(12 / rate), 6),
        "frame_rate": rate.as_integer_ratio(), "frame_count": 12,
    }  # fmt: skip


def test_a_video_has_a_poster_and_a_thumbnail(tmp_path: Path) -> None:
    looked_at(samples.video(size=(1600, 900)), tmp_path)
    with Image.open(tmp_path / "poster") as poster, Image.open(tmp_path / "thumbnail") as thumbnail:
        assert (poster.size, thumbnail.size) == ((1280, 720), (640, 360))


def test_a_single_frame_is_a_video(tmp_path: Path) -> None:
    assert looked_at(samples.video(frames=1), tmp_path)["frame_count"] == 1


@pytest.mark.parametrize(("form", "codec", "options"), [("webm", "libvpx", LIVE), ("mp4", "libx264", FRAGMENTED)])
def test_a_video_that_was_written_while_it_was_recorded_is_told(
    form: str, codec: str, options: dict[str, str], tmp_path: Path
) -> None:
    facts = looked_at(samples.filmed(form, codec, [None] * 12, options=options), tmp_path)
    assert (facts["frame_count"], facts["duration"]) == (12, 0.5)


def test_a_phone_that_was_held_upright_gives_an_upright_video(tmp_path: Path) -> None:
    facts = looked_at(samples.video(turned=90), tmp_path)
    with Image.open(tmp_path / "poster") as poster:
        assert (facts["width"], facts["height"]) == poster.size == (48, 64)


def test_frames_that_come_slower_than_the_file_says_are_measured(tmp_path: Path) -> None:
    times = range(0, 80, 8)
    facts = looked_at(samples.filmed("mp4", "libx264", times), tmp_path)
    assert facts["frame_count"] == 10
    assert Fraction(*facts["frame_rate"]) == pytest.approx(3, rel=0.05)


@pytest.mark.security
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (samples.video("mov"), "QuickTime"),
        (samples.video("matroska"), "no PNG"),
        (samples.video("mp4", "mpeg4"), "mpeg4"),
        (samples.video("mp4", pixels="yuv422p"), "4:2:0"),
        (samples.video("mp4", pixels="yuv420p10le"), "8 bit"),
        (samples.sound(), "only sound"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0M4A " + bytes(50), "no video"),
        (samples.filmed("mp4", "libx264", [0, 24 * 3600 * 7]), "longer than 6 hours"),
    ],
)
def test_a_video_that_browsers_do_not_play_is_refused_in_words(content: bytes, words: str, tmp_path: Path) -> None:
    assert words in looked_at(content, tmp_path)["refused"]


@pytest.mark.security
def test_a_video_of_absurd_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "MOST_VIDEO_PIXELS", 1000)
    assert "64 by 48" in looked_at(samples.video(), tmp_path)["refused"]


@pytest.mark.security
def test_a_video_of_absurd_rate_is_refused(tmp_path: Path) -> None:
    assert "frame rate" in looked_at(samples.video(rate=Fraction(5000)), tmp_path)["refused"]


@pytest.mark.security
@pytest.mark.parametrize(("form", "codec"), [("mp4", "libx264"), ("webm", "libvpx")])
@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_a_video_that_breaks_off_is_refused(form: str, codec: str, share: float, tmp_path: Path) -> None:
    whole = samples.video(form, codec)
    assert "not complete" in looked_at(whole[: int(len(whole) * share)], tmp_path)["refused"]


@pytest.mark.security
def test_a_video_without_its_pictures_is_refused(tmp_path: Path) -> None:
    whole = samples.video()
    at = whole.index(b"mdat")
    size = int.from_bytes(whole[at - 4 : at])
    assert "refused" in looked_at(whole[: at + 4] + bytes(size - 8) + whole[at - 4 + size :], tmp_path)


@pytest.mark.security
@pytest.mark.parametrize(
    "content",
    [
        samples.video() + samples.HTML,
        samples.video() + samples.box(b"free", samples.HTML),
        samples.video() + samples.box(b"zzzz", b"what is this"),
        samples.video("webm", "libvpx") + samples.HTML,
        samples.video("webm", "libvpx") + samples.picture(),
    ],
)
def test_a_video_that_is_something_else_too_is_refused(content: bytes, tmp_path: Path) -> None:
    assert "refused" in looked_at(content, tmp_path)
