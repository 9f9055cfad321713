"""`/shows/<code>/plots/`: how the shots of a show came to stand where they stand."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pipeline.plots import Plot, Series
from pipeline.views.access import caller
from shows.models import ShotMeaning, ShotStatus, Show
from shows.views.review_access import studio_page

MOST_COLUMNS = 24
# What came to a status (+1) and left it (-1), by day: each shot begins with what its first change found, or as it is.
TURNS = """
WITH own AS (SELECT id, status, created_at FROM shows_shot WHERE show_id = %s),
turn AS (
    SELECT own.id, change.id AS place, change.at, change.from_value #>> '{}' AS was, change.to_value #>> '{}' AS now
    FROM own JOIN shows_change AS change
      ON change.subject = 'shot' AND change.subject_id = own.id AND change.field = 'status'
),
beginning AS (SELECT DISTINCT ON (id) id, at, was FROM turn ORDER BY id, place),
event AS (
    SELECT at, was AS status, -1 AS step FROM turn
    UNION ALL SELECT at, now, 1 FROM turn
    UNION ALL
    SELECT least(own.created_at, beginning.at), coalesce(beginning.was, own.status), 1
    FROM own LEFT JOIN beginning USING (id)
)
SELECT (at AT TIME ZONE 'UTC')::date AS day, status, sum(step)::int FROM event
GROUP BY day, status HAVING sum(step) <> 0 ORDER BY day
"""
TONES = {
    ShotStatus.FINAL: "good", ShotStatus.APPROVED: "good", ShotStatus.REVIEW: "wait", ShotStatus.IN_PROGRESS: "info",
    ShotStatus.PENDING: "mute", ShotStatus.ON_HOLD: "warn", ShotStatus.OMITTED: "mute",
}  # fmt: skip
Counts = Counter[str]
Row = tuple[date, str, int]


@require_safe
@studio_page
def show_plots(request: HttpRequest, code: str) -> HttpResponse:
    show = Show.objects.visible_to(caller(request)).coded(code).get()
    return render(request, "components/plots.html", {"plots": plots_of(turns_of(show.pk), timezone.now().date())})


def turns_of(show_id: int) -> list[Row]:
    """One statement over the history of the show's shots; an index leads from each shot to its changes of status."""
    with connection.cursor() as cursor:
        cursor.execute(TURNS, [show_id])
        rows: list[Row] = cursor.fetchall()
        return rows


def plots_of(turns: list[Row], today: date) -> list[Plot]:
    days = days_of(turns[0][0], today) if turns else []
    standings = list(standings_at(days, turns))
    labels = [f"{day:%-d %b}" for day in days]
    by_status = [Series(str(status.label), [each[status] for each in standings], TONES[status]) for status in TONES]
    burn = [
        Series("Left to do", [left(each) for each in standings], "info"),
        Series("In the show", [wanted(each) for each in standings], "mute"),
    ]
    return [
        Plot("statuses", "Shots by status", labels, by_status, unit="shots"),
        Plot("burndown", "Burn-down", labels, burn, is_lines=True, help="Omitted shots count no more."),
    ]


def days_of(first: date, today: date) -> list[date]:
    """Days from the first to today, as far apart that there are not too many; today is always one."""
    number = max((today - first).days, 1)
    apart = ceil(number / (MOST_COLUMNS - 1))
    return [today - timedelta(days=apart * back) for back in range(number // apart, -1, -1)]


def standings_at(days: list[date], turns: list[Row]) -> Iterator[Counts]:
    """How many shots stood in each status at the end of each day."""
    standing, at = Counts(), 0
    for day in days:
        while at < len(turns) and turns[at][0] <= day:
            standing[turns[at][1]] += turns[at][2]
            at += 1
        yield standing.copy()


def wanted(standing: Counts) -> int:
    return standing.total() - standing[ShotStatus.OMITTED]


def left(standing: Counts) -> int:
    done = sum(standing[status] for status in ShotStatus if status.meaning is ShotMeaning.DONE)
    return wanted(standing) - done
