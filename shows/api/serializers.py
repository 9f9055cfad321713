"""What the API takes and answers; answers come from `.values()` and have these keys."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crew.models import CrewMember, Production
from pipeline.api.fields import ReferenceField
from pipeline.api.filters import BIGGEST_ID
from pipeline.api.imports import RowError
from shows.models import Change, Review, ReviewStatus, Sequence, Shot, ShotStatus, Show, ShowStatus, Version
from shows.models.show import CODE_PATTERN

MOST_AT_ONCE = 1000


class CodeField(serializers.RegexField):
    """1 to 20 ASCII letters, digits, `_ . -`; text for ever."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(CODE_PATTERN, max_length=20, trim_whitespace=False, **kwargs)


class ShowSerializer(serializers.ModelSerializer[Show]):
    """A show: its code is unique everywhere, regardless of case."""

    code = CodeField()
    status = serializers.ChoiceField(choices=ShowStatus.choices, default=ShowStatus.ACTIVE)
    production = ReferenceField(queryset=Production.objects.all(), allow_null=True, default=None)

    class Meta:
        model = Show
        fields = ("id", "title", "code", "status", "production", "created_at", "row_version")
        read_only_fields = ("id", "created_at", "row_version")


class SequenceSerializer(serializers.ModelSerializer[Sequence]):
    """A sequence of a show: its code is unique there, regardless of case."""

    show_id = ReferenceField(queryset=Show.objects.all(), source="show")
    code = CodeField()
    description = serializers.CharField(max_length=5000, allow_blank=True, default="")

    class Meta:
        model = Sequence
        fields = ("id", "show_id", "code", "description", "created_at", "row_version")
        read_only_fields = ("id", "created_at", "row_version")
        validators: list[Any] = []


class SequenceChange(SequenceSerializer):
    """A sequence stays in its show."""

    class Meta(SequenceSerializer.Meta):
        read_only_fields = ("id", "show_id", "created_at", "row_version")  # type: ignore[assignment]

    show_id = serializers.IntegerField(read_only=True)  # type: ignore[assignment]


class ShotSerializer(serializers.ModelSerializer[Shot]):
    """A shot: its code is unique in its sequence, regardless of case; frames are integers, both ends included."""

    sequence_id = ReferenceField(queryset=Sequence.objects.select_related("show"), source="sequence")
    code = CodeField()
    status = serializers.ChoiceField(choices=ShotStatus.choices, default=ShotStatus.PENDING)
    assigned_to = ReferenceField(queryset=CrewMember.objects.all(), allow_null=True, default=None)
    assigned_to_name = serializers.CharField(read_only=True, allow_null=True)

    class Meta:
        model = Shot
        fields = (
            "id", "show_id", "sequence_id", "code", "status", "assigned_to", "assigned_to_name", "description",
            "frame_start", "frame_end", "head_handle", "tail_handle", "created_at", "updated_at", "row_version",
        )  # fmt: skip
        read_only_fields = ("id", "show_id", "created_at", "updated_at", "row_version")
        validators: list[Any] = []


class ShotChange(ShotSerializer):
    """Changes of a shot; `reason` is kept in the history beside each of them. A shot stays in its show."""

    reason = serializers.CharField(max_length=500, allow_blank=True, write_only=True, default="")

    class Meta(ShotSerializer.Meta):
        fields = (*ShotSerializer.Meta.fields, "reason")  # type: ignore[assignment]


class BulkSet(serializers.Serializer[Any]):
    """What to set on every shot of a bulk change."""

    status = serializers.ChoiceField(choices=ShotStatus.choices, required=False)
    assigned_to = ReferenceField(queryset=CrewMember.objects.all(), allow_null=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError("Say what to set: status, assigned_to or both.")
        return attrs


class BulkChange(serializers.Serializer[Any]):
    """The same change of up to 1,000 shots: all or none, or with `atomic: false` those that can."""

    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=BIGGEST_ID), min_length=1, max_length=MOST_AT_ONCE
    )
    set = BulkSet()
    atomic = serializers.BooleanField(default=True)
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")

    def validate_ids(self, ids: list[int]) -> list[int]:
        if len(set(ids)) < len(ids):
            raise serializers.ValidationError("An id is given twice.")
        return ids


class BulkRow(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    ok = serializers.BooleanField()
    errors = RowError(many=True)  # type: ignore[assignment]


class BulkResult(serializers.Serializer[Any]):
    results = BulkRow(many=True)


MEDIA_FIELDS = (
    "media_url", "media_type", "media_bytes", "thumbnail_url", "poster_url", "width", "height", "duration",
    "frame_rate", "frame_rate_numerator", "frame_rate_denominator", "frame_count",
)  # fmt: skip


class VersionSerializer(serializers.ModelSerializer[Version]):
    """Work handed in for review; `name` counts per shot without a gap.

    A version has a picture, a video or no media. What there is none of is null.
    """

    shot_id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    department = serializers.CharField(max_length=50, allow_null=True, default=None)
    comment = serializers.CharField(max_length=10_000, allow_blank=True, default="")
    created_by = serializers.UUIDField(read_only=True, allow_null=True)
    created_by_name = serializers.CharField(read_only=True, allow_null=True)
    media_url = serializers.CharField(read_only=True, allow_null=True, help_text="Answers byte ranges.")
    media_type = serializers.CharField(read_only=True, allow_null=True, help_text="As told by the file's content.")
    thumbnail_url = serializers.CharField(read_only=True, allow_null=True, help_text="A small WebP picture.")
    poster_url = serializers.CharField(read_only=True, allow_null=True, help_text="A video's first frame, as WebP.")
    width = serializers.IntegerField(read_only=True, allow_null=True, help_text="Pixels, as shown.")
    height = serializers.IntegerField(read_only=True, allow_null=True, help_text="Pixels, as shown.")
    duration = serializers.FloatField(read_only=True, allow_null=True, help_text="A video's seconds.")
    frame_rate = serializers.FloatField(
        read_only=True, allow_null=True, help_text="Frames a second, rounded; exact is numerator / denominator."
    )

    class Meta:
        model = Version
        fields = (
            "id", "shot_id", "name", "department", "comment", "created_by", "created_by_name", "created_at",
            "row_version", *MEDIA_FIELDS,
        )  # fmt: skip
        read_only_fields = ("id", "created_at", "row_version", *MEDIA_FIELDS)


class VersionUpload(VersionSerializer):
    """The next version of a shot, as form data with its picture or video."""

    media = serializers.FileField(
        write_only=True,
        required=False,
        allow_null=True,
        help_text="PNG, JPEG, WebP, MP4 or WebM, told by its content.",
    )

    class Meta(VersionSerializer.Meta):
        fields = (*VersionSerializer.Meta.fields, "media")  # type: ignore[assignment]


class ReviewSerializer(serializers.ModelSerializer[Review]):
    """What was said about a shot. `author` was speaking (default: the caller), `created_by` typed it."""

    shot_id = serializers.IntegerField(read_only=True)
    author = serializers.CharField(max_length=200, required=False)
    status = serializers.ChoiceField(choices=ReviewStatus.choices)
    body = serializers.CharField(max_length=10_000, allow_blank=True, default="")
    department = serializers.CharField(max_length=50, allow_null=True, default=None)
    version = ReferenceField(queryset=Version.objects.all(), allow_null=True, default=None)
    version_name = serializers.CharField(read_only=True, allow_null=True)
    set_shot_status = serializers.ChoiceField(choices=ShotStatus.choices, allow_null=True, default=None)
    created_by = serializers.UUIDField(read_only=True, allow_null=True)
    created_by_name = serializers.CharField(read_only=True, allow_null=True)

    class Meta:
        model = Review
        fields = (
            "id", "shot_id", "author", "status", "body", "department", "version", "version_name", "frame_start",
            "frame_end", "is_open", "set_shot_status", "created_by", "created_by_name", "created_at", "row_version",
        )  # fmt: skip
        read_only_fields = ("id", "is_open", "created_at", "row_version")


class ReviewChange(ReviewSerializer):
    """The words and the frames of a review can change; its verdict stays."""

    class Meta(ReviewSerializer.Meta):
        read_only_fields = tuple(  # type: ignore[assignment]
            name for name in ReviewSerializer.Meta.fields if name not in ("body", "frame_start", "frame_end")
        )

    author = serializers.CharField(read_only=True)
    status = serializers.ChoiceField(choices=ReviewStatus.choices, read_only=True)
    department = serializers.CharField(read_only=True, allow_null=True)
    version = serializers.IntegerField(read_only=True, allow_null=True)  # type: ignore[assignment]
    set_shot_status = serializers.ChoiceField(choices=ShotStatus.choices, read_only=True, allow_null=True)


class Nothing(serializers.Serializer[Any]):
    """An act that takes no body."""


@extend_schema_field({"type": ["string", "integer", "boolean", "null"]})
class ValueField(serializers.JSONField):
    """A number, a text or null: the type of the column that changed."""


class ChangeSerializer(serializers.ModelSerializer[Change]):
    """One field before and after. `subject` tells whether it is the shot's own or one of its reviews'."""

    by = serializers.CharField(allow_null=True)
    to = ValueField()

    class Meta:
        model = Change
        fields = ("id", "at", "by", "field", "to", "reason", "subject", "subject_id")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` is a word of Python's own, so it cannot be declared."""
        return super().get_fields() | {"from": ValueField()}


class ShowDetail(ShowSerializer):
    sequences = SequenceSerializer(many=True, read_only=True, help_text="The newest 50.")
    sequences_count = serializers.IntegerField(read_only=True)
    shot_counts = serializers.DictField(child=serializers.IntegerField(), read_only=True)

    class Meta(ShowSerializer.Meta):
        fields = (*ShowSerializer.Meta.fields, "sequences", "sequences_count", "shot_counts")  # type: ignore[assignment]


class SequenceDetail(SequenceSerializer):
    shots = ShotSerializer(many=True, read_only=True, help_text="The newest 50.")
    shots_count = serializers.IntegerField(read_only=True)

    class Meta(SequenceSerializer.Meta):
        fields = (*SequenceSerializer.Meta.fields, "shots", "shots_count")  # type: ignore[assignment]


class ShotDetail(ShotSerializer):
    reviews = ReviewSerializer(many=True, read_only=True, help_text="The newest 50.")
    reviews_count = serializers.IntegerField(read_only=True)
    versions = VersionSerializer(many=True, read_only=True, help_text="The newest 50.")
    versions_count = serializers.IntegerField(read_only=True)
    history = ChangeSerializer(many=True, read_only=True, help_text="The newest 50.")
    history_count = serializers.IntegerField(read_only=True)

    class Meta(ShotSerializer.Meta):
        fields = (  # type: ignore[assignment]
            *ShotSerializer.Meta.fields,
            *("reviews", "reviews_count", "versions", "versions_count", "history", "history_count"),
        )
