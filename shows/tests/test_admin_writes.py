"""The admin's forms call the services: what is refused is shown, and nothing of it is written."""

import pytest
from django.contrib.admin.models import LogEntry

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import errors_of, send, signed_in
from crew.tests.factories import CrewMemberFactory
from shows.models import Change, Sequence, Shot, Show, Version
from shows.services import shots
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory, VersionFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def coordinator() -> User:
    return UserFactory.create(roles=["coordinator"])


def url(row: object, page: str = "change") -> str:
    return f"/admin/shows/{type(row).__name__.lower()}/{row.pk}/{page}/"  # type: ignore[attr-defined]


def test_a_show_is_added_with_its_first_sequence(coordinator: User) -> None:
    sent = {"code": "NT", "title": "Night Train", "sequences__TOTAL_FORMS": 1, "sequences__0__code": "SQ010"}
    assert send(signed_in(user=coordinator), "/admin/shows/show/add/", **sent).status_code == 302
    assert Sequence.objects.get().show == Show.objects.get(code="NT", status="active")


def test_a_taken_code_is_refused_beside_its_field() -> None:
    ShowFactory.create(code="NT")
    answer = send(signed_in("coordinator"), "/admin/shows/show/add/", code="nt", title="Day Train")
    assert "already" in errors_of(answer)["code"][0]
    assert Show.objects.count() == 1


def test_a_refused_row_of_an_inline_says_so_there_and_undoes_the_rest() -> None:
    show = SequenceFactory.create(code="SQ010").show
    changes = {"title": "Day Train", "sequences__TOTAL_FORMS": 2, "sequences__1__code": "sq010"}
    answer = send(signed_in("coordinator"), url(show), **changes)
    assert list(errors_of(answer)) == ["sequences-1-code"]
    assert Show.objects.get().title == "Night Train"


def test_the_rows_of_an_inline_are_changed_and_deleted_by_the_services(coordinator: User) -> None:
    one, _other = SequenceFactory.create_batch(2, show=ShowFactory.create())
    changes = {"sequences__0__code": "SQ900", "sequences__1__DELETE": "on"}
    assert send(signed_in(user=coordinator), url(one.show), **changes).status_code == 302
    assert Sequence.objects.get().code == "SQ900"
    assert Change.objects.get(subject="sequence", subject_id=one.pk).by_id == coordinator.pk


def test_a_deletion_that_an_inline_may_not_make_is_refused_above_its_rows() -> None:
    shot = ShotFactory.create()
    answer = send(signed_in("coordinator"), url(shot.show), sequences__0__DELETE="on")
    said = answer.context["inline_admin_formsets"][0].formset.non_form_errors()
    assert "shots: 1" in said[0]
    assert Sequence.objects.exists()


def test_a_changed_shot_is_kept_in_the_history_with_its_reason_and_in_the_log(coordinator: User) -> None:
    shot = ShotFactory.create()
    member = CrewMemberFactory.create()
    changes = {"status": "review", "assigned_to": member.pk, "reason": "First pass is in."}
    assert send(signed_in(user=coordinator), url(shot), **changes).status_code == 302
    kept = Change.objects.filter(shot_id=shot.pk, by_id=coordinator.pk, reason="First pass is in.")
    assert set(kept.values_list("field", "to_value")) == {("status", "review"), ("assigned_to", member.pk)}
    assert (
        LogEntry.objects.get(user_id=coordinator.pk).get_change_message() == "Changed Status, Assigned to and reason."
    )


def test_an_empty_frame_range_is_refused_beside_its_field() -> None:
    answer = send(signed_in("coordinator"), url(ShotFactory.create()), frame_end=1)
    assert list(errors_of(answer)) == ["frame_end"]


def test_a_shot_does_not_leave_its_show() -> None:
    answer = send(signed_in("coordinator"), url(ShotFactory.create()), sequence=SequenceFactory.create().pk)
    assert errors_of(answer)["sequence"] == ["A shot stays in its show."]


def test_a_form_that_was_opened_before_somebody_elses_change_is_refused(coordinator: User) -> None:
    shot = ShotFactory.create()
    opened = shot.row_version
    shots.change_shot(shot.pk, by=coordinator, status="review")
    answer = send(signed_in("coordinator"), url(shot), expected_version=opened, status="approved")
    assert "since you opened the page" in errors_of(answer)["__all__"][0]
    assert Shot.objects.get().status == "review"


def test_a_row_of_an_inline_that_somebody_else_changed_is_refused(coordinator: User) -> None:
    shot = ShotFactory.create()
    shots.change_shot(shot.pk, by=coordinator, status="review")
    stale = {"shots__0__expected_version": shot.row_version, "shots__0__code": "SH9000"}
    answer = send(signed_in("coordinator"), url(shot.sequence), **stale)
    assert "since you opened the page" in errors_of(answer)["shots-0-__all__"][0]


def test_a_row_of_an_inline_that_nobody_touched_may_be_as_old_as_it_likes(coordinator: User) -> None:
    shot = ShotFactory.create()
    shots.change_shot(shot.pk, by=coordinator, status="review")
    stale = {"shots__0__expected_version": shot.row_version, "description": "The chase"}
    assert send(signed_in("coordinator"), url(shot.sequence), **stale).status_code == 302


def test_a_version_is_handed_in_with_the_next_number(coordinator: User) -> None:
    shot = VersionFactory.create().shot
    sent = {"shot": shot.pk, "department": "Compositing", "comment": "Edge is fixed."}
    assert send(signed_in(user=coordinator), "/admin/shows/version/add/", **sent).status_code == 302
    assert Version.objects.get(number=2).created_by == coordinator


def test_the_page_of_a_shot_takes_a_version_and_a_review_at_once(coordinator: User) -> None:
    shot = ShotFactory.create()
    rows = {"versions__TOTAL_FORMS": 1, "versions__0__comment": "First pass", "reviews__TOTAL_FORMS": 1}
    review = {"reviews__0__status": "note", "reviews__0__body": "Darker.", "reviews__0__set_shot_status": "review"}
    assert send(signed_in(user=coordinator), url(shot), **rows, **review).status_code == 302
    shot.refresh_from_db()
    assert (shot.status, shot.versions.get().number, shot.reviews.get().created_by) == ("review", 1, coordinator)


def test_a_shot_with_reviews_is_not_deleted_and_the_page_says_why() -> None:
    shot = ReviewFactory.create().shot
    answer = signed_in("coordinator").post(url(shot, "delete"), {"post": "yes"}, follow=True)
    assert answer.redirect_chain[0][0] == url(shot)
    assert "reviews: 1" in str(*answer.context["messages"])


def test_a_shot_without_anything_is_deleted_and_logged(coordinator: User) -> None:
    shot = ShotFactory.create()
    signed_in(user=coordinator).post(url(shot, "delete"), {"post": "yes"})
    assert not Shot.objects.exists()
    assert LogEntry.objects.get(user_id=coordinator.pk).is_deletion()


def test_deleting_many_is_refused_as_a_whole_when_one_is_refused() -> None:
    held, free = ReviewFactory.create().shot, ShotFactory.create()
    sent = {"action": "delete_selected", "_selected_action": [held.pk, free.pk], "post": "yes"}
    answer = signed_in("coordinator").post("/admin/shows/shot/", sent, follow=True)
    assert f"{held}: " in str(*answer.context["messages"])
    assert Shot.objects.count() == 2
    assert not LogEntry.objects.exists()


def test_a_row_that_was_deleted_meanwhile_is_told(coordinator: User) -> None:
    shot = ShotFactory.create()
    client = signed_in(user=coordinator)
    Shot.objects.all().delete()
    assert client.post(url(shot), {"status": "review"}, follow=True).redirect_chain[0][0] == "/admin/"


def test_a_review_that_nobody_judged_is_no_approval() -> None:
    shot = ShotFactory.create()
    row = {"reviews__TOTAL_FORMS": 1, "reviews__0__body": "Darker."}
    assert list(errors_of(send(signed_in("coordinator"), url(shot), **row))) == ["reviews-0-status"]
    chosen = signed_in("coordinator").get("/admin/shows/review/add/").context["adminform"].form["status"].subwidgets
    assert str(chosen[0].data["value"]) == ""
