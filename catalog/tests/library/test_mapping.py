"""What the four services were recorded to say, and what becomes of it."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.connectors import BrokenAnswer, Found
from catalog.connectors.judging import Answer, payload_of
from catalog.connectors.mapping import ITEMS
from catalog.connectors.mapping.reading import link, moment, number, prose, released
from catalog.models import KINDS, MediaItem
from catalog.tests.library.recorded import bodies

pytestmark = pytest.mark.unit
# How many items there are in all the files of a source, counted by hand.
ITEMS_RECORDED = {"google_books": 12, "tmdb": 136, "igdb": 11, "lastfm": 37}
NO_JSON = ("empty.json", "ArtistApi_ArtistGetTagsEmpty.json")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def recorded(source: str) -> Iterator[tuple[str, list[Found]]]:
    """The items in each recorded body that can be read."""
    for name, all_bodies in bodies(source).items():
        for body in all_bodies:
            if name.rpartition("/")[2] not in NO_JSON:
                yield name, ITEMS[source](payload_of(source, Answer(200, {}, body)))


def found_in(source: str, name: str) -> list[Found]:
    return [item for file, items in recorded(source) if file.endswith(name) for item in items]


@pytest.mark.parametrize("source", ITEMS)
def test_every_recorded_answer_maps_to_rows_that_can_be_stored(source: str) -> None:
    items = [item for _, found in recorded(source) for item in found]
    for item in items:
        row = MediaItem(media_type=item.media_type, **item.columns)
        row.full_clean(validate_unique=False, validate_constraints=False)
        KINDS[item.media_type](**item.details).clean_fields(exclude=["media_item"])
        assert (item.title, item.external_id, json.dumps(item.raw)) > ("", "", "{}")
    assert len(items) == ITEMS_RECORDED[source]


@pytest.mark.parametrize("source", ["igdb", "lastfm"])
def test_files_that_are_no_json_are_broken_answers(source: str) -> None:
    [[body]] = [found for name, found in bodies(source).items() if name.rpartition("/")[2] in NO_JSON]
    with pytest.raises(BrokenAnswer):
        payload_of(source, Answer(200, {}, body))


def test_a_book_may_have_several_authors_or_only_a_year_or_a_month() -> None:
    several = found_in("google_books", "search-isbn-2-authors.json")[0]
    assert several.details["authors"] == ["Richard H. Enns", "George C. McGuire"]
    year = found_in("google_books", "search-isbn-year-only.json")[0].columns
    assert (year["release_date"], year["release_precision"]) == (date(2013, 1, 1), "year")
    month = next(item.columns for item in found_in("google_books", "model.json") if item.external_id == "qLb4AAAACAAJ")
    assert (month["release_date"], month["release_precision"]) == (date(1996, 6, 1), "month")


def test_a_book_may_have_no_date_no_cover_and_no_number_of_ours() -> None:
    undated = found_in("google_books", "search-isbn-without-year-published.json")[0]
    assert (undated.columns["release_date"], undated.columns["release_precision"]) == (None, None)
    bare = {
        "id": "x",
        "volumeInfo": {"title": "Bare", "industryIdentifiers": [{"type": "OTHER", "identifier": "UOM:3"}]},
    }
    [book] = ITEMS["google_books"](bare)
    assert (book.details, book.cover_url) == ({"authors": [], "page_count": None, "isbn": ""}, "")


def test_covers_of_books_come_by_https_from_one_host() -> None:
    covers = [item.cover_url for _, items in recorded("google_books") for item in items if item.cover_url]
    assert {url.partition("/books/")[0] for url in covers} == {"https://books.google.com"}


def test_a_movie_has_its_directors_once_and_a_series_who_created_it() -> None:
    [movie] = found_in("tmdb", "movie_all.json")
    assert (movie.external_id, movie.details) == (
        "movie/87421",
        {"tmdb_type": "movie", "runtime": 119, "directors": ["David Twohy"]},
    )
    [series] = found_in("tmdb", "tv_all.json")
    assert series.details == {"tmdb_type": "tv", "runtime": 45, "directors": ["Vince Gilligan"]}
    assert (series.external_id, series.columns["release_date"]) == ("tv/1396", date(2008, 1, 19))


def test_a_series_may_run_for_no_time_and_a_movie_come_out_on_no_day() -> None:
    rows: list[dict[str, Any]] = [
        {"id": 5, "name": "Pilot", "first_air_date": "", "episode_run_time": [], "poster_path": None},
        {"id": 6, "title": "Unmade", "release_date": "", "runtime": 0, "credits": ""},
    ]
    series, movie = ITEMS["tmdb"]({"results": rows})
    assert (series.details["runtime"], series.columns["release_date"], series.cover_url) == (None, None, "")
    assert (movie.details["runtime"], movie.columns["release_precision"]) == (None, None)


def test_a_game_may_lack_everything_but_a_name() -> None:
    game = {
        "id": 9,
        "name": "Pong",
        "url": "https://www.igdb.com/games/pong",
        "cover": {"url": "//images.igdb.com/t_thumb/a.jpg"},
    }
    involved = [
        {"developer": True},
        {"developer": True, "company": {"name": "Atari"}},
        {"developer": True, "company": 7},
    ]
    [bare], [known] = ITEMS["igdb"]([game]), ITEMS["igdb"]([game | {"involved_companies": involved}])
    assert (bare.details, bare.columns["release_date"]) == ({"platforms": [], "developers": []}, None)
    assert (bare.cover_url, known.details["developers"]) == ("https://images.igdb.com/t_cover_big/a.jpg", ["Atari"])


def test_companies_and_platforms_are_no_games() -> None:
    names = {name.rpartition("/")[2] for name, items in recorded("igdb") if items}
    assert names == {"game_get.json", "game_list.json", "game_search.json"}


def test_an_album_has_its_artist_its_day_and_the_sum_of_its_tracks() -> None:
    [album] = found_in("lastfm", "AlbumApi_AlbumGetInfoSuccess.json")
    assert (album.external_id, album.columns["release_date"]) == ("Madonna/Ray+of+Light", date(2005, 9, 13))
    assert album.details == {"artist": "Madonna", "album": "Ray of Light", "duration_ms": 4_002_000}
    assert album.columns["metadata"]["tracks"][1] == {"number": 2, "title": "Swim", "duration_ms": 300_000}


def test_one_hit_is_an_object_and_none_are_a_blank_text() -> None:
    assert [item.title for item in found_in("lastfm", "AlbumApi_AlbumSearchSingle.json")] == ["By The Throat"]
    assert found_in("lastfm", "AlbumApi_AlbumSearchEmpty.json") == []


def test_a_track_is_so_many_thousandths_long_and_nobody_is_unknown() -> None:
    url = "https://www.last.fm/music/Madonna/_/Swim"
    row = {"name": "Swim", "duration": "300000", "artist": {"name": "[unknown]"}, "album": "", "url": url,
           "wiki": {"summary": "A <a href=x>song</a> &amp; more"}}  # fmt: skip
    [track] = ITEMS["lastfm"]({"track": row})
    assert (track.external_id, track.columns["description"]) == ("Madonna/_/Swim", "A song & more")
    assert track.details == {"artist": "", "album": "", "track_number": None, "duration_ms": 300_000}


def test_readers_take_what_there_is() -> None:
    assert released("1808") == (date(1808, 1, 1), "year")
    assert released("2005-02-30") == (date(2005, 2, 1), "month")
    assert [released(odd) for odd in ("", "soon", "0000", 7, None, ["1990"])] == [None] * 6
    assert (moment(-86_400), moment(1e20), moment("5")) == ((date(1969, 12, 31), "day"), None, None)
    assert [number(odd) for odd in ("12", 12.0, [0, 45], "x", True, -1, 10**30)] == [12, 12, 45, None, None, None, None]
    assert prose("<p>One</p><script>alert(1)</script>Two<br>Three&nbsp;&lt;b&gt;") == "One\nTwo\nThree <b>"
    assert [link(odd) for odd in ("javascript:x", "//a.b/c d", "http://u:p@a.b/", "https://[", 3)] == [
        *("", "https://a.b/c%20d", "", "", ""),
    ]


@settings(max_examples=40)
@given(JSON)
def test_whatever_a_source_sends_maps_without_an_exception(payload: Any) -> None:
    volume = {"id": "1", "name": payload, "title": payload, "volumeInfo": payload, "cover": payload, "runtime": payload,
              "credits": payload, "artist": payload, "tracks": payload, "image": payload, "url": payload,
              "involved_companies": payload, "first_release_date": payload, "release_date": payload}  # fmt: skip
    for items in ITEMS.values():
        for odd in (payload, volume, [volume], {"items": payload}, {"results": [volume]}, {"album": volume}):
            assert all(isinstance(item, Found) for item in items(odd))


def test_what_postgresql_cannot_hold_is_left_out() -> None:
    body = rb'{"id": "a\u0000b", "deep": ["c\u0000"]}'
    assert payload_of("tmdb", Answer(200, {}, body, datetime(2026, 1, 1, tzinfo=UTC))) == {"id": "ab", "deep": ["c"]}
