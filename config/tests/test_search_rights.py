"""What each role finds: nothing that it may not open is found, counted, or in a facet."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from catalog.tests.factories import FilmFactory
from catalog.tests.library.factories import MediaFactory
from config.tests.fixtures import user_of
from crew.tests.factories import CrewMemberFactory, ProductionFactory
from pipeline import outbox
from pipeline.tests.factories import JobFactory
from rentals.tests.factories import CustomerFactory
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory

pytestmark = [pytest.mark.django_db, pytest.mark.security]

WORD = "meniscus"
EVERYBODY = {"films": 1, "media": 1, "jobs": 1}
STUDIO = {"films": 1, "media": 1, "jobs": 2, "shots": 1, "notes": 1, "shows": 1}
CREW = {"people": 1, "productions": 1}
FACETS = {"show": {"NORTH": 1}, "department": {"Roto": 1}, "status": {"note": 1}, "author": {"Ida Roe": 1}}
# Of each group that the role has at all, how many it finds.
FOUND = {
    "member": EVERYBODY,
    "clerk": EVERYBODY | {"customers": 1},
    "artist": STUDIO,
    "supervisor": STUDIO | CREW,
    "coordinator": STUDIO | CREW,
    "producer": STUDIO | CREW | {"customers": 1},
    "admin": STUDIO | CREW | {"customers": 1},
}


@pytest.fixture
def caller(role: str) -> Any:
    """Somebody of the role, in whose world each kind has one that holds the word, and of jobs their own too."""
    user = user_of(role)
    show = ShowFactory(title=f"The {WORD}", code="NORTH")
    shot = ShotFactory(sequence=SequenceFactory(show=show), description=f"A {WORD} breaks.")
    ReviewFactory(shot=shot, body=f"The {WORD} flickers.", author="Ida Roe", department="Roto", status="note")
    for made in (CrewMemberFactory, ProductionFactory, FilmFactory, MediaFactory, CustomerFactory):
        made(**NAMED[made])
    for owner in (user, None):
        JobFactory(pipeline=WORD, created_by=owner)
    outbox.deliver_due()
    return user


NAMED: dict[Any, dict[str, Any]] = {
    CrewMemberFactory: {"full_name": f"Ida {WORD.title()}"},
    ProductionFactory: {"title": f"The {WORD}"},
    FilmFactory: {"title": f"The {WORD}"},
    MediaFactory: {"title": f"The {WORD}"},
    CustomerFactory: {"first_name": "Ida", "last_name": WORD.title()},
}


@pytest.mark.parametrize("role", FOUND)
def test_each_role_finds_counts_and_opens_its_own(role: str, caller: Any, client_of: Callable[..., APIClient]) -> None:
    client, browser = client_of(user=caller), Client()
    groups = client.get("/api/v1/search", {"q": WORD}).json()["groups"]
    assert {name: group["count"] for name, group in groups.items()} == FOUND[role]
    browser.force_login(caller, "config.accounts.backends.AccountBackend")
    page = browser.get("/search/", {"q": WORD}).content.decode()
    assert {name for name in FOUND["admin"] if f"tab={name}" in page} == FOUND[role].keys()
    urls = [hit["url"] for group in groups.values() for hit in group["results"]]
    assert [browser.get(url).status_code for url in urls] == [200] * sum(FOUND[role].values())
    notes = client.get("/api/v1/search/reviews", {"q": WORD})
    assert (notes.status_code, notes.json().get("facets")) == ((200, FACETS) if "notes" in groups else (403, None))
    assert ("NORTH" in page) == ("notes" in groups)
