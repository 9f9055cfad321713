"""What the admin's first page shows: how the parts do, and the numbers that matter to whoever looks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from config import health
from config.accounts.models import User
from crew.models import CrewMember, Production
from pipeline.models import Job, JobStatus, OutboxEvent
from rentals.models import Hold, HoldState, Rental
from shows.models import Review, Shot, ShotStatus

# Nobody counts on beyond this, and the database need not either.
MOST = 999
PARTS = {
    "postgresql": "PostgreSQL",
    "redis": "Redis",
    "elasticsearch": "Elasticsearch",
    "workers": "Workers",
    "outbox": "Outbox",
}
# A number above none that somebody should look into.
TROUBLE = "trouble"
WORDS = {"ok": "well", "degraded": "degraded", "down": "down"}


@dataclass(frozen=True, slots=True)
class Figure:
    """`model` and `query` are the list that the number leads to; `rows` are what stands there."""

    title: str
    model: str
    query: str
    permission: str
    rows: Callable[[], QuerySet[Any]]
    tone: str = ""


def shots_in(status: ShotStatus) -> Callable[[], QuerySet[Shot]]:
    return lambda: Shot.objects.filter(status=status)


def jobs_in(status: JobStatus) -> Callable[[], QuerySet[Job]]:
    return lambda: Job.objects.in_status(status)


FIGURES = {
    "Shows": (
        Figure("in review", "shows_shot", "status__exact=review", "shows.view_shot", shots_in(ShotStatus.REVIEW)),
        Figure("on hold", "shows_shot", "status__exact=on_hold", "shows.view_shot", shots_in(ShotStatus.ON_HOLD)),
        Figure("open notes", "shows_review", "is_open__exact=1", "shows.view_review", Review.objects.open),
    ),
    "Crew": (
        Figure(
            "under contract today",
            "crew_crewmember",
            "contract=now",
            "crew.view_crewmember",
            lambda: CrewMember.objects.employed_on(timezone.localdate()),
        ),
        Figure(
            "productions today",
            "crew_production",
            "days=now",
            "crew.view_production",
            lambda: Production.objects.filter(period__contains=timezone.localdate()),
        ),
    ),
    "Jobs": (
        Figure("under way", "pipeline_job", "status=in_progress", "pipeline.view_job", jobs_in(JobStatus.IN_PROGRESS)),
        Figure("failed", "pipeline_job", "status=error", "pipeline.view_job", jobs_in(JobStatus.ERROR), TROUBLE),
        Figure("stalled", "pipeline_job", "status=stalled", "pipeline.view_job", jobs_in(JobStatus.STALLED), TROUBLE),
        Figure(
            "dead events",
            "pipeline_outboxevent",
            "state=dead",
            "pipeline.view_outboxevent",
            OutboxEvent.objects.dead,
            TROUBLE,
        ),
    ),
    "Rentals": (
        Figure("copies out", "rentals_rental", "out=open", "rentals.view_rental", Rental.objects.open),
        Figure(
            "overdue",
            "rentals_rental",
            "out=overdue",
            "rentals.view_rental",
            lambda: Rental.objects.overdue(timezone.now()),
            TROUBLE,
        ),
        Figure(
            "holds to be fetched",
            "rentals_hold",
            "state__exact=ready",
            "rentals.view_hold",
            lambda: Hold.objects.filter(state=HoldState.READY),
        ),
    ),
    "Accounts": (
        Figure(
            "active accounts",
            "accounts_user",
            "is_active__exact=1",
            "accounts.view_user",
            lambda: User.objects.filter(is_active=True),
        ),
    ),
}


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    return context | {"health": list(parts()), "figures": list(figures(request))}


def parts() -> Iterator[dict[str, Any]]:
    """Each part as readiness sees it; without Elasticsearch nothing is missing, it is only not there."""
    for name, title in PARTS.items():
        found = health.measured(health.CHECKS[name])
        yield found | {"title": title, "word": WORDS[found["status"]]}


def figures(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """The groups in which the caller may see a number."""
    for title, group in FIGURES.items():
        seen = [counted(figure) for figure in group if request.user.has_perm(figure.permission)]
        if seen:
            yield {"title": title, "figures": seen}


def counted(figure: Figure) -> dict[str, Any]:
    number = figure.rows().order_by()[: MOST + 1].count()
    return {
        "title": figure.title,
        "number": f"{MOST}+" if number > MOST else number,
        "address": f"{reverse(f'admin:{figure.model}_changelist')}?{figure.query}",
        "is_trouble": number > 0 and figure.tone == TROUBLE,
    }


def environment_label(request: HttpRequest) -> tuple[str, str]:
    """Beside the name of whoever works: nobody mistakes the studio's own data for the demo."""
    return ("Local", "info") if settings.IS_LOCAL else ("Production", "danger")
