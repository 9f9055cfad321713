"""Small pictures of large ones."""

from pathlib import Path

from PIL import Image

THUMBNAIL = (640, 360)
POSTER = (1280, 720)
QUALITY = 78
LARGEST_PROFILE = 64 * 1024


def write_webp(picture: Image.Image, path: Path) -> None:
    profile = picture.info.get("icc_profile") or b""
    # A profile for printing colours means nothing to a picture of light.
    fits = len(profile) <= LARGEST_PROFILE and profile[16:20] in (b"RGB ", b"GRAY")
    picture.save(path, "WEBP", quality=QUALITY, icc_profile=profile if fits else b"")


def fitted(width: int, height: int, box: tuple[int, int]) -> tuple[int, int]:
    """The size that fills the box, in proportion; never larger than it is."""
    scale = min(box[0] / width, box[1] / height, 1)
    return max(1, round(width * scale)), max(1, round(height * scale))


def for_screens(picture: Image.Image) -> Image.Image:
    """The picture in a mode that WebP knows; deep greys keep their range."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if picture.mode in ("RGB", "RGBA"):
        return picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
