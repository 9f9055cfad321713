"""Plots: what they draw is what the tables hold, and it is readable without colour."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import signed_in
from crew.tests.factories import BookingFactory, CrewMemberFactory, TimeOffFactory, days
from pipeline.plots import Plot, Series
from pipeline.tests.factories import JobFactory
from rentals.tests.factories import RentalFactory
from shows.models import Change
from shows.services.shots import change_shot
from shows.tests.factories import SequenceFactory, ShotFactory


def numbers(plot: Plot) -> dict[str, list[float]]:
    return {series.name: list(series.values) for series in plot.series if any(series.values)}


def drawn(answer: Any) -> dict[str, Plot]:
    return {plot.name: plot for plot in answer.context["plots"]}


def test_the_parts_of_a_column_stand_upon_each_other_below_a_round_number() -> None:
    plot = Plot("x", "X", ["a", "b"], [Series("One", [30, 0]), Series("Two", [60, 5])])
    assert (plot.top, plot.ticks[-1][1]) == (100, "100")
    lower, upper = plot.boxes[:2]
    assert float(upper.y[:-1]) + float(upper.height[:-1]) == pytest.approx(float(lower.y[:-1]), abs=0.02)
    assert len(plot.boxes) == 3
    assert plot.rows == [("a", ["30", "60"]), ("b", ["0", "5"])]
    assert len({strokes for _, strokes, _ in plot.marks}) == 2


def test_nothing_is_drawn_of_nothing() -> None:
    assert Plot("x", "X", [], []).is_empty
    assert Plot("x", "X", ["a"], [Series("One", [0])]).boxes == []


@pytest.mark.django_db
def test_the_history_tells_where_the_shots_of_a_show_stood() -> None:
    by, sequence = UserFactory.create(roles=["producer"]), SequenceFactory()
    shots = ShotFactory.create_batch(3, sequence=sequence, status="pending")
    change_shot(shots[0].pk, by=by, status="final")
    change_shot(shots[1].pk, by=by, status="omitted")
    ago = timezone.now() - timedelta(days=2)
    sequence.show.shots.update(created_at=ago - timedelta(days=2))
    Change.objects.filter(shot_id=shots[0].pk).update(at=ago)
    ShotFactory(status="review")
    plots = drawn(signed_in(user=by).get(f"/shows/{sequence.show.code}/plots/"))
    assert numbers(plots["statuses"]) == {
        "Pending": [3, 3, 2, 2, 1], "Final": [0, 0, 1, 1, 1], "Omitted": [0, 0, 0, 0, 1]
    }  # fmt: skip
    assert numbers(plots["burndown"]) == {"Left to do": [3, 3, 2, 2, 1], "In the show": [3, 3, 3, 3, 2]}


@pytest.mark.django_db
def test_the_load_of_a_week_counts_days_booked_off_and_free() -> None:
    person = CrewMemberFactory(employment=DateRange(date(2030, 7, 2), None))
    BookingFactory(crew_member=person, production__period=days(date(2030, 7, 4), date(2030, 7, 9)))
    TimeOffFactory(crew_member=person, period=days(date(2030, 7, 11), date(2030, 7, 11)))
    plot = drawn(signed_in("producer").get("/crew/schedule/load/?start=2030-07-01&zoom=day"))["load"]
    assert [values[:2] for values in numbers(plot).values()] == [[4, 2], [0, 1], [2, 4]]
    assert plot.labels[:2] == ["1 Jul", "8 Jul"]


@pytest.mark.django_db
def test_jobs_are_counted_by_how_long_they_took_for_who_may_see_them() -> None:
    at = timezone.now()
    for seconds, state in ((0, "completed"), (20, "error"), (9999, "completed")):
        job = JobFactory(state=state, finished_at=at)
        type(job).objects.filter(pk=job.pk).update(created_at=at - timedelta(seconds=seconds))
    plot = drawn(signed_in("producer").get("/pipeline/plots/"))["durations"]
    assert numbers(plot) == {"Completed": [1, 0, 0, 0, 0, 0, 1], "Error": [0, 0, 1, 0, 0, 0, 0]}
    assert numbers(drawn(signed_in().get("/pipeline/plots/"))["durations"]) == {}


@pytest.mark.django_db
def test_rentals_are_counted_by_month_and_every_plot_has_its_table() -> None:
    with time_machine.travel("2030-06-15"):
        for month in (4, 5, 5):
            RentalFactory(rental_date=datetime(2030, month, 3, tzinfo=UTC))
    page = signed_in("clerk").get("/reports/?report=rentals")
    assert numbers(page.context["plot"]) == {"Rentals": [1, 2]}
    assert '<th scope="row">2030-05</th>' in page.content.decode()


@pytest.mark.django_db
@pytest.mark.performance
def test_a_plot_costs_the_same_for_two_shots_as_for_twenty() -> None:
    by, sequence, costs = UserFactory.create(roles=["producer"]), SequenceFactory(), []
    client = signed_in(user=by)
    for number in (2, 18):
        for shot in ShotFactory.create_batch(number, sequence=sequence):
            change_shot(shot.pk, by=by, status="review")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/shows/{sequence.show.code}/plots/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 6
