"""What the page of a shot writes by the API, as a browser sends it: with its session, its token and a key."""

from typing import Any

import pytest
from django.test import Client

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from shows.models import Review, Shot
from shows.tests.factories import ReviewFactory, ShotFactory

pytestmark = pytest.mark.django_db

BACKEND = "config.accounts.backends.AccountBackend"
JSON = "application/json"


def browser_of(user: User) -> Client:
    """A browser that has the page open, and so has its token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, BACKEND)
    client.get(f"/shots/{ShotFactory().pk}/")
    return client


@pytest.fixture
def supervisor() -> User:
    return UserFactory.create(roles=["supervisor"])


def send(client: Client, shot: Shot, key: str = "one", **said: Any) -> Any:
    headers = {"X-CSRFToken": client.cookies["csrftoken"].value, "Idempotency-Key": key}
    body = {"status": "note", "body": "The rope boils."} | said
    return client.post(f"/api/v1/shots/{shot.pk}/reviews", body, content_type=JSON, headers=headers)


def test_a_note_that_is_sent_twice_under_one_key_is_written_once(supervisor: User) -> None:
    shot, client = ShotFactory(), browser_of(supervisor)
    assert [send(client, shot).status_code, send(client, shot).status_code] == [201, 201]
    assert Review.objects.count() == 1


def test_a_new_sign_in_renews_the_token_and_the_old_one_is_refused(supervisor: User) -> None:
    shot, client = ShotFactory(), browser_of(supervisor)
    old = client.cookies["csrftoken"].value
    client.cookies["csrftoken"] = "x" * 32
    refused = client.post(f"/api/v1/shots/{shot.pk}/reviews", {}, content_type=JSON, headers={"X-CSRFToken": old})
    assert (refused.status_code, refused.json()["detail"][:11]) == (403, "CSRF Failed")
    assert send(client, shot).status_code == 201


def test_without_a_session_nothing_is_written(supervisor: User) -> None:
    shot, client = ShotFactory(), browser_of(supervisor)
    del client.cookies["sessionid"]
    assert send(client, shot).status_code == 401
    assert not Review.objects.exists()


def test_an_edit_of_a_note_that_was_changed_since_is_refused(supervisor: User) -> None:
    client = browser_of(supervisor)
    note = ReviewFactory(created_by=supervisor, body="Before.")
    Review.objects.filter(pk=note.pk).update(body="Theirs.")
    headers = {"X-CSRFToken": client.cookies["csrftoken"].value, "If-Match": '"1"'}
    answer = client.patch(f"/api/v1/reviews/{note.pk}", {"body": "Mine."}, content_type=JSON, headers=headers)
    assert (answer.status_code, answer.json()["current_version"]) == (412, 2)


def test_mistakes_come_with_the_names_of_their_fields(supervisor: User) -> None:
    shot, client = ShotFactory(), browser_of(supervisor)
    answer = send(client, shot, frame_start="ten", frame_end=5)
    assert [error["field"] for error in answer.json()["errors"]] == ["frame_start"]
    assert [error["field"] for error in send(client, shot, "two", body="").json()["errors"]] == ["body"]
