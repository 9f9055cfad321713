"""`/`: what waits for whoever signed in, by what they may do; every number leads to what it counts."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from config.accounts.models import User
from config.pages.waiting import NEWEST, Figure, listed, newest_rentals, waiting_elsewhere
from crew.models import CrewMember
from crew.views.person import coming_of
from shows.models import Change, Review, ReviewStatus, Shot, ShotMeaning, ShotStatus, Version
from shows.querysets import ChangeQuerySet, ShotQuerySet
from shows.views.progress import Progress
from shows.views.review_rows import ago, change_rows
from shows.views.table import tiles_of

NEXT_BOOKINGS = 5
# What an artist moves shots among; other statuses have a number only when there are such shots.
WORKING = (ShotStatus.PENDING, ShotStatus.IN_PROGRESS, ShotStatus.REVIEW)
CHANGES_READ = 80
Row = dict[str, Any]


@login_required
@cache_control(private=True, no_cache=True)
def my_work(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    context = waiting_elsewhere(user)
    if not user.has_perm("shows.view_shot"):
        return elsewhere(request, user, context)
    person = CrewMember.objects.filter(user=user).first()
    context |= {"own": own_work(person) if person else None, "person": person}
    if user.has_perm("shows.judge_review"):
        return render(request, "config/my_work/lead.html", context | studio_work())
    return render(request, "config/my_work/artist.html", context)


def elsewhere(request: HttpRequest, user: User, context: Row) -> HttpResponse:
    """Who does not work on shows stands at the desk, or looks around."""
    if user.has_perm("rentals.add_rental"):
        return render(request, "config/my_work/desk.html", context | {"rentals": newest_rentals(user)})
    return render(request, "config/my_work/visitor.html", context)


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
                shots.with_open_notes().count(),
                "with open notes",
                listed("shot-index", assigned_to=person.pk, open_notes="true"),
            ),
        ],
        "shots": tiles_of(shots.filter(status__in=unfinished).order_by("-updated_at", "-pk")[: 2 * NEWEST]),
        "notes": news(notes.as_news()[:NEWEST]),
        "bookings": coming_of(person, timezone.localdate(), NEXT_BOOKINGS),
        "changes": recent_changes(latest_of(shots)),
        "everything": listed("shot-index", assigned_to=person.pk),
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
            Figure(Shot.objects.with_open_notes().count(), "with open notes", listed("shot-index", open_notes="true")),
        ],
        "waiting": tiles_of(waiting.order_by("-updated_at", "-pk")[:NEWEST]),
        "waiting_count": progress.by_status.get(ShotStatus.REVIEW, 0),
        "waiting_address": listed("shot-index", status="review"),
        "notes": news(Review.objects.open().order_by("-pk").as_news()[:NEWEST]),
        "versions": news(Version.objects.order_by("-pk").as_news()[:NEWEST]),
        "changes": recent_changes(Change.objects.of_shots()),
    }


def progress_of(shots: ShotQuerySet) -> Progress:
    return Progress(dict(shots.order_by().values_list("status").annotate(n=Count("pk"))))


def counts_of(progress: Progress, statuses: Iterable[ShotStatus], **filters: Any) -> list[Figure]:
    return [
        Figure(
            progress.by_status.get(status, 0),
            str(status.label),
            listed("shot-index", **filters, status=status.value),
            status.value,
        )
        for status in statuses
    ]


def news(rows: Iterable[Row]) -> list[Row]:
    return [row | {"ago": ago(row["created_at"]), "label": label_of(row)} for row in rows]


def label_of(row: Row) -> str:
    return str(ReviewStatus(row["status"]).label) if "status" in row else ""


def latest_of(shots: ShotQuerySet) -> ChangeQuerySet:
    """The changes of the shots that were changed last: the newest of all are among them."""
    ids = list(shots.order_by("-updated_at", "-pk").values_list("pk", flat=True)[: 2 * NEWEST])
    return Change.objects.of_shots().filter(shot_id__in=ids)


def recent_changes(changes: ChangeQuerySet) -> list[Row]:
    """The newest of them; what one person set on many shots at once is one row with their number."""
    rows = change_rows(changes.order_by("-pk").as_rows("shot_id")[:CHANGES_READ])
    groups = [list(group) for _, group in groupby(rows, key=lambda row: (row["by"], row["field"], row["now"]))]
    shown = groups[:NEWEST]
    shots = Shot.objects.filter(pk__in={group[0]["shot_id"] for group in shown}).select_related("sequence", "show")
    by_id = {shot.pk: shot for shot in shots}
    return [group[0] | {"shot": by_id.get(group[0]["shot_id"]), "more": len(group) - 1} for group in shown]
