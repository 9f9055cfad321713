"""The library of somebody: the shelf, one item, the search and the way in and out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import MediaItem, MediaState, TaggedMedia
from catalog.tests.factories import FilmFactory
from catalog.tests.library.factories import (
    CourseFactory,
    MediaFactory,
    SourceFactory,
    StateFactory,
    TagFactory,
    TaggedMediaFactory,
)
from catalog.tests.library.server import SourceServer, answer
from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import signed_in

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


@pytest.fixture
def reader() -> User:
    made: User = UserFactory.create()
    return made


@pytest.fixture
def item(reader: User) -> MediaItem:
    """Amelie, which the reader finished, likes and has tagged; somebody else wants it."""
    made: MediaItem = MediaFactory(
        media_type="movie", title="Amelie", details={"directors": ["Jeunet"], "runtime": 122}
    )
    StateFactory(user=reader, media_item=made, status="consumed", rating="8.5", favorite=True)
    TaggedMediaFactory(tag=TagFactory(user=reader, name="Paris"), media_item=made)
    StateFactory(media_item=made, status="want_to_consume")
    return made


def titles(client: Client, query: str = "") -> list[str]:
    return [row["title"] for row in client.get(f"/library/?{query}").context["rows"]]


@pytest.mark.parametrize(
    "query",
    ["q=ame", "media_type=movie", "status=consumed", "tag=paris", "favorite=on", "q=ame&sort=rating", "view=table"],
)
def test_the_shelf_has_what_the_filters_say(query: str, item: MediaItem, reader: User) -> None:
    StateFactory(user=reader, media_item=MediaFactory(title="Book of mine"), favorite=False)
    MediaFactory(title="Nobody's")
    found = titles(signed_in(user=reader), query)
    assert ("Amelie" in found, "Nobody's" in found) == (True, False)
    assert query == "view=table" or found == ["Amelie"]


def test_a_filter_that_makes_no_sense_leaves_nothing_out(item: MediaItem, reader: User) -> None:
    assert titles(signed_in(user=reader), "media_type=opera&status=x&sort=y&view=cube&page=z") == ["Amelie"]


def test_everything_is_shown_to_who_asks_for_it(item: MediaItem) -> None:
    MediaFactory(title="Zebra")
    stranger = signed_in()
    assert (titles(stranger), titles(stranger, "shelf=all")) == ([], ["Amelie", "Zebra"])


@pytest.mark.security
def test_the_shelf_shows_the_states_of_its_reader_alone(item: MediaItem) -> None:
    [row] = signed_in().get("/library/?shelf=all").context["rows"]
    assert (row["status"], row["rating"], row["tags"]) == (None, None, [])


def test_a_changed_filter_brings_the_media_alone(reader: User) -> None:
    answer = signed_in(user=reader).get("/library/?q=ada&tag=", headers=PART)
    assert (answer["HX-Push-Url"], b"<html" in answer.content) == ("/library/?q=ada", False)


def test_what_is_marked_gets_a_state_and_a_tag_at_once(reader: User) -> None:
    client, media = signed_in(user=reader), MediaFactory.create_batch(2)
    marked = {"media": [str(one.pk) for one in media], "here": "view=table"}
    answer = client.post("/library/bulk/", marked | {"act": "status", "status": "paused"})
    for act in ("tag", "tag"):
        client.post("/library/bulk/", marked | {"act": act, "tag": "Later"})
    assert answer["Location"] == "/library/?view=table"
    assert list(MediaState.objects.values_list("user", "status")) == [(reader.pk, "paused")] * 2
    assert TaggedMedia.objects.filter(tag__name="Later", tag__user=reader).count() == 2
    client.post("/library/bulk/", marked | {"act": "untag", "tag": "later"})
    assert not TaggedMedia.objects.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"act": "status", "status": "paused"}, "Mark what it is about"),
        ({"act": "untag", "tag": "none", "media": "ITEM"}, "You have no tag"),
        ({"act": "tag", "tag": " ", "media": "ITEM"}, "Tag: This field is required"),
        ({"act": "status", "status": "eaten", "media": "ITEM"}, "not a valid choice"),
        ({"act": "fly", "media": "ITEM"}, "Mark what it is about"),
    ],
)
def test_a_bulk_act_that_makes_no_sense_is_refused_in_words(values: dict[str, str], words: str, reader: User) -> None:
    sent = {name: str(MediaFactory().pk) if value == "ITEM" else value for name, value in values.items()}
    page = signed_in(user=reader).post("/library/bulk/", sent, follow=True)
    assert (words in page.content.decode(), MediaState.objects.count()) == (True, 0)


def test_an_item_tells_all_about_itself_and_its_reader(item: MediaItem, reader: User) -> None:
    SourceFactory(media_item=item, source_name="tmdb", canonical_url="https://www.themoviedb.org/movie/194")
    page = signed_in(user=reader).get(f"/library/{item.pk}/").content.decode()
    words = ("Jeunet", "122", "8.5", "Paris", "https://www.themoviedb.org/movie/194", "not endorsed or certified")
    assert [word for word in words if word not in page] == []


def test_a_state_is_kept_finished_and_taken_off_again(reader: User) -> None:
    client, media = signed_in(user=reader), MediaFactory()
    path = f"/library/{media.pk}/"
    client.post(f"{path}state/", {"status": "consumed", "rating": "7.5", "favorite": "on", "notes": "Again."})
    state = MediaState.objects.get()
    assert (state.status, str(state.rating), state.favorite, state.notes) == ("consumed", "7.5", True, "Again.")
    assert len(client.get(path).context["finishes"]) == 1
    client.post(f"{path}remove/")
    assert not MediaState.objects.exists()


@pytest.mark.parametrize(("field", "value"), [("rating", "11"), ("rating", "7.55"), ("status", "eaten")])
def test_a_state_that_cannot_be_stays_in_the_form(field: str, value: str, item: MediaItem, reader: User) -> None:
    values = {"status": "paused", "rating": "5", field: value}
    form = signed_in(user=reader).post(f"/library/{item.pk}/state/", values).context["form"]
    assert (list(form.errors), MediaState.objects.get(user=reader).status) == ([field], "consumed")


def test_who_was_overtaken_sees_the_state_of_now(item: MediaItem, reader: User) -> None:
    client = signed_in(user=reader)
    values = {"status": "paused", "row_version": MediaState.objects.get(user=reader).row_version}
    client.post(f"/library/{item.pk}/state/", values)
    form = client.post(f"/library/{item.pk}/state/", values | {"status": "dropped"}).context["form"]
    assert ("Status", "Paused") in form.stored_since


def test_a_tag_is_put_on_and_taken_off_by_its_name(item: MediaItem, reader: User) -> None:
    client = signed_in(user=reader)
    for values in ({"name": "Montmartre"}, {"name": "PARIS", "act": "untag"}):
        client.post(f"/library/{item.pk}/tags/", values)
    assert list(TaggedMedia.objects.values_list("tag__name", flat=True)) == ["Montmartre"]


def test_an_item_is_put_on_a_menu(item: MediaItem, reader: User) -> None:
    course = CourseFactory(menu__user=reader)
    client = signed_in(user=reader)
    assert course.title in client.get(f"/library/{item.pk}/").content.decode()
    client.post(f"/library/{item.pk}/menu/", {"course": course.pk})
    assert course.items.get().media_item == item
    of_another = CourseFactory()
    assert client.post(f"/library/{item.pk}/menu/", {"course": of_another.pk}).status_code == 404


@pytest.mark.security
@pytest.mark.parametrize("path", ["", "state/", "remove/", "tags/", "menu/"])
def test_an_item_that_is_not_there_is_a_404(path: str, reader: User) -> None:
    client, address = signed_in(user=reader), f"/library/00000000-0000-4000-8000-000000000000/{path}"
    sent = client.post(address, {"status": "paused"}) if path not in ("", "tags/") else client.get(address)
    assert sent.status_code in (404, 405)


def test_a_search_asks_the_sources_and_says_how_each_fared(source: SourceServer, reader: User) -> None:
    volume = {"id": "v1", "volumeInfo": {"title": "Dune", "authors": ["Frank Herbert"]}}
    source.says(answer({"items": [volume], "totalItems": 1}), path="/google_books")
    page = signed_in(user=reader).get("/library/find/?q=dune&types=book&external=on")
    assert [row["title"] for row in page.context["results"]] == ["Dune"]
    assert [(state["name"], state["state"]) for state in page.context["states"]] == [("Google Books", "ok")]


@pytest.mark.parametrize(("query", "words"), [("q=x", "at least 2 characters"), ("q=nothing", "nearly so")])
def test_a_search_without_hits_says_so(query: str, words: str, reader: User) -> None:
    assert words in signed_in(user=reader).get(f"/library/find/?{query}").content.decode()


def test_a_library_goes_out_and_into_another_account(item: MediaItem, reader: User) -> None:
    out = signed_in(user=reader).get(reverse("my-library"), {"format": "json"}).content
    other = signed_in()
    for act in ("check", "import"):
        page = other.post("/library/transfer/", {"file": SimpleUploadedFile("library.json", out), "act": act})
        assert page.context["result"]["failed"] == 0
    assert titles(other) == ["Amelie"]


@pytest.mark.parametrize(
    ("content", "words"), [(b"{", "no JSON"), (b"title,media_type\n,book\n", "Nothing was written")]
)
def test_a_file_that_is_refused_says_why(content: bytes, words: str, reader: User) -> None:
    sent = {"file": SimpleUploadedFile("library.csv", content), "act": "import"}
    assert words in signed_in(user=reader).post("/library/transfer/", sent).content.decode()


@pytest.mark.security
@pytest.mark.parametrize("path", ["/library/", "/library/find/", "/library/transfer/"])
def test_the_library_is_for_who_signed_in(path: str) -> None:
    assert Client().get(path)["Location"] == f"/login/?next={path}"


def test_a_film_shows_cover_and_credits_of_its_media_item(item: MediaItem) -> None:
    SourceFactory(media_item=item, source_name="tmdb", cover_url="https://image.tmdb.org/t/p/w500/a.jpg")
    path = f"/films/{FilmFactory(media_item=item).pk}/"
    pages = [client.get(path).content.decode() for client in (signed_in(), Client())]
    cover, words = f'src="/api/v1/media/{item.pk}/cover"', ("Jeunet", "not endorsed or certified by TMDB")
    assert [cover in page for page in pages] == [True, False]
    assert [word for word in words for page in pages if word not in page] == []


@pytest.mark.performance
def test_a_fuller_library_costs_no_more_queries(item: MediaItem, reader: User) -> None:
    client, costs = signed_in(user=reader), []
    for number in (1, 8):
        for state in StateFactory.create_batch(number, user=reader):
            TaggedMediaFactory(tag=TagFactory(user=reader), media_item=state.media_item)
        for path in ("/library/", "/library/?view=table", f"/library/{item.pk}/", "/library/find/?q=long+corridor"):
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            costs.append(len(queries))
    assert costs == [6, 6, 9, 10] * 2
