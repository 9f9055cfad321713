from decimal import Decimal

import pytest
from rest_framework.test import APIClient

from catalog.ai.summaries import is_recommended
from catalog.models import Film
from catalog.tests.factories import FilmFactory

SUMMARY = "/api/v1/ai/summary"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("rating", "rate", "recommended"),
    [("R", "2.99", True), ("NC-17", "0.99", True), ("R", "3.00", False), ("NC-17", "4.99", False),
     ("PG-13", "0.99", False), ("G", "0.99", False), (None, "0.99", False)],
)  # fmt: skip
def test_strict_and_cheap_films_are_recommended(rating: str | None, rate: str, recommended: bool) -> None:
    assert is_recommended(Film(rating=rating, rental_rate=Decimal(rate))) is recommended


@pytest.mark.django_db
def test_a_summary_is_for_anybody_and_has_three_keys() -> None:
    film = FilmFactory(title="Brine", rating="R", rental_rate="2.99")
    answer = APIClient().post(SUMMARY, {"film_id": film.pk})
    assert (answer.status_code, answer.json()) == (200, {"title": "Brine", "rating": "R", "recommended": True})


@pytest.mark.django_db
def test_a_summary_of_what_is_no_film_is_refused_in_words() -> None:
    client = APIClient()
    for unknown in (0, -1, 2**31, 10**6):
        assert client.post(SUMMARY, {"film_id": unknown}).status_code == 404
    for body in ({}, {"film_id": "x"}, {"film_id": None}, {"film_id": True}, {"film_id": [1]}):
        answer = client.post(SUMMARY, body)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "film_id")
    assert client.post(SUMMARY, {"film_id": 2**63}).status_code == 400
