"""Shots from uploaded files."""

from typing import Any, ClassVar

from django.urls import re_path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pipeline.api.imports import ImportCounts, ImportQuery, ImportView, RowError, answers
from pipeline.services.importing.orders import Mode
from pipeline.services.importing.rows import Action
from shows.api.serializers import CodeField
from shows.models import Show
from shows.services.imports.from_csv import import_shots
from shows.services.imports.from_timeline import import_timeline


class ShotImportQuery(ImportQuery):
    mode = serializers.ChoiceField(
        choices=[mode.value for mode in Mode],
        default=Mode.CREATE.value,
        help_text="Whether rows may create shots, update shots that are there, or both (upsert).",
    )


class TimelineQuery(ImportQuery):
    sequence = CodeField(required=False, help_text="The sequence's code; by default the timeline's name made a code.")
    rate = serializers.FloatField(
        required=False,
        help_text="Frames a second. By default a timeline's own; for an EDL the first of 24, 25 and 30 that fits.",
    )


class RowResult(serializers.Serializer[Any]):
    """What a row of the file did, or would do."""

    line = serializers.IntegerField(help_text="The line of the file on which the row begins, the first being 1.")
    action = serializers.ChoiceField(choices=[action.value for action in Action])
    code = serializers.CharField()
    errors = RowError(many=True)  # type: ignore[assignment]


class ImportResult(ImportCounts):
    """What an import did, or would have done: the counts are of shots."""

    rows = RowResult(many=True)


class ShotImportResult(ImportResult):
    ignored_columns = serializers.ListField(child=serializers.CharField())


class TimelineResult(ImportResult):
    sequence = serializers.CharField()
    rate = serializers.FloatField(allow_null=True, help_text="Null: each clip's own.")


class ShowImportView(ImportView):
    """An import into a show; an unknown show is a 404."""

    permissions: ClassVar = {"post": "shows.import_shots"}

    @property
    def show_id(self) -> int:
        """Raises Show.DoesNotExist for what the caller cannot see."""
        show_id = int(self.kwargs["show_id"])
        Show.objects.visible_to(self.caller).only("pk").get(pk=show_id)
        return show_id


class ShotImportView(ShowImportView):
    query_parameters: ClassVar = {"post": ShotImportQuery}

    @extend_schema(responses=answers(ShotImportResult))
    def post(self, request: Request, show_id: str) -> Response:
        """Import shots from a CSV file.

        The columns `sequence` and `code` must be there; `status`, `assigned_to` (a crew member's id), `frame_start`,
        `frame_end`, `description`, `head_handle` and `tail_handle` may be; all others are ignored. A column that is
        absent leaves its value alone. An empty cell empties a description or an assignment, and leaves everything
        else as it is: in a new shot the default. Missing sequences are created, but not by `mode=update`.
        """
        return Response(import_shots(self.show_id, file=self.file(), by=self.caller, **self.query()))


class TimelineView(ShowImportView):
    query_parameters: ClassVar = {"post": TimelineQuery}

    @extend_schema(responses=answers(TimelineResult))
    def post(self, request: Request, show_id: str) -> Response:
        """Import a cut from an EDL or OTIO file.

        Creates or updates the sequence and the shots that its clips name, with the frames that the cut uses; audio
        and gaps are skipped. A shot's code is the clip's name without brackets at its end, file extension and frame
        number.
        """
        file = self.file()
        answer = import_timeline(self.show_id, file=file, filename=file.name, by=self.caller, **self.query())
        return Response(answer)


urlpatterns = [
    re_path(r"^shows/(?P<show_id>[0-9]{1,18})/shots/import$", ShotImportView.as_view(), name="show-shots-import"),
    re_path(r"^shows/(?P<show_id>[0-9]{1,18})/timeline$", TimelineView.as_view(), name="show-timeline"),
]
