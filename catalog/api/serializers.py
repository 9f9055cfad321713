"""What the API takes and answers about films; answers come from `.values()` and have these keys."""

from typing import Any

from rest_framework import serializers

from catalog.api.fields import NameField, NamesField
from catalog.api.library.fields import MediaField
from catalog.models import Actor, Category, Film, Language
from pipeline.api.fields import ReferencesField

MOST_FEATURES = 20
KEPT = ("last_update", "row_version")


class CategorySerializer(serializers.ModelSerializer[Category]):
    """A kind of film: its name is unique, regardless of case."""

    class Meta:
        model = Category
        fields = ("category_id", "name", *KEPT)
        read_only_fields = ("category_id", *KEPT)
        validators: list[Any] = []


class ActorSerializer(serializers.ModelSerializer[Actor]):
    """Somebody on the screen; two may have one name."""

    class Meta:
        model = Actor
        fields = ("actor_id", "first_name", "last_name", *KEPT)
        read_only_fields = ("actor_id", *KEPT)


class FilmSerializer(serializers.ModelSerializer[Film]):
    """A film of the catalogue. Language and categories go by their names, regardless of case; money is text."""

    language = NameField(queryset=Language.objects.all())
    categories = NamesField(queryset=Category.objects.all(), default=list)
    rental_duration = serializers.IntegerField(
        min_value=1, max_value=32_767, default=3, help_text="For how many days it is lent."
    )
    length = serializers.IntegerField(
        min_value=1, max_value=32_767, allow_null=True, required=False, help_text="Minutes."
    )

    class Meta:
        model = Film
        fields = (
            "film_id", "title", "description", "release_year", "language", "rental_duration", "rental_rate", "length",
            "rating", "streaming_available", "categories", *KEPT,
        )  # fmt: skip
        read_only_fields = ("film_id", *KEPT)


class FilmDetail(FilmSerializer):
    """A film with all that is kept of it; `actor_ids` says on a write who plays in it."""

    original_language = NameField(queryset=Language.objects.all(), allow_null=True, required=False)
    special_features = serializers.ListField(
        child=serializers.CharField(max_length=100), allow_null=True, required=False, max_length=MOST_FEATURES
    )
    actors = ActorSerializer(many=True, read_only=True, help_text="By name, the first 50.")
    actors_count = serializers.IntegerField(read_only=True)
    media_id = MediaField(
        source="media_item", allow_null=True, required=False, help_text="Whose cover and credits the film's page shows."
    )
    actor_ids = ReferencesField(
        queryset=Actor.objects.all(), source="actors", write_only=True, required=False, help_text="All who play in it."
    )

    class Meta(FilmSerializer.Meta):
        fields = (  # type: ignore[assignment]
            *FilmSerializer.Meta.fields,
            *("original_language", "replacement_cost", "special_features", "media_id", "actors", "actors_count"),
            "actor_ids",
        )
