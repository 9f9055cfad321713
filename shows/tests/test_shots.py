from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from crew.tests.factories import CrewMemberFactory
from pipeline.errors import NotAllowed, StaleVersion, StillHolds
from shows.errors import BulkRefused, CodeTaken, ShotSettled, StatusNotAllowed
from shows.models import Change, Shot, ShotMeaning, ShotStatus, Version
from shows.services import shots
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return UserFactory.create(roles=["coordinator"])


@pytest.fixture
def supervisor() -> User:
    return UserFactory.create(roles=["supervisor"])


@pytest.fixture
def artist() -> User:
    return UserFactory.create(roles=["artist"])


@pytest.fixture
def own_shot(artist: User) -> Shot:
    return ShotFactory(assigned_to=CrewMemberFactory(user=artist))


def test_a_code_is_unique_in_its_sequence_regardless_of_case(coordinator: User) -> None:
    shot = ShotFactory(code="ab_1")
    with pytest.raises(CodeTaken):
        shots.create_shot(shot.sequence, code="AB_1", by=coordinator)


def test_a_code_may_stand_in_another_sequence(coordinator: User) -> None:
    shot = ShotFactory(code="0010")
    other = SequenceFactory(show=shot.show)
    assert shots.create_shot(other, code="0010", by=coordinator).code == "0010"


@pytest.mark.parametrize("code", ["", "a b", "x" * 21, "é", "a/b", "a\n"])
def test_a_code_of_other_signs_is_refused_by_the_service(code: str, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="code"):
        shots.create_shot(SequenceFactory(), code=code, by=coordinator)


@pytest.mark.parametrize("code", ["", "a b", "é", "a\n"])
def test_a_code_of_other_signs_is_refused_by_the_database(code: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Shot.objects.filter(pk=ShotFactory().pk).update(code=code)


def test_frames_out_of_order_are_refused_by_field_and_by_the_database(coordinator: User) -> None:
    shot = ShotFactory()
    with pytest.raises(ValidationError, match="frame_end"):
        shots.change_shot(shot.pk, frame_end=1000, by=coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shot.objects.filter(pk=shot.pk).update(frame_end=1000)


def test_a_shot_of_one_frame_is_a_shot(coordinator: User) -> None:
    assert shots.create_shot(SequenceFactory(), code="A", frame_start=7, frame_end=7, by=coordinator).pk


def test_a_shot_moves_within_its_show_only(coordinator: User) -> None:
    shot = ShotFactory()
    near, far = SequenceFactory(show=shot.show), SequenceFactory()
    assert shots.change_shot(shot.pk, sequence=near, by=coordinator).sequence == near
    with pytest.raises(ValidationError, match="stays in its show"):
        shots.change_shot(shot.pk, sequence=far, by=coordinator)


def test_every_status_has_a_meaning() -> None:
    assert {status.meaning for status in ShotStatus} == set(ShotMeaning)


def test_a_supervisor_sets_any_status_and_nothing_else(supervisor: User) -> None:
    shot = ShotFactory()
    assert shots.change_shot(shot.pk, status="final", by=supervisor).status == "final"
    with pytest.raises(NotAllowed, match="status of a shot only"):
        shots.change_shot(shot.pk, description="x", by=supervisor)


@pytest.mark.parametrize("status", ["pending", "in_progress", "review"])
def test_an_artist_moves_an_own_shot_among_the_working_statuses(status: str, artist: User, own_shot: Shot) -> None:
    assert shots.change_shot(own_shot.pk, status=status, by=artist).status == status


@pytest.mark.parametrize("status", ["approved", "final", "on_hold", "omitted"])
def test_an_artist_sets_no_other_status(status: str, artist: User, own_shot: Shot) -> None:
    with pytest.raises(StatusNotAllowed):
        shots.change_shot(own_shot.pk, status=status, by=artist)


@pytest.mark.parametrize("status", ["approved", "final", "omitted"])
def test_an_artist_takes_no_shot_out_of_a_settled_status(status: str, artist: User, own_shot: Shot) -> None:
    Shot.objects.update(status=status)
    with pytest.raises(ShotSettled):
        shots.change_shot(own_shot.pk, status="review", by=artist)


def test_an_artist_changes_no_shot_of_somebody_else(artist: User) -> None:
    with pytest.raises(NotAllowed, match="not assigned to you"):
        shots.change_shot(ShotFactory().pk, status="review", by=artist)


def test_an_artist_changes_no_other_column_of_an_own_shot(artist: User, own_shot: Shot) -> None:
    with pytest.raises(NotAllowed):
        shots.change_shot(own_shot.pk, assigned_to=None, by=artist)


@pytest.mark.parametrize("role", ["clerk", "member"])
def test_who_does_not_work_on_shots_changes_none(role: str) -> None:
    user = UserFactory.create(roles=[] if role == "member" else [role])
    with pytest.raises(NotAllowed):
        shots.change_shot(ShotFactory().pk, status="review", by=user)


def test_a_stale_change_is_refused(coordinator: User) -> None:
    shot = ShotFactory()
    with pytest.raises(StaleVersion):
        shots.change_shot(shot.pk, status="review", by=coordinator, expected_version=2)


def test_a_change_is_kept_with_who_and_why(coordinator: User) -> None:
    shot = ShotFactory()
    shots.change_shot(shot.pk, status="review", frame_end=1200, reason="ready", by=coordinator)
    kept = Change.objects.of_shot(shot.pk).values_list("field", "from_value", "to_value", "by_id", "by_name", "reason")
    who = (coordinator.pk, coordinator.display_name, "ready")
    assert sorted(kept) == [("frame_end", 1100, 1200, *who), ("status", "pending", "review", *who)]


def test_a_bulk_update_without_a_service_is_kept_too() -> None:
    ShotFactory.create_batch(3)
    Shot.objects.update(status="final")
    assert Change.objects.filter(field="status", to_value="final", by_id=None).count() == 3


def test_an_assignment_is_kept_by_id(coordinator: User) -> None:
    shot, person = ShotFactory(), CrewMemberFactory()
    shots.change_shot(shot.pk, assigned_to=person, by=coordinator)
    change = Change.objects.get()
    assert (change.field, change.from_value, change.to_value) == ("assigned_to", None, person.pk)


def test_an_empty_shot_can_be_deleted(coordinator: User) -> None:
    shots.delete_shot(ShotFactory().pk, by=coordinator)
    assert not Shot.objects.exists()


@pytest.mark.parametrize("factory", [VersionFactory, ReviewFactory])
def test_a_shot_with_something_on_it_stays(factory: Callable[..., object], coordinator: User) -> None:
    shot = ShotFactory()
    factory(shot=shot)
    with pytest.raises(StillHolds, match="omitted"):
        shots.delete_shot(shot.pk, by=coordinator)


def test_versions_count_up_per_shot(supervisor: User) -> None:
    one, other = ShotFactory(), ShotFactory()
    names = [shots.add_version(shot.pk, by=supervisor).name for shot in (one, one, other)]
    assert names == ["v001", "v002", "v001"]


def test_the_thousandth_version_has_four_digits(supervisor: User) -> None:
    version = VersionFactory(number=999)
    shots.add_version(version.shot_id, by=supervisor)
    rows = Version.objects.order_by("number").as_rows()
    assert [row["name"] for row in rows] == ["v999", "v1000"]


def test_an_artist_hands_in_versions_of_own_shots_only(artist: User, own_shot: Shot) -> None:
    assert shots.add_version(own_shot.pk, by=artist).created_by == artist
    with pytest.raises(NotAllowed):
        shots.add_version(ShotFactory().pk, by=artist)


def test_a_bulk_change_is_one_update_and_leaves_what_is_so_already(coordinator: User) -> None:
    changed, same = ShotFactory(), ShotFactory(status="final")
    results = shots.bulk_change_shots([changed.pk, same.pk], status="final", by=coordinator)
    assert [result["ok"] for result in results] == [True, True]
    assert list(Shot.objects.order_by("pk").values_list("row_version", flat=True)) == [2, 1]


def test_a_bulk_change_takes_the_person_off(coordinator: User) -> None:
    shot = ShotFactory(assigned_to=CrewMemberFactory())
    shots.bulk_change_shots([shot.pk], assigned_to=None, by=coordinator)
    assert Shot.objects.get().assigned_to is None


def test_a_bulk_change_with_one_unknown_shot_writes_nothing(coordinator: User) -> None:
    shot = ShotFactory()
    with pytest.raises(BulkRefused) as refusal:
        shots.bulk_change_shots([shot.pk, 987654321], status="final", by=coordinator)
    assert [result["ok"] for result in refusal.value.facts["results"]] == [True, False]
    assert Shot.objects.get().status == "pending"


def test_a_bulk_change_that_is_not_atomic_writes_what_it_can(coordinator: User) -> None:
    shot = ShotFactory()
    shots.bulk_change_shots([shot.pk, 987654321], status="final", atomic=False, by=coordinator)
    assert Shot.objects.get().status == "final"


def test_a_supervisor_sets_statuses_in_bulk_but_assigns_nobody(supervisor: User) -> None:
    shot = ShotFactory()
    assert shots.bulk_change_shots([shot.pk], status="final", by=supervisor)[0]["ok"]
    with pytest.raises(NotAllowed):
        shots.bulk_change_shots([shot.pk], status="final", assigned_to=None, by=supervisor)


def add_in_thread(shot_id: int, user: User) -> int:
    try:
        return shots.add_version(shot_id, by=user).number
    finally:
        connection.close()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_versions_handed_in_at_once_have_no_gap_and_no_double() -> None:
    shot, user = ShotFactory(), UserFactory.create(is_superuser=True)
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: add_in_thread(shot.pk, user), range(40)))
    assert sorted(numbers) == list(range(1, 41))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_versions_handed_in_at_once_collide(monkeypatch: pytest.MonkeyPatch) -> None:
    shot, user = ShotFactory(), UserFactory.create(is_superuser=True)
    monkeypatch.setattr(type(Shot.objects.all()), "locked", lambda self: self)
    with ThreadPoolExecutor(8) as pool:
        outcomes = [pool.submit(add_in_thread, shot.pk, user) for _ in range(40)]
    assert any(isinstance(outcome.exception(), IntegrityError) for outcome in outcomes)


@pytest.mark.regression
def test_the_version_of_a_row_never_goes_back(coordinator: User) -> None:
    stale = ShotFactory()
    shots.change_shot(stale.pk, status="final", by=coordinator)
    stale.status = "final"
    stale.updated_at = Shot.objects.get().updated_at
    Shot.objects.bulk_update([stale], ["status", "row_version"])
    assert Shot.objects.get().row_version == 2
