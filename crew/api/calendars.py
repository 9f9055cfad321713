"""Somebody's calendar, for the signed-in and for programs that know its secret."""

from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.urls import re_path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from crew.api import sight
from crew.api.writing import DryRun
from crew.services.calendars import calendar_of, is_calendar_token, make_calendar_token

# Programs ask once an hour or so; several may share an address.
OFTEN = ("calendar", 120, 60)
PROBLEM = {"$ref": "#/components/schemas/Problem"}


class CalendarQuery(serializers.Serializer[Any]):
    """How a program without a session asks."""

    token = serializers.CharField(
        required=False, allow_blank=True, help_text="The secret that POST calendar-token made; a dead one is a 404."
    )


class Secret(serializers.Serializer[Any]):
    """A secret that is shown once. Null in a dry run."""

    token = serializers.CharField(allow_null=True)
    url = serializers.URLField(allow_null=True, help_text="The calendar's address with the secret, to subscribe to.")


class CalendarView(APIView):
    # Who may, is for the view to find out: the secret needs no session.
    permissions: ClassVar = {"get": "anyone"}
    query_parameters: ClassVar = dict.fromkeys(("get", "head"), CalendarQuery)
    throttles: ClassVar = dict.fromkeys(("get", "head"), OFTEN)

    @extend_schema(
        responses={(200, "text/calendar"): OpenApiTypes.STR, (403, "application/problem+json"): PROBLEM},
    )
    def get(self, request: Request, crew_member_id: str) -> HttpResponse:
        """Somebody's bookings and time off as an iCalendar file.

        To who may see the person's bookings, and to programs with the `token` of this calendar. It reaches a year back.
        """
        member_id = int(crew_member_id)
        token = request.query_params.get("token")
        if token is None:
            sight.demand_sight(request.user, member_id, sight.BOOKINGS)
        elif not is_calendar_token(member_id, token):
            raise Http404
        headers = {"Cache-Control": "private, no-cache", "Content-Disposition": 'inline; filename="calendar.ics"'}
        return HttpResponse(calendar_of(member_id), content_type="text/calendar; charset=utf-8", headers=headers)


class CalendarTokenView(APIView):
    permissions: ClassVar = {"post": ("crew.change_crewmember", sight.OWN)}
    query_parameters: ClassVar = {"post": DryRun}

    @extend_schema(request=None, responses=Secret)
    def post(self, request: Request, crew_member_id: str) -> Response:
        """Make the secret of a calendar anew; the one before is dead.

        It is answered this once. Sent again with the same Idempotency-Key it makes another one, because an answer
        with a secret is kept nowhere.
        """
        query = DryRun(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        by: Any = request.user
        token = make_calendar_token(int(crew_member_id), by=by, **query.validated_data)
        answer = {"token": token, "url": address(request, crew_member_id, token)}
        rehearsed = {"dry_run": True} if token is None else {}
        return Response(answer | rehearsed, headers={"Cache-Control": "no-store"})


def address(request: Request, crew_member_id: str, token: str | None) -> str | None:
    calendar = reverse("crew-calendar", args=[crew_member_id], request=request)
    return f"{calendar}?token={token}" if token else None


PERSON = r"^crew/(?P<crew_member_id>[0-9]{1,18})"
urlpatterns = [
    re_path(rf"{PERSON}/calendar\.ics$", CalendarView.as_view(), name="crew-calendar"),
    re_path(rf"{PERSON}/calendar-token$", CalendarTokenView.as_view(), name="crew-calendar-token"),
]
