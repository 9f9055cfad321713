"""People from uploaded files."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crew.services.imports.from_csv import import_crew
from pipeline.api.imports import ImportCounts, ImportQuery, ImportView, RowError, answers
from pipeline.services.importing.orders import Mode
from pipeline.services.importing.rows import Action


class CrewImportQuery(ImportQuery):
    mode = serializers.ChoiceField(
        choices=[mode.value for mode in Mode],
        default=Mode.CREATE.value,
        help_text="Whether rows may hire people, change people who are there, or both (upsert).",
    )


class CrewRowResult(serializers.Serializer[Any]):
    """What a row of the file did, or would do."""

    line = serializers.IntegerField(help_text="The line of the file on which the row begins, the first being 1.")
    action = serializers.ChoiceField(choices=[action.value for action in Action])
    name = serializers.CharField()
    errors = RowError(many=True)  # type: ignore[assignment]


class CrewImportResult(ImportCounts):
    """What an import did, or would have done: the counts are of people."""

    rows = CrewRowResult(many=True)
    ignored_columns = serializers.ListField(child=serializers.CharField())


class CrewImportView(ImportView):
    permissions: ClassVar = {"post": ("crew.add_crewmember", "crew.change_crewmember")}
    query_parameters: ClassVar = {"post": CrewImportQuery}

    @extend_schema(responses=answers(CrewImportResult))
    def post(self, request: Request) -> Response:
        """Import people from a CSV file.

        The column `full_name` must be there; `role`, `department`, `hire_date`, `fire_date`, `email`, `day_rate` (from
        who may see day rates) and `id` may be; all others are ignored. A row with an id is that person, another one
        whoever has its name and first day. A column that is absent leaves its value alone. An empty cell opens a
        contract, and empties an e-mail and a day rate. A role that is not there is made in the row's department, as
        `Name (Department)` where another department has one of that name. What `GET /crew?format=csv` exports imports
        again unchanged with `mode=update`.
        """
        return Response(import_crew(file=self.file(), by=self.caller, **self.query()))


urlpatterns = [path("crew/import", CrewImportView.as_view(), name="crew-import")]
