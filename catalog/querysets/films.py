from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import F, OuterRef, Q, TextField
from django.db.models.functions import Cast

from pipeline.querysets import VersionedQuerySet
from pipeline.services import Actor as Caller

if TYPE_CHECKING:
    # The base classes name them.
    from catalog.models import Actor, Category, Film  # noqa: F401

# Dictionaries by the names that the API gives the columns.
Rows = models.QuerySet[Any, Any]


def links(name: str) -> Any:
    return apps.get_model("catalog", name)._base_manager


class CategoryQuerySet(VersionedQuerySet["Category"]):
    def visible_to(self, user: Caller) -> Self:
        """All of them to anybody."""
        return self

    def as_rows(self) -> Rows:
        return self.values("category_id", "name", "last_update", "row_version")

    def as_csv_rows(self) -> Rows:
        return self.values("category_id", "name", "last_update")


class ActorQuerySet(VersionedQuerySet["Actor"]):
    def visible_to(self, user: Caller) -> Self:
        """All of them to anybody."""
        return self

    def matching(self, words: str) -> Self:
        """Those in whose name every word stands, as a part and regardless of case."""
        found = self
        for word in words.split():
            found = found.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
        return found

    def as_rows(self) -> Rows:
        return self.values("actor_id", "first_name", "last_name", "last_update", "row_version")

    def as_csv_rows(self) -> Rows:
        return self.values("actor_id", "first_name", "last_name", "last_update")


class FilmQuerySet(VersionedQuerySet["Film"]):
    def visible_to(self, user: Caller) -> Self:
        """All films to anybody."""
        return self

    def of_category(self, name: str) -> Self:
        """Films of the category of that name, regardless of case; each once, of however many categories it is."""
        return self.filter(pk__in=links("FilmCategory").filter(category__name__iexact=name).values("film_id"))

    def matching(self, words: str) -> Self:
        """Films whose title holds the words as they stand, or whose title and description hold each of them.

        Regardless of case; the latter by English word stems.
        """
        query = SearchQuery(words, search_type="plain", config="english")
        return self.filter(Q(title__icontains=words) | Q(fulltext=query))

    def as_rows(self, *more: str) -> Rows:
        """As the API lists them: language and categories by name, money as text."""
        rows = self.values(
            "film_id", "title", "description", "release_year", "rental_duration", "length", "rating",
            "streaming_available", "last_update", "row_version", *more,
        )  # fmt: skip
        annotated: Rows = rows.annotate(**written_out())
        return annotated

    def as_details(self) -> Rows:
        """As the API shows one film, but for its actors."""
        rows = self.as_rows("replacement_cost", "special_features")
        annotated: Rows = rows.annotate(
            original_language=Cast("original_language__name", TextField()), media_id=F("media_item_id")
        )
        return annotated

    def as_csv_rows(self) -> Rows:
        rows = self.values(
            "film_id", "title", "description", "release_year", "rental_duration", "rental_rate", "replacement_cost",
            "length", "rating", "streaming_available", "last_update",
        )  # fmt: skip
        names = written_out()
        return rows.annotate(language=names["language"], categories=names["categories"])


def written_out() -> dict[str, Any]:
    """Annotations after fields of the film, which Django allows once `values()` has named the columns."""
    return {
        "rental_rate": Cast("rental_rate", TextField()),
        "language": Cast("language__name", TextField()),
        "categories": category_names(),
    }


def category_names() -> ArraySubquery:
    """The names of the film's categories, sorted."""
    names = links("FilmCategory").filter(film=OuterRef("pk")).order_by("category__name")
    return ArraySubquery(names.values_list("category__name", flat=True))
