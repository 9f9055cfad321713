"""Search of review notes by PostgreSQL."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from rest_framework.test import APIClient

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from pipeline import outbox
from shows.models import Review, Word
from shows.search import ReviewsAsked, search_reviews
from shows.tests.factories import ReviewFactory
from shows.tests.search_corpus import EXPECTATIONS, notes

URL = "/api/v1/search/reviews"


@pytest.fixture
def corpus(db: None) -> dict[str, Any]:
    made = notes()
    outbox.deliver_due()
    return made


@pytest.fixture
def artist(db: None) -> User:
    return UserFactory.create(roles=["artist"])


def names_of(found: Any, corpus: dict[str, Any]) -> set[str]:
    names = {review.pk: name for name, review in corpus.items()}
    return {names[row["id"]] for row in found.results}


@pytest.mark.parametrize("query", EXPECTATIONS)
def test_a_search_finds_what_is_there_and_nothing_else(query: str, corpus: dict[str, Any], artist: User) -> None:
    found = search_reviews(ReviewsAsked.read(query), user=artist)
    assert names_of(found, corpus) == EXPECTATIONS[query]
    assert (found.count, found.count_is_exact) == (len(EXPECTATIONS[query]), True)


def test_the_best_match_comes_first(corpus: dict[str, Any], artist: User) -> None:
    ReviewFactory(body="Edge, edge and edge again: the edge.")
    found = search_reviews(ReviewsAsked.read("edge"), user=artist)
    assert found.results[0]["body"].startswith("Edge, edge")
    assert [row["score"] for row in found.results] == sorted((row["score"] for row in found.results), reverse=True)


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"show": "NORTH"}, {"accent"}),
        ({"show": "south"}, {"hebrew"}),
        ({"show": "NOSUCH"}, set()),
        ({"author": "Ida Roe"}, {"accent"}),
        ({"department": "Roto"}, {"accent"}),
        ({"status": "approved"}, set()),
        ({"after": "9999-12-31"}, set()),
        ({"before": "0001-01-01"}, set()),
        ({"after": "0001-01-01", "before": "9999-12-31"}, {"accent", "hebrew"}),
    ],
)
def test_filters_narrow(
    filters: dict[str, str], names: set[str], corpus: dict[str, Any], client_of: Callable[..., APIClient]
) -> None:
    answer = client_of("artist").get(URL, {"q": "sign", **filters})
    assert {row["id"] for row in answer.json()["results"]} == {corpus[name].pk for name in names}


def test_an_answer_has_what_the_contract_names(corpus: dict[str, Any], client_of: Callable[..., APIClient]) -> None:
    answer = client_of("supervisor").get(URL, {"q": "sign"}).json()
    assert (answer["engine"], answer["degraded"], answer["count"]) == ("postgresql", False, 2)
    assert answer["facets"] == {
        "show": {"NORTH": 1, "SOUTH": 1},
        "department": {"Comp": 1, "Roto": 1},
        "status": {"note": 2},
        "author": {"Ida Roe": 1, "Noor Haddad": 1},
    }
    keys = "id shot_id shot sequence show author status department body highlight score created_at"
    assert set(answer["results"][0]) == set(keys.split())
    assert {row["show"] for row in answer["results"]} == {"NORTH", "SOUTH"}


def test_pages_follow_each_other(corpus: dict[str, Any], client_of: Callable[..., APIClient]) -> None:
    client = client_of("artist")
    pages = [client.get(f"{URL}?q=the&limit=2&offset={offset}").json() for offset in (0, 2, 4, 2**62)]
    ids = [row["id"] for page in pages for row in page["results"]]
    assert len(ids) == len(set(ids)) == pages[0]["count"] == 6
    assert pages[3]["results"] == []


def test_marks_are_the_only_tags(corpus: dict[str, Any], artist: User) -> None:
    (found,) = search_reviews(ReviewsAsked.read("script"), user=artist).results
    assert found["highlight"] == (
        "Use &lt;b&gt;bold&lt;/b&gt; &amp; &lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"
        " in the slate."
    )


def test_a_long_note_shows_the_part_that_matters(corpus: dict[str, Any], artist: User) -> None:
    (found,) = search_reviews(ReviewsAsked.read("meniscus"), user=artist).results
    assert "<mark>meniscus</mark>" in found["highlight"]
    assert len(found["highlight"]) < 400 < len(found["body"])


def test_a_typo_is_marked_as_what_it_meant(corpus: dict[str, Any], artist: User) -> None:
    (found,) = search_reviews(ReviewsAsked.read("flie"), user=artist).results
    assert "<mark>file</mark>: key/fill in sq010_plate.mov, see edge.mov" in found["highlight"]


@pytest.mark.parametrize(
    "query", ["", " ", "-", '"', '""', "- - --", '-"-"', "-roto", "🔥", "(((", "x" * 10_000, "a\0b"]
)
def test_a_query_without_words_is_refused_by_name(query: str, client_of: Callable[..., APIClient]) -> None:
    answer = client_of("artist").get(URL, {"q": query})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "q")


@pytest.mark.parametrize(
    "query",
    ['edge"', '"edge', "''edge", "edge:*", "edge & | ! <->", "\\edge", "%edge%", "edge 🔥", "or or or", "شکل edge"],
)
def test_operators_of_the_engines_mean_nothing(query: str, corpus: Any, client_of: Callable[..., APIClient]) -> None:
    assert client_of("artist").get(URL, {"q": query}).status_code == 200


HOSTILE = (
    *("x" * 10_000, "edge " * 2_000, "& | ! <-> :* ( )", '"""', "'", '"edge', "a\0b", "\ud800", "🔥🔥", "שלום עולם"),
    *("\u202eedge", "-" * 400, "--edge", "*", "?", "~1", "edge^5", "body:edge", '{"match_all": {}}', "%", "_", "\\"),
    *("$$", "1 OR 1=1; --"),
)


@pytest.mark.security
def test_whatever_is_typed_is_answered_or_refused(corpus: dict[str, Any], client_of: Callable[..., APIClient]) -> None:
    client = client_of("artist")
    for url in (URL, "/api/v1/search"):
        for text in HOSTILE:
            asked = urlencode({"q": text}, errors="surrogatepass")
            assert client.get(url, QUERY_STRING=asked).status_code in (200, 400), text[:20]


def test_too_many_words_are_refused(client_of: Callable[..., APIClient]) -> None:
    assert client_of("artist").get(URL, {"q": "a1 " * 40 + "b2"}).status_code == 200
    many = " ".join(f"w{number}" for number in range(40))
    assert client_of("artist").get(URL, {"q": many}).status_code == 400


@pytest.mark.performance
def test_a_search_costs_the_same_number_of_queries_whatever_it_finds(
    corpus: dict[str, Any], artist: User, django_assert_num_queries: Any
) -> None:
    artist.has_perm("shows.view_review")
    with django_assert_num_queries(9):
        search_reviews(ReviewsAsked.read("the"), user=artist)
    with django_assert_num_queries(9):
        search_reviews(ReviewsAsked.read("meniscus"), user=artist)


def test_a_word_that_left_the_notes_is_a_typo_again(corpus: dict[str, Any], artist: User) -> None:
    slip = ReviewFactory(body="Wrong flie.")
    outbox.deliver_due()
    assert Word.objects.filter(word="flie").exists()
    slip.delete()
    found = search_reviews(ReviewsAsked.read("flie"), user=artist)
    assert names_of(found, corpus) == {"file"}


def test_a_changed_note_is_found_by_its_new_words_at_once(corpus: dict[str, Any], artist: User) -> None:
    Review.objects.filter(pk=corpus["comp"].pk).update(body="Umbrella stays.")
    found = search_reviews(ReviewsAsked.read("umbrellas"), user=artist)
    assert names_of(found, corpus) == {"comp"}
    assert search_reviews(ReviewsAsked.read("ship"), user=artist).count == 0


@pytest.mark.security
@pytest.mark.parametrize("role", ["member", "clerk"])
def test_nothing_is_found_counted_or_in_a_facet_for_who_may_not_read_reviews(role: str, corpus: dict[str, Any]) -> None:
    user = UserFactory.create(roles=[] if role == "member" else [role])
    found = search_reviews(ReviewsAsked.read("sign"), user=user)
    assert (found.count, found.results, found.facets["show"]) == (0, [], {})
