"""Answers about who plays most, and about the words that films are described by."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count

from catalog.ai.listing import chosen
from catalog.ai.questions import Question
from catalog.ai.sentences import Answer, described, joined, many, said
from catalog.ai.wanted import Aspect
from catalog.models import Actor, Category, Film, Language, Rating

MOST_TIES, MOST_NAMES = 5, 100


def leading(question: Question, films: Any) -> Answer:
    """Who plays in the most films, or which category has the most; or the fewest, but at least one."""
    among, conditions = chosen(question, films)
    rows, verb = (Category, "has") if Aspect.CATEGORY in question.aspects else (Actor, "plays in")
    link = "film_links"
    ranked: Any = rows.objects.filter(**{f"{link}__film__in": among.values("pk")})
    sign = "-" if question.most == "most" else ""
    wanted = question.number or 1
    found = list(
        ranked.annotate(n=Count(f"{link}__film", distinct=True)).order_by(f"{sign}n", "pk")[: wanted + MOST_TIES]
    )
    if not found:
        return said(f"There are no films{described(conditions)}.")
    shown = [row for row in found if row.n == found[0].n] if wanted == 1 else found[:wanted]
    parts = [f"{row} ({many(row.n, 'film')})" for row in shown]
    what = f"Counting films{described(conditions)}, " if conditions else ""
    plural = {"plays in": "play in", "has": "have"}[verb] if len(parts) > 1 else verb
    return said(f"{what}{joined(parts)} {plural} the {question.most}.")


def vocabulary(question: Question) -> Answer | None:
    """The categories, languages or ratings that there are, or how many actors, when nothing else is asked."""
    if question.most or question.conditions or question.words or question.titles or question.superlative:
        return None
    teller = next((VOCABULARY[aspect] for aspect in question.aspects if aspect in VOCABULARY), None)
    return teller() if teller else None


def categories() -> Answer:
    names = [row.name for row in Category.objects.order_by("name")[:MOST_NAMES]]
    return said(f"The catalogue has {many(len(names), 'category', 'categories')}: {joined(names)}.")


def languages() -> Answer:
    names = [row.name for row in Language.objects.order_by("name")[:MOST_NAMES]]
    return said(f"The catalogue knows {many(len(names), 'language')}: {joined(names)}.")


def ratings() -> Answer:
    counts = dict(Film.objects.exclude(rating=None).order_by().values_list("rating").annotate(n=Count("pk")))
    parts = [f"{rating} ({many(counts.get(rating, 0), 'film')})" for rating in Rating.values]
    return said(f"The ratings, from the mildest to the strictest, are {joined(parts)}.")


def actors() -> Answer:
    return said(f"The catalogue names {many(Actor.objects.count(), 'actor')}.")


VOCABULARY: dict[Aspect, Callable[[], Answer]] = {
    Aspect.CATEGORY: categories,
    Aspect.LANGUAGE: languages,
    Aspect.RATING: ratings,
    Aspect.CAST: actors,
}
