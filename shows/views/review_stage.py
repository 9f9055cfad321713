"""What stands in the middle of a shot's page: one version's picture or video, and which frames it shows."""

from dataclasses import dataclass
from typing import Any

from shows.models import Shot

Row = dict[str, Any]


@dataclass(frozen=True)
class Stage:
    """`first_frame` is the number of the media's first frame; a picture shows no frame of its own."""

    version: Row | None
    kind: str
    first_frame: int
    frames: int
    rate: float

    @property
    def last_frame(self) -> int:
        return self.first_frame + max(self.frames, 1) - 1


def stage_of(shot: Shot, version: Row | None) -> Stage:
    media = version or {}
    kind = str(media.get("media_type") or "").partition("/")[0] if media.get("media_url") else ""
    frames = media.get("frame_count") or 0
    return Stage(
        version=version,
        kind=kind,
        first_frame=first_frame(shot, frames),
        frames=frames,
        rate=media.get("frame_rate") or 0,
    )


def first_frame(shot: Shot, frames: int) -> int:
    """Media begins with the cut; where it is long enough to hold the head handle too, it begins with that."""
    cut = shot.frame_end - shot.frame_start + 1
    has_handle = frames >= cut + shot.head_handle
    return shot.frame_start - shot.head_handle if has_handle else shot.frame_start


def shown_version(versions: list[Row], wanted: str) -> Row | None:
    """The version that the address names, or the newest."""
    named = (version for version in versions if str(version["id"]) == wanted)
    return next(named, versions[0] if versions else None)
