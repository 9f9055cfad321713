"""A picture: its size, and its thumbnail."""

import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from shows.services.media.probe.kinds import Kind
from shows.services.media.probe.limits import LONGEST_SIDE, MOST_PIXELS
from shows.services.media.probe.refusal import Unfit
from shows.services.media.probe.thumbnails import THUMBNAIL, for_screens, write_webp

# Pillow's own limit has no words for a person; `refuse_size` stands before every decoder.
Image.MAX_IMAGE_PIXELS = None
ORIENTATION = 0x0112
LYING = (5, 6, 7, 8)


def look_at(path: Path, kind: Kind, folder: Path) -> dict[str, Any]:
    """Its facts; writes `thumbnail` into the folder. Raises Unfit, and whatever the decoder meets in a broken file."""
    with warnings.catch_warnings(action="ignore"), Image.open(path, formats=[kind.reader]) as picture:
        width, height = picture.size
        refuse_size(width, height)
        is_lying = picture.getexif().get(ORIENTATION) in LYING
        write_thumbnail(picture, folder / "thumbnail")
    return {"width": height, "height": width} if is_lying else {"width": width, "height": height}


def refuse_size(width: int, height: int) -> None:
    """Raises Unfit by what the file says of itself, before a pixel is decoded."""
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Unfit(
            f"The picture is {width} by {height} pixels. At most {LONGEST_SIDE} a side and "
            f"{MOST_PIXELS // 1_000_000} million in all are taken: send a smaller one."
        )


def write_thumbnail(picture: Image.Image, path: Path) -> None:
    # A JPEG decoder gives a quarter or an eighth of the size for a quarter of the work.
    picture.draft("RGB", (THUMBNAIL[0] * 2, THUMBNAIL[1] * 2))
    small = for_screens(picture)
    small.thumbnail(THUMBNAIL, Image.Resampling.LANCZOS)
    write_webp(ImageOps.exif_transpose(small), path)
