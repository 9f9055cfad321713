"""Shots from uploaded files."""

from typing import IO, Any, ClassVar, cast

from django.urls import re_path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from pipeline.services import Actor
from shows.api.serializers import CodeField, RowError
from shows.models import Show
from shows.services.imports.from_csv import import_shots
from shows.services.imports.from_timeline import import_timeline
from shows.services.imports.orders import Mode
from shows.services.imports.rows import Action


class UploadedFile(serializers.Serializer[Any]):
    """A file, as multipart form data."""

    file = serializers.FileField()


class ImportQuery(serializers.Serializer[Any]):
    """How a file is imported."""

    dry_run = serializers.BooleanField(default=False, help_text="Answers what would be done, and writes nothing.")
    partial = serializers.BooleanField(  # type: ignore[assignment]
        default=False, help_text="Writes the good rows even if others have errors."
    )


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


class ImportResult(serializers.Serializer[Any]):
    """What an import did, or would have done: the counts are of shots."""

    dry_run = serializers.BooleanField()
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    failed = serializers.IntegerField()
    rows = RowResult(many=True)


class ShotImportResult(ImportResult):
    ignored_columns = serializers.ListField(child=serializers.CharField())


class TimelineResult(ImportResult):
    sequence = serializers.CharField()
    rate = serializers.FloatField(allow_null=True, help_text="Null: each clip's own.")


def answers(result: type[ImportResult]) -> dict[Any, Any]:
    """200 with the result; 400 is a problem, which carries the result too when it is about rows."""
    problem, outcome = ({"$ref": f"#/components/schemas/{name}"} for name in ("Problem", result.__name__))
    refusal = {"anyOf": [{"allOf": [problem, outcome]}, problem]}
    return {200: result, (400, "application/problem+json"): refusal}


class ImportView(GenericAPIView[Any]):
    """An import into a show; an unknown show is a 404."""

    parser_classes = [MultiPartParser]
    serializer_class = UploadedFile
    permissions: ClassVar = {"post": "shows.import_shots"}
    query_parameters: ClassVar[dict[str, type[ImportQuery]]] = {}

    @property
    def caller(self) -> Actor:
        return cast(Actor, self.request.user)

    @property
    def show_id(self) -> int:
        """Raises Show.DoesNotExist for what the caller cannot see."""
        show_id = int(self.kwargs["show_id"])
        Show.objects.visible_to(self.caller).only("pk").get(pk=show_id)
        return show_id

    def query(self) -> dict[str, Any]:
        serializer = self.query_parameters["post"](data=self.request.query_params.dict())
        serializer.is_valid(raise_exception=True)
        return cast(dict[str, Any], serializer.validated_data)

    def file(self) -> IO[bytes]:
        serializer = self.get_serializer(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return cast(IO[bytes], serializer.validated_data["file"])


class ShotImportView(ImportView):
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


class TimelineView(ImportView):
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
