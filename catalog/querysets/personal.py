from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce, JSONObject

from catalog.querysets.media import beside, links
from pipeline.querysets import VersionedQuerySet
from pipeline.services import Actor

if TYPE_CHECKING:
    # The base classes name them.
    from catalog.models import Finish, MediaState, Tag, TaggedMedia  # noqa: F401

Rows = models.QuerySet[Any, Any]
ABOUT = ("id", "media_type", "title", "subtitle", "creator", "release_date", "release_precision", "cover_image_url")
STATE = ("status", "favorite", "notes", "started_at", "finished_at", "created_at", "updated_at")
# A rating is a number in JSON.
NUMBERS = {"media_id": F("media_item_id"), "rating": Cast("rating", models.FloatField())}


class TagQuerySet(models.QuerySet["Tag"]):
    def visible_to(self, user: Actor) -> Self:
        """The user's own."""
        return self.filter(user=user.pk)

    def as_rows(self) -> Rows:
        return beside(self.values("id", "name", "created_at"), media_count=media_count())

    def as_csv_rows(self) -> Rows:
        return self.as_rows()


class TaggedMediaQuerySet(models.QuerySet["TaggedMedia"]):
    def visible_to(self, user: Actor) -> Self:
        """What carries a tag of the user's own."""
        return self.filter(tag__user=user.pk)

    def as_rows(self) -> Rows:
        return beside(self.values("id", "tag_id", "created_at"), media_id=F("media_item_id"), media=about())

    def as_csv_rows(self) -> Rows:
        rows = self.values("tag_id", "created_at")
        return beside(rows, tag=F("tag__name"), media_id=F("media_item_id"), title=F("media_item__title"))


class MediaStateQuerySet(VersionedQuerySet["MediaState"]):
    def visible_to(self, user: Actor) -> Self:
        """The user's own."""
        return self.filter(user=user.pk)

    def tagged(self, name: str, user: Actor) -> Self:
        """Those whose item carries the user's tag of the name, regardless of case."""
        own = links("TaggedMedia").filter(tag__user=user.pk, tag__name__iexact=name)
        return self.filter(media_item__in=own.values("media_item"))

    def as_rows(self) -> Rows:
        """Each with its item in short."""
        return beside(self.values("id", *STATE, "row_version"), **NUMBERS, media=about())

    def as_csv_rows(self) -> Rows:
        named = {"media_type": F("media_item__media_type"), "title": F("media_item__title")}
        return beside(self.values(*STATE), **NUMBERS, **named)

    def with_tags(self) -> Self:
        """Each with the names of the user's tags on its item, as `tags`."""
        return self.annotate(tags=own_tags())


class FinishQuerySet(models.QuerySet["Finish"]):
    def visible_to(self, user: Actor) -> Self:
        """The user's own."""
        return self.filter(state__user=user.pk)

    def as_rows(self) -> Rows:
        return self.values("id", "finished_at")

    def as_csv_rows(self) -> Rows:
        return self.as_rows()


def about() -> JSONObject:
    """The item of a row in short."""
    return JSONObject(**{name: F(f"media_item__{name}") for name in ABOUT})


def media_count() -> Coalesce:
    carried = links("TaggedMedia").filter(tag=OuterRef("pk")).order_by().values("tag").annotate(n=Count("pk"))
    return Coalesce(Subquery(carried.values("n"), output_field=models.IntegerField()), 0)


def own_tags() -> ArraySubquery:
    own = links("TaggedMedia").filter(tag__user=OuterRef("user"), media_item=OuterRef("media_item"))
    return ArraySubquery(own.order_by("tag__name").values_list("tag__name", flat=True))
