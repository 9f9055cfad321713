from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Count
from django.http import HttpResponse
from django.utils.module_loading import import_string
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from pipeline.api.statements import Newest
from pipeline.api.viewsets import RowsViewSet
from shows.api import serializers
from shows.api.filters import SequenceFilter, ShotFilter, ShowFilter
from shows.models import Change, Review, Sequence, Shot, Show, Version
from shows.services import reviews, shots, shows

Feed: Any = import_string(settings.API_FEED_PAGINATION)


IN_SHOW = Newest(lambda pk: {"sequences": Sequence.objects.filter(show_id=pk)})
IN_SEQUENCE = Newest(lambda pk: {"shots": Shot.objects.filter(sequence_id=pk)})
ON_SHOT = Newest(
    lambda pk: {
        "reviews": Review.objects.filter(shot_id=pk),
        "versions": Version.objects.filter(shot_id=pk),
        "history": Change.objects.of_shot(pk),
    }
)


class ShowViewSet(RowsViewSet):
    queryset = Show.objects.all()
    serializer_class = serializers.ShowSerializer
    filterset_class = ShowFilter
    ordering_fields: ClassVar = {name: name for name in ("id", "code", "title", "status", "created_at")}
    permissions: ClassVar = {
        "list": "shows.view_show",
        "retrieve": "shows.view_show",
        "create": "shows.add_show",
        "partial_update": "shows.change_show",
        "destroy": "shows.delete_show",
    }

    def list(self, request: Request) -> Response:
        """List shows."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: serializers.ShowSerializer})
    def create(self, request: Request) -> Response:
        """Create a show."""
        show = shows.create_show(**self.valid(), by=self.caller)
        return self.created(self.row(show.pk), "show-detail")

    @extend_schema(responses=serializers.ShowDetail)
    def retrieve(self, request: Request, pk: str) -> Response:
        """A show with its newest sequences and the counts of its shots by status."""
        row = self.with_newest(self.row(pk), IN_SHOW)
        counts = Shot.objects.filter(show_id=row["id"]).order_by("status").values_list("status").annotate(n=Count("pk"))
        return Response(row | {"shot_counts": dict(counts)})

    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a show."""
        shows.change_show(int(pk), by=self.caller, expected_version=self.expected_version, **self.valid())
        return Response(self.row(pk))

    def destroy(self, request: Request, pk: str) -> Response:
        """Delete a show without sequences."""
        shows.delete_show(int(pk), by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SequenceViewSet(RowsViewSet):
    queryset = Sequence.objects.all()
    filterset_class = SequenceFilter
    ordering_fields: ClassVar = {name: name for name in ("id", "code", "created_at")}
    permissions: ClassVar = {
        "list": "shows.view_sequence",
        "retrieve": "shows.view_sequence",
        "create": "shows.add_sequence",
        "partial_update": "shows.change_sequence",
        "destroy": "shows.delete_sequence",
    }

    def get_serializer_class(self) -> Any:
        is_change = self.action == "partial_update"
        return serializers.SequenceChange if is_change else serializers.SequenceSerializer

    def list(self, request: Request) -> Response:
        """List sequences."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: serializers.SequenceSerializer})
    def create(self, request: Request) -> Response:
        """Create a sequence in a show."""
        sequence = shows.create_sequence(**self.valid(), by=self.caller)
        return self.created(self.row(sequence.pk), "sequence-detail")

    @extend_schema(responses=serializers.SequenceDetail)
    def retrieve(self, request: Request, pk: str) -> Response:
        """A sequence with its newest shots."""
        return Response(self.with_newest(self.row(pk), IN_SEQUENCE))

    @extend_schema(responses=serializers.SequenceSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a sequence; it stays in its show."""
        shows.change_sequence(int(pk), by=self.caller, expected_version=self.expected_version, **self.valid())
        return Response(self.row(pk))

    def destroy(self, request: Request, pk: str) -> Response:
        """Delete a sequence without shots."""
        shows.delete_sequence(int(pk), by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ShotViewSet(RowsViewSet):
    queryset = Shot.objects.all()
    filterset_class = ShotFilter
    ordering_fields: ClassVar = {name: name for name in ("id", "code", "status", "created_at", "updated_at")}
    permissions: ClassVar = {
        "list": "shows.view_shot",
        "retrieve": "shows.view_shot",
        "create": "shows.add_shot",
        "partial_update": ("shows.change_shot", "shows.set_shot_status", "shows.set_own_shot_status"),
        "destroy": "shows.delete_shot",
        "bulk": ("shows.change_shot", "shows.set_shot_status"),
    }

    def get_serializer_class(self) -> Any:
        by_action = {"partial_update": serializers.ShotChange, "bulk": serializers.BulkChange}
        return by_action.get(self.action, serializers.ShotSerializer)

    def list(self, request: Request) -> Response:
        """List shots."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: serializers.ShotSerializer})
    def create(self, request: Request) -> Response:
        """Create a shot in a sequence."""
        shot = shots.create_shot(**self.valid(), by=self.caller)
        return self.created(self.row(shot.pk), "shot-detail")

    @extend_schema(responses=serializers.ShotDetail)
    def retrieve(self, request: Request, pk: str) -> Response:
        """A shot with its newest reviews, versions and changes."""
        return Response(self.with_newest(self.row(pk), ON_SHOT))

    @extend_schema(responses=serializers.ShotSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a shot. Artists set the status of their own shots, supervisors any status."""
        shots.change_shot(int(pk), by=self.caller, expected_version=self.expected_version, **self.valid())
        return Response(self.row(pk))

    def destroy(self, request: Request, pk: str) -> Response:
        """Delete a shot without versions and reviews."""
        shots.delete_shot(int(pk), by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=serializers.BulkResult)
    @action(methods=["post"], detail=False)
    def bulk(self, request: Request) -> Response:
        """Change many shots at once."""
        data = self.valid()
        results = shots.bulk_change_shots(
            data["ids"], by=self.caller, atomic=data["atomic"], reason=data["reason"], **data["set"]
        )
        return Response({"results": results})


class OfShotViewSet(RowsViewSet):
    """What hangs on a shot; an unknown shot is a 404."""

    @property
    def shot_id(self) -> int:
        return int(self.kwargs["shot_id"])

    def visible(self) -> Any:
        queryset: Any = self.get_queryset()
        return queryset.filter(shot_id=self.shot_id)

    def list_of_shot(self) -> Response:
        self.get_shot()
        return self.get_paginated_response(self.list_rows())

    def get_shot(self) -> None:
        """Raises Shot.DoesNotExist for what the caller cannot see."""
        Shot.objects.visible_to(self.caller).only("pk").get(pk=self.shot_id)


class ShotReviewViewSet(OfShotViewSet):
    queryset = Review.objects.all()
    serializer_class = serializers.ReviewSerializer
    pagination_class = Feed
    permissions: ClassVar = {"list": "shows.view_review", "create": "shows.add_review"}

    def list(self, request: Request, shot_id: str) -> Response:
        """List the reviews of a shot, newest first."""
        return self.list_of_shot()

    @extend_schema(responses={201: serializers.ReviewSerializer})
    def create(self, request: Request, shot_id: str) -> Response:
        """Review a shot; `set_shot_status` moves the shot in the same transaction."""
        review = reviews.add_review(self.shot_id, by=self.caller, **self.valid())
        return self.created(self.row(review.pk), "review-detail")


class ShotHistoryViewSet(OfShotViewSet):
    queryset = Change.objects.all()
    serializer_class = serializers.ChangeSerializer
    pagination_class = Feed
    permissions: ClassVar = {"list": "shows.view_shot"}

    def list(self, request: Request, shot_id: str) -> Response:
        """List what changed on a shot and its reviews, newest first."""
        return self.list_of_shot()


class ReviewViewSet(RowsViewSet):
    queryset = Review.objects.all()
    permissions: ClassVar = {
        "retrieve": "shows.view_review",
        "partial_update": "shows.change_review",
        "destroy": "shows.delete_review",
        "resolve": "shows.change_review",
        "reopen": "shows.change_review",
    }

    def get_serializer_class(self) -> Any:
        by_action = {
            "partial_update": serializers.ReviewChange,
            "resolve": serializers.Nothing,
            "reopen": serializers.Nothing,
        }
        return by_action.get(self.action, serializers.ReviewSerializer)

    def retrieve(self, request: Request, pk: str) -> Response:
        """A review."""
        return Response(self.row(pk))

    @extend_schema(responses=serializers.ReviewSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change the words or frames of a review of one's own."""
        reviews.edit_review(int(pk), by=self.caller, expected_version=self.expected_version, **self.valid())
        return Response(self.row(pk))

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        """Take a review of one's own back."""
        reviews.delete_review(int(pk), by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=serializers.ReviewSerializer)
    @action(methods=["post"], detail=True)
    def resolve(self, request: Request, pk: str) -> Response:
        """Say that what a review asked for is done."""
        reviews.resolve_review(int(pk), by=self.caller)
        return Response(self.row(pk))

    @extend_schema(request=None, responses=serializers.ReviewSerializer)
    @action(methods=["post"], detail=True)
    def reopen(self, request: Request, pk: str) -> Response:
        """Say that what a review asked for is still to do."""
        reviews.reopen_review(int(pk), by=self.caller)
        return Response(self.row(pk))
