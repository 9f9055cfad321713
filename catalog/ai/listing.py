"""Answers about several films: which, how many, the longest, the average."""

from decimal import Decimal
from typing import Any

from django.db.models import Avg, Q

from catalog.ai.measures import Condition
from catalog.ai.nearest import nearest
from catalog.ai.questions import Question
from catalog.ai.sentences import Answer, described, joined, listed, many, measured, said, titles
from catalog.ai.wanted import Aspect, Superlative
from catalog.models import Film

# So many films are named in one answer, and so many as examples of a number.
MOST_NAMED, EXAMPLES = 25, 3
AVERAGES = {
    Aspect.LENGTH: ("length", "length"),
    Aspect.PRICE: ("rental_rate", "price"),
    Aspect.REPLACEMENT: ("replacement_cost", "replacement cost"),
    Aspect.DAYS: ("rental_duration", "time of lending"),
    Aspect.YEAR: ("release_year", "year"),
}


def chosen(question: Question, films: Any) -> tuple[Any, tuple[Condition, ...]]:
    """The films that meet all that was asked, with the words of it."""
    conditions = question.conditions
    if question.titles:
        named = Q(pk__in=[film.pk for film in question.titles])
        conditions = (*conditions, Condition(f"among {titles(question.titles)}", named))
    if question.words:
        words = " ".join(question.words)
        conditions = (*conditions, Condition(f"with “{words}” in title or description", words_in_film(words, films)))
    for condition in conditions:
        films = films.filter(condition.q)
    return films, conditions


def words_in_film(words: str, films: Any) -> Q:
    return Q(pk__in=films.matching(words).values("pk"))


def counted(question: Question, films: Any) -> Answer:
    among, conditions = chosen(question, films)
    number = among.count()
    if not number:
        return none_of(question, conditions, films)
    rows = list(among.order_by("title", "pk")[: number if number <= MOST_NAMED // 2 else EXAMPLES])
    there = f"There {'is' if number == 1 else 'are'} {many(number, 'film')}{described(conditions)}."
    naming = f"For example {listed(rows)}." if number > len(rows) else f"Namely {listed(rows)}."
    return said(there, naming, films=rows)


def enumerated(question: Question, films: Any) -> Answer:
    among, conditions = chosen(question, films)
    number, wanted = among.count(), min(question.number or MOST_NAMED, MOST_NAMED)
    if not number:
        return none_of(question, conditions, films)
    rows = list(among.order_by("title", "pk")[:wanted])
    what = f"{many(number, 'film')}{described(conditions)}"
    if number > len(rows):
        return said(f"There are {what}.", f"The first {len(rows)} by title are {listed(rows)}.", films=rows)
    return said(f"There {'is' if number == 1 else 'are'} {what}: {listed(rows)}.", films=rows)


def none_of(question: Question, conditions: tuple[Condition, ...], films: Any) -> Answer:
    """That there is none, and what comes near."""
    near = nearest(question, films)
    offer = f"The nearest that I find: {listed(near)}." if near else ""
    return said(f"The catalogue has no film{described(conditions)}.", offer, films=near, is_found=not question.words)


def foremost(question: Question, films: Any) -> Answer:
    """The longest, cheapest …, with all that share the place."""
    order = question.superlative
    assert order is not None  # noqa: S101 - the caller has looked
    among, conditions = chosen(question, films)
    known = among.exclude(**{order.column: None})
    rows = list(known.order_by(f"{'-' if order.descending else ''}{order.column}", "title", "pk")[: MOST_NAMED + 1])
    if not rows:
        return none_of(question, conditions, films)
    if question.number and question.number > 1:
        return ranked(order, rows[: min(question.number, MOST_NAMED)], known, conditions)
    best = getattr(rows[0], order.column)
    return sharing(order, best, known.filter(**{order.column: best}), conditions)


def ranked(order: Superlative, rows: list[Film], known: Any, conditions: tuple[Condition, ...]) -> Answer:
    """The first few, and how many more share the last one's place."""
    last = getattr(rows[-1], order.column)
    among = sum(getattr(film, order.column) == last for film in rows)
    others = known.filter(**{order.column: last}).count() - among
    more = f"As many as {many(others, 'other')} share the last place, with {measured(order.column, last)}."
    parts = [f"{film.title} ({measured(order.column, getattr(film, order.column))})" for film in rows]
    return said(
        f"The {len(rows)} {order.word} films{described(conditions)} are {joined(parts)}.",
        more if others else "",
        films=rows,
    )


def sharing(order: Superlative, best: Any, tied: Any, conditions: tuple[Condition, ...]) -> Answer:
    number, rows = tied.count(), list(tied.order_by("title", "pk")[:MOST_NAMED])
    value = measured(order.column, best)
    if number == 1:
        return said(f"The {order.word} film{described(conditions)} is {rows[0].title}, with {value}.", films=rows)
    if number > len(rows):
        first = f"{many(number, 'film')}{described(conditions)} share the place of the {order.word}, with {value}."
        return said(first, f"The first {len(rows)} by title are {titles(rows)}.", films=rows)
    return said(f"The {order.word} films{described(conditions)} are {titles(rows)}, each with {value}.", films=rows)


def averaged(question: Question, films: Any) -> Answer:
    among, conditions = chosen(question, films)
    column, noun = next((AVERAGES[aspect] for aspect in question.aspects if aspect in AVERAGES), ("", ""))
    if not column:
        return said("I can tell the average length, price, replacement cost, year and time of lending.", is_found=False)
    value = among.aggregate(value=Avg(column))["value"]
    if value is None:
        return none_of(question, conditions, films)
    shown = measured(column, Decimal(value).quantize(Decimal("0.01")))
    number = many(among.count(), "film")
    return said(f"The average {noun} of the {number}{described(conditions)} is {shown}.")
