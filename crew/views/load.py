"""`/crew/schedule/load/`: how many days of each week are booked, of those that people are under contract for."""

from datetime import date

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from crew.views.people import crew_page
from crew.views.schedule import span_asked
from pipeline.plots import Plot, Series

# Days of people under contract, booked by productions, and off, in each week.
LOAD = """
SELECT week::date,
    (SELECT coalesce(sum(upper(employment * days) - lower(employment * days)), 0) FROM crew_member
     WHERE employment && days),
    (SELECT coalesce(sum(upper(period * days) - lower(period * days)), 0) FROM booking
     WHERE period && days AND production_id IS NOT NULL),
    (SELECT coalesce(sum(upper(period * days) - lower(period * days)), 0) FROM booking
     WHERE period && days AND production_id IS NULL)
FROM generate_series(date_trunc('week', %(first)s::timestamp), %(last)s::timestamp, '1 week') AS week,
    LATERAL (SELECT daterange(week::date, week::date + 7)) AS of_week (days)
ORDER BY week
"""


@require_safe
@crew_page
def schedule_load(request: HttpRequest) -> HttpResponse:
    """Of the days that the schedule shows: one statement."""
    span = span_asked(request.GET, timezone.localdate())
    return render(request, "components/plots.html", {"plots": [load_of(span.start, span.end)]})


def load_of(first: date, last: date) -> Plot:
    with connection.cursor() as cursor:
        cursor.execute(LOAD, {"first": first, "last": last})
        weeks = cursor.fetchall()
    series = [
        Series("Booked", [booked for _, _, booked, _ in weeks], "info"),
        Series("Time off", [off for *_, off in weeks], "warn"),
        Series("Free", [max(hired - booked - off, 0) for _, hired, booked, off in weeks], "mute"),
    ]
    labels = [f"{week:%-d %b}" for week, *_ in weeks]
    words = "Days of people under contract, by the week's Monday."
    return Plot("load", "Crew load by week", labels, series, unit="days", help=words)
