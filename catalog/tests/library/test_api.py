from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from catalog.models import MediaItem, Menu
from catalog.tests.factories import FilmFactory
from catalog.tests.library.factories import MediaFactory, SourceFactory
from catalog.tests.library.server import SourceServer, answer, silence

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
API = "/api/v1"


@pytest.fixture
def member(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("member")


@pytest.fixture
def other(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("member")


def titles(client: APIClient, query: str) -> list[str]:
    answer = client.get(f"{API}/media?{query}").json()
    return [row["title"] for row in answer["results"]]


@pytest.mark.sanity
def test_an_item_is_added_by_hand_and_found_at_its_address(member: APIClient) -> None:
    body = {"media_type": "book", "title": "Barrow Road", "release_date": "1808-05-07", "release_precision": "year",
            "book": {"authors": ["Ida Marlowe"], "page_count": 312}, "metadata": {"shelf": 3}}  # fmt: skip
    made = member.post(f"{API}/media", body)
    assert made.status_code == 201, made.content
    row = member.get(made["Location"]).json()
    assert row == made.json()
    assert (row["creator"], row["release_date"], row["book"]["isbn"]) == ("Ida Marlowe", "1808-01-01", "")
    assert (row["movie"], row["sources"]) == (None, [])
    assert member.patch(made["Location"], row).json() == row


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title": ""}, "title"), ({"media_type": "opera"}, "media_type"), ({"movie": {"runtime": 5}}, "movie"),
     ({"book": {"page_count": 0}}, "book"), ({"book": {"pages": 1}}, "book.pages"),
     ({"release_date": "1808"}, "release_date"),
     ({"release_precision": "year"}, "release_precision"), ({"metadata": []}, "metadata"),
     ({"cover_image_url": "javascript:1"}, "cover_image_url")],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_an_item_that_cannot_be_is_refused_by_field(member: APIClient, wrong: dict[str, Any], field: str) -> None:
    said = member.post(f"{API}/media", {"media_type": "book", "title": "X"} | wrong)
    assert said.status_code == 400, said.content
    assert said.json()["errors"][0]["field"].startswith(field)
    assert not MediaItem.objects.exists()


def test_each_changes_what_they_added_and_clerks_all(
    member: APIClient, other: APIClient, client_of: Callable[..., APIClient]
) -> None:
    url = member.post(f"{API}/media", {"media_type": "game", "title": "Pong"})["Location"]
    tag = member.get(url)["ETag"]
    assert (
        member.patch(url, {"game": {"developers": ["Atari"]}}, headers={"If-Match": tag}).json()["creator"] == "Atari"
    )
    assert member.patch(url, {"title": "Pung"}, headers={"If-Match": tag}).status_code == 412
    assert member.patch(url, {"media_type": "book"}).json()["errors"][0]["field"] == "media_type"
    assert other.patch(url, {"title": "Mine"}).status_code == 403
    assert client_of("clerk").patch(url, {"title": "Pong!"}).json()["title"] == "Pong!"


def test_media_are_filtered_by_what_they_are_to_the_caller(member: APIClient, other: APIClient) -> None:
    noir, blue = MediaFactory(title="Noir"), MediaFactory(title="Blue", media_type="movie")
    SourceFactory(media_item=noir)
    tag = member.post(f"{API}/tags", {"name": "Slow burn"}).json()["id"]
    member.post(f"{API}/tags/{tag}/media", {"media_id": noir.pk})
    member.put(f"{API}/me/states/{noir.pk}", {"status": "paused", "rating": 7.5, "favorite": True})
    for query in ("tag=slow BURN", "status=paused", "favorite=true", "source=google_books", "q=noi", "media_type=book"):
        assert titles(member, query) == ["Noir"], query
    assert titles(member, "exclude_tag=slow burn") == titles(member, "favorite=false") == ["Blue"]
    assert titles(member, "ordering=-rating") == ["Noir", "Blue"]
    assert titles(other, "tag=slow burn") == titles(other, "status=paused") == []
    assert titles(other, "ordering=title") == [blue.title, noir.title]


def test_a_state_keeps_when_it_began_and_ended(member: APIClient) -> None:
    url = f"{API}/me/states/{MediaFactory().pk}"
    begun = member.put(url, {"status": "currently_consuming", "notes": "Slow"}).json()
    moves = [{"status": status, "rating": 0.1} for status in ("consumed", "paused", "consumed", "consumed")]
    *_, ended = [member.put(url, move).json() for move in moves]
    assert (ended["started_at"], ended["rating"], ended["notes"]) == (begun["started_at"], 0.1, "Slow")
    finishes = member.get(f"{url}/events").json()["results"]
    assert (len(finishes), finishes[0]["finished_at"]) == (2, ended["finished_at"])
    assert member.delete(url).status_code == 204
    assert member.get(url).status_code == member.get(f"{url}/events").status_code == 404


@pytest.mark.parametrize("rating", [10.1, -0.1, 7.55, "7.5", True, [7]], ids=str)
def test_a_rating_is_a_number_of_tenths(member: APIClient, rating: Any) -> None:
    said = member.put(f"{API}/me/states/{MediaFactory().pk}", {"rating": rating})
    assert (said.status_code, said.json()["errors"][0]["field"]) == (400, "rating")


def test_a_tag_is_put_on_once_and_is_unique_regardless_of_case(member: APIClient) -> None:
    media = MediaFactory().pk
    tag = member.post(f"{API}/tags", {"name": "Noir"})
    url = f"{API}/tags/{tag.json()['id']}/media"
    assert [member.post(url, {"media_id": media}).status_code for _ in range(2)] == [201, 200]
    assert member.post(url, {"media_id": uuid4()}).json()["errors"][0]["field"] == "media_id"
    taken = member.post(f"{API}/tags", {"name": "NOIR"})
    assert (taken.status_code, taken.json()["code"]) == (409, "already_exists")
    assert member.get(tag["Location"]).json()["media_count"] == 1
    assert member.delete(f"{url}/{media}").status_code == 204
    assert member.get(url).json()["count"] == 0


@pytest.mark.security
def test_what_is_somebody_elses_is_not_there(member: APIClient, other: APIClient) -> None:
    media = str(MediaFactory().pk)
    tag = member.post(f"{API}/tags", {"name": "Noir"})["Location"]
    member.post(f"{tag}/media", {"media_id": media})
    state, menu = f"{API}/me/states/{media}", member.post(f"{API}/menus", {"title": "Night"})["Location"]
    member.put(state, {"status": "paused"})
    course = member.post(f"{menu}/courses", {"title": "Starter"})["Location"]
    item = member.post(f"{course}/items", {"media_id": media})["Location"]
    addresses = [tag, f"{tag}/media", f"{tag}/media/{media}", state, f"{state}/events", menu, course, item]
    assert {other.get(url).status_code for url in addresses} == {404}
    assert {other.delete(url).status_code for url in (tag, f"{tag}/media/{media}", state, menu, course, item)} == {404}
    assert {other.patch(url, {}).status_code for url in (menu, course, item)} == {404}
    posts = {f"{tag}/media": {"media_id": media}, f"{menu}/courses": {"title": "X"},
             f"{course}/items": {"media_id": media},
             f"{course}/reorder-items": {"item_ids": []}, f"{menu}/reorder-courses": {"course_ids": []}}  # fmt: skip
    assert {other.post(url, body).status_code for url, body in posts.items()} == {404}
    assert other.get(f"{API}/me/states").json()["count"] == other.get(f"{API}/menus").json()["count"] == 0


@pytest.mark.sanity
def test_the_whole_flow_of_somebody_new(source: SourceServer) -> None:
    client = APIClient()
    account = {"email": "new@mail.test", "password": "seven-grey-otters", "display_name": "New"}
    token = client.post(f"{API}/auth/register", account).json()["access_token"]
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    volume = {"id": "vol1", "volumeInfo": {"title": "The Long Corridor", "authors": ["Ada Reed"]}}
    source.says(answer({"items": [volume]}), path="/google_books")
    found = client.get(f"{API}/media/search?q=corridor&types=book&include_external=true").json()
    assert (found["source"], found["sources"], found["metadata"]["external_ingested"]) == (
        "external",
        {"google_books": "ok"},
        1,
    )
    media = found["results"][0]["id"]
    source.says(answer(volume), path="/google_books/volumes/vol1")
    assert (
        client.post(f"{API}/ingest/google_books", {"external_id": "vol1"}).json()["results"][0]["item"]["id"] == media
    )
    slug = published(client, media)
    stranger = APIClient()
    menu = stranger.get(f"/api/public/menus/{slug}").json()
    assert menu == stranger.get(f"{API}/public/menus/{slug}").json()
    assert menu["courses"][0]["items"][0]["media"]["title"] == "The Long Corridor"
    assert "new@mail.test" not in str(menu)
    Menu.objects.update(is_public=False)
    private, unknown = (stranger.get(f"/api/public/menus/{name}") for name in (slug, "never-was"))
    assert private.status_code == unknown.status_code == 404
    assert private.json()["detail"] == unknown.json()["detail"]


def published(client: APIClient, media: str) -> str:
    """A menu with the item in it, which is tagged and rated as well; answers its slug."""
    tag = client.post(f"{API}/tags", {"name": "Noir"})["Location"]
    client.post(f"{tag}/media", {"media_id": media})
    client.put(f"{API}/me/states/{media}", {"status": "consumed", "rating": 9})
    menu = client.post(f"{API}/menus", {"title": "Néo-noir night"})
    course = client.post(f"{menu['Location']}/courses", {"title": "Starter", "intent": "To warm up"})["Location"]
    assert [client.post(f"{course}/items", {"media_id": media}).status_code for _ in range(2)] == [201, 200]
    client.patch(menu["Location"], {"is_public": True})
    assert menu.json()["slug"] == "neo-noir-night"
    return str(menu.json()["slug"])


def test_a_search_answers_in_time_whatever_the_sources_do(member: APIClient, source: SourceServer) -> None:
    MediaFactory(title="Harbour Lights")
    volume = {"id": "vol1", "volumeInfo": {"title": "Harbour"}}
    source.says(answer({"items": [volume]}), path="/google_books")
    source.says(silence, path="/tmdb")
    source.says(answer("", 429), path="/igdb")
    source.says(answer("<html>"), path="/lastfm")
    found = member.get(f"{API}/media/search?q=harbuor&include_external=true").json()
    assert found["sources"] == {"google_books": "ok", "tmdb": "timed out", "igdb": "rate limited", "lastfm": "error"}
    assert {row["title"] for row in found["results"]} == {"Harbour Lights", "Harbour"}
    assert found["source"] == "internal+external"


def test_a_search_asks_the_sources_of_the_wanted_types_only(
    member: APIClient, source: SourceServer, settings: Any
) -> None:
    settings.TMDB_API_KEY = ""
    found = member.get(f"{API}/media/search?q=night&types=movie,game&sources=tmdb&include_external=true").json()
    assert (found["sources"], source.asked) == ({"tmdb": "not configured"}, [])
    for query, field in {
        "q=n": "q",
        "q=nn&types=opera": "types",
        "q=nn&sources=x": "sources",
        "q=nn&limit=51": "limit",
    }.items():
        assert member.get(f"{API}/media/search?{query}").json()["errors"][0]["field"] == field


def test_an_ingest_says_what_is_wrong(member: APIClient, source: SourceServer, settings: Any) -> None:
    assert member.post(f"{API}/ingest/tmdb", {}).json()["errors"][0]["field"] == "external_id"
    assert member.post(f"{API}/ingest/tmdb", {"query": "x1", "external_id": "1"}).status_code == 400
    wrong = member.post(f"{API}/ingest/igdb", {"query": "pong", "media_type": "book"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "media_type")
    source.says(answer({"status_code": 34}, 404))
    assert member.post(f"{API}/ingest/tmdb", {"external_id": "603"}).status_code == 404
    assert member.post(f"{API}/ingest/nobody", {"query": "pong"}).status_code == 404
    settings.TMDB_API_KEY = ""
    unset = member.post(f"{API}/ingest/tmdb", {"external_id": "603"})
    assert (unset.status_code, unset.json()["code"], unset.json()["missing"]) == (
        503,
        "source_not_configured",
        ["TMDB_API_KEY"],
    )


def test_hits_of_which_little_is_said_are_asked_for_and_one_may_fail(member: APIClient, source: SourceServer) -> None:
    rows = [{"id": pk, "title": f"Film {pk}", "media_type": "movie"} for pk in (1, 2)]
    source.says(answer({"results": rows}), path="/tmdb/search")
    whole = rows[0] | {"runtime": 99, "credits": {"crew": [{"job": "Director", "name": "Ada"}]}}
    source.says(answer(whole), path="/tmdb/movie/1")
    source.says(answer("", 404), path="/tmdb/movie/2")
    body = {"query": "film", "media_type": "movie"}
    good, bad = member.post(f"{API}/ingest/tmdb", body).json()["results"]
    assert (good["status"], good["item"]["movie"]["directors"]) == ("created", ["Ada"])
    assert (bad["status"], bad["item"], bad["error"]["code"]) == ("failed", None, "not_found")
    again = member.post(f"{API}/ingest/tmdb", body, headers={"Idempotency-Key": "once"})
    assert [row["status"] for row in again.json()["results"]] == ["unchanged", "failed"]
    asked = len(source.asked)
    assert member.post(f"{API}/ingest/tmdb", body, headers={"Idempotency-Key": "once"}).json() == again.json()
    assert len(source.asked) == asked


def test_a_film_is_linked_to_a_media_item_by_a_clerk(client_of: Callable[..., APIClient]) -> None:
    clerk, media = client_of("clerk"), str(MediaFactory(media_type="movie").pk)
    url = f"{API}/films/{FilmFactory().pk}"
    assert clerk.patch(url, {"media_id": media}).json()["media_id"] == media
    assert clerk.patch(url, {"media_id": str(uuid4())}).json()["errors"][0]["field"] == "media_id"
    assert clerk.patch(url, {"media_id": None}).json()["media_id"] is None
    assert client_of("member").patch(url, {"media_id": media}).status_code == 403
