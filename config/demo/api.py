from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from config.api.late import BEGIN
from config.demo.services import seed_demo
from shows.services.media.handing_in import begin_nothing


class SeedSerializer(serializers.Serializer[Any]):
    """There is nothing to choose: big loads are the command's."""


class SeededSerializer(serializers.Serializer[Any]):
    """How many rows of each kind were made."""

    accounts = serializers.IntegerField()
    roles = serializers.IntegerField()
    crew = serializers.IntegerField()
    productions = serializers.IntegerField()
    requirements = serializers.IntegerField()
    bookings = serializers.IntegerField()
    shows = serializers.IntegerField()
    sequences = serializers.IntegerField()
    shots = serializers.IntegerField()
    versions = serializers.IntegerField()
    reviews = serializers.IntegerField()
    changes = serializers.IntegerField()
    films = serializers.IntegerField()
    copies = serializers.IntegerField()
    customers = serializers.IntegerField()
    rentals = serializers.IntegerField()
    media = serializers.IntegerField()
    tags = serializers.IntegerField()
    states = serializers.IntegerField()
    menus = serializers.IntegerField()


class SeedView(GenericAPIView[Any]):
    serializer_class = SeedSerializer
    # No role holds it.
    permissions: ClassVar[dict[str, str]] = {"post": "demo.seed"}
    # Pictures are drawn before anything is written.
    begins_itself = ("post",)

    @extend_schema(responses=SeededSerializer)
    def post(self, request: Request) -> Response:
        """Replace the demo by a new one.

        The demo's shows, crew, productions, films and stores go with all that hangs on them, whoever made it; rows of
        others stay, and at most lose a reference to the demo. In the local default only.
        """
        self.get_serializer(data=request.data).is_valid(raise_exception=True)
        caller: Any = request.user
        return Response(seed_demo(by=caller, begin=request.META.get(BEGIN, begin_nothing)))
