"""IGDB: https://api-docs.igdb.com/#game"""

from typing import Any

from catalog.connectors.found import Found
from catalog.connectors.mapping.fields import Field, mapped, sorted_out
from catalog.connectors.mapping.reading import line, link, moment, names, number, objects, once, prose

IMAGES = "https://images.igdb.com/igdb/image/upload/t_cover_big"
GAMES = "/games/"
# What a row without an address has when it is a game's.
OF_GAMES = ("first_release_date", "platforms", "involved_companies", "release_dates", "game_modes")


def cover(value: Any) -> str:
    """The picture in the size of a cover; where only its id is known, none."""
    picture = next(iter(objects(value)), {})
    if image := line(picture.get("image_id")):
        return link(f"{IMAGES}/{image}.jpg")
    return link(picture.get("url")).replace("/t_thumb/", "/t_cover_big/")


def companies(value: Any, role: str) -> list[str]:
    involved = [one for one in objects(value) if one.get(role) is True]
    return once(line(one["company"]) for one in involved if isinstance(one.get("company"), dict))


def developers(value: Any) -> list[str]:
    return companies(value, "developer")


def publishers(value: Any) -> list[str]:
    return companies(value, "publisher")


def external_id(value: Any) -> str:
    return str(number(value) or "")


FIELDS = (
    Field("external_id", "id", external_id),
    Field("title", "name", line),
    Field("description", "summary storyline", prose),
    Field("release", "first_release_date", moment, "seconds since 1970"),
    Field("cover_image_url", "cover", cover, "`image_id` or `url`, which starts with `//`, in the size of a cover"),
    Field("canonical_url", "url", link),
    Field("game.platforms", "platforms", names, "those that come with a name"),
    Field("game.developers", "involved_companies", developers, "the `company` of those with `developer`"),
    Field("metadata.publishers", "involved_companies", publishers, "the `company` of those with `publisher`"),
    Field("metadata.genres", "genres", names),
    Field("metadata.storyline", "storyline", prose),
)


def items(payload: Any) -> list[Found]:
    """The games of an answer, which is a list."""
    return [found for row in objects(payload) if is_game(row) and (found := game(row))]


def is_game(row: dict[str, Any]) -> bool:
    url = line(row.get("url"))
    return GAMES in url if url else any(name in row for name in OF_GAMES)


def game(row: dict[str, Any]) -> Found | None:
    columns, details = sorted_out(mapped(FIELDS, row), "game")
    own, url = columns.pop("external_id"), columns.pop("canonical_url")
    if not (own and columns["title"]):
        return None
    return Found("igdb", own, "game", columns, details, url, row)
