"""Shows, sequences and shots made and changed by forms."""

from typing import Any

import pytest
from django.test import Client

from config.tests.admin_pages import signed_in
from crew.tests.factories import CrewMemberFactory, ProductionFactory
from shows.models import Change, Sequence, Shot, Show
from shows.tests.factories import SequenceFactory, ShotFactory, ShowFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Client:
    return signed_in("coordinator")


def sent(client: Client, path: str, **changes: Any) -> Any:
    """Opens the form, changes what is named, and sends it."""
    form = client.get(path).context["form"]
    values = {field.html_name: field.value() for field in form if field.value() is not None}
    return client.post(path, values | changes)


def errors_of(answer: Any) -> dict[str, list[str]]:
    return {name: list(messages) for name, messages in answer.context["form"].errors.items()}


def test_a_show_is_made_and_opened(coordinator: Client) -> None:
    production = ProductionFactory()
    answer = sent(coordinator, "/new/show/", title="Night Train", code="NT", production=production.pk)
    assert answer["Location"] == "/shows/NT/"
    assert Show.objects.values_list("title", "code", "status", "production").get() == (
        "Night Train",
        "NT",
        "active",
        production.pk,
    )


def test_a_code_that_is_taken_is_refused_beside_its_field(coordinator: Client) -> None:
    ShowFactory(code="NT")
    answer = sent(coordinator, "/new/show/", title="Another", code="nt")
    assert "already" in errors_of(answer)["code"][0]
    assert Show.objects.count() == 1


def test_a_code_that_is_none_is_refused_beside_its_field(coordinator: Client) -> None:
    assert list(errors_of(sent(coordinator, "/new/show/", title="", code="a b"))) == ["title", "code"]


def test_a_show_is_changed(coordinator: Client) -> None:
    ShowFactory(code="NT", title="Night Train")
    assert sent(coordinator, "/shows/nt/edit/", title="Day Train", status="complete")["Location"] == "/shows/NT/"
    assert Show.objects.values_list("title", "status").get() == ("Day Train", "complete")


def test_who_was_overtaken_is_told_what_is_stored_now(coordinator: Client) -> None:
    show = ShowFactory(code="NT", title="Night Train")
    opened = coordinator.get("/shows/NT/edit/").context["form"]
    Show.objects.filter(pk=show.pk).update(title="Their words", status="on_hold")
    mine = {"title": "My words", "code": "NT", "status": "active", "row_version": opened["row_version"].value()}
    answer = coordinator.post("/shows/NT/edit/", mine)
    assert answer.context["form"].stored_since == [("Title", "Their words"), ("Status", "On hold")]
    assert Show.objects.get().title == "Their words"


def test_sent_again_the_form_overwrites_what_was_shown(coordinator: Client) -> None:
    show = ShowFactory(code="NT")
    Show.objects.filter(pk=show.pk).update(title="Their words")
    mine = {"title": "My words", "code": "NT", "status": "active", "row_version": 1}
    again = coordinator.post("/shows/NT/edit/", mine).context["form"]
    coordinator.post("/shows/NT/edit/", mine | {"row_version": again["row_version"].value()})
    assert Show.objects.get().title == "My words"


def test_a_sequence_is_made_and_changed(coordinator: Client) -> None:
    ShowFactory(code="NT")
    sent(coordinator, "/shows/NT/new/sequence/", code="SQ1", description="Harbour")
    sent(coordinator, "/shows/NT/sequences/sq1/edit/", description="Lighthouse")
    assert Sequence.objects.values_list("show__code", "code", "description").get() == ("NT", "SQ1", "Lighthouse")


def test_a_sequence_of_another_show_is_not_found(coordinator: Client) -> None:
    ShowFactory(code="NT")
    SequenceFactory(code="SQ1")
    assert coordinator.get("/shows/NT/sequences/SQ1/edit/").status_code == 404


def test_a_shot_needs_a_sequence_first(coordinator: Client) -> None:
    ShowFactory(code="NT")
    answer = coordinator.get("/shows/NT/new/shot/", follow=True)
    assert answer.redirect_chain[0][0] == "/shows/NT/new/sequence/"
    assert "make the first one" in answer.content.decode()


def test_a_shot_is_made_in_the_sequence_that_it_was_asked_for(coordinator: Client) -> None:
    show = ShowFactory(code="NT")
    _, second = SequenceFactory(show=show, code="A"), SequenceFactory(show=show, code="B")
    CrewMemberFactory(full_name="Ada Crew")
    sent(coordinator, "/shows/NT/new/shot/?sequence=b", code="0010", assigned_to="ada crew")
    assert Shot.objects.values_list("sequence", "code", "assigned_to__full_name").get() == (
        second.pk,
        "0010",
        "Ada Crew",
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"frame_start": 1100, "frame_end": 1001}, "frame_end"),
        ({"frame_end": 2**31}, "frame_end"),
        ({"head_handle": -1}, "head_handle"),
        ({"assigned_to": "Unknown Person"}, "assigned_to"),
        ({"code": "a" * 21}, "code"),
        ({"sequence": 10**9}, "sequence"),
        ({"status": "nonsense"}, "status"),
    ],
)
def test_what_is_wrong_with_a_shot_stands_beside_its_field(
    changes: dict[str, Any], field: str, coordinator: Client
) -> None:
    shot = ShotFactory()
    assert list(errors_of(sent(coordinator, f"/shots/{shot.pk}/edit/", **changes))) == [field]


def test_a_shot_is_changed_with_a_reason(coordinator: Client) -> None:
    shot = ShotFactory(assigned_to=CrewMemberFactory())
    path = f"/shots/{shot.pk}/edit/"
    assert (
        sent(coordinator, path, assigned_to="", status="on_hold", reason="Holidays")["Location"] == f"/shots/{shot.pk}/"
    )
    assert set(Change.objects.values_list("field", "reason")) == {("assigned_to", "Holidays"), ("status", "Holidays")}


def test_a_person_with_a_namesake_stays_assigned(coordinator: Client) -> None:
    twin, _ = CrewMemberFactory.create_batch(2, full_name="Ada Crew")
    shot = ShotFactory(assigned_to=twin)
    sent(coordinator, f"/shots/{shot.pk}/edit/", description="New words")
    shot.refresh_from_db()
    assert (shot.assigned_to, shot.description) == (twin, "New words")
