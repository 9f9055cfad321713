"""Many shots changed at once: shown first, then done."""

from typing import Any

import pytest
from django.test import Client

from config.tests.admin_pages import signed_in
from crew.tests.factories import CrewMemberFactory
from shows.models import Change, Shot
from shows.tests.factories import ShotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Client:
    return signed_in("coordinator")


@pytest.fixture
def two() -> list[Shot]:
    return [ShotFactory(code="first", status="pending"), ShotFactory(code="second", status="review")]


def asked(client: Client, shots: list[Shot], **given: Any) -> Any:
    return client.post("/shots/bulk/", {"ids": [shot.pk for shot in shots], **given})


def confirmed(client: Client, shots: list[Shot], **given: Any) -> Any:
    """As `asked`, and then what the button below the preview sends."""
    preview = asked(client, shots, **given).context["preview"]
    return asked(client, shots, fingerprint=preview.fingerprint, **given)


def statuses() -> list[str]:
    return list(Shot.objects.order_by("pk").values_list("status", flat=True))


def test_the_preview_tells_from_and_to_and_writes_nothing(two: list[Shot], coordinator: Client) -> None:
    preview = asked(coordinator, two, status="review").context["preview"]
    assert [(effect.code, effect.action, effect.changes) for effect in preview.effects] == [
        ("first", "updated", [("status", "Pending", "Review")]),
        ("second", "unchanged", []),
    ]
    assert statuses() == ["pending", "review"]


def test_what_was_shown_is_written_with_its_reason(two: list[Shot], coordinator: Client) -> None:
    answer = confirmed(coordinator, two, status="final", reason="Wrap", next="/shows/NT/?q=1")
    assert answer["Location"] == "/shows/NT/?q=1"
    assert statuses() == ["final", "final"]
    assert set(Change.objects.values_list("reason", flat=True)) == {"Wrap"}


def test_people_are_assigned_and_taken_off_by_name(two: list[Shot], coordinator: Client) -> None:
    ada = CrewMemberFactory(full_name="Ada Crew")
    confirmed(coordinator, two, person="ada crew")
    assert {shot.assigned_to for shot in Shot.objects.all()} == {ada}
    confirmed(coordinator, two, person="Nobody")
    assert {shot.assigned_to for shot in Shot.objects.all()} == {None}


def test_namesakes_are_told_apart_by_their_number(two: list[Shot], coordinator: Client) -> None:
    twins = CrewMemberFactory.create_batch(2, full_name="Ada Crew")
    assert "Several people" in asked(coordinator, two, person="Ada Crew").content.decode()
    confirmed(coordinator, two, person=f"Ada Crew #{twins[1].pk}")
    assert {shot.assigned_to for shot in Shot.objects.all()} == {twins[1]}


def test_shots_that_changed_meanwhile_are_shown_again_instead(two: list[Shot], coordinator: Client) -> None:
    before = asked(coordinator, two, status="final").context["preview"].fingerprint
    Shot.objects.filter(code="first").update(status="omitted")
    answer = asked(coordinator, two, status="final", fingerprint=before)
    assert answer.context["overtaken"]
    assert statuses() == ["omitted", "review"]


def test_another_change_than_the_one_shown_is_shown_first(two: list[Shot], coordinator: Client) -> None:
    before = asked(coordinator, two, status="final").context["preview"].fingerprint
    asked(coordinator, two, status="omitted", fingerprint=before)
    assert statuses() == ["pending", "review"]


def test_a_shot_that_is_gone_is_refused_alone(two: list[Shot], coordinator: Client) -> None:
    gone = two.pop()
    Shot.objects.filter(pk=gone.pk).delete()
    preview = asked(coordinator, [*two, gone], status="final").context["preview"]
    assert preview.missing == [gone.pk]
    confirmed(coordinator, [*two, gone], status="final")
    assert statuses() == ["final"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ids": []}, "Select at least one shot"),
        ({"ids": ["x", "-1", "9" * 30]}, "Select at least one shot"),
        ({"ids": range(1, 1002)}, "Select at most 1000"),
        ({"status": ""}, "Choose a status"),
        ({"status": "nonsense"}, "nonsense"),
        ({"person": "Unknown Person"}, "Nobody has this name"),
    ],
)
def test_what_cannot_be_done_says_why(given: dict[str, Any], words: str, two: list[Shot], coordinator: Client) -> None:
    sent = {"ids": [shot.pk for shot in two], "status": "final"} | given
    assert words in coordinator.post("/shots/bulk/", sent).content.decode()


def test_a_script_gets_the_preview_alone(two: list[Shot], coordinator: Client) -> None:
    answer = coordinator.post("/shots/bulk/", {"ids": two[0].pk, "status": "final"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()


@pytest.mark.security
def test_an_artist_changes_no_shots_at_once(two: list[Shot]) -> None:
    assert asked(signed_in("artist"), two, status="review").status_code == 403


@pytest.mark.security
def test_a_supervisor_sets_the_status_and_assigns_nobody(two: list[Shot]) -> None:
    supervisor = signed_in("supervisor")
    CrewMemberFactory(full_name="Ada Crew")
    assert confirmed(supervisor, two, status="final").status_code == 302
    assert confirmed(supervisor, two, person="Ada Crew").status_code == 403


@pytest.mark.security
@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_back_leads_to_no_other_site(target: str, two: list[Shot], coordinator: Client) -> None:
    assert confirmed(coordinator, two, status="final", next=target)["Location"] == "/"


def test_names_are_suggested_with_the_number_of_namesakes(coordinator: Client) -> None:
    first, second = CrewMemberFactory.create_batch(2, full_name="Ada Crew")
    CrewMemberFactory(full_name="Bo Adair", role__name="Painter")
    page = coordinator.get("/shots/people/?assigned_to=ADA").content.decode()
    assert [f"Ada Crew #{person.pk}" in page for person in (first, second)] == [True, True]
    assert '<option value="Bo Adair">Painter</option>' in page
