"""Imports of uploaded files, the same for every app: how they are asked for, and what they answer."""

from typing import IO, Any, ClassVar, cast

from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import MultiPartParser

from pipeline.services import Actor


class UploadedFile(serializers.Serializer[Any]):
    """A file, as multipart form data."""

    file = serializers.FileField()


class ImportQuery(serializers.Serializer[Any]):
    """How a file is imported."""

    dry_run = serializers.BooleanField(default=False, help_text="Answers what would be done, and writes nothing.")
    partial = serializers.BooleanField(  # type: ignore[assignment]
        default=False, help_text="Writes the good rows even if others have errors."
    )


class RowError(serializers.Serializer[Any]):
    field = serializers.CharField(allow_null=True)
    code = serializers.CharField()
    message = serializers.CharField()


class ImportCounts(serializers.Serializer[Any]):
    """What an import did, or would have done."""

    dry_run = serializers.BooleanField()
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    failed = serializers.IntegerField()


def answers(result: type[ImportCounts]) -> dict[Any, Any]:
    """200 with the result; 400 is a problem, which carries the result too when it is about rows."""
    problem, outcome = ({"$ref": f"#/components/schemas/{name}"} for name in ("Problem", result.__name__))
    refusal = {"anyOf": [{"allOf": [problem, outcome]}, problem]}
    return {200: result, (400, "application/problem+json"): refusal}


class ImportView(GenericAPIView[Any]):
    """An import of one file."""

    parser_classes = [MultiPartParser]
    serializer_class = UploadedFile
    permissions: ClassVar[dict[str, str | tuple[str, ...]]] = {}
    query_parameters: ClassVar[dict[str, type[ImportQuery]]] = {}

    @property
    def caller(self) -> Actor:
        return cast(Actor, self.request.user)

    def query(self) -> dict[str, Any]:
        serializer = self.query_parameters["post"](data=self.request.query_params.dict())
        serializer.is_valid(raise_exception=True)
        return cast(dict[str, Any], serializer.validated_data)

    def file(self) -> IO[bytes]:
        serializer = self.get_serializer(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return cast(IO[bytes], serializer.validated_data["file"])
