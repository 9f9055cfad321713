"""Whose rows somebody may look at: everybody's, or the own ones alone."""

from typing import Any

from django.http import Http404
from rest_framework.exceptions import NotAuthenticated, PermissionDenied

from crew.models import CrewMember
from pipeline.services import Actor

OWN = "crew.view_own_crewmember"
CREW = ("crew.view_crewmember", OWN)
BOOKINGS = ("crew.view_booking", OWN)


def demand_sight(caller: Any, member_id: int, rights: tuple[str, str]) -> None:
    """Lets pass who has the first right, and with the second who asks about themselves.

    Raises Http404 where there is nobody; who sees only the own row is not told so: PermissionDenied.
    """
    if not caller.is_authenticated:
        raise NotAuthenticated
    everybodys, own = rights
    if caller.has_perm(everybodys):
        if not CrewMember.objects.filter(pk=member_id).exists():
            raise Http404
    elif not (caller.has_perm(own) and is_own(caller, member_id)):
        raise PermissionDenied("You may look at your own row, bookings and calendar only.")


def is_own(caller: Actor, member_id: int) -> bool:
    return CrewMember.objects.filter(pk=member_id, user=caller.pk).exists()
