"""What the API takes and answers about tags and states."""

from typing import Any

from rest_framework import serializers

from catalog.api.library.fields import TenthsField
from catalog.models import Consumption, Finish, MediaItem, MediaState, Tag, TaggedMedia


class MediaInShort(serializers.ModelSerializer[MediaItem]):
    class Meta:
        model = MediaItem
        fields = (
            *("id", "media_type", "title", "subtitle", "creator", "release_date", "release_precision"),
            "cover_image_url",
        )


class TagSerializer(serializers.ModelSerializer[Tag]):
    """A tag of your own; its name is unique among yours, regardless of case."""

    media_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Tag
        fields = ("id", "name", "media_count", "created_at")
        read_only_fields = ("id", "created_at")
        validators: list[Any] = []


class TaggedMediaSerializer(serializers.ModelSerializer[TaggedMedia]):
    """That a tag is on an item."""

    media_id = serializers.UUIDField()
    media = MediaInShort(read_only=True)

    class Meta:
        model = TaggedMedia
        fields = ("id", "tag_id", "media_id", "media", "created_at")
        read_only_fields = ("id", "tag_id", "created_at")
        validators: list[Any] = []


class StateSerializer(serializers.ModelSerializer[MediaState]):
    """What an item is to you. Keys that are not sent stay as they are."""

    media_id = serializers.UUIDField(read_only=True)
    media = MediaInShort(read_only=True)
    status = serializers.ChoiceField(choices=Consumption.choices, required=False)
    rating = TenthsField(required=False, allow_null=True, help_text="0 to 10 in tenths.")

    class Meta:
        model = MediaState
        fields = (
            *("id", "media_id", "media", "status", "rating", "favorite", "notes", "started_at", "finished_at"),
            *("created_at", "updated_at", "row_version"),
        )
        read_only_fields = ("id", "started_at", "finished_at", "created_at", "updated_at", "row_version")
        validators: list[Any] = []


class FinishSerializer(serializers.ModelSerializer[Finish]):
    """A time at which you finished an item."""

    class Meta:
        model = Finish
        fields = ("id", "finished_at")


class Nothing(serializers.Serializer[Any]):
    """There is nothing to say."""
