"""Jobs: started, looked at, cancelled and started again."""

from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.conf import settings
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from pipeline.api import serializers
from pipeline.api.filters import JobFilter
from pipeline.api.statements import json_rows
from pipeline.api.viewsets import RowsViewSet
from pipeline.errors import NotAllowed
from pipeline.files import NAME, is_kept, kept_file
from pipeline.models import Job, LogLine
from pipeline.registry import PIPELINES, startable_by
from pipeline.services.jobs import cancel_job, retry_job, submit_job
from pipeline.spans import SpanResponse

Feed: Any = import_string(settings.API_FEED_PAGINATION)
MOST_LINES = 1000
UUID_PATTERN = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
MEDIA_TYPES = {".zip": "application/zip", ".csv": "text/csv; charset=utf-8", ".json": "application/json"}
UNKNOWN_TYPE = "application/octet-stream"
LOCATION = OpenApiParameter("Location", OpenApiTypes.URI, OpenApiParameter.HEADER, response=[202])


class JobViewSet(RowsViewSet):
    """A caller sees the own jobs, and all of them with the right to."""

    queryset = Job.objects.order_by("-pk")
    filterset_class = JobFilter
    pagination_class = Feed
    lookup_field = lookup_url_kwarg = "job_id"
    lookup_value_regex = UUID_PATTERN
    permissions: ClassVar = dict.fromkeys(
        ("list", "retrieve", "create", "cancel", "retry", "log", "definitions", "files"), "account"
    )
    query_parameters: ClassVar = {"log": serializers.LogQuery}

    def get_serializer_class(self) -> Any:
        by_action = {
            "create": serializers.JobSubmission,
            "cancel": serializers.JobReason,
            "retry": serializers.JobReason,
            "log": serializers.JobLog,
        }
        return by_action.get(self.action, serializers.JobSerializer)

    def row(self, pk: Any) -> dict[str, Any]:
        found = json_rows(self.visible().filter(job_id=pk), "as_details")
        if not found:
            raise Http404
        row: dict[str, Any] = orjson.loads(found[0])
        return row

    def list(self, request: Request) -> Response:
        """List jobs, newest first."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(parameters=[LOCATION], responses={202: serializers.JobStarted})
    def create(self, request: Request) -> Response:
        """Start a job.

        `{"initial_value": 10}` starts the pipeline `arithmetic`; any other is named with its params. They are checked
        strictly before anything is stored: 10.0 and "10" are no whole numbers.
        """
        data = self.valid()
        job = submit_job(*order(data), by=self.caller, prefix="" if "initial_value" in data else "params.")
        headers = {"Location": reverse("job-detail", args=[job.job_id], request=request)}
        started = {"job_id": job.job_id, "status": job.state, "result": None}
        return Response(started, status=status.HTTP_202_ACCEPTED, headers=headers)

    @extend_schema(responses=serializers.JobDetail)
    def retrieve(self, request: Request, job_id: str) -> Response:
        """A job with its steps, its results so far and its newest changes."""
        return Response(self.row(job_id))

    @extend_schema(responses=serializers.JobDetail)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, job_id: str) -> Response:
        """Cancel a job; a step that a worker has ends first, or notices."""
        cancel_job(UUID(job_id), by=self.caller, **self.valid())
        return Response(self.row(job_id))

    @extend_schema(responses=serializers.JobDetail)
    @action(methods=["post"], detail=True)
    def retry(self, request: Request, job_id: str) -> Response:
        """Go on with a failed or cancelled job from the step where it stopped."""
        retry_job(UUID(job_id), by=self.caller, **self.valid())
        return Response(self.row(job_id))

    @extend_schema(responses=serializers.JobLog)
    @action(methods=["get"], detail=True)
    def log(self, request: Request, job_id: str) -> Response:
        """What a job said, from after a line on."""
        query = serializers.LogQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        after = query.validated_data["after"]
        of_job = LogLine.objects.filter(job=self.visible_job(job_id)["pk"], seq__gt=after)
        lines = list(of_job.values("seq", "at", "step", "level", "message")[:MOST_LINES])
        return Response({"lines": lines, "next": lines[-1]["seq"] if lines else after})

    @extend_schema(
        parameters=[OpenApiParameter("name", str, OpenApiParameter.PATH, pattern=f"^{NAME}$")],
        responses={(200, kind): OpenApiResponse(OpenApiTypes.BINARY) for kind in (*MEDIA_TYPES.values(), UNKNOWN_TYPE)},
    )
    @action(methods=["get"], detail=True, url_path=f"files/(?P<name>{NAME})")
    def files(self, request: Request, job_id: str, name: str) -> HttpResponseBase:
        """A file that a job made; it is kept for a week."""
        job = self.visible_job(job_id)
        pipeline = PIPELINES.get(job["pipeline"])
        if pipeline is None or not is_kept(job["finished_at"]):
            raise Http404
        if not pipeline.may_start(self.caller):
            raise NotAllowed(f"Your role does not allow reading the files of {pipeline.title}.")
        return sent(UUID(job_id), name)

    @extend_schema(responses=serializers.PipelineDefinition(many=True))
    @action(methods=["get"], detail=False, pagination_class=None, filter_backends=[])
    def definitions(self, request: Request) -> Response:
        """The pipelines that the caller may start."""
        keys = ("name", "title", "description", "params_schema")
        return Response([{key: getattr(found, key) for key in keys} for found in startable_by(self.caller)])

    def visible_job(self, job_id: str) -> dict[str, Any]:
        """Raises Http404 for one that is not there, or not for the caller."""
        found: dict[str, Any] | None = (
            self.visible().filter(job_id=job_id).values("pk", "pipeline", "finished_at").first()
        )
        if found is None:
            raise Http404
        return found


def order(data: dict[str, Any]) -> tuple[str, Any]:
    """The name of the pipeline and its params."""
    return ("arithmetic", data) if "initial_value" in data else (data["pipeline"], data.get("params", {}))


def sent(job_id: UUID, name: str) -> HttpResponseBase:
    """Raises Http404 for a file that is not kept, or not any more."""
    try:
        span, size = kept_file(job_id, name)
    except FileNotFoundError:
        raise Http404 from None
    headers = {
        "Content-Type": MEDIA_TYPES.get(f".{name.rpartition('.')[2]}", UNKNOWN_TYPE),
        "Content-Length": str(size),
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return SpanResponse(span, headers=headers)
