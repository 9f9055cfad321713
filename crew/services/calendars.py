"""Somebody's days for calendar programs, and the secret by which these ask."""

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256

from django.utils import timezone

from crew.models import Booking, CalendarToken, CrewMember
from crew.services.icalendar import calendar_text
from crew.services.transactions import writing
from pipeline.errors import NotAllowed
from pipeline.services import Actor, demand

TOKEN_BYTES = 32
# So far back a calendar reaches, and so many bookings it shows.
PAST = timedelta(days=366)
MOST_EVENTS = 1000
NO_DIGEST = "0" * 64


def make_calendar_token(member_id: int, *, by: Actor, dry_run: bool = False) -> str | None:
    """A new secret for the calendar of somebody, who is locked; the one before is dead from then on.

    Only its digest is kept, so that nobody can read it again. A dry run makes none. Raises NotAllowed for anybody but
    the person and those who may change people, CrewMember.DoesNotExist.
    """
    demand_calendar(member_id, by)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with writing(by, dry_run=dry_run):
        member = CrewMember.objects.lock_one(member_id)
        CalendarToken.objects.filter(crew_member=member).delete()
        CalendarToken.objects.create(crew_member=member, digest=digest_of(token))
    return None if dry_run else token


def end_calendar_token(token_id: int, *, by: Actor) -> None:
    """Ends a secret; who knows it reads the calendar no longer. Raises NotAllowed."""
    demand(by, "crew.change_crewmember")
    with writing(by):
        CalendarToken.objects.filter(pk=token_id).delete()


def demand_calendar(member_id: int, by: Actor) -> None:
    is_own = CrewMember.objects.filter(pk=member_id, user=by.pk).exists()
    if not by.has_perm("crew.change_crewmember") and not (is_own and by.has_perm("crew.view_own_crewmember")):
        raise NotAllowed("You may make this for your own calendar only.")


def is_calendar_token(member_id: int, token: str) -> bool:
    """Whether it is the person's secret of now; it is dead while the person's account is disabled.

    Takes the same time for every wrong one.
    """
    alive = CalendarToken.objects.filter(crew_member=member_id).exclude(crew_member__user__is_active=False)
    digest = alive.values_list("digest", flat=True).first()
    return hmac.compare_digest(digest_of(token), digest or NO_DIGEST)


def calendar_of(member_id: int) -> str:
    """The person's bookings and time off from a year ago on, as a calendar. Raises CrewMember.DoesNotExist.

    Of more than 1,000 the last are left out.
    """
    name = CrewMember.objects.values_list("full_name", flat=True).get(pk=member_id)
    now = timezone.now()
    bookings = Booking.objects.filter(crew_member=member_id, period__endswith__gt=now.date() - PAST)
    rows = bookings.order_by("period__startswith", "pk").as_rows()[:MOST_EVENTS]
    return calendar_text(f"{name}: bookings", rows, now)


def digest_of(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()
