from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from crew.tests.factories import CrewMemberFactory, ProductionFactory
from shows.models import Shot
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory, VersionFactory

SHOTS = "/api/v1/shots"


@pytest.fixture
def coordinator(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("coordinator")


def ids(client: APIClient, query: str) -> set[int]:
    answer: Any = client.get(f"{SHOTS}?{query}")
    assert answer.status_code == 200, answer.content
    return {row["id"] for row in answer.json()["results"]}


def test_a_show_begins_active_and_belongs_to_a_production(coordinator: APIClient) -> None:
    production = ProductionFactory()
    body = {"title": "Neon", "code": "NEON", "production": production.pk}
    answer = coordinator.post("/api/v1/shows", body)
    assert answer.status_code == 201
    assert answer.json().items() <= coordinator.get(answer["Location"]).json().items()
    assert (answer.json()["status"], answer.json()["production"]) == ("active", production.pk)


def test_a_show_counts_its_shots_by_status(coordinator: APIClient) -> None:
    sequence = SequenceFactory()
    for status in ("pending", "final", "final"):
        ShotFactory(sequence=sequence, status=status)
    row = coordinator.get(f"/api/v1/shows/{sequence.show_id}").json()
    assert (row["shot_counts"], row["sequences_count"]) == ({"final": 2, "pending": 1}, 1)
    assert [inner["id"] for inner in row["sequences"]] == [sequence.pk]


def test_a_sequence_shows_its_shots_and_stays_in_its_show(coordinator: APIClient) -> None:
    shot = ShotFactory()
    url = f"/api/v1/sequences/{shot.sequence_id}"
    assert [row["id"] for row in coordinator.get(url).json()["shots"]] == [shot.pk]
    answer = coordinator.patch(url, {"show_id": ShowFactory().pk, "description": "x"})
    assert (answer.json()["show_id"], answer.json()["description"]) == (shot.show_id, "x")


def test_what_is_not_empty_is_not_deleted(coordinator: APIClient) -> None:
    shot = ReviewFactory().shot
    for url in (f"shows/{shot.show_id}", f"sequences/{shot.sequence_id}", f"shots/{shot.pk}"):
        answer = coordinator.delete(f"/api/v1/{url}")
        assert (answer.status_code, answer.json()["code"]) == (409, "in_use")


def test_what_is_empty_is_deleted(coordinator: APIClient) -> None:
    shot = ShotFactory()
    urls = (f"shots/{shot.pk}", f"sequences/{shot.sequence_id}", f"shows/{shot.show_id}")
    assert [coordinator.delete(f"/api/v1/{url}").status_code for url in urls] == [204, 204, 204]


def test_a_code_that_is_taken_is_a_409_that_names_it(coordinator: APIClient) -> None:
    shot = ShotFactory(code="ab")
    answer = coordinator.post(SHOTS, {"sequence_id": shot.sequence_id, "code": "AB"})
    assert (answer.status_code, answer.json()["code"]) == (409, "already_exists")
    assert answer.json()["errors"][0]["field"] == "code"


def test_a_code_stays_the_text_that_it_is(coordinator: APIClient) -> None:
    answer = coordinator.post(SHOTS, {"sequence_id": SequenceFactory().pk, "code": "0010"})
    assert answer.json()["code"] == "0010"


def test_shots_are_filtered_by_where_and_how_they_are(coordinator: APIClient) -> None:
    person = CrewMemberFactory()
    shot, other = ShotFactory(assigned_to=person, status="review"), ShotFactory()
    for query in (f"show_id={shot.show_id}", f"sequence_id={shot.sequence_id}", "status=review",
                  f"assigned_to={person.pk}"):  # fmt: skip
        assert ids(coordinator, query) == {shot.pk}
    assert ids(coordinator, "status=pending") == {other.pk}


def test_shots_are_filtered_by_department_of_a_review_or_a_version(coordinator: APIClient) -> None:
    by_review = ReviewFactory(department="Animation").shot_id
    by_version = VersionFactory(department="Animation").shot_id
    ReviewFactory(department="Layout")
    assert ids(coordinator, "department=Animation") == {by_review, by_version}


@pytest.mark.parametrize("text", ["ZZ100", "zz100_5", "train leaves", "100%"])
def test_shots_are_found_by_text_in_code_or_description(text: str, coordinator: APIClient) -> None:
    shot = ShotFactory(code="ZZ100_501", description="The train leaves, 100% full.")
    ShotFactory()
    assert ids(coordinator, f"q={text.replace('%', '%25')}") == {shot.pk}


@pytest.mark.parametrize("query", ["show_id=x", "show_id=-1", "show_id=1.5", "sequence_id=9223372036854775808",
                                   "status=done", "assigned_to=me", "q=a%00b", "department=a%00b"])  # fmt: skip
def test_a_filter_that_makes_no_sense_is_refused_by_name(query: str, coordinator: APIClient) -> None:
    answer = coordinator.get(f"{SHOTS}?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, query.partition("=")[0])


def test_a_shot_shows_the_newest_fifty_of_what_hangs_on_it(coordinator: APIClient) -> None:
    shot = ShotFactory(assigned_to=CrewMemberFactory(full_name="Ada Crew"))
    newest = [ReviewFactory(shot=shot).pk for _ in range(52)][:1:-1]
    row = coordinator.get(f"{SHOTS}/{shot.pk}").json()
    assert [review["id"] for review in row["reviews"]] == newest
    assert (row["reviews_count"], row["versions_count"], row["assigned_to_name"]) == (52, 0, "Ada Crew")


@pytest.mark.performance
def test_a_shot_asks_the_same_number_of_queries_whatever_hangs_on_it(coordinator: APIClient) -> None:
    bare, full = ShotFactory(), ShotFactory()
    ReviewFactory.create_batch(20, shot=full)
    counts = []
    for shot in (bare, full):
        with CaptureQueriesContext(connection) as queries:
            coordinator.get(f"{SHOTS}/{shot.pk}")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_a_reason_is_kept_in_the_history(coordinator: APIClient) -> None:
    shot = ShotFactory()
    coordinator.patch(f"{SHOTS}/{shot.pk}", {"status": "final", "reason": "client signed off"})
    change = coordinator.get(f"{SHOTS}/{shot.pk}/history").json()["results"][0]
    assert (change["field"], change["from"], change["to"]) == ("status", "pending", "final")
    assert (change["reason"], change["by"]) == ("client signed off", coordinator.user.display_name)  # type: ignore[attr-defined]


def test_a_review_is_posted_found_at_its_address_changed_and_taken_back(coordinator: APIClient) -> None:
    body = {"status": "needs_revision", "body": "Edge.", "frame_start": 1010, "set_shot_status": "in_progress"}
    made = coordinator.post(f"{SHOTS}/{ShotFactory().pk}/reviews", body)
    assert (made.status_code, made.json()["is_open"], Shot.objects.get().status) == (201, True, "in_progress")
    changed = coordinator.patch(made["Location"], {"body": "Edge, left."})
    assert changed.json()["body"] == "Edge, left."
    assert coordinator.post(f"{made['Location']}/resolve").json()["is_open"] is False
    assert coordinator.post(f"{made['Location']}/reopen").json()["is_open"] is True
    assert coordinator.delete(made["Location"]).status_code == 204


def test_the_verdict_of_a_review_is_only_read_by_a_change(coordinator: APIClient) -> None:
    made = coordinator.post(f"{SHOTS}/{ShotFactory().pk}/reviews", {"status": "approved"})
    assert coordinator.patch(made["Location"], {"status": "note"}).json()["status"] == "approved"


def test_a_version_is_handed_in_and_listed(coordinator: APIClient) -> None:
    url = f"{SHOTS}/{ShotFactory().pk}/versions"
    made = coordinator.post(url, {"department": "Compositing", "comment": "First pass"})
    assert (made.status_code, made.json()["name"]) == (201, "v001")
    assert coordinator.get(url).json()["results"] == [made.json()] == [coordinator.get(made["Location"]).json()]


def test_bulk_answers_a_row_an_id(coordinator: APIClient) -> None:
    shot = ShotFactory()
    answer = coordinator.post(f"{SHOTS}/bulk", {"ids": [shot.pk, 987654321], "set": {"status": "final"}})
    assert (answer.status_code, [row["ok"] for row in answer.json()["results"]]) == (409, [True, False])
    assert Shot.objects.get().status == "pending"


@pytest.mark.parametrize(
    "body",
    [{}, {"ids": [], "set": {"status": "final"}}, {"ids": [1], "set": {}}, {"ids": [1, 1], "set": {"status": "final"}},
     {"ids": [0], "set": {"status": "final"}}, {"ids": [1], "set": {"status": "x"}}, {"ids": 1, "set": 2},
     {"ids": list(range(1, 1002)), "set": {"status": "final"}}, {"ids": [1], "set": {"assigned_to": 987654321}}],
)  # fmt: skip
def test_a_bulk_change_that_makes_no_sense_is_a_400(body: dict[str, Any], coordinator: APIClient) -> None:
    assert coordinator.post(f"{SHOTS}/bulk", body).status_code == 400


@pytest.mark.security
def test_an_artist_sees_a_403_for_what_is_not_theirs_to_do(client_of: Callable[..., APIClient]) -> None:
    artist = client_of("artist")
    shot = ShotFactory()
    assert artist.patch(f"{SHOTS}/{shot.pk}", {"status": "review"}).status_code == 403
    assert artist.post(f"{SHOTS}/{shot.pk}/versions", {}).status_code == 403
    assert artist.post(f"{SHOTS}/{shot.pk}/reviews", {"status": "approved"}).status_code == 403
    assert artist.patch(f"/api/v1/reviews/{ReviewFactory().pk}", {"body": "x"}).status_code == 403
