"""What is said of films in words."""

from typing import Any, ClassVar, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.ai.summaries import summary_of
from catalog.models import Film
from pipeline.services import Actor


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
