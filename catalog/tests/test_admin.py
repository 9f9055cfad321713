import pytest
from django.test import Client

from catalog.models import Category, Film
from catalog.services.films import change_film
from catalog.tests.factories import ActorFactory, CategoryFactory, FilmFactory, LanguageFactory
from config.accounts.models import User
from config.tests.admin_pages import as_sent, errors_of, send, signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
FILMS = "/admin/catalog/film/"


@pytest.fixture
def desk(clerk: User) -> Client:
    return signed_in(user=clerk)


def change_url(film: Film) -> str:
    return f"{FILMS}{film.pk}/change/"


def test_a_film_is_added_with_its_categories_actors_and_features(desk: Client) -> None:
    category, actor = CategoryFactory(), ActorFactory()
    sent = {"title": "Night Train", "language": LanguageFactory().pk, "special_features": "Trailers\n\nCommentary"}
    answer = send(desk, f"{FILMS}add/", **sent, categories=[category.pk], actors=[actor.pk])
    assert answer.status_code == 302, errors_of(answer)
    film = Film.objects.get()
    assert (list(film.categories.all()), list(film.actors.all())) == ([category], [actor])
    assert film.special_features == ["Trailers", "Commentary"]


def test_the_links_of_a_film_are_replaced_and_count_as_a_change(desk: Client) -> None:
    old, new = CategoryFactory(), CategoryFactory()
    film = FilmFactory(categories=[old], actors=[ActorFactory()])
    assert send(desk, change_url(film), categories=[new.pk]).status_code == 302
    film.refresh_from_db()
    assert (list(film.categories.all()), film.actors.count(), film.row_version) == ([new], 1, 2)


def test_a_page_that_nobody_touched_changes_nothing(desk: Client) -> None:
    film = FilmFactory(categories=[CategoryFactory()], actors=[ActorFactory()], special_features=["Trailers"])
    assert send(desk, change_url(film)).status_code == 302
    assert Film.objects.get().row_version == 1


def test_a_price_that_cannot_be_is_refused_beside_its_field(desk: Client) -> None:
    answer = send(desk, change_url(FilmFactory()), rental_rate="-1")
    assert list(errors_of(answer)) == ["rental_rate"]


def test_a_form_that_was_opened_before_somebody_elses_change_is_refused(desk: Client, clerk: User) -> None:
    film = FilmFactory()
    change_film(film.pk, by=clerk, title="Day Train")
    answer = send(desk, change_url(film), expected_version=film.row_version, title="Noon Train")
    assert "since you opened the page" in errors_of(answer)["__all__"][0]


def test_films_are_found_by_title_and_category(desk: Client) -> None:
    noir = CategoryFactory(name="Noir")
    film = FilmFactory(title="Harbour Lights", categories=[noir, CategoryFactory()])
    FilmFactory()
    for query in ("q=harbour", f"categories__category_id__exact={noir.pk}", "q=lights&rating__exact=G"):
        assert list(desk.get(f"{FILMS}?{query}").context["cl"].result_list) == [film], query


def test_actors_are_offered_while_somebody_types(desk: Client) -> None:
    actor = ActorFactory(last_name="Marlowe")
    query = {"app_label": "catalog", "model_name": "film", "field_name": "actors", "term": "marl"}
    offered = desk.get("/admin/autocomplete/", query).json()["results"]
    assert offered == [{"id": str(actor.pk), "text": str(actor)}]


def test_a_taken_name_of_a_category_is_refused_beside_its_field(desk: Client) -> None:
    CategoryFactory(name="Noir")
    assert list(errors_of(send(desk, "/admin/catalog/category/add/", name="NOIR"))) == ["name"]
    send(desk, "/admin/catalog/category/add/", name="Heist")
    assert Category.objects.count() == 2


def test_the_page_shows_what_a_film_has(desk: Client) -> None:
    film = FilmFactory(categories=[CategoryFactory()], special_features=["Trailers", "Commentary"])
    sent = as_sent(desk.get(change_url(film)))
    assert sent["special_features"] == "Trailers\nCommentary"


@pytest.mark.security
def test_a_producer_reads_films_and_an_artist_does_not() -> None:
    film = FilmFactory()
    producer = signed_in("producer")
    assert producer.get(change_url(film)).status_code == 200
    assert producer.post(change_url(film), {"title": "Mine"}).status_code == 403
    assert signed_in("supervisor").get(FILMS).status_code == 403
