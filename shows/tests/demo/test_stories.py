from collections import Counter
from datetime import date

import pytest
from django.db.models import Count, F, Max

from shows.models import Change, Review, ReviewStatus, Sequence, Shot, ShotStatus, Show, Version
from shows.services.demo import Cast, DemoShows, seed_shows
from shows.services.demo.plan import ShotPlan
from shows.services.demo.seeding import SHOTS
from shows.tests.factories import ShowFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(cast: Cast) -> DemoShows:
    return seed_shows(cast)


def test_there_is_as_much_as_is_promised(demo: DemoShows) -> None:
    counts = demo.counts
    assert (counts["shows"] >= 3, counts["sequences"] >= 8, counts["shots"] >= 24) == (True, True, True)
    assert (counts["versions"] >= 40, counts["reviews"] >= 40, counts["changes"] >= 100) == (True, True, True)


def test_the_counts_are_of_what_is_there(demo: DemoShows) -> None:
    models = {
        "shows": Show, "sequences": Sequence, "shots": Shot, "versions": Version, "reviews": Review, "changes": Change,
    }  # fmt: skip
    assert demo.counts == {kind: model._default_manager.count() for kind, model in models.items()}


@pytest.mark.parametrize("model", [Show, Sequence, Shot, Version, Review])
def test_the_rows_pass_the_checks_of_their_models(demo: DemoShows, model: type[Shot]) -> None:
    rows = model._default_manager.all()
    for row in rows:
        row.full_clean()
    assert rows


def test_every_note_is_different(demo: DemoShows) -> None:
    bodies = Counter(Review.objects.values_list("body", flat=True))
    assert max(bodies.values()) == 1


@pytest.mark.parametrize("status", ShotStatus)
def test_every_status_is_there(demo: DemoShows, status: ShotStatus) -> None:
    assert Shot.objects.filter(status=status).exists()


def test_notes_are_about_nothing_one_frame_or_several_within_the_shot(demo: DemoShows) -> None:
    framed = Review.objects.filter(frame_start__isnull=False)
    assert Review.objects.filter(frame_start=None).exists()
    assert framed.filter(frame_end=None).exists()
    assert framed.filter(frame_end__gt=F("frame_start")).exists()
    assert not framed.exclude(frame_start__range=(F("shot__frame_start"), F("shot__frame_end"))).exists()


def test_versions_are_numbered_without_a_gap(demo: DemoShows) -> None:
    shots = Shot.objects.annotate(last=Max("versions__number"), versions_=Count("versions"))
    assert not shots.filter(versions_=0, last__isnull=False).exists()
    assert not shots.exclude(versions_=0).exclude(last=F("versions_")).exists()


def test_only_what_was_said_about_the_newest_version_is_open(demo: DemoShows) -> None:
    newest = Review.objects.annotate(newest=Max("shot__versions__number")).filter(is_open=True)
    assert newest.exists()
    assert not newest.exclude(version__number=F("newest")).exists()
    assert Review.objects.filter(is_open=False).exclude(status=ReviewStatus.APPROVED).exists()


def test_the_history_ends_with_the_status_that_a_shot_has(demo: DemoShows) -> None:
    for shot in Shot.objects.exclude(status=ShotStatus.PENDING):
        last = Change.objects.filter(shot_id=shot.pk, field="status").latest("pk")
        assert (last.to_value, last.at, last.by_name != "") == (shot.status, shot.updated_at, True)


def test_the_history_grows_in_the_order_of_time(demo: DemoShows) -> None:
    told = list(Change.objects.order_by("pk").values_list("at", flat=True))
    assert told == sorted(told)


def test_the_newest_review_of_all_has_the_highest_id(demo: DemoShows) -> None:
    told = list(Review.objects.order_by("pk").values_list("created_at", flat=True))
    assert told == sorted(told)


def test_the_demo_artist_has_shots_in_several_statuses(demo: DemoShows, cast: Cast) -> None:
    shots = Shot.objects.own(cast.accounts["artist"])
    assert len({shot.status for shot in shots}) >= 3


def test_a_code_that_a_show_of_others_has_becomes_the_next_free_one(cast: Cast) -> None:
    ShowFactory(code="tal")
    ShowFactory(code="TAL_2")
    seed_shows(cast)
    assert Show.objects.filter(code="TAL_3", title="The Tallow Coast").count() == 1


@pytest.mark.parametrize("plan", SHOTS, ids=lambda plan: plan.code)
def test_a_story_lies_in_the_past_and_in_order(plan: ShotPlan) -> None:
    today = date(2031, 5, 20)
    times = list(plan.times(today))
    assert times == sorted(times)
    assert times[-1].date() < today
