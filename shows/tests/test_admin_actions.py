"""What the admin does to many rows at once."""

from typing import Any

import pytest
from django.test import Client

from config.tests.admin_pages import signed_in
from crew.tests.factories import CrewMemberFactory
from pipeline.admin import confirmation, models
from shows.models import Change, Review, Shot, ShotStatus, Show
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
SHOTS = "/admin/shows/shot/"


def run(client: Client, url: str, action: str, rows: list[Any], **more: Any) -> Any:
    sent = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(url, sent | more, follow=True)


def said(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def test_a_status_is_not_set_before_somebody_confirms_what_will_change() -> None:
    shot, done = ShotFactory.create(code="SH0010"), ShotFactory.create(status="approved")
    answer = run(signed_in("supervisor"), SHOTS, "set_status_approved", [shot, done])
    effects = [(row.split(" / ")[-1], effect) for row, effect in answer.context["effects"]]
    assert sorted(effects) == sorted([("SH0010", "Pending → Approved"), (done.code, "stays as it is")])
    assert Shot.objects.filter(status="pending").exists()


def test_a_confirmed_status_is_set_and_kept_with_its_reason() -> None:
    rows = ShotFactory.create_batch(2)
    run(signed_in("supervisor"), SHOTS, "set_status_final", rows, confirmed="yes", reason="Picture lock")
    assert set(Shot.objects.values_list("status", flat=True)) == {"final"}
    assert Change.objects.filter(field="status", reason="Picture lock").count() == 2


@pytest.mark.parametrize("status", ShotStatus)
def test_there_is_an_action_for_every_status(status: ShotStatus) -> None:
    ShotFactory.create()
    names = dict(signed_in("supervisor").get(SHOTS).context["action_form"].fields["action"].choices)
    assert f"set_status_{status}" in names


def test_all_rows_of_a_filtered_list_are_set_and_no_others() -> None:
    sequence = SequenceFactory.create()
    rows, other = ShotFactory.create_batch(2, sequence=sequence), ShotFactory.create()
    url, everything = f"{SHOTS}?sequence__id__exact={sequence.pk}", {"select_across": "1", "confirmed": "yes"}
    run(signed_in("coordinator"), url, "set_status_omitted", rows[:1], **everything)
    assert Shot.objects.exclude(status="omitted").get() == other


def test_too_many_rows_at_once_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirmation.chosen, "__defaults__", (1,))
    rows = ShotFactory.create_batch(2)
    answer = run(signed_in("coordinator"), SHOTS, "set_status_final", rows, confirmed="yes")
    assert "at most 1 rows" in said(answer)
    assert set(Shot.objects.values_list("status", flat=True)) == {"pending"}


def test_too_many_rows_are_not_deleted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "MOST_DELETED", 1)
    answer = run(signed_in("coordinator"), SHOTS, "delete_selected", ShotFactory.create_batch(2), post="yes")
    assert "at most 1 rows" in said(answer)
    assert Shot.objects.count() == 2


def test_shots_are_assigned_after_asking_to_whom() -> None:
    rows, member = ShotFactory.create_batch(2), CrewMemberFactory.create()
    client = signed_in("coordinator")
    assert "assigned_to" in run(client, SHOTS, "assign", rows).context["form"].fields
    run(client, SHOTS, "assign", rows, confirmed="yes", assigned_to=member.pk, reason="New on the show")
    assert set(Shot.objects.values_list("assigned_to", flat=True)) == {member.pk}


def test_an_unknown_person_is_asked_for_again() -> None:
    answer = run(signed_in("coordinator"), SHOTS, "assign", [ShotFactory.create()], confirmed="yes", assigned_to=0)
    assert "assigned_to" in answer.context["form"].errors


@pytest.mark.security
def test_a_supervisor_assigns_nobody() -> None:
    shot, member = ShotFactory.create(), CrewMemberFactory.create()
    run(signed_in("supervisor"), SHOTS, "assign", [shot], confirmed="yes", assigned_to=member.pk)
    assert Shot.objects.get().assigned_to is None


def test_reviews_are_resolved_and_reopened() -> None:
    reviews = ReviewFactory.create_batch(2)
    client = signed_in("supervisor")
    run(client, "/admin/shows/review/", "resolve", reviews, confirmed="yes")
    assert not Review.objects.filter(is_open=True).exists()
    run(client, "/admin/shows/review/", "reopen", reviews, confirmed="yes")
    assert Review.objects.filter(is_open=True).count() == 2


def test_shows_are_archived() -> None:
    run(signed_in("producer"), "/admin/shows/show/", "archive", [ShowFactory.create()], confirmed="yes")
    assert Show.objects.get().status == "archived"


@pytest.mark.security
def test_a_supervisor_archives_no_show() -> None:
    run(signed_in("supervisor"), "/admin/shows/show/", "archive", [ShowFactory.create()], confirmed="yes")
    assert Show.objects.get().status == "active"
