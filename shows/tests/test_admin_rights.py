"""Who finds what in the admin: the same rights as everywhere."""

import pytest
from django.test import Client

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import as_sent, errors_of, send, signed_in
from shows.models import Review, Shot
from shows.tests.factories import ReviewFactory, ShotFactory, VersionFactory

pytestmark = [pytest.mark.security, pytest.mark.django_db]
LISTS = {
    "/admin/shows/show/": {"supervisor", "coordinator", "producer"},
    "/admin/shows/sequence/": {"supervisor", "coordinator", "producer"},
    "/admin/shows/shot/": {"supervisor", "coordinator", "producer"},
    "/admin/shows/version/": {"supervisor", "coordinator", "producer"},
    "/admin/shows/review/": {"supervisor", "coordinator", "producer"},
    "/admin/shows/change/": {"supervisor", "coordinator", "producer"},
    "/admin/crew/crewmember/": {"supervisor", "coordinator", "producer"},
    "/admin/crew/role/": {"supervisor", "coordinator", "producer"},
    "/admin/crew/production/": {"supervisor", "coordinator", "producer"},
    "/admin/shows/shot/add/": {"coordinator", "producer"},
    "/admin/shows/show/add/": {"coordinator", "producer"},
    "/admin/crew/crewmember/add/": {"coordinator", "producer"},
    "/admin/shows/review/add/": {"supervisor", "coordinator", "producer"},
    "/admin/shows/version/add/": {"supervisor", "coordinator", "producer"},
    "/admin/shows/change/add/": set(),
}


@pytest.fixture
def supervisor() -> Client:
    return signed_in("supervisor")


def shot_url(shot: Shot) -> str:
    return f"/admin/shows/shot/{shot.pk}/change/"


@pytest.mark.parametrize("role", ["supervisor", "coordinator", "producer", "clerk"])
def test_a_role_opens_what_is_for_it(role: str) -> None:
    client = signed_in(role)
    opened = {url for url in LISTS if client.get(url).status_code == 200}
    assert opened == {url for url, roles in LISTS.items() if role in roles}


@pytest.mark.parametrize("role", ["artist", "anyone"])
def test_who_is_no_staff_is_sent_to_sign_in(role: str) -> None:
    client = Client() if role == "anyone" else signed_in(role)
    for url in ("/admin/", *LISTS):
        assert client.get(url).headers["Location"].startswith("/admin/login/")


def test_a_clerk_is_shown_the_way_to_nothing_of_it() -> None:
    page = signed_in("clerk").get("/admin/").content.decode()
    assert "/admin/shows/" not in page
    assert "/admin/crew/" not in page


def test_a_supervisor_sees_no_accounts_in_the_sidebar(supervisor: Client) -> None:
    page = supervisor.get("/admin/").content.decode()
    assert "/admin/shows/shot/" in page
    assert "/admin/accounts/" not in page


def test_a_supervisor_sets_the_status_of_a_shot_and_nothing_else(supervisor: Client) -> None:
    shot = ShotFactory.create()
    send(supervisor, shot_url(shot), status="final", code="OTHER", description="Other")
    shot.refresh_from_db()
    assert (shot.status, shot.description) == ("final", "")
    assert shot.code != "OTHER"


def test_a_supervisor_adds_no_sequence_in_a_show(supervisor: Client) -> None:
    show = ShotFactory.create().show
    assert supervisor.post(f"/admin/shows/show/{show.pk}/change/", {"title": "Day Train"}).status_code == 403


def test_a_supervisor_deletes_no_shot(supervisor: Client) -> None:
    shot = ShotFactory.create()
    assert supervisor.post(f"/admin/shows/shot/{shot.pk}/delete/", {"post": "yes"}).status_code == 403
    sent = {"action": "delete_selected", "_selected_action": [shot.pk], "post": "yes"}
    supervisor.post("/admin/shows/shot/", sent)
    assert Shot.objects.exists()


def test_a_version_cannot_be_changed_or_deleted_by_anybody() -> None:
    version = VersionFactory.create()
    client = signed_in("admin")
    for page in ("change", "delete"):
        assert client.post(f"/admin/shows/version/{version.pk}/{page}/", {"post": "yes"}).status_code == 403


def test_the_kept_history_can_only_be_read() -> None:
    shot = ShotFactory.create()
    client = signed_in("admin")
    send(client, shot_url(shot), status="review")
    change = client.get("/admin/shows/change/").context["cl"].result_list[0]
    for page in ("change", "delete"):
        assert client.post(f"/admin/shows/change/{change.pk}/{page}/", {"post": "yes"}).status_code == 403


def test_a_review_of_somebody_else_can_be_resolved_but_not_reworded(supervisor: Client) -> None:
    review = ReviewFactory.create(created_by=UserFactory.create())
    url = f"/admin/shows/review/{review.pk}/change/"
    sent = as_sent(supervisor.get(url))
    del sent["is_open"]
    assert supervisor.post(url, sent | {"body": "Other words."}).status_code == 302
    review.refresh_from_db()
    assert (review.is_open, review.body) == (False, "The edge flickers.")


def test_the_row_of_somebody_elses_review_keeps_its_words(supervisor: Client) -> None:
    review = ReviewFactory.create(created_by=UserFactory.create())
    send(supervisor, shot_url(review.shot), reviews__0__body="Other words.")
    assert Review.objects.get().body == "The edge flickers."


def test_ones_own_review_is_reworded_and_deleted() -> None:
    writer: User = UserFactory.create(roles=["supervisor"])
    review = ReviewFactory.create(created_by=writer)
    client = signed_in(user=writer)
    send(client, f"/admin/shows/review/{review.pk}/change/", body="Better words.", frame_start=1001)
    assert Review.objects.get().body == "Better words."
    client.post(f"/admin/shows/review/{review.pk}/delete/", {"post": "yes"})
    assert not Review.objects.exists()


def test_deleting_somebody_elses_review_in_its_shot_is_refused(supervisor: Client) -> None:
    review = ReviewFactory.create(created_by=UserFactory.create())
    answer = send(supervisor, shot_url(review.shot), reviews__0__DELETE="on")
    assert not errors_of(answer)
    assert Review.objects.exists()


def test_deleting_somebody_elses_review_is_forbidden(supervisor: Client) -> None:
    review = ReviewFactory.create(created_by=UserFactory.create())
    assert supervisor.post(f"/admin/shows/review/{review.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Review.objects.exists()
