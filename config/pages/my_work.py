"""`/`: what waits for whoever signed in, by what they may do; every number leads to what it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from config.accounts.models import User
from crew.models import CrewMember
from crew.views.person import coming_of
from shows.models import Change, Review, ReviewStatus, Shot, ShotMeaning, ShotStatus, Version
from shows.querysets import ShotQuerySet
from shows.views.progress import Progress
from shows.views.review_rows import ago, change_rows
from shows.views.table import tiles_of

NEWEST = 10
NEXT_BOOKINGS = 5
# What an artist moves shots among; other statuses have a number only when there are such shots.
WORKING = (ShotStatus.PENDING, ShotStatus.IN_PROGRESS, ShotStatus.REVIEW)
CHANGES_READ = 80
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    number: int
    title: str
    address: str
    status: str = ""


@login_required
@cache_control(private=True, no_cache=True)
def my_work(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if not user.has_perm("shows.view_shot"):
        return render(request, "config/my_work/visitor.html")
    person = CrewMember.objects.filter(user=user).first()
    context: Row = {"own": own_work(person) if person else None, "person": person}
    if user.has_perm("shows.judge_review"):
        return render(request, "config/my_work/lead.html", context | studio_work())
    return render(request, "config/my_work/artist.html", context)


def own_work(person: CrewMember) -> Row:
    """The shots and the bookings of one person: what is to be done, what was said about it, where to be when."""
    shots = Shot.objects.filter(assigned_to=person)
    progress = progress_of(shots)
    unfinished = [status for status in ShotStatus if status.meaning is not ShotMeaning.DONE]
    notes = Review.objects.open().filter(shot__assigned_to=person).order_by("-pk")
    return {
        "progress": progress,
        "counts": [
            *counts_of(progress, [*WORKING, *held_up(progress)], assigned_to=person.pk),
            Figure(
                shots.with_open_notes().count(), "with open notes", listed(assigned_to=person.pk, open_notes="true")
            ),
        ],
        "shots": tiles_of(shots.filter(status__in=unfinished).order_by("-updated_at", "-pk")[: 2 * NEWEST]),
        "notes": news(notes.as_news()[:NEWEST]),
        "bookings": coming_of(person, timezone.localdate(), NEXT_BOOKINGS),
        "everything": listed(assigned_to=person.pk),
        "travel": urlencode({"assigned_to": person.pk, "everywhere": "1"}),
    }


def held_up(progress: Progress) -> list[ShotStatus]:
    return [status for status, _ in progress.statuses if status.meaning is ShotMeaning.BLOCKED]


def studio_work() -> Row:
    """What waits for a verdict, and what happened last, over all shows."""
    waiting = Shot.objects.filter(status=ShotStatus.REVIEW)
    progress = progress_of(Shot.objects.all())
    return {
        "counts": [
            *counts_of(progress, [ShotStatus.REVIEW, ShotStatus.IN_PROGRESS, ShotStatus.ON_HOLD]),
            Figure(Shot.objects.with_open_notes().count(), "with open notes", listed(open_notes="true")),
        ],
        "waiting": tiles_of(waiting.order_by("-updated_at", "-pk")[:NEWEST]),
        "waiting_count": progress.by_status.get(ShotStatus.REVIEW, 0),
        "waiting_address": listed(status="review"),
        "notes": news(Review.objects.open().order_by("-pk").as_news()[:NEWEST]),
        "versions": news(Version.objects.order_by("-pk").as_news()[:NEWEST]),
        "changes": recent_changes(),
    }


def progress_of(shots: ShotQuerySet) -> Progress:
    return Progress(dict(shots.order_by().values_list("status").annotate(n=Count("pk"))))


def counts_of(progress: Progress, statuses: Iterable[ShotStatus], **filters: Any) -> list[Figure]:
    return [
        Figure(
            progress.by_status.get(status, 0), str(status.label), listed(**filters, status=status.value), status.value
        )
        for status in statuses
    ]


def listed(**filters: Any) -> str:
    return f"{reverse('shot-index')}?{urlencode(filters)}"


def news(rows: Iterable[Row]) -> list[Row]:
    return [row | {"ago": ago(row["created_at"]), "label": label_of(row)} for row in rows]


def label_of(row: Row) -> str:
    return str(ReviewStatus(row["status"]).label) if "status" in row else ""


def recent_changes() -> list[Row]:
    """The newest changes of shots; what one person set on many at once is one row with their number."""
    rows = change_rows(Change.objects.of_shots().order_by("-pk").as_rows("shot_id")[:CHANGES_READ])
    groups = [list(group) for _, group in groupby(rows, key=lambda row: (row["by"], row["field"], row["now"]))]
    shown = groups[:NEWEST]
    shots = Shot.objects.filter(pk__in={group[0]["shot_id"] for group in shown}).select_related("sequence", "show")
    by_id = {shot.pk: shot for shot in shots}
    return [group[0] | {"shot": by_id.get(group[0]["shot_id"]), "more": len(group) - 1} for group in shown]
