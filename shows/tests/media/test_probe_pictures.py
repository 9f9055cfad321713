"""What is told of pictures, and which are not taken."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from shows.services.media.probe import limits, picture
from shows.services.media.probe.looking import look_at
from shows.tests.media import samples

pytestmark = pytest.mark.unit


def looked_at(content: bytes, folder: Path) -> dict[str, Any]:
    path = folder / "file"
    path.write_bytes(content)
    return look_at(path, folder)


@pytest.mark.parametrize(
    ("form", "mode", "options"),
    [
        ("PNG", "RGB", {}),
        ("PNG", "RGBA", {}),
        ("PNG", "P", {"transparency": 3}),
        ("PNG", "LA", {}),
        ("PNG", "1", {}),
        ("PNG", "I;16", {}),
        ("JPEG", "RGB", {}),
        ("JPEG", "L", {}),
        ("JPEG", "CMYK", {}),
        ("JPEG", "RGB", {"progressive": True}),
        ("WEBP", "RGB", {}),
        ("WEBP", "RGBA", {"lossless": True}),
    ],
)
def test_a_picture_of_any_mode_is_told_with_its_size(
    form: str, mode: str, options: dict[str, Any], tmp_path: Path
) -> None:
    facts = looked_at(samples.picture(form, mode=mode, **options), tmp_path)
    assert facts == {"media_type": f"image/{form.lower()}", "width": 64, "height": 48}
    with Image.open(tmp_path / "thumbnail") as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("WEBP", (64, 48))


def test_deep_greys_keep_their_range(tmp_path: Path) -> None:
    looked_at(samples.picture(mode="I;16"), tmp_path)
    with Image.open(tmp_path / "thumbnail") as thumbnail:
        assert thumbnail.convert("L").getpixel((5, 5)) == pytest.approx(40_000 / 256, abs=4)


def test_a_thumbnail_fits_its_box(tmp_path: Path) -> None:
    looked_at(samples.picture("JPEG", size=(3000, 1000)), tmp_path)
    with Image.open(tmp_path / "thumbnail") as thumbnail:
        assert thumbnail.size == (640, 213)


@pytest.mark.parametrize(("orientation", "size"), [(1, (64, 48)), (3, (64, 48)), (6, (48, 64)), (8, (48, 64))])
def test_a_camera_that_was_held_upright_gives_an_upright_picture(
    orientation: int, size: tuple[int, int], tmp_path: Path
) -> None:
    facts = looked_at(samples.turned_picture(orientation), tmp_path)
    with Image.open(tmp_path / "thumbnail") as thumbnail:
        assert (facts["width"], facts["height"]) == thumbnail.size == size


@pytest.mark.security
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"plain text",
        samples.HTML,
        samples.SVG,
        b"GIF89a" + bytes(40),
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"\x7fELF",
        b"II*\0" + bytes(20),
        b"RIFF\0\0\0\0AVI ",
        b"\0\0\0\x18ftypheic" + bytes(30),
    ],
)
def test_what_is_no_picture_of_ours_is_refused(content: bytes, tmp_path: Path) -> None:
    assert "refused" in looked_at(content, tmp_path)


@pytest.mark.security
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_a_picture_that_breaks_off_is_refused(form: str, share: float, tmp_path: Path) -> None:
    whole = samples.picture(form, size=(300, 200))
    assert "not complete" in looked_at(whole[: int(len(whole) * share)], tmp_path)["refused"]


@pytest.mark.security
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_with_damage_inside_is_refused_or_told(form: str, tmp_path: Path) -> None:
    whole = bytearray(samples.picture(form, size=(300, 200)))
    for at in range(60, len(whole), max(len(whole) // 40, 1)):
        whole[at] ^= 0x5A
    assert looked_at(bytes(whole), tmp_path).keys() & {"refused", "width"}


@pytest.mark.security
@pytest.mark.parametrize(
    "content",
    [
        samples.picture() + b"PK\x03\x04 an archive",
        samples.picture("JPEG") + samples.HTML,
        samples.picture("WEBP") + samples.HTML,
        samples.picture("JPEG") + samples.picture("PNG"),
        samples.png_with(b"tEXt", b"Comment\0" + samples.HTML),
        samples.png_with(b"eXIf", b"%PDF-1.7"),
        samples.png_with(b"abCd", b"<script>alert(1)</script>"),
        samples.jpeg_with(samples.SVG),
        samples.jpeg_with(b"/*" + samples.HTML + b"*/"),
    ],
)
def test_a_picture_that_is_something_else_too_is_refused(content: bytes, tmp_path: Path) -> None:
    assert "Export it anew" in looked_at(content, tmp_path)["refused"]


def test_zeros_after_a_picture_are_a_cameras_habit(tmp_path: Path) -> None:
    assert "refused" not in looked_at(samples.picture("JPEG") + bytes(512), tmp_path)


@pytest.mark.security
@pytest.mark.parametrize("size", [(65_000, 65_000), (20_000, 10), (12_000, 12_000), (2**31 - 1, 1)])
def test_a_bomb_is_refused_by_what_it_says_of_itself(size: tuple[int, int], tmp_path: Path) -> None:
    refused = looked_at(samples.png_bomb(*size), tmp_path)["refused"]
    assert refused.startswith(f"The picture is {size[0]} by {size[1]} pixels.")


@pytest.mark.security
def test_the_size_is_refused_before_a_pixel_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MOST_PIXELS", 1000)
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("It was decoded."))
    assert "pixels" in looked_at(samples.picture(), tmp_path)["refused"]


def test_the_largest_scan_is_taken() -> None:
    picture.refuse_size(limits.LONGEST_SIDE, limits.MOST_PIXELS // limits.LONGEST_SIDE)
