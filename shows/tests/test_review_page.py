"""The page of a shot: who sees what on it, and what it costs."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import signed_in
from crew.tests.factories import CrewMemberFactory
from pipeline.errors import NotAllowed
from shows.models import Shot, ShotStatus
from shows.services import reviews, shots
from shows.tests.factories import ReviewFactory, ShotFactory, VersionFactory
from shows.views.review_rights import rights_on
from shows.views.review_stage import first_frame

pytestmark = pytest.mark.django_db

# What each may do, as the page marks it.
MARKS = {
    "note": 'id="composer"',
    "judge": 'data-judge="approved"',
    "upload": 'id="upload"',
    "assign": 'id="people-words"',
    "author": 'name="author"',
    "status": "data-set-status",
}


def opened(client: Client, shot: Shot, query: str = "") -> Any:
    return client.get(f"/shots/{shot.pk}/{query}")


def marks_of(answer: Any) -> set[str]:
    page = answer.content.decode()
    return {name for name, mark in MARKS.items() if mark in page}


@pytest.mark.security
@pytest.mark.parametrize(
    ("role", "marks"),
    [
        ("artist", {"note"}),
        ("supervisor", {"note", "judge", "upload", "status"}),
        ("coordinator", set(MARKS)),
        ("producer", set(MARKS)),
    ],
)
def test_the_page_shows_what_its_reader_may_do(role: str, marks: set[str]) -> None:
    assert marks_of(opened(signed_in(role), ShotFactory())) == marks


def test_an_artist_hands_in_and_moves_own_shots_until_they_are_settled() -> None:
    artist = UserFactory.create(roles=["artist"])
    shot = ShotFactory(assigned_to=CrewMemberFactory(user=artist))
    assert marks_of(opened(signed_in(user=artist), shot)) == {"note", "upload", "status"}
    Shot.objects.update(status="final")
    assert marks_of(opened(signed_in(user=artist), shot)) == {"note", "upload"}


@pytest.mark.parametrize("role", ["artist", "supervisor", "coordinator"])
@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize("settled", ["review", "final"])
def test_the_statuses_that_are_offered_are_those_that_are_taken(role: str, is_own: bool, settled: str) -> None:
    user = UserFactory.create(roles=[role])
    person = CrewMemberFactory(user=user if is_own else None)
    offered = set(rights_on(ShotFactory(assigned_to=person, status=settled), user).statuses)
    taken = {status for status in ShotStatus if is_taken(ShotFactory(assigned_to=person, status=settled), status, user)}
    assert offered == taken


def is_taken(shot: Shot, status: ShotStatus, by: User) -> bool:
    try:
        shots.change_shot(shot.pk, by=by, status=status)
    except NotAllowed:
        return False
    return True


@pytest.mark.security
def test_who_has_no_role_in_the_studio_sees_no_shot() -> None:
    shot = ShotFactory()
    assert opened(signed_in(), shot).status_code == 403
    assert opened(signed_in("clerk"), shot).status_code == 403


@pytest.mark.security
def test_who_is_not_signed_in_is_asked_to_and_a_script_is_told() -> None:
    shot = ShotFactory()
    asked = opened(Client(), shot, "?status=review")
    assert asked.headers["Location"] == f"/login/?next=/shots/{shot.pk}/%3Fstatus%3Dreview"
    assert Client(headers={"HX-Request": "true"}).get(f"/shots/{shot.pk}/").status_code == 401


def test_an_unknown_shot_is_not_there() -> None:
    assert signed_in("artist").get("/shots/987654321/").status_code == 404


def test_no_cache_keeps_the_page() -> None:
    assert opened(signed_in("artist"), ShotFactory()).headers["Cache-Control"] == "private, no-cache"


@pytest.mark.performance
def test_the_page_costs_ten_queries_whatever_hangs_on_the_shot() -> None:
    client = signed_in("supervisor")
    few = ShotFactory()
    many = ShotFactory(sequence=few.sequence)
    for number in range(1, 31):
        version = VersionFactory(shot=many, number=number)
        ReviewFactory(shot=many, version=version, frame_start=1001)
        ShotFactory(sequence=few.sequence)
    assert [queries_of(client, shot) for shot in (few, many)] == [10, 10]


def queries_of(client: Client, shot: Shot) -> int:
    with CaptureQueriesContext(connection) as queries:
        opened(client, shot, "?status=pending&ordering=code")
    return len(queries)


def test_the_version_of_the_address_is_shown_and_else_the_newest() -> None:
    shot = ShotFactory()
    older, newer = VersionFactory(shot=shot), VersionFactory(shot=shot, number=2)
    client = signed_in("artist")
    shown = [opened(client, shot, query).context["stage"].version["id"] for query in ("", f"?version={older.pk}")]
    assert shown == [newer.pk, older.pk]
    assert opened(client, shot, "?version=x").context["stage"].version["id"] == newer.pk


def test_what_a_writer_may_change_is_offered_to_them_alone() -> None:
    shot = ShotFactory()
    writer = UserFactory.create(roles=["artist"])
    reviews.add_review(shot.pk, by=writer, status="note", body="Mine.")
    acts = [acts_of(opened(client, shot)) for client in (signed_in(user=writer), signed_in("artist"))]
    assert acts == [{"resolve", "edit", "delete"}, set()]
    assert acts_of(opened(signed_in("supervisor"), shot)) == {"resolve"}


def acts_of(answer: Any) -> set[str]:
    page = answer.content.decode()
    return {act for act in ("resolve", "reopen", "edit", "delete") if f'data-note-act="{act}"' in page}


def test_words_of_a_note_are_text_and_never_markup() -> None:
    shot = ShotFactory()
    ReviewFactory(shot=shot, body="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in opened(signed_in("artist"), shot).content.decode()


@pytest.mark.parametrize(("head", "frames", "first"), [(0, 100, 1001), (8, 100, 1001), (8, 107, 1001), (8, 108, 993)])
def test_media_begins_with_the_cut_or_with_the_handle_that_it_holds(head: int, frames: int, first: int) -> None:
    shot = ShotFactory(head_handle=head)
    assert first_frame(shot, frames) == first


@pytest.mark.parametrize(("role", "leads"), [("coordinator", True), ("supervisor", True), ("artist", False)])
def test_a_shot_leads_to_whom_it_is_assigned_to_for_who_may_see_the_crew(role: str, leads: bool) -> None:
    shot = ShotFactory(assigned_to=CrewMemberFactory())
    page = signed_in(role).get(f"/shots/{shot.pk}/").content.decode()
    assert (f"/crew/{shot.assigned_to_id}/" in page) is leads
