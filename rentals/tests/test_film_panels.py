"""What a film's page and the list of films tell of copies and rentals, and to whom."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.tests.factories import CategoryFactory, FilmFactory
from config.tests.admin_pages import signed_in
from rentals.tests.factories import InventoryFactory, RentalFactory

pytestmark = pytest.mark.django_db


def test_a_film_tells_which_copies_of_each_store_are_in() -> None:
    rental = RentalFactory()
    copy = InventoryFactory(film=rental.inventory.film, store=rental.inventory.store)
    page = Client().get(f"/films/{copy.film_id}/").content.decode()
    words = (f"Store {copy.store_id}", "1 of 2 in", "due 4 May 2030")
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize("view", ["", "table"])
def test_a_film_tells_how_many_copies_are_free_now(view: str) -> None:
    film = FilmFactory()
    RentalFactory(inventory=InventoryFactory(film=film))
    InventoryFactory.create_batch(2, film=film)
    InventoryFactory(film=film, state="lost")
    answer = Client().get(f"/films/?view={view}")
    assert answer.context["rows"][0]["more"] == [("Free now", 2)]
    assert "Free now" in answer.content.decode()


def test_films_with_a_free_copy_are_told_from_the_others() -> None:
    RentalFactory()
    InventoryFactory(state="lost")
    free = InventoryFactory().film_id
    answer = Client().get("/films/?free_copies=true")
    assert [row["film_id"] for row in answer.context["rows"]] == [free]
    assert answer.context["page"].total == 1


@pytest.mark.performance
@pytest.mark.parametrize("view", ["", "table"])
def test_the_list_costs_the_same_for_two_films_with_copies_as_for_ten(view: str) -> None:
    costs = []
    for number in (2, 8):
        for _ in range(number):
            RentalFactory(inventory=InventoryFactory(film=FilmFactory(categories=[CategoryFactory()])))
        with CaptureQueriesContext(connection) as queries:
            Client().get(f"/films/?view={view}")
        costs.append(len(queries))
    assert costs == [3, 3]


@pytest.mark.security
@pytest.mark.parametrize(("role", "named"), [("", False), ("artist", False), ("producer", True), ("clerk", True)])
def test_who_rented_a_film_is_told_to_the_shop_alone(role: str, named: bool) -> None:
    rental = RentalFactory(customer__last_name="Secretive")
    client = signed_in(role) if role else Client()
    page = client.get(f"/films/{rental.inventory.film_id}/").content.decode()
    assert (("Secretive" in page), ("Last rentals" in page)) == (named, named)


@pytest.mark.performance
def test_a_film_costs_the_same_with_many_copies_and_rentals() -> None:
    film, client, costs = FilmFactory(), signed_in("clerk"), []
    for number in (2, 15):
        for _ in range(number):
            RentalFactory(inventory=InventoryFactory(film=film))
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/films/{film.pk}/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8
