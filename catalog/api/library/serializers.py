"""What the API takes and answers about media; answers come from `.values()` and have these keys."""

from typing import Any

from rest_framework import serializers

from catalog.api.library.fields import MetadataField
from catalog.models import Book, Game, MediaItem, MediaSource, MediaType, Movie, Music, SourceName, TmdbType
from catalog.services.library.searching import DEFAULT_RESULTS, LEAST_LETTERS, MOST_RESULTS
from pipeline.services.importing.rows import Action

MOST_INGESTED = 100
KINDS = ("book", "movie", "game", "music")
ACTIONS = [(action.value, action.value) for action in Action]
INGESTED_TYPES = [(name, name) for name in (*MediaType.values, TmdbType.TV.value)]


class BookSerializer(serializers.ModelSerializer[Book]):
    class Meta:
        model = Book
        fields = ("authors", "page_count", "isbn")


class MovieSerializer(serializers.ModelSerializer[Movie]):
    class Meta:
        model = Movie
        fields = ("tmdb_type", "runtime", "directors")


class GameSerializer(serializers.ModelSerializer[Game]):
    class Meta:
        model = Game
        fields = ("platforms", "developers")


class MusicSerializer(serializers.ModelSerializer[Music]):
    class Meta:
        model = Music
        fields = ("artist", "album", "track_number", "duration_ms")


class SourceSerializer(serializers.ModelSerializer[MediaSource]):
    class Meta:
        model = MediaSource
        fields = ("source_name", "external_id", "canonical_url", "fetched_at")


class MediaSerializer(serializers.ModelSerializer[MediaItem]):
    """A book, a movie or series, a game or a piece of music; what only its kind has stands under the kind's name.

    A date whose precision is `month` or `year` is the first day of it. Of the kinds that it is not, the key is null.
    """

    metadata = MetadataField(required=False)
    book = BookSerializer(required=False, allow_null=True)
    movie = MovieSerializer(required=False, allow_null=True)
    game = GameSerializer(required=False, allow_null=True)
    music = MusicSerializer(required=False, allow_null=True)
    sources = SourceSerializer(many=True, read_only=True, help_text="Where it came from.")

    class Meta:
        model = MediaItem
        fields = (
            *("id", "media_type", "title", "subtitle", "creator", "description", "release_date", "release_precision"),
            *("cover_image_url", "metadata", *KINDS, "sources", "created_at", "updated_at", "row_version"),
        )
        read_only_fields = ("id", "creator", "created_at", "updated_at", "row_version")
        # What is unique is the database's to judge.
        validators: list[Any] = []


class WordsField(serializers.CharField):
    """Several of some words, parted by commas."""

    default_error_messages = {"unknown": "One or more of {known}, parted by commas."}

    def __init__(self, *, known: tuple[str, ...], **kwargs: Any) -> None:
        self.known = known
        kwargs |= {"required": False, "max_length": 100, "default": list}
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Any:
        words = [word.strip() for word in super().to_internal_value(data).split(",")]
        if not set(words) <= set(self.known):
            self.fail("unknown", known=", ".join(self.known))
        return list(dict.fromkeys(words))


class MediaSearchParameters(serializers.Serializer[Any]):
    q = serializers.CharField(
        min_length=LEAST_LETTERS, max_length=200, help_text="Words; the last may be the beginning of one."
    )
    types = WordsField(known=tuple(MediaType.values), help_text="`book,movie`; all unless some are named.")
    include_external = serializers.BooleanField(default=False, help_text="Ask the sources of these types as well.")
    sources = WordsField(known=tuple(SourceName.values), help_text="`tmdb,igdb`: only these of them.")
    limit = serializers.IntegerField(min_value=1, max_value=MOST_RESULTS, default=DEFAULT_RESULTS)


class SearchCounts(serializers.Serializer[Any]):
    internal_results = serializers.IntegerField(help_text="How many were here before the sources were asked.")
    external_ingested = serializers.IntegerField(help_text="How many items the sources brought.")
    deduplicated = serializers.IntegerField(help_text="How many of theirs were here already.")


class MediaFoundSerializer(serializers.Serializer[Any]):
    """What was found, and how each source fared: `ok`, `not configured`, `rate limited`, `timed out` or `error`."""

    results = MediaSerializer(many=True)
    source = serializers.ChoiceField(choices=("internal", "external", "internal+external"))  # type: ignore[assignment]
    metadata = SearchCounts()
    sources = serializers.DictField(child=serializers.CharField())


class IngestSerializer(serializers.Serializer[Any]):
    """What to take in: one item by its id, or what a search of the source finds."""

    external_id = serializers.CharField(max_length=500, required=False, help_text="`movie/603`, `nRo0Pk8djjoC`.")
    query = serializers.CharField(min_length=LEAST_LETTERS, max_length=200, required=False)
    media_type = serializers.ChoiceField(
        choices=INGESTED_TYPES,
        required=False,
        help_text="Of TMDB `movie` or `tv`; of the others their only kind.",
    )
    max_results = serializers.IntegerField(min_value=1, max_value=MOST_INGESTED, default=10)
    force_refresh = serializers.BooleanField(default=False, help_text="Ask again for what was fetched within a week.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("external_id" in attrs) == ("query" in attrs):
            raise serializers.ValidationError({"external_id": "Give either external_id or query."})
        return attrs


class IngestError(serializers.Serializer[Any]):
    external_id = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class IngestResult(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=ACTIONS)
    item = MediaSerializer(allow_null=True)
    error = IngestError(allow_null=True)


class IngestedSerializer(serializers.Serializer[Any]):
    results = IngestResult(many=True)
