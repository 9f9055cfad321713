"""What waits outside of the shows: jobs that failed, productions that want people, films that should be back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from crew.models import Production
from pipeline.models import Job, JobStatus
from pipeline.querysets import JobQuerySet
from pipeline.services import Actor
from pipeline.views.board import titled
from rentals.models import OverdueRental, Rental
from shows.views.review_rows import ago

NEWEST = 10
MOST_JOBS = 5
TROUBLES = {JobStatus.ERROR: "failed jobs", JobStatus.STALLED: "stalled jobs"}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and the address of what it counts; a status makes its title a chip."""

    number: int
    title: str
    address: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows to act on, and how many there are in all."""

    figures: list[Figure]
    rows: list[Row]

    @property
    def first(self) -> Figure:
        return self.figures[0]


def waiting_elsewhere(user: Actor) -> Row:
    """What templates of every role show; what a role has nothing to do with is None."""
    found = {
        "jobs": troubled_jobs(user),
        "productions": unfilled_productions(user) if user.has_perm("crew.add_booking") else None,
        "late": late_rentals(user) if user.has_perm("rentals.add_rental") else None,
    }
    return {**found, "elsewhere": [figure for waiting in found.values() if waiting for figure in waiting.figures]}


def troubled_jobs(user: Actor) -> Waiting:
    """Jobs that failed or stand still: everybody's to who may retry them, to others their own. Two queries."""
    runs_all = user.has_perm("pipeline.manage_job")
    visible = Job.objects.visible_to(user)
    jobs = (visible if runs_all else visible.filter(created_by=user.pk)).in_status(*TROUBLES)
    number = jobs.count_by_status()
    given = {} if runs_all else {"mine": "on"}
    figures = [
        Figure(number.get(status, 0), title, listed("job-board", status=status.value, **given))
        for status, title in TROUBLES.items()
        if runs_all or number.get(status)
    ]
    return Waiting(figures, job_rows(jobs))


def job_rows(jobs: JobQuerySet) -> list[Row]:
    rows: Iterable[Row] = jobs.order_by("-pk").as_tiles()[:MOST_JOBS]
    return [row | titled(row) | {"ago": ago(row["updated_at"])} for row in rows]


def unfilled_productions(user: Actor) -> Waiting:
    """Productions that are not over and want more people, the next to begin first. Two queries."""
    coming = Production.objects.visible_to(user).filter(period__endswith__gt=timezone.localdate()).unfilled()
    rows = list(coming.as_bars().order_by("start", "id")[:NEWEST])
    title = "productions want people"
    return Waiting([Figure(coming.count(), title, listed("production-index", unfilled="on"))], rows)


def late_rentals(user: Actor) -> Waiting:
    """Films that should be back, the longest overdue first. Two queries."""
    late = OverdueRental.objects.all().visible_to(user)
    return Waiting([Figure(late.count(), "overdue rentals", reverse("reports"))], list(late.as_rows()[:NEWEST]))


def newest_rentals(user: Actor) -> list[Row]:
    """What went over the desk last. One query."""
    rows: Iterable[Row] = Rental.objects.visible_to(user).order_by("-pk").as_rows()[:NEWEST]
    return [row | {"ago": ago(row["return_date"] or row["rental_date"])} for row in rows]


def listed(route: str, **filters: Any) -> str:
    return f"{reverse(route)}?{urlencode(filters)}"
