"""The films for anybody, one film, and the forms that write films."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Film
from catalog.tests.factories import ActorFactory, CategoryFactory, FilmFactory, LanguageFactory
from config.tests.admin_pages import signed_in

pytestmark = pytest.mark.django_db


def titles(query: str = "") -> list[str]:
    return [film["title"] for film in Client().get(f"/films/?{query}").context["rows"]]


def sent(client: Client, path: str, **changes: Any) -> Any:
    """Opens the form, changes what is named, and sends it."""
    form = client.get(path).context["form"]
    values = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    plain = {name: getattr(value, "pk", value) for name, value in values.items()}
    plain["categories"] = [getattr(row, "pk", row) for row in plain.get("categories", [])]
    return client.post(path, plain | changes)


@pytest.mark.parametrize("role", ["anyone", "member", "artist", "supervisor", "coordinator", "producer", "clerk"])
def test_films_are_read_by_anybody(role: str) -> None:
    film = FilmFactory()
    client = Client() if role == "anyone" else signed_in(*([] if role == "member" else [role]))
    assert [client.get(path).status_code for path in ("/films/", f"/films/{film.pk}/")] == [200, 200]


@pytest.mark.parametrize(
    "query",
    ["q=lighthouse", "category=heist", "rating=R", "streaming_available=true", "release_year=1999"],
)
def test_films_are_found_by_what_the_filters_say(query: str) -> None:
    heist = CategoryFactory(name="Heist")
    FilmFactory(
        title="Found", description="A lighthouse.", categories=[heist, CategoryFactory()], rating="R",
        streaming_available=True, release_year=1999,
    )  # fmt: skip
    FilmFactory(title="Other", rating="G", release_year=2001)
    assert titles(query) == ["Found"]


@pytest.mark.parametrize(
    "query", ["rating=X", "release_year=never", "streaming_available=maybe", "page=x", "view=cube"]
)
def test_a_filter_that_makes_no_sense_leaves_no_film_out(query: str) -> None:
    FilmFactory(title="Found")
    assert titles(query) == ["Found"]


def test_an_unknown_category_has_no_films() -> None:
    FilmFactory()
    assert "No film matches" in Client().get("/films/?category=nothing").content.decode()


def test_grid_and_table_keep_the_filters() -> None:
    FilmFactory(rating="R")
    context = Client().get("/films/?rating=R&view=table").context
    assert (context["grid_address"], context["table_address"]) == ("?rating=R", "?rating=R&view=table")


def test_a_changed_filter_brings_the_films_alone() -> None:
    answer = Client().get("/films/?q=ada&rating=", headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == "/films/?q=ada"
    assert "<html" not in answer.content.decode()


def test_films_come_in_pages() -> None:
    FilmFactory.create_batch(50)
    assert [len(titles(f"page={number}")) for number in (1, 2, 99)] == [48, 2, 2]


@pytest.mark.parametrize("number", [0, 99999999, 2**63])
def test_a_film_that_is_not_there_is_a_404(number: int) -> None:
    assert Client().get(f"/films/{number}/").status_code == 404


@pytest.mark.security
@pytest.mark.parametrize("role", ["member", "artist", "supervisor", "coordinator", "producer"])
def test_the_forms_are_for_clerks(role: str) -> None:
    film = FilmFactory()
    client = signed_in(*([] if role == "member" else [role]))
    paths = ["/films/new/", f"/films/{film.pk}/edit/"]
    assert {client.get(path).status_code for path in paths} == {403}
    assert {client.post(path, {"title": "Taken"}).status_code for path in paths} == {403}
    assert "/films/new/" not in client.get("/films/").content.decode()


def test_nobody_writes_without_signing_in() -> None:
    assert Client().get("/films/new/")["Location"] == "/login/?next=/films/new/"


def test_a_clerk_adds_a_film() -> None:
    language, category = LanguageFactory(), CategoryFactory()
    values = {
        "title": "Night Bus",
        "language": language.pk,
        "categories": [category.pk],
        "special_features": "Trailer, ",
    }
    answer = sent(signed_in("clerk"), "/films/new/", **values)
    film = Film.objects.get()
    assert answer["Location"] == f"/films/{film.pk}/"
    assert (film.title, film.special_features, list(film.categories.all())) == ("Night Bus", ["Trailer"], [category])


def test_a_clerk_changes_a_film() -> None:
    film = FilmFactory(categories=[CategoryFactory()], actors=[ActorFactory()])
    sent(signed_in("clerk"), f"/films/{film.pk}/edit/", title="Day Bus", rental_rate="0.99", categories=[])
    film.refresh_from_db()
    assert (film.title, str(film.rental_rate), film.categories.count(), film.actors.count()) == (
        "Day Bus",
        "0.99",
        0,
        1,
    )


def test_what_is_refused_stays_in_the_form() -> None:
    film = FilmFactory()
    form = sent(signed_in("clerk"), f"/films/{film.pk}/edit/", title="Day Bus", rental_rate="-1").context["form"]
    assert (list(form.errors), form["title"].value(), form["rental_rate"].value()) == (["rental_rate"], "Day Bus", "-1")


def test_who_was_overtaken_sees_what_is_stored_now() -> None:
    film, client = FilmFactory(), signed_in("clerk")
    Film.objects.filter(pk=film.pk).update(title="Of another")
    answer = sent(client, f"/films/{film.pk}/edit/", title="Mine", row_version=film.row_version)
    assert ("Title", "Of another") in answer.context["form"].stored_since
    assert Film.objects.get().title == "Of another"


@pytest.mark.performance
@pytest.mark.parametrize("view", ["", "table"])
def test_the_list_alone_costs_the_same_for_three_films_as_for_forty(view: str) -> None:
    costs = []
    for number in (3, 37):
        for _ in range(number):
            FilmFactory(categories=[CategoryFactory()])
        with CaptureQueriesContext(connection) as queries:
            Client().get(f"/films/?view={view}")
        costs.append(len(queries))
    assert costs == [3, 3]


def test_a_film_tells_cast_categories_and_price() -> None:
    film = FilmFactory(categories=[CategoryFactory(name="Heist")], actors=[ActorFactory(last_name="Fontaine")])
    page = Client().get(f"/films/{film.pk}/").content.decode()
    words = ("Heist", "Ada Fontaine", "2.99 for 3 days")
    assert [word for word in words if word not in page] == []
