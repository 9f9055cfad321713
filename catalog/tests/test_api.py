from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from catalog.models import Category, Film
from catalog.tests.factories import ActorFactory, CategoryFactory, FilmFactory, LanguageFactory
from config.accounts.services import seed_demo_accounts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
FILMS = "/api/v1/films"


@pytest.fixture
def anyone() -> APIClient:
    return APIClient()


@pytest.fixture
def clerk(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("clerk")


def found(client: APIClient, query: str = "") -> list[int]:
    answer: Any = client.get(f"{FILMS}?{query}").json()
    return [film["film_id"] for film in answer["films"]]


def film_body(**fields: Any) -> dict[str, Any]:
    return {"title": "Night Train", "language": LanguageFactory().name} | fields


@pytest.mark.sanity
def test_anybody_lists_films_ten_at_a_time(anyone: APIClient) -> None:
    films = [FilmFactory().pk for _ in range(12)]
    answer = anyone.get(FILMS).json()
    assert answer.keys() == {"films", "total", "skip", "limit"}
    assert (answer["total"], answer["skip"], answer["limit"]) == (12, 0, 10)
    assert [film["film_id"] for film in answer["films"]] == films[:10]
    assert found(anyone, "skip=10") == found(anyone, "offset=10") == films[10:]


def test_a_film_of_the_list_carries_what_the_contract_says(anyone: APIClient) -> None:
    FilmFactory(rental_rate="0.99", categories=[CategoryFactory(name="Noir"), CategoryFactory(name="Heist")])
    [film] = anyone.get(FILMS).json()["films"]
    assert (film["rental_rate"], film["categories"], film["language"]) == ("0.99", ["Heist", "Noir"], "English")
    assert film.keys() >= {
        *("film_id", "title", "description", "release_year", "rental_duration", "length", "rating"),
        *("streaming_available", "last_update"),
    }


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=-1", "limit=ten", "skip=-1", "rating=PG-99",
                                   "streaming_available=perhaps", "release_year=x", "ordering=description",
                                   "genre=Action", "q=a%00b"])  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused_by_name(anyone: APIClient, query: str) -> None:
    answer = anyone.get(f"{FILMS}?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, query.partition("=")[0])


def test_both_names_of_the_start_at_once_are_refused(anyone: APIClient) -> None:
    assert anyone.get(f"{FILMS}?skip=1&offset=1").status_code == 400


def test_films_of_a_category_come_once_each(anyone: APIClient) -> None:
    heist, noir = CategoryFactory(name="Heist"), CategoryFactory(name="Noir")
    both, one = FilmFactory(categories=[heist, noir]).pk, FilmFactory(categories=[noir]).pk
    assert found(anyone, "category=noir") == [both, one]
    assert found(anyone, "category=Heist") == [both]
    assert anyone.get(f"{FILMS}?category=Western").json() == {"films": [], "total": 0, "skip": 0, "limit": 10}


def test_films_are_filtered_by_rating_year_streaming_and_words(anyone: APIClient) -> None:
    fields: dict[str, Any] = {"rating": "NC-17", "release_year": 2006, "streaming_available": True}
    film = FilmFactory(title="Harbour Lights", **fields).pk
    FilmFactory(rating="G", release_year=1999)
    for query in ("rating=NC-17", "release_year=2006", "streaming_available=true", "q=harbour"):
        assert found(anyone, query) == [film], query
    assert film not in found(anyone, "streaming_available=false")


def test_ratings_are_ordered_from_the_mildest_to_the_strictest(anyone: APIClient) -> None:
    strict, mild = (FilmFactory(rating=rating).pk for rating in ("NC-17", "PG"))
    assert found(anyone, "ordering=rating") == [mild, strict]
    assert found(anyone, "ordering=-rating") == [strict, mild]


def test_prices_are_ordered_as_numbers(anyone: APIClient) -> None:
    dear, cheap = (FilmFactory(rental_rate=rate).pk for rate in ("10.99", "2.99"))
    assert found(anyone, "ordering=rental_rate") == [cheap, dear]


def test_films_come_as_csv_without_a_limit(anyone: APIClient) -> None:
    for _ in range(12):
        FilmFactory(title="=cmd", categories=[CategoryFactory()])
    lines = b"".join(anyone.get(f"{FILMS}?format=csv").streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0].startswith("film_id,title,description,release_year,rental_duration,rental_rate")
    assert (len(lines), lines[1].split(",")[1]) == (13, "'=cmd")


@pytest.mark.parametrize("film_id", ["0", "-1", "2000000000", "99999999999999999", "abc"])
def test_a_film_that_is_not_there_is_missing(anyone: APIClient, clerk: APIClient, film_id: str) -> None:
    assert anyone.get(f"{FILMS}/{film_id}").status_code == 404
    assert clerk.patch(f"{FILMS}/{film_id}", {"title": "X"}).status_code == 404


def test_a_film_shows_who_plays_in_it_and_its_features(anyone: APIClient) -> None:
    reed, marlowe = ActorFactory(last_name="Reed"), ActorFactory(last_name="Marlowe")
    film = FilmFactory(actors=[reed, marlowe], special_features=["Trailers"])
    answer = anyone.get(f"{FILMS}/{film.pk}")
    body = answer.json()
    assert [actor["last_name"] for actor in body["actors"]] == ["Marlowe", "Reed"]
    assert (body["actors_count"], body["special_features"], body["replacement_cost"]) == (2, ["Trailers"], "19.99")
    assert answer["ETag"] == '"1"'


@pytest.mark.performance
def test_a_film_asks_the_same_number_of_queries_whoever_plays_in_it(anyone: APIClient) -> None:
    counts = []
    for actors in ([], [ActorFactory() for _ in range(20)]):
        film = FilmFactory(actors=actors)
        with CaptureQueriesContext(connection) as queries:
            anyone.get(f"{FILMS}/{film.pk}")
        counts.append(len(queries))
    assert counts == [3, 3]


@pytest.mark.performance
def test_a_stranger_costs_the_list_one_query(anyone: APIClient, django_assert_num_queries: Any) -> None:
    FilmFactory(categories=[CategoryFactory()])
    with django_assert_num_queries(1):
        anyone.get(FILMS)


@pytest.mark.sanity
def test_a_film_is_added_and_found_at_its_address(clerk: APIClient) -> None:
    CategoryFactory(name="Noir")
    body = film_body(language="ENGLISH", categories=["noir"], actor_ids=[ActorFactory().pk], rental_rate="1.50")
    made = clerk.post(FILMS, body)
    assert made.status_code == 201, made.content
    assert clerk.get(made["Location"]).json() == made.json()
    assert (made.json()["categories"], made.json()["actors_count"]) == (["Noir"], 1)
    assert (made.json()["language"], made.json()["rental_rate"], made.json()["rating"]) == ("English", "1.50", "G")


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"title": None}, {"language": "Klingon"}, {"categories": ["Western"]}, {"actor_ids": [987654]},
     {"categories": "Noir"}, {"rental_rate": "-1"}, {"rental_rate": "1.999"}, {"rental_rate": "x"}, {"length": 0},
     {"rental_rate": 100}, {"release_year": 1900}, {"rating": "X"}, {"rental_duration": 40_000}, {"category": "Noir"},
     {"actor_ids": [0]}, {"special_features": [["x"]]}, {"streaming_available": "maybe"}, {"title": "x" * 256}],
)  # fmt: skip
def test_a_film_that_cannot_be_is_refused_by_field(clerk: APIClient, wrong: dict[str, Any]) -> None:
    answer = clerk.post(FILMS, film_body(**wrong))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"].partition(".")[0] == next(iter(wrong))
    assert not Film.objects.exists()


def test_a_change_needs_the_version_that_was_read(clerk: APIClient) -> None:
    url = f"{FILMS}/{FilmFactory().pk}"
    tag = clerk.get(url)["ETag"]
    assert clerk.patch(url, {"title": "Day Train"}, headers={"If-Match": tag}).json()["title"] == "Day Train"
    stale = clerk.patch(url, {"title": "Noon Train"}, headers={"If-Match": tag})
    assert (stale.status_code, Film.objects.get().title) == (412, "Day Train")


def test_categories_and_actors_are_replaced_and_what_is_not_named_stays(clerk: APIClient) -> None:
    film = FilmFactory(categories=[CategoryFactory(name="Noir")], actors=[ActorFactory()])
    CategoryFactory(name="Heist")
    answer = clerk.patch(f"{FILMS}/{film.pk}", {"categories": ["Heist", "heist"], "actor_ids": []}).json()
    assert (answer["categories"], answer["actors"], answer["title"]) == (["Heist"], [], film.title)


def test_what_a_film_shows_can_be_sent_back_as_it_is(clerk: APIClient) -> None:
    film = FilmFactory(categories=[CategoryFactory()], actors=[ActorFactory()])
    body = clerk.get(f"{FILMS}/{film.pk}").json()
    assert clerk.patch(f"{FILMS}/{film.pk}", body).json() == body


def test_a_category_is_added_renamed_and_deleted(clerk: APIClient) -> None:
    made = clerk.post("/api/v1/categories", {"name": "Noir"})
    assert clerk.patch(made["Location"], {"name": "Heist"}).json()["name"] == "Heist"
    taken = clerk.post("/api/v1/categories", {"name": "HEIST"})
    assert (taken.status_code, taken.json()["code"]) == (409, "already_exists")
    assert clerk.delete(made["Location"]).status_code == 204
    assert not Category.objects.exists()


def test_a_category_with_films_is_not_deleted(clerk: APIClient) -> None:
    category = CategoryFactory()
    FilmFactory(categories=[category])
    answer = clerk.delete(f"/api/v1/categories/{category.pk}")
    assert (answer.status_code, answer.json()["code"]) == (409, "in_use")


def test_an_actor_is_added_found_and_changed(clerk: APIClient, anyone: APIClient) -> None:
    made = clerk.post("/api/v1/actors", {"first_name": "Ida", "last_name": "Marlowe"})
    ActorFactory()
    [actor] = anyone.get("/api/v1/actors?q=ida marl").json()["results"]
    assert actor == made.json()
    assert clerk.patch(made["Location"], {"last_name": "Reed"}).json()["last_name"] == "Reed"
    assert clerk.delete(made["Location"]).status_code == 204


@pytest.mark.security
def test_the_local_services_token_writes_films_and_a_stranger_does_not(anyone: APIClient) -> None:
    seed_demo_accounts()
    refused = anyone.post(FILMS, film_body())
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, 'Bearer realm="api"')
    anyone.credentials(HTTP_AUTHORIZATION="Bearer dvd_admin")
    assert anyone.post(FILMS, film_body()).status_code == 201


@pytest.mark.security
@pytest.mark.parametrize("role", ["member", "artist", "supervisor", "coordinator", "producer"])
def test_only_clerks_write_films(client_of: Callable[..., APIClient], role: str) -> None:
    assert client_of(role).post(FILMS, film_body()).status_code == 403
    assert not Film.objects.exists()
