from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Model
from django.db.models.functions import Upper

from catalog.models import Actor, Category, Film, FilmActor, FilmCategory, Language
from catalog.services.demo.films import CAST, FILMS, FilmPlan

Named = TypeVar("Named", Category, Language)
FEATURES = (["Trailers"], ["Trailers", "Commentaries"], ["Deleted Scenes", "Behind the Scenes"], None)


@dataclass(frozen=True)
class DemoFilms:
    """What was made; words that were there already are not ours."""

    films: list[Film]
    actors: list[Actor]
    categories: list[Category]
    languages: list[Language]

    @property
    def roots(self) -> dict[type[Model], list[int]]:
        """The rows on which all of it hangs, for the next seeding to remove."""
        rows: dict[type[Model], Sequence[Model]] = {
            Film: self.films, Actor: self.actors, Category: self.categories, Language: self.languages,
        }  # fmt: skip
        return {model: [row.pk for row in made] for model, made in rows.items()}


def seed_films() -> DemoFilms:
    """Makes the demo's films with their words and actors. Runs in the caller's transaction.

    A category or a language that is there already, whoever made it, serves as it is.
    """
    new_languages, languages = made_words(Language, {plan.language for plan in FILMS})
    new_categories, categories = made_words(Category, {name for plan in FILMS for name in names_of(plan)})
    actors = Actor.objects.bulk_create(actor(name) for name in CAST)
    films = Film.objects.bulk_create(film(place, plan, languages) for place, plan in enumerate(FILMS))
    pairs = list(zip(films, FILMS, strict=True))
    FilmCategory.objects.bulk_create(
        FilmCategory(film=row, category=categories[name]) for row, plan in pairs for name in names_of(plan)
    )
    FilmActor.objects.bulk_create(
        FilmActor(film=row, actor=actors[place]) for row, plan in pairs for place in plan.cast
    )
    return DemoFilms(films, actors, new_categories, new_languages)


def names_of(plan: FilmPlan) -> list[str]:
    return plan.categories.split(", ")


def made_words(model: type[Named], names: Iterable[str]) -> tuple[list[Named], dict[str, Named]]:
    """The words that were not there, and all of them by name."""
    wanted = {name.upper(): name for name in sorted(names)}
    rows: Any = model._default_manager
    found = {row.name.upper(): row for row in rows.annotate(upper=Upper("name")).filter(upper__in=wanted)}
    made = rows.bulk_create(model(name=name) for upper, name in wanted.items() if upper not in found)
    found |= {row.name.upper(): row for row in made}
    return made, {name: found[upper] for upper, name in wanted.items()}


def actor(name: str) -> Actor:
    first, _, last = name.partition(" ")
    return Actor(first_name=first, last_name=last)


def film(place: int, plan: FilmPlan, languages: dict[str, Language]) -> Film:
    return Film(
        title=plan.title,
        description=plan.story,
        release_year=plan.year,
        language=languages[plan.language],
        rental_duration=plan.days,
        rental_rate=Decimal(plan.rate),
        length=plan.minutes,
        replacement_cost=Decimal(plan.cost),
        rating=plan.rating,
        streaming_available=plan.streams,
        special_features=FEATURES[place % len(FEATURES)],
    )


def remove_films(
    *, films: Collection[int], actors: Collection[int], categories: Collection[int], languages: Collection[int]
) -> dict[type[Model], list[int]]:
    """Deletes the demo's films, and those of its actors and words that no other film has; answers which stay.

    Locks them against new references. What apps above hang on the films must be gone before. Runs in the caller's
    transaction.
    """
    list(Film.objects.filter(pk__in=films).order_by("pk").select_for_update().values_list("pk"))
    FilmActor.objects.filter(film__in=films).delete()
    FilmCategory.objects.filter(film__in=films).delete()
    Film.objects.filter(pk__in=films).delete()
    return {
        Actor: kept(Actor, actors, film_links=None),
        Category: kept(Category, categories, film_links=None),
        Language: kept(Language, languages, films=None, original_films=None),
    }


def kept(model: type[Model], keys: Collection[int], **unused: None) -> list[int]:
    """Deletes the rows that nothing uses; the keys of the others."""
    ours = model._default_manager.filter(pk__in=keys)
    locked = list(ours.order_by("pk").select_for_update().values_list("pk", flat=True))
    ours.filter(pk__in=locked, **unused).delete()
    return list(ours.values_list("pk", flat=True))
