from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchRank
from django.db import models
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Greatest, JSONObject

from catalog.querysets.words import Holds, IsLike, Likeness, MediaQuery, Plain
from pipeline.querysets import VersionedQuerySet
from pipeline.services import Actor

if TYPE_CHECKING:
    # The base class names it.
    from catalog.models import MediaItem  # noqa: F401

Rows = models.QuerySet[Any, Any]
TITLE, CREATOR, ANYWHERE = 0, 1, 2
# A common word that is misspelt is like tens of thousands of titles, all alike.
MOST_COMPARED = 200
OWN = (
    *("id", "media_type", "title", "subtitle", "creator", "description", "release_date", "release_precision"),
    *("cover_image_url", "metadata"),
)
SHORT = ("id", "media_type", "title", "subtitle", "creator", "release_date", "release_precision")
KINDS = {
    "book": ("authors", "page_count", "isbn"),
    "movie": ("tmdb_type", "runtime", "directors"),
    "game": ("platforms", "developers"),
    "music": ("artist", "album", "track_number", "duration_ms"),
}


class MediaItemQuerySet(VersionedQuerySet["MediaItem"]):
    def visible_to(self, user: Actor) -> Self:
        """All of them to an account; to a stranger those that stand in a public menu."""
        if user.pk:
            return self
        return self.filter(Exists(links("CourseItem").filter(media_item=OuterRef("pk"), course__menu__is_public=True)))

    def changeable_by(self, user: Actor) -> Self:
        """All of them by who may change media in general, and by others what they added."""
        return self if user.has_perm("catalog.change_mediaitem") else self.filter(added_by=user.pk)

    def of_types(self, types: Iterable[str]) -> Self:
        return self.filter(media_type__in=list(types))

    def from_source(self, source_name: str) -> Self:
        return self.filter(Exists(links("MediaSource").filter(media_item=OuterRef("pk"), source_name=source_name)))

    def for_user(self, user: Actor) -> Self:
        """Each beside the user's own state as `own`, and `own_rating`, which counts as -1 where there is none."""
        own = FilteredRelation("states", condition=Q(states__user=user.pk))
        return self.alias(own=own, own_rating=Coalesce("own__rating", Value(-1), output_field=models.DecimalField()))

    def in_status(self, status: str, user: Actor) -> Self:
        """Those that the user has in the status."""
        return self.filter(pk__in=links("MediaState").filter(user=user.pk, status=status).values("media_item"))

    def favorites_of(self, user: Actor, *, wanted: bool = True) -> Self:
        """The user's favourites, or with `wanted=False` all the others."""
        favorites = links("MediaState").filter(user=user.pk, favorite=True).values("media_item")
        return self.filter(pk__in=favorites) if wanted else self.exclude(pk__in=favorites)

    def tagged(self, name: str, user: Actor) -> Self:
        """Those with the user's tag of the name, regardless of case."""
        return self.filter(pk__in=tagged(name, user))

    def not_tagged(self, name: str, user: Actor) -> Self:
        return self.exclude(pk__in=tagged(name, user))

    def on_shelf_of(self, user: Actor) -> Self:
        """Those that the user has a state of, or a tag on."""
        states = links("MediaState").filter(user=user.pk).values("media_item")
        tags = links("TaggedMedia").filter(tag__user=user.pk).values("media_item")
        return self.filter(pk__in=states.union(tags))

    def matching(self, text: str) -> Self:
        """Those in which each word stands, the last one as the beginning of a word; accents and case do not matter.

        `tier` tells where: in the title, in the title and the names of who made it, or anywhere.
        """
        anywhere = MediaQuery(text)
        tier = Case(
            When(Holds(MediaQuery(text, "A")), then=Value(TITLE)),
            When(Holds(MediaQuery(text, "AB")), then=Value(CREATOR)),
            default=Value(ANYWHERE),
        )
        return self.filter(Holds(anywhere)).alias(tier=tier, rank=SearchRank(F("words"), anywhere))

    def best_first(self) -> Self:
        """What `matching` found: title before creator before description, and within each the better match."""
        return self.order_by("tier", "-rank", "title", "id")

    def resembling(self, text: str) -> Self:
        """Those with nearly such words in the title or the name of who made it, the most like first.

        How near is the session's `pg_trgm.word_similarity_threshold`; some two hundred titles and as many
        names are compared at most.
        """
        plain, title, creator = Plain(Value(text, output_field=models.TextField())), Plain("title"), Plain("creator")
        likeness = Greatest(Likeness(plain, title), Likeness(plain, creator))
        # Apart, so that names leave room for titles, and no row is held against both.
        titles, names = (self.filter(IsLike(plain, part)).order_by().values("pk") for part in (title, creator))
        near = titles[:MOST_COMPARED].union(names[:MOST_COMPARED], all=True)
        return self.filter(pk__in=near).order_by(likeness.desc(), "title", "id")

    def as_rows(self) -> Rows:
        """As the API shows them: what only one kind has stands under the name of the kind, null under the others."""
        rows = self.values(*OWN, "created_at", "updated_at", "row_version")
        return beside(rows, **{kind: details(kind) for kind in KINDS}, sources=sources())

    def as_shelf(self, user: Actor) -> Rows:
        """In short, each with the user's state and tags."""
        tags = links("TaggedMedia").filter(media_item=OuterRef("pk"), tag__user=user.pk).order_by("tag__name")
        return beside(
            self.for_user(user).values(*SHORT),
            **{name: F(f"own__{name}") for name in ("status", "rating", "favorite")},
            tags=ArraySubquery(tags.values("tag__name")),
        )

    def as_csv_rows(self) -> Rows:
        rows: Rows = self.values(*OWN[:-1], "created_at")
        return rows


def links(name: str) -> Any:
    return apps.get_model("catalog", name)._base_manager


def beside(rows: Rows, **columns: Any) -> Rows:
    """More columns beside those that `values()` has named; then one may bear the name of a field."""
    found: Rows = rows.annotate(**columns)
    return found


def tagged(name: str, user: Actor) -> Any:
    own = links("TaggedMedia").filter(tag__user=user.pk, tag__name__iexact=name)
    return own.values("media_item")


def details(kind: str) -> Case:
    """The row of the item's kind as an object."""
    fields = JSONObject(**{name: F(f"{kind}__{name}") for name in KINDS[kind]})
    return Case(When(media_type=kind, then=fields), default=None, output_field=models.JSONField())


def sources() -> ArraySubquery:
    """Where the item came from, without what the sources said."""
    own = links("MediaSource").filter(media_item=OuterRef("pk")).order_by("source_name", "external_id")
    names = ("source_name", "external_id", "canonical_url", "fetched_at")
    return ArraySubquery(own.values(source=JSONObject(**{name: name for name in names})))
