"""`GET /search`: one box over everything that the caller may read."""

from dataclasses import asdict
from typing import Any, ClassVar, cast

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from pipeline.search.groups import search_groups
from pipeline.search.query import LONGEST, read_query
from pipeline.services import Actor


class SearchParameters(serializers.Serializer[Any]):
    q = serializers.CharField(max_length=LONGEST, help_text='Words, `"a phrase"`, `-word`.')
    limit = serializers.IntegerField(min_value=1, max_value=50, default=5, help_text="Results of each group.")


@extend_schema_field({"type": ["integer", "string"]})
class KeyField(serializers.Field[Any, Any, Any, Any]):
    """A number or a UUID."""


class FoundHit(serializers.Serializer[Any]):
    id = KeyField(help_text="As the group's own list has it.")
    title = serializers.CharField()
    url = serializers.CharField(help_text="The page of it.")
    snippet = serializers.CharField(help_text="Escaped for HTML, with `<mark>` around what was found.")


class FoundGroup(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    results = FoundHit(many=True)


class FoundEverywhere(serializers.Serializer[Any]):
    engine = serializers.ChoiceField(choices=["elasticsearch", "postgresql"])
    degraded = serializers.BooleanField(help_text="A search engine is configured and did not answer in time.")
    groups = serializers.DictField(child=FoundGroup(), help_text="Groups that the caller may not read are absent.")


class Search(APIView):
    permissions: ClassVar = {"get": "account"}
    query_parameters: ClassVar = {"get": SearchParameters}

    @extend_schema(responses=FoundEverywhere)
    def get(self, request: Request) -> Response:
        """Search everything that the caller may read, in groups."""
        given = SearchParameters(data=request.query_params)
        given.is_valid(raise_exception=True)
        query = read_query(given.validated_data["q"])
        groups = search_groups(query, cast(Actor, request.user), given.validated_data["limit"])
        used = {group.engine for group in groups.values()}
        return Response(
            {
                "engine": "elasticsearch" if "elasticsearch" in used else "postgresql",
                "degraded": any(group.degraded for group in groups.values()),
                "groups": {
                    name: {"count": group.count, "results": [asdict(hit) for hit in group.results]}
                    for name, group in groups.items()
                },
            }
        )
