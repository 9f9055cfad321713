"""The one search finds films, for whoever has an account."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from catalog.tests.factories import FilmFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def films(client_of: Callable[..., APIClient]) -> Callable[[str], dict[str, Any]]:
    """What an account without a role finds among the films."""
    client = client_of("member")

    def found(text: str) -> dict[str, Any]:
        answer: dict[str, Any] = client.get("/api/v1/search", {"q": text}).json()["groups"]["films"]
        return answer

    return found


def test_a_film_is_found_by_words_of_its_title(films: Any) -> None:
    film = FilmFactory(title="Night Bus", release_year=2019, description="A driver & the last passenger.")
    FilmFactory(title="Day Bus", description=None)
    hit = {
        "id": film.pk,
        "title": "Night Bus (2019)",
        "url": f"/films/{film.pk}/",
        "snippet": "A driver &amp; the last passenger.",
    }
    assert films("bus NIGHT") == {"count": 1, "results": [hit]}


def test_a_film_is_found_by_what_it_is_about(films: Any) -> None:
    FilmFactory(title="Night Bus", release_year=None, description="A driver meets the last passenger.")
    (hit,) = films("passenger -ferry")["results"]
    assert (hit["title"], hit["snippet"]) == ("Night Bus", "A driver meets the last <mark>passenger</mark>.")


def test_a_film_without_a_description_is_found(films: Any) -> None:
    FilmFactory(title="Night Bus", description=None)
    assert films("night")["results"][0]["snippet"] == ""
