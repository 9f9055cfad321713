"""`GET /search/reviews`: the text of review notes, across shows."""

from dataclasses import asdict
from typing import Any, ClassVar, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from pipeline.search.query import LONGEST
from pipeline.services import Actor
from shows.models import ReviewStatus
from shows.search import ReviewsAsked, search_reviews
from shows.search.asked import MOST_COUNTED


class ReviewSearchParameters(serializers.Serializer[Any]):
    q = serializers.CharField(
        max_length=LONGEST,
        help_text='Words that must all be there, the last one as far as it goes; `"a phrase"`; `-word` must not be '
        "there. One typo is forgiven in words of 4 letters and more that no note knows.",
    )
    show = serializers.CharField(max_length=20, required=False, help_text="The code of a show.")
    department = serializers.CharField(max_length=50, required=False)
    status = serializers.ChoiceField(choices=ReviewStatus.choices, required=False)
    author = serializers.CharField(max_length=200, required=False, help_text="The whole name.")
    after = serializers.DateField(required=False, help_text="Written on this day or later (UTC).")
    before = serializers.DateField(required=False, help_text="Written on this day or earlier (UTC).")
    limit = serializers.IntegerField(min_value=1, max_value=200, default=50)
    offset = serializers.IntegerField(min_value=0, max_value=2**63 - 1, default=0)


class FoundReview(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    shot_id = serializers.IntegerField()
    shot = serializers.CharField(help_text="The code of the shot.")
    sequence = serializers.CharField()
    show = serializers.CharField()
    author = serializers.CharField()
    status = serializers.ChoiceField(choices=ReviewStatus.choices)
    department = serializers.CharField(allow_null=True)
    body = serializers.CharField()
    highlight = serializers.CharField(
        help_text="The note, of a long one the parts that matter: escaped for HTML, with `<mark>` around what was "
        "found and no other tag."
    )
    score = serializers.FloatField(help_text="Comparable within one answer only.")
    created_at = serializers.DateTimeField()


def counts() -> serializers.DictField:
    return serializers.DictField(child=serializers.IntegerField())


class ReviewFacets(serializers.Serializer[Any]):
    """How many of the counted matches have each value, most first, at most 50 of each."""

    show = counts()
    department = counts()
    status = counts()
    author = counts()


class FoundReviews(serializers.Serializer[Any]):
    engine = serializers.ChoiceField(choices=["elasticsearch", "postgresql"])
    degraded = serializers.BooleanField(help_text="A search engine is configured and did not answer in time.")
    count = serializers.IntegerField(help_text=f"Matches are counted up to {MOST_COUNTED}.")
    count_is_exact = serializers.BooleanField()
    results = FoundReview(many=True)
    facets = ReviewFacets()


class ReviewSearch(APIView):
    permissions: ClassVar = {"get": "shows.view_review"}
    query_parameters: ClassVar = {"get": ReviewSearchParameters}

    @extend_schema(responses=FoundReviews)
    def get(self, request: Request) -> Response:
        """Search the text of all reviews that the caller may see, best match first."""
        given = ReviewSearchParameters(data=request.query_params)
        given.is_valid(raise_exception=True)
        filters = {name: value for name, value in given.validated_data.items() if name != "format"}
        return Response(asdict(search_reviews(ReviewsAsked.read(**filters), user=cast(Actor, request.user))))
