"""What the API takes and answers about menus."""

from typing import Any

from rest_framework import serializers

from catalog.api.library.personal_serializers import MediaInShort
from catalog.models import Course, CourseItem, Menu
from pipeline.api.filters import BIGGEST_ID

FURTHEST = 10_000


class PositionField(serializers.IntegerField):
    """A place, counted from 0; none, or one beyond the end, is the end."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"min_value": 0, "max_value": FURTHEST, "required": False} | kwargs))


class Origin(serializers.Serializer[Any]):
    source_name = serializers.CharField()
    canonical_url = serializers.CharField()


class MediaWithOrigin(MediaInShort):
    sources = Origin(many=True)

    class Meta(MediaInShort.Meta):
        fields = (*MediaInShort.Meta.fields, "sources")  # type: ignore[assignment]


class CourseItemSerializer(serializers.ModelSerializer[CourseItem]):
    """An item of a course; putting in what is there already changes nothing."""

    media_id = serializers.UUIDField()
    media = MediaWithOrigin(read_only=True)
    position = PositionField()

    class Meta:
        model = CourseItem
        fields = ("id", "media_id", "media", "position", "notes")
        read_only_fields = ("id",)
        validators: list[Any] = []


class CourseItemChange(CourseItemSerializer):
    """Another course of the same menu takes the item over."""

    media_id = serializers.UUIDField(read_only=True)
    course_id = serializers.IntegerField(min_value=1, max_value=BIGGEST_ID, required=False)

    class Meta(CourseItemSerializer.Meta):
        fields = (*CourseItemSerializer.Meta.fields, "course_id")  # type: ignore[assignment]


class CourseSerializer(serializers.ModelSerializer[Course]):
    """A course of a menu, its items in order."""

    position = PositionField()
    items = CourseItemSerializer(many=True, read_only=True)

    class Meta:
        model = Course
        fields = ("id", "title", "description", "intent", "position", "items")
        read_only_fields = ("id",)
        validators: list[Any] = []


class MenuSerializer(serializers.ModelSerializer[Menu]):
    """A menu in short. The slug is made once from the title and stays."""

    courses_count = serializers.IntegerField(read_only=True)
    items_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Menu
        fields = (
            *("id", "title", "description", "slug", "is_public", "courses_count", "items_count"),
            *("created_at", "updated_at", "row_version"),
        )
        read_only_fields = ("id", "slug", "created_at", "updated_at", "row_version")
        validators: list[Any] = []


class MenuDetail(MenuSerializer):
    """A menu with its courses in order."""

    courses = CourseSerializer(many=True, read_only=True)

    class Meta(MenuSerializer.Meta):
        fields = (*MenuSerializer.Meta.fields, "courses")  # type: ignore[assignment]


class PublicMenu(serializers.ModelSerializer[Menu]):
    """A public menu, without a word about whose it is."""

    courses = CourseSerializer(many=True, read_only=True)

    class Meta:
        model = Menu
        fields = ("title", "description", "slug", "updated_at", "courses")


def ids() -> Any:
    return serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=BIGGEST_ID), max_length=200)


class ItemOrder(serializers.Serializer[Any]):
    """All items of the course, in their new order."""

    item_ids = ids()


class CourseOrder(serializers.Serializer[Any]):
    """All courses of the menu, in their new order."""

    course_ids = ids()
