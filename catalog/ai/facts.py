"""Answers about one film: what the catalogue says of it."""

from collections.abc import Callable
from typing import Any

from catalog.ai.measures import Condition
from catalog.ai.nearest import alike
from catalog.ai.questions import Question
from catalog.ai.sentences import Answer, in_short, joined, listed, many, said
from catalog.ai.wanted import Aspect
from catalog.hooks import stock
from catalog.models import Actor, Film

MOST_PEOPLE, MOST_ALIKE = 50, 5


def told(question: Question, films: Any) -> Answer:
    """What is asked of each film that is named, or all of it in short."""
    sentences = [sentence for film in question.titles for sentence in sentences_of(film, question, films)]
    return said(*unknown(question), *sentences, films=question.titles, is_found=not question.words)


def unknown(question: Question) -> list[str]:
    if not question.words:
        return []
    words = joined([f"“{word}”" for word in question.words])
    return [f"The catalogue does not tell what you ask with {words}; this is what it knows."]


def sentences_of(film: Film, question: Question, films: Any) -> list[str]:
    answers = [checked(film, condition, films) for condition in question.conditions]
    answers += [TELLERS[aspect](film) for aspect in question.aspects]
    return answers if answers and not question.words else [*answers, *in_full(film)]


def checked(film: Film, condition: Condition, films: Any) -> str:
    """Whether a film is what was asked."""
    holds = films.filter(condition.q, pk=film.pk).exists()
    if condition.words.startswith("not "):
        holds, words = not holds, condition.words.removeprefix("not ")
    else:
        words = condition.words
    return f"{'Yes' if holds else 'No'}: {film.title} is {'' if holds else 'not '}one of the films {words}."


def in_full(film: Film) -> list[str]:
    return [story_of(film), category_of(film), length_of(film), rating_of(film), price_of(film)]


def cast_of(film: Film) -> str:
    people = Actor.objects.filter(film_links__film=film)
    number, names = people.count(), [str(actor) for actor in people[:MOST_PEOPLE]]
    if not names:
        return f"The catalogue names nobody who plays in {film.title}."
    others = f" and {number - len(names)} others" if number > len(names) else ""
    return f"{many(number, 'actor')} {'plays' if number == 1 else 'play'} in {film.title}: {joined(names)}{others}."


def length_of(film: Film) -> str:
    return f"{film.title} is {film.length} minutes long." if film.length else unsaid(film, "how long", "is")


def days_of(film: Film) -> str:
    return f"{film.title} is lent for {many(film.rental_duration, 'day')}."


def replacement_of(film: Film) -> str:
    return f"To replace a lost copy of {film.title} costs {film.replacement_cost}."


def price_of(film: Film) -> str:
    return f"To rent {film.title} costs {film.rental_rate} for {many(film.rental_duration, 'day')}."


def rating_of(film: Film) -> str:
    return f"{film.title} is rated {film.rating}." if film.rating else f"{film.title} has no rating."


def year_of(film: Film) -> str:
    return f"{film.title} is from {film.release_year}." if film.release_year else unsaid(film, "of which year", "is")


def language_of(film: Film) -> str:
    original = f", originally {film.original_language}" if film.original_language else ""
    return f"{film.title} is in {film.language}{original}."


def category_of(film: Film) -> str:
    names = [category.name for category in film.categories.order_by("name")]
    kinds = "category" if len(names) == 1 else "categories"
    return f"{film.title} is of the {kinds} {joined(names)}." if names else f"{film.title} is of no category."


def features_of(film: Film) -> str:
    extras = film.special_features
    return f"The extras of {film.title} are {joined(extras)}." if extras else f"{film.title} has no extras."


def story_of(film: Film) -> str:
    return f"{in_short(film)}: {film.description}" if film.description else f"{in_short(film)}, without a description."


def copies_of(film: Film) -> str:
    known = stock()
    copies = known.copies([film.pk]).get(film.pk) if known else None
    if copies is None:
        return f"There is no copy of {film.title}."
    are = "is" if copies.within == 1 else "are"
    return f"{copies.within} of the {many(copies.total, 'copy', 'copies')} of {film.title} {are} in stock."


def unsaid(film: Film, what: str, verb: str) -> str:
    return f"The catalogue does not say {what} {film.title} {verb}."


TELLERS: dict[Aspect, Callable[[Film], str]] = {
    Aspect.CAST: cast_of,
    Aspect.LENGTH: length_of,
    Aspect.DAYS: days_of,
    Aspect.REPLACEMENT: replacement_of,
    Aspect.PRICE: price_of,
    Aspect.RATING: rating_of,
    Aspect.YEAR: year_of,
    Aspect.LANGUAGE: language_of,
    Aspect.CATEGORY: category_of,
    Aspect.FEATURES: features_of,
    Aspect.STOCK: copies_of,
    Aspect.STORY: story_of,
}


def like(question: Question, films: Any) -> Answer:
    """Films like the one that is named, which also meet what else was asked."""
    film = question.titles[0]
    among = alike(film, films).exclude(pk__in=[named.pk for named in question.titles])
    for condition in question.conditions:
        among = among.filter(condition.q)
    rows = list(among[: min(question.number or MOST_ALIKE, 12)])
    if not rows:
        return said(f"I find no film like {film.title}.", *in_full(film), films=[film], is_found=False)
    names = [category.name for category in film.categories.order_by("name")]
    why = f"By category ({joined(names)}), cast, rating and length" if names else "By cast, rating and length"
    return said(f"{why}, the films most like {film.title} are {listed(rows)}.", films=[*rows, film])


def together(question: Question, films: Any) -> Answer:
    """Whether those who are named play in the film that is named."""
    sentences = [plays(film, person.name, person.ids) for film in question.titles for person in question.people]
    casts = [cast_of(film) for film in question.titles]
    return said(*sentences, *casts, films=question.titles)


def plays(film: Film, name: str, ids: tuple[int, ...]) -> str:
    is_there = film.actors.filter(pk__in=ids).exists()
    return f"Yes: {name} plays in {film.title}." if is_there else f"No: {name} does not play in {film.title}."
