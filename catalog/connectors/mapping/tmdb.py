"""TMDB: https://developer.themoviedb.org/reference/movie-details"""

from typing import Any

from catalog.connectors.found import Found
from catalog.connectors.mapping.fields import Field, mapped, sorted_out
from catalog.connectors.mapping.reading import first, line, link, names, number, objects, once, prose, released

POSTERS = "https://image.tmdb.org/t/p/w500"
PAGES = "https://www.themoviedb.org"
LISTS = ("results", "parts", "items")
# What only a whole answer about one movie or series holds.
WHOLE_ANSWER = ("runtime", "credits", "created_by", "episode_run_time", "number_of_seasons")
OF_MOVIES, OF_SERIES = ("title", "original_title"), ("first_air_date", "original_name")
OF_OTHERS = ("biography", "known_for", "character", "known_for_department")


def poster(value: Any) -> str:
    path = line(value)
    return link(f"{POSTERS}{path}") if path.startswith("/") else ""


def form(row: Any) -> str | None:
    """`movie` or `tv`, by what it says of itself or else by what it holds; None for people, companies and the like."""
    said = row.get("media_type")
    if said in ("movie", "tv"):
        return str(said)
    if said or any(name in row for name in OF_OTHERS):
        return None
    if any(name in row for name in OF_MOVIES):
        return "movie"
    return "tv" if any(name in row for name in OF_SERIES) else None


def directors(row: Any) -> list[str]:
    """Who directed a movie; of a series who created it, and only if nobody did, who directed."""
    crew = [one for one in objects(first(row, "credits.crew")) if one.get("job") == "Director"]
    directed = names(crew)
    return (names(row.get("created_by")) or directed) if form(row) == "tv" else directed


def minutes(row: Any) -> int | None:
    return number(row.get("runtime")) or number(row.get("episode_run_time"))


def cast(value: Any) -> list[str]:
    return once(line(one) for one in objects(value))[:20]


def external_id(row: Any) -> str:
    own = number(row.get("id"))
    return f"{form(row)}/{own}" if own and form(row) else ""


def page(row: Any) -> str:
    return f"{PAGES}/{external_id(row)}"


FIELDS = (
    Field("external_id", "", external_id, "from `id` and the form: `movie/603`, `tv/1396`"),
    Field("title", "title name original_title original_name", line),
    Field("subtitle", "tagline", line),
    Field("description", "overview", prose),
    Field("release", "release_date first_air_date", released, "a blank one is none"),
    Field("cover_image_url", "poster_path", poster, f"after `{POSTERS}`"),
    Field("canonical_url", "", page, f"from `id` and the form, after `{PAGES}`"),
    Field("movie.tmdb_type", "", form, "`media_type`, else by the fields that there are"),
    Field("movie.runtime", "", minutes, "`runtime`, of series the first of `episode_run_time`; 0 is none"),
    Field("movie.directors", "", directors, "of `credits.crew` the directors, of series `created_by` first; each once"),
    Field("metadata.genres", "genres", names),
    Field("metadata.original_title", "original_title original_name", line),
    Field("metadata.original_language", "original_language", line),
    Field("metadata.cast", "credits.cast", cast, "the first 20"),
    Field("metadata.imdb_id", "imdb_id external_ids.imdb_id", line),
    Field("metadata.number_of_seasons", "number_of_seasons", number),
)


def items(payload: Any) -> list[Found]:
    """The movies and series of a list, or the one of an answer about one."""
    if not isinstance(payload, dict):
        return []
    rows = next((objects(payload[name]) for name in LISTS if isinstance(payload.get(name), list)), None)
    return [found for row in (objects(payload) if rows is None else rows) if (found := movie(row))]


def movie(row: dict[str, Any]) -> Found | None:
    columns, details = sorted_out(mapped(FIELDS, row), "movie")
    own, url = columns.pop("external_id"), columns.pop("canonical_url")
    if not (own and columns["title"]):
        return None
    is_partial = not any(name in row for name in WHOLE_ANSWER)
    return Found("tmdb", own, "movie", columns, details, url, row, is_partial)
