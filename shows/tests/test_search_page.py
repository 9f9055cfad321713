"""`/search/`: tabs, facets, kept searches, and what who may see."""

from typing import Any

import pytest
from django.test import Client

from config.accounts.tests.factories import UserFactory
from pipeline import outbox
from shows.models import SavedSearch
from shows.services.searches import MOST_SAVED
from shows.tests.factories import ReviewFactory
from shows.tests.search_corpus import notes


@pytest.fixture
def corpus(db: None) -> dict[str, Any]:
    made = notes()
    outbox.deliver_due()
    return made


def browser_of(*roles: str) -> Any:
    client: Any = Client()
    client.user = UserFactory.create(roles=list(roles))
    client.force_login(client.user)
    return client


def text_of(client: Any, query: str) -> str:
    answer = client.get(f"/search/?{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_notes_stand_with_their_marks_and_facets(corpus: dict[str, Any]) -> None:
    page = text_of(browser_of("artist"), "q=sign")
    assert "the <mark>sign</mark> is mirrored" in page
    assert "2 notes" in page
    assert "q=sign&amp;tab=notes&amp;show=NORTH" in page
    assert "Searched by PostgreSQL" in page


def test_a_verdict_is_told_in_words(db: None) -> None:
    ReviewFactory(status="needs_revision", body="The horizon tilts.")
    outbox.deliver_due()
    assert '<span class="chip chip-needs_revision">Needs revision</span>' in text_of(browser_of("artist"), "q=horizon")


def test_a_facet_narrows_and_is_taken_back(corpus: dict[str, Any]) -> None:
    page = text_of(browser_of("artist"), "q=sign&show=NORTH")
    assert "1 note " in page
    assert '<a href="?q=sign&amp;tab=notes" aria-current="true">NORTH' in page


def test_another_tab_shows_its_group(corpus: dict[str, Any]) -> None:
    page = text_of(browser_of("supervisor"), "q=north&tab=shots")
    assert "NORTH SQ010 0010</a>" in page


def test_a_tab_that_somebody_may_not_read_is_not_there(corpus: dict[str, Any]) -> None:
    page = text_of(browser_of(), "q=sign&tab=notes")
    assert "Notes <span" not in page
    assert "mark>" not in page


@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=-", "q=%22", "q=" + "x" * 10_000, "q=edge&status=no&after=x&page=-1"],
)
def test_any_address_is_a_page(query: str, corpus: dict[str, Any]) -> None:
    text_of(browser_of("artist"), query)


@pytest.mark.security
def test_an_address_that_is_no_text_is_refused(db: None) -> None:
    assert browser_of("artist").get("/search/?q=a%00b").status_code == 400


def test_htmx_gets_the_results_alone(corpus: dict[str, Any]) -> None:
    answer = browser_of("artist").get("/search/?q=sign", headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert answer["HX-Push-Url"] == "/search/?q=sign"


def test_a_search_is_kept_opened_and_forgotten(corpus: dict[str, Any]) -> None:
    client = browser_of("artist")
    kept = client.post("/search/saved/", {"name": "Signs", "query": "?q=sign&show=NORTH&evil=1"})
    assert kept["Location"] == "/search/?q=sign&show=NORTH"
    assert '<a href="?q=sign&amp;show=NORTH">Signs</a>' in text_of(client, "q=edge")
    client.post(f"/search/saved/{SavedSearch.objects.get().pk}/remove/")
    assert not SavedSearch.objects.exists()


@pytest.mark.security
def test_a_search_of_somebody_else_is_not_there(db: None) -> None:
    other = SavedSearch.objects.create(user=UserFactory.create(), name="Theirs", query="q=x")
    client = browser_of("artist")
    assert client.post(f"/search/saved/{other.pk}/remove/").status_code == 404
    assert "Theirs" not in text_of(client, "q=edge")


def test_nobody_keeps_more_searches_than_there_may_be(db: None) -> None:
    client = browser_of("artist")
    SavedSearch.objects.bulk_create(
        SavedSearch(user=client.user, name=f"S{number}", query="q=x") for number in range(MOST_SAVED)
    )
    client.post("/search/saved/", {"name": "One more", "query": "?q=sign"})
    client.post("/search/saved/", {"name": "S1", "query": "?q=sign"})
    assert SavedSearch.objects.count() == MOST_SAVED
    assert SavedSearch.objects.get(name="S1").query == "q=sign"
