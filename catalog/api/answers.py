"""What is said of films in words."""

from typing import Any, ClassVar, cast

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from structlog.contextvars import get_contextvars

from catalog.ai.findings import look_up
from catalog.ai.providers import provider
from catalog.ai.summaries import summary_of
from catalog.ai.telling import Telling
from catalog.models import Film
from pipeline.event_streams import CONTENT_TYPE, EventStreamResponse
from pipeline.services import Actor

EVENT = {
    "type": "object",
    "description": "One event of the stream.",
    "required": ["event", "data"],
    "properties": {
        "event": {"type": "string", "enum": ["start", "message", "complete", "error"]},
        "data": {"type": "string", "description": "An object, as JSON."},
    },
}


class AskQuery(serializers.Serializer[Any]):
    question = serializers.CharField(
        max_length=settings.AI_QUESTION_LENGTH, help_text="In plain words, such as: Which PG comedies cost 0.99?"
    )


class AskView(GenericAPIView[Any]):
    permissions: ClassVar = {"get": "anyone"}
    query_parameters: ClassVar = {"get": AskQuery, "head": AskQuery}
    throttles: ClassVar = dict.fromkeys(("get", "head"), ("ask", settings.AI_QUESTIONS_A_MINUTE, 60))
    throttles_accounts = True
    serializer_class = AskQuery

    @extend_schema(responses={(200, "text/event-stream"): EVENT})
    def get(self, request: Request) -> HttpResponseBase:
        """Ask the catalogue a question, and read the answer as it comes.

        Server-sent events: `start` with the question and who answers, `message` with a piece of the answer in
        `content` as often as it takes, and at the end `complete` with the ids of the films that the answer names in
        `sources`, or `error`. The answer rests on our own films alone. A comment shows every few seconds that the
        answer still comes.
        """
        query = AskQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        if request.method == "HEAD":
            return HttpResponse(content_type=CONTENT_TYPE)
        findings = look_up(query.validated_data["question"], caller=cast(Actor, request.user))
        return EventStreamResponse(Telling(findings, provider(), get_contextvars()).events())


class SummaryRequest(serializers.Serializer[Any]):
    film_id = serializers.IntegerField()


class SummarySerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    rating = serializers.CharField(allow_null=True)
    recommended = serializers.BooleanField(help_text="Rated R or NC-17, and rented for less than 3.00.")


class SummaryView(GenericAPIView[Any]):
    permissions: ClassVar = {"post": "anyone"}
    # The film stands in the body, not in the address.
    also_answers: ClassVar = (404,)
    queryset = Film.objects.all()
    serializer_class = SummaryRequest

    @extend_schema(responses=SummarySerializer)
    def post(self, request: Request) -> Response:
        """Sum a film up, and whether it is recommended.

        A rule says so, not a model. An unknown film is a 404.
        """
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        film = Film.objects.visible_to(cast(Actor, request.user)).get(pk=serializer.validated_data["film_id"])
        return Response(summary_of(film))
