"""Questions to plan by: who is free, who works where, and when a production could be staffed."""

from typing import Any, ClassVar

import orjson
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crew.api.planning_serializers import Availability, Page, Schedule, SchedulePage, WindowQuery, Windows
from crew.services import planning
from crew.services.discretion import sees_productions, without_productions


class QuestionView(APIView):
    """A question that its query parameters ask."""

    query_parameters: ClassVar[dict[str, type[serializers.Serializer[Any]]]] = {}

    def asked(self) -> dict[str, Any]:
        query = self.query_parameters["get"](data=self.request.query_params.dict())
        query.is_valid(raise_exception=True)
        given: dict[str, Any] = query.validated_data
        return given

    def written(self, text: str) -> Any:
        """JSON of PostgreSQL's, as it is where JSON goes out."""
        return orjson.Fragment(text) if self.request.accepted_renderer.format == "json" else orjson.loads(text)


class AvailabilityView(QuestionView):
    permissions: ClassVar = {"get": "crew.view_crewmember"}
    query_parameters: ClassVar = {"get": Page}

    @extend_schema(responses=Availability)
    def get(self, request: Request) -> Response:
        """Who is under contract and free on every day of a range."""
        asked = self.asked()
        found = planning.availability(**asked)
        answer = {"start": asked["start"], "end": asked["end"], "count": found.total}
        return Response(answer | {"roles": self.written(found.roles), "members": self.written(found.members)})


class ScheduleView(QuestionView):
    permissions: ClassVar = {"get": "crew.view_booking"}
    query_parameters: ClassVar = {"get": SchedulePage}

    @extend_schema(responses=Schedule)
    def get(self, request: Request) -> Response:
        """Who is under contract on a day of a range, by role and name, and what binds them."""
        asked = self.asked()
        found = planning.schedule(**asked)
        is_open = sees_productions(request.user)  # type: ignore[arg-type]
        rows = self.written(found.rows) if is_open else without_productions(orjson.loads(found.rows))
        return Response({"start": asked["start"], "end": asked["end"], "count": found.total, "rows": rows})


class WindowsView(QuestionView):
    permissions: ClassVar = {"get": "crew.view_production"}
    query_parameters: ClassVar = {"get": WindowQuery}

    @extend_schema(responses=Windows)
    def get(self, request: Request) -> Response:
        """The earliest ranges of so many days in which a production could be staffed."""
        asked = self.asked()
        found = planning.windows(asked.pop("requirements"), **asked)
        return Response({"results": [window._asdict() for window in found]})


urlpatterns = [
    path("crew/availability", AvailabilityView.as_view(), name="crew-availability"),
    path("crew/schedule", ScheduleView.as_view(), name="crew-schedule"),
    path("productions/windows", WindowsView.as_view(), name="production-windows"),
]
