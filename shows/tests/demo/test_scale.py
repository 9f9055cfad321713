from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest
from django.db import connection
from django.db.models import Count, F, Max, Min, Model, Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shows.models import Review, Sequence, Shot, Show, Version
from shows.services.demo import Cast, DemoShows, seed_scale, words
from shows.services.demo.big_studio import BigStudio
from shows.services.demo.loading import codes_like

MODELS = (Show, Sequence, Shot, Version, Review)


def load(cast: Cast, shots: int) -> DemoShows:
    return seed_scale(shots, cast, lambda stage, done, total: None)


def statements_for(cast: Cast, shots: int) -> int:
    with CaptureQueriesContext(connection) as queries:
        load(cast, shots)
        connection.check_constraints()
    return len(queries)


def contents(model: type[Model]) -> Counter[tuple[object, ...]]:
    """The rows but for their ids and times."""
    rows = (
        tuple(v for f, v in vars(row).items() if f[0] != "_" and "id" not in f) for row in model._default_manager.all()
    )
    return Counter(tuple(v for v in row if not isinstance(v, datetime)) for row in rows)


@pytest.mark.parametrize("shots", [1, 2, 49, 207])
def test_there_are_exactly_as_many_shots_and_five_times_as_many_reviews(cast: Cast, shots: int) -> None:
    counts = load(cast, shots).counts
    assert (Shot.objects.count(), Review.objects.count()) == (shots, 5 * shots)
    assert counts == {f"{model._meta.model_name}s": model._default_manager.count() for model in MODELS}


def test_the_database_finds_nothing_wrong_with_it(cast: Cast) -> None:
    load(cast, 207)
    connection.check_constraints()


@pytest.mark.parametrize("model", MODELS)
def test_the_rows_pass_the_checks_of_their_models(cast: Cast, model: type[Model]) -> None:
    load(cast, 20)
    rows = model._default_manager.all()
    for row in rows:
        row.full_clean(validate_unique=False)
    assert rows


@pytest.mark.performance
def test_statements_do_not_grow_with_the_number_of_shots(cast: Cast) -> None:
    Show.objects.all().delete()
    small = statements_for(cast, 10)
    # The second load takes the second free code of each show.
    assert statements_for(cast, 400) == small + Show.objects.count() // 2


@pytest.mark.parametrize("model", MODELS)
def test_it_is_the_same_every_time(cast: Cast, model: type[Model]) -> None:
    first = load(cast, 30)
    before = contents(model)
    Review.objects.all().delete()
    for gone in (Version, Shot, Sequence, Show):
        gone._default_manager.all().delete()
    assert first.counts == load(cast, 30).counts
    assert contents(model) == before


def test_versions_are_numbered_without_a_gap(cast: Cast) -> None:
    load(cast, 207)
    shots = Shot.objects.annotate(last=Max("versions__number"), number=Count("versions"))
    assert not shots.exclude(last=F("number")).exists()


def test_nothing_happens_before_what_it_is_about_or_after_today(cast: Cast) -> None:
    load(cast, 207)
    too_early = Q(created_at__lt=F("shot__created_at")) | Q(created_at__lt=F("version__created_at"))
    assert not Review.objects.filter(too_early).exists()
    assert not Version.objects.filter(created_at__lt=F("shot__created_at")).exists()
    for model in (Shot, Version, Review):
        assert model._default_manager.aggregate(last=Max("created_at"))["last"] <= timezone.now()


def test_shots_are_spread_over_time(cast: Cast) -> None:
    load(cast, 207)
    for field in ("created_at", "updated_at"):
        times = Shot.objects.aggregate(first=Min(field), last=Max(field))
        assert (times["last"] - times["first"]).days > 365


def test_the_shares_of_the_shows_differ(cast: Cast) -> None:
    load(cast, 207)
    sizes = Show.objects.annotate(number=Count("shots")).values_list("number", flat=True)
    assert max(sizes) > 5 * min(sizes) > 0


@pytest.mark.unit
def test_the_youngest_shot_is_old_enough_for_all_of_its_versions() -> None:
    studio = BigStudio(1000, datetime(2031, 1, 1, tzinfo=UTC))
    assert [studio.version_at(shot, 1.0) for shot in range(996, 1000)] == [3, 1, 2, 4]
    assert studio.versions == 2500


@pytest.mark.unit
def test_a_tenth_of_the_notes_holds_the_common_word() -> None:
    rng = Random(1)
    notes = [words.criticism("FX", rng) for _ in range(5000)]
    assert 400 < sum("comp" in note.lower().replace(".", " ").split() for note in notes) < 600


@pytest.mark.unit
def test_some_words_are_rare_and_some_are_mistyped() -> None:
    rng = Random(1)
    notes = [words.criticism("Lighting", rng) for _ in range(20_000)]
    assert 0 < sum("Mind the" in note for note in notes) < 30
    assert 0 < sum(not any(fault in note for fault in words.FAULTS) for note in notes) < 200


@pytest.mark.unit
def test_free_codes_stay_within_twenty_characters() -> None:
    codes = codes_like("ABCDEFGHIJKLMNOPQRST")
    assert [next(codes) for _ in range(2)] == ["ABCDEFGHIJKLMNOPQRST", "ABCDEFGHIJKLMNOPQR_2"]


@pytest.mark.performance
@pytest.mark.parametrize("model", [Sequence, Shot, Version, Review])
def test_the_planner_hears_of_the_new_size_before_references_are_checked(cast: Cast, model: type[Model]) -> None:
    load(cast, 207)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [model._meta.db_table])
        assert cursor.fetchone() == (model._default_manager.count(),)
