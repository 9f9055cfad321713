"""Films that come near: to another film, or to words that no film has."""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Case, Count, F, FloatField, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Abs, Coalesce

from catalog.ai.measures import Condition
from catalog.ai.questions import Question
from catalog.models import Film
from catalog.querysets.films import links

MANY_NEAR, MEANT = 5, 0.65


def alike(film: Film, films: Any) -> Any:
    """Films like it, best first: three points for a category that both are of, two for who plays in both, one for the
    same rating; then the nearer in length.
    """
    points = 3 * shared("FilmCategory", "category", film) + 2 * shared("FilmActor", "actor", film)
    same = met_by(Condition("of the same rating", Q(rating=film.rating)))
    distance = Coalesce(Abs(F("length") - Value(film.length or 0)), Value(10_000))
    return (
        films.exclude(pk=film.pk)
        .annotate(points=points + same, distance=distance)
        .filter(points__gt=1)
        .order_by("-points", "distance", "title", "pk")
    )


def shared(name: str, column: str, film: Film) -> Any:
    """How many of the film's links the outer query's film has, too."""
    ours = links(name).filter(film=film.pk).values(column)
    theirs = links(name).filter(film=OuterRef("pk"), **{f"{column}__in": ours}).order_by().values("film")
    return Coalesce(Subquery(theirs.annotate(n=Count("*")).values("n")), Value(0))


def nearest(question: Question, films: Any) -> list[Film]:
    """What meets most of the words or the conditions of a question that nothing meets in full."""
    if question.words:
        return by_words(question.words, films) or by_title(question, films)
    return by_conditions(question.conditions, films) if len(question.conditions) > 1 else []


def by_conditions(conditions: tuple[Condition, ...], films: Any) -> list[Film]:
    """Those that meet the most of them."""
    met = sum((met_by(condition) for condition in conditions), Value(0))
    return list(films.annotate(met=met).filter(met__gt=0).order_by("-met", "title", "pk")[:MANY_NEAR])


def met_by(condition: Condition) -> Any:
    return Case(When(condition.q, then=1), default=0, output_field=IntegerField())


def by_words(words: tuple[str, ...], films: Any) -> list[Film]:
    """Those that hold any of the words, the most and the rarest first."""
    query = reduce(or_, (SearchQuery(word, search_type="plain", config="english") for word in words))
    ranked = films.filter(fulltext=query).annotate(rank=SearchRank(F("fulltext"), query))
    return list(ranked.order_by("-rank", "title", "pk")[:MANY_NEAR])


def by_title(question: Question, films: Any, least: float = 0.3) -> list[Film]:
    """Those whose titles are spelt nearly as it stands in the question."""
    title: Any = F("title")
    likeness = TrigramWordSimilarity(title, Value(" ".join(question.words)))
    near = films.annotate(likeness=Coalesce(likeness, 0.0, output_field=FloatField())).filter(likeness__gte=least)
    return list(near.order_by("-likeness", "title", "pk")[:MANY_NEAR])


def meant(question: Question, films: Any) -> Film | None:
    """The film whose title was misspelt, when it can hardly be another one."""
    near = by_title(question, films, MEANT) if len(question.words) > 1 else []
    return near[0] if near else None
