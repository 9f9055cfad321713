"""Who may open which page, and what each is offered there."""

from typing import Any

import pytest
from django.test import Client

from config.tests.admin_pages import signed_in
from shows.tests.factories import ShotFactory

pytestmark = [pytest.mark.django_db, pytest.mark.security]

READ = ["/shows/", "/shows/NT/", "/shows/NT/?view=table", "/shows/NT/plots/", "/shots/", "/shows/NT/lanes/{sequence}/"]
WRITE = [
    "/new/show/",
    "/shows/NT/edit/",
    "/shows/NT/new/sequence/",
    "/shows/NT/new/shot/",
    "/shows/NT/sequences/SQ1/edit/",
    "/shows/NT/import/",
    "/shots/{shot}/edit/",
    "/shots/people/",
]
READERS = ("artist", "supervisor", "coordinator", "producer", "admin")
WRITERS = ("coordinator", "producer", "admin")


@pytest.fixture
def ids() -> dict[str, int]:
    shot = ShotFactory(sequence__code="SQ1", sequence__show__code="NT")
    return {"shot": shot.pk, "sequence": shot.sequence_id}


def answers(client: Client, paths: list[str], ids: dict[str, int]) -> set[int]:
    return {client.get(path.format(**ids)).status_code for path in paths}


@pytest.mark.parametrize("role", READERS)
def test_who_works_on_shots_opens_the_pages_that_show_them(role: str, ids: dict[str, int]) -> None:
    assert answers(signed_in(role), READ, ids) == {200}


@pytest.mark.parametrize("role", ["clerk", "member"])
def test_others_are_told_that_the_pages_are_not_for_them(role: str, ids: dict[str, int]) -> None:
    client = signed_in(*([] if role == "member" else [role]))
    assert answers(client, READ + WRITE, ids) == {403}
    assert "Request id" in client.get("/shows/NT/").content.decode()


@pytest.mark.parametrize("role", WRITERS)
def test_who_runs_shows_opens_the_forms(role: str, ids: dict[str, int]) -> None:
    assert answers(signed_in(role), WRITE, ids) == {200}


@pytest.mark.parametrize("role", ["artist", "supervisor"])
def test_the_forms_are_closed_to_who_only_reviews(role: str, ids: dict[str, int]) -> None:
    assert answers(signed_in(role), WRITE, ids) == {403}


def test_nobody_is_led_to_the_sign_in_page_and_back(ids: dict[str, int]) -> None:
    answer = Client().get("/shows/NT/?status=review")
    assert answer["Location"] == "/login/?next=/shows/NT/%3Fstatus%3Dreview"


def test_a_script_without_a_session_gets_no_sign_in_page_as_a_part() -> None:
    assert Client().get("/shows/", headers={"HX-Request": "true"}).status_code == 401


MARKS = {"bulk": 'id="bulk"', "assign": 'name="person"', "add": "/new/shot/", "import": "/import/"}


@pytest.mark.parametrize(
    ("role", "marks"),
    [("artist", set()), ("supervisor", {"bulk"}), ("coordinator", set(MARKS)), ("producer", set(MARKS))],
)
def test_the_board_offers_what_its_reader_may_do(role: str, marks: set[str], ids: dict[str, int]) -> None:
    page = signed_in(role).get("/shows/NT/").content.decode()
    assert {name for name, mark in MARKS.items() if mark in page} == marks


@pytest.mark.parametrize("path", ["/shows/NT/edit/", "/shots/bulk/", "/shows/NT/import/", "/new/show/"])
def test_a_form_of_another_site_is_refused(path: str, ids: dict[str, int]) -> None:
    client: Any = Client(enforce_csrf_checks=True)
    client.cookies = signed_in("producer").cookies
    assert client.post(path, {"title": "Taken over"}).status_code == 403
