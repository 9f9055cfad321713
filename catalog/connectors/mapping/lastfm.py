"""Last.fm: https://www.last.fm/api/show/album.getInfo and track.getInfo"""

from typing import Any
from urllib.parse import quote_plus, urlsplit

from catalog.connectors.found import Found
from catalog.connectors.mapping.fields import Field, mapped, sorted_out
from catalog.connectors.mapping.reading import first, known, line, link, names, number, objects, prose, released

PAGES = "https://www.last.fm/music/"
# The last of them is the largest that is there.
SIZES = ("", "small", "medium", "large", "extralarge", "mega")
LISTS = {
    "album": ("results.albummatches.album", "topalbums.album"),
    "track": ("results.trackmatches.track", "toptracks.track"),
}
# What only a whole answer about one album or track holds.
WHOLE_ANSWER = {"album": ("tracks", "listeners"), "track": ("duration", "toptags")}


def cover(value: Any) -> str:
    pictures = {line(one.get("size")): link(one.get("#text")) for one in objects(value)}
    return next((pictures[size] for size in reversed(SIZES) if pictures.get(size)), "")


def seconds(value: Any) -> int | None:
    """A track of an album is so many seconds long."""
    found = number(value)
    return found * 1000 if found and found * 1000 < 2**31 else None


def tracks(value: Any) -> list[dict[str, Any]]:
    listed = [
        {"number": number(first(one, "@attr.rank")), "title": line(one), "duration_ms": seconds(one.get("duration"))}
        for one in objects(value)
    ]
    return [track for track in listed if track["title"]][:200]


def whole_duration(value: Any) -> int | None:
    """The sum of an album's tracks, when each says how long it is."""
    durations = [track["duration_ms"] for track in tracks(value)]
    known_all = durations and all(durations) and sum(durations) < 2**31
    return sum(durations) if known_all else None


def path_of(row: Any, kind: str) -> str:
    """What follows `/music/` in the address of the row's page, else the same made of its names."""
    path = urlsplit(link(row.get("url"))).path.partition("/music/")[2].strip("/")
    if path.count("/") >= 1:
        return path[:500]
    artist, name = known(row.get("artist")), line(row.get("name"))
    between = "/_/" if kind == "track" else "/"
    return f"{quote_plus(artist)}{between}{quote_plus(name)}"[:500] if artist and name else ""


def album_path(row: Any) -> str:
    return path_of(row, "album")


def track_path(row: Any) -> str:
    return path_of(row, "track")


def page(row: Any) -> str:
    return link(row.get("url"))


ALBUM_FIELDS = (
    Field("external_id", "", album_path, "what follows `/music/` in `url`: `Ben+Frost/By+The+Throat`"),
    Field("title", "name", line),
    Field("description", "wiki.summary wiki.content", prose, "without its HTML"),
    Field("release", "releasedate", released, "blanks before it do not count"),
    Field("cover_image_url", "image", cover, "the largest"),
    Field("canonical_url", "", page, "`url`"),
    Field("music.artist", "artist", known, "a text or an object; `[unknown]` is none"),
    Field("music.album", "name", line),
    Field("music.duration_ms", "tracks.track", whole_duration, "the sum of the tracks, in seconds there"),
    Field("metadata.tracks", "tracks.track", tracks, "one track is an object in place of a list"),
    Field("metadata.tags", "tags.tag toptags.tag", names),
    Field("metadata.mbid", "mbid", line),
)
TRACK_FIELDS = (
    Field("external_id", "", track_path, "what follows `/music/` in `url`: `Madonna/_/Swim`"),
    Field("title", "name", line),
    Field("description", "wiki.summary wiki.content", prose, "without its HTML"),
    Field("cover_image_url", "album.image image", cover, "the largest"),
    Field("canonical_url", "", page, "`url`"),
    Field("music.artist", "artist", known, "a text or an object; `[unknown]` is none"),
    Field("music.album", "album.title album.name", line),
    Field("music.track_number", "album.@attr.position", number),
    Field("music.duration_ms", "duration", number, "thousandths of a second here"),
    Field("metadata.tags", "toptags.tag tags.tag", names),
    Field("metadata.mbid", "mbid", line),
)
FIELDS_OF = {"album": ALBUM_FIELDS, "track": TRACK_FIELDS}


def items(payload: Any) -> list[Found]:
    """The albums and tracks of an answer, of a list of hits or of one."""
    found = []
    for kind in FIELDS_OF:
        one = payload.get(kind) if isinstance(payload, dict) else None
        rows = objects(one) or [row for path in LISTS[kind] for row in objects(first(payload, path))]
        found += [item for row in rows if (item := music(row, kind))]
    return found


def music(row: dict[str, Any], kind: str) -> Found | None:
    columns, details = sorted_out(mapped(FIELDS_OF[kind], row), "music")
    own, url = columns.pop("external_id"), columns.pop("canonical_url")
    if not (own and columns["title"]):
        return None
    is_partial = not any(name in row for name in WHOLE_ANSWER[kind])
    return Found("lastfm", own, "music", columns, details, url or f"{PAGES}{own}", {kind: row}, is_partial)
