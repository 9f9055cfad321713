from typing import Any

import factory
from factory.django import DjangoModelFactory

from catalog.models import Actor, Category, Film, FilmActor, FilmCategory, Language

# Calling a factory makes a row, which its own types do not say.
Factory: Any = DjangoModelFactory


class LanguageFactory(Factory):
    class Meta:
        model = Language
        django_get_or_create = ("name",)

    name = "English"


class CategoryFactory(Factory):
    class Meta:
        model = Category

    name: Any = factory.Sequence(lambda n: f"Heist {n}")


class ActorFactory(Factory):
    class Meta:
        model = Actor

    first_name = "Ada"
    last_name: Any = factory.Sequence(lambda n: f"Fontaine {n}")


class FilmFactory(Factory):
    """A film that is lent for three days at 2.99; `categories=[...]` and `actors=[...]` are rows."""

    class Meta:
        model = Film
        skip_postgeneration_save = True

    title: Any = factory.Sequence(lambda n: f"Night Train {n}")
    language: Any = factory.SubFactory(LanguageFactory)
    rental_duration = 3
    rental_rate = "2.99"
    replacement_cost = "19.99"

    @factory.post_generation
    def categories(self: Any, create: bool, extracted: Any, **options: Any) -> None:
        FilmCategory.objects.bulk_create(FilmCategory(film=self, category=row) for row in extracted or ())

    @factory.post_generation
    def actors(self: Any, create: bool, extracted: Any, **options: Any) -> None:
        FilmActor.objects.bulk_create(FilmActor(film=self, actor=row) for row in extracted or ())
