"""Notes and history of a shot's page, a page at a time."""

from typing import Any

import pytest

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import signed_in
from crew.tests.factories import CrewMemberFactory
from shows.models import Shot
from shows.services import reviews, shots
from shows.tests.factories import ReviewFactory, ShotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return UserFactory.create(roles=["coordinator"])


def note_ids(answer: Any) -> list[int]:
    return [note["id"] for note in answer.context["notes"]]


def test_notes_come_newest_first_fifty_at_a_time() -> None:
    shot = ShotFactory()
    ids = [ReviewFactory(shot=shot).pk for _ in range(60)][::-1]
    client = signed_in("artist")
    first = client.get(f"/shots/{shot.pk}/")
    older = client.get(f"/shots/{shot.pk}/notes/?before={first.context['older']}")
    assert (note_ids(first), note_ids(older)) == (ids[:50], ids[50:])
    assert older.context["older"] is None


def test_a_page_that_was_read_further_is_drawn_as_far() -> None:
    shot = ShotFactory()
    for _ in range(60):
        ReviewFactory(shot=shot)
    assert len(note_ids(signed_in("artist").get(f"/shots/{shot.pk}/?size=60"))) == 60


@pytest.mark.parametrize(("kind", "bodies"), [("open", ["to do"]), ("resolved", ["done"]), ("", ["done", "to do"])])
def test_open_and_resolved_notes_can_be_read_apart(kind: str, bodies: list[str]) -> None:
    shot = ShotFactory()
    ReviewFactory(shot=shot, body="to do")
    ReviewFactory(shot=shot, body="done", is_open=False)
    page = signed_in("artist").get(f"/shots/{shot.pk}/?notes={kind}")
    assert [note["body"] for note in page.context["notes"]] == bodies
    shown = page.context["shot"]
    assert (shown.all_notes, shown.open_notes, shown.resolved_notes) == (2, 1, 1)


@pytest.mark.parametrize("query", ["before=x", "before=-1", f"before={9**30}", "notes=nonsense", "size=x"])
def test_an_address_that_makes_no_sense_shows_the_newest(query: str) -> None:
    note = ReviewFactory()
    answer = signed_in("artist").get(f"/shots/{note.shot_id}/notes/?{query}")
    assert note_ids(answer) == [note.pk]


def test_the_history_tells_what_changed_in_words(coordinator: User) -> None:
    shot = ShotFactory()
    person = CrewMemberFactory(full_name="Ada Lindqvist")
    shots.change_shot(shot.pk, by=coordinator, assigned_to=person, reason="Casting")
    shots.change_shot(shot.pk, by=coordinator, status="in_progress")
    changes = signed_in("artist").get(f"/shots/{shot.pk}/history/").context["changes"]
    assert [(c["label"], c["was"], c["now"], c["by"], c["reason"]) for c in changes] == [
        ("Status", "Pending", "In progress", coordinator.display_name, ""),
        ("Assigned to", "nobody", "Ada Lindqvist", coordinator.display_name, "Casting"),
    ]


def test_the_history_keeps_what_notes_said(coordinator: User) -> None:
    note = reviews.add_review(ShotFactory().pk, by=coordinator, status="note", body="Before.")
    reviews.edit_review(note.pk, by=coordinator, body="After.")
    reviews.delete_review(note.pk, by=coordinator)
    changes = signed_in("artist").get(f"/shots/{note.shot_id}/history/").context["changes"]
    assert [(c["label"], c["was"], c["now"]) for c in changes] == [
        ("Note deleted", "After.", ""),
        ("Note changed", "Before.", "After."),
    ]


def test_the_history_comes_fifty_at_a_time() -> None:
    shot = ShotFactory()
    for frame in range(60):
        Shot.objects.filter(pk=shot.pk).update(frame_end=2000 + frame)
    client = signed_in("artist")
    first = client.get(f"/shots/{shot.pk}/history/")
    older = client.get(f"/shots/{shot.pk}/history/?before={first.context['older']}")
    assert [len(page.context["changes"]) for page in (first, older)] == [50, 10]


def test_people_are_found_by_name_and_by_job_while_they_are_under_contract(coordinator: User) -> None:
    CrewMemberFactory(full_name="Ada Lindqvist", role__name="Compositor")
    CrewMemberFactory(full_name="Ben Ade", role__name="Editor", employment=("2001-01-01", "2002-01-01"))
    client = signed_in(user=coordinator)
    found = client.get(f"/shots/{ShotFactory().pk}/people/?q=ad")
    assert [person.full_name for person in found.context["people"]] == ["Ada Lindqvist"]
    assert len(client.get(f"/shots/{ShotFactory().pk}/people/?q=composit").context["people"]) == 1


@pytest.mark.security
@pytest.mark.parametrize(("part", "role"), [("people", "supervisor"), ("notes", "clerk"), ("history", "clerk")])
def test_parts_of_the_page_are_refused_to_whom_they_are_not_for(part: str, role: str) -> None:
    assert signed_in(role).get(f"/shots/{ShotFactory().pk}/{part}/").status_code == 403
