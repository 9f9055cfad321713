"""What a question asks of the catalogue."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from catalog.ai.measures import Condition, read_measures
from catalog.ai.names import Person, read_categories, read_features, read_languages, read_people, read_titles
from catalog.ai.reading import PERSON, TITLE, Reading
from catalog.ai.traits import read_traits
from catalog.ai.wanted import (
    ABOUT_US,
    AVERAGE,
    COUNT,
    LIKE,
    Aspect,
    Superlative,
    of_aspects,
    read_aspects,
    read_most,
    read_number,
    read_superlative,
)
from catalog.models import Film

# Words that say nothing by themselves; those that are left over then are looked for in the films.
STOP = frozenset(
    """
    about all also am an and any anybody anyone anything are at available based be been both borrow borrowed but by
    called came can catalog catalogue category collection come comes could did different do does each either else ever
    every everything exactly exist exists feature featuring film films find first for from genre genres get give good
    got great had has have having here how if in into is isn it its just keep kept know lent let library like list ll
    long look looking made make many may me might minutes more most movie movies much my name named names need neither
    nice nor nothing of offer on one ones only or other our out overall own picture pictures please possible rated
    rating recommend rent rental rentals rented say see shall should show shows so some somebody someone something
    suggest tell than that the their them then there these they thing this those title titled titles to together total
    try under us ve very want was watch we well were what whats when where which while who whom whose why will wish
    with without word words would year you your yours dvd dvds disc discs
    """.split()  # noqa: SIM905 -- a page of quotation marks otherwise
)


@dataclass(frozen=True)
class Question:
    """`words` are those that nobody understood; films must then have them in title or description."""

    text: str
    titles: tuple[Film, ...] = ()
    people: tuple[Person, ...] = ()
    conditions: tuple[Condition, ...] = ()
    superlative: Superlative | None = None
    number: int | None = None
    aspects: tuple[Aspect, ...] = ()
    most: str = ""
    is_count: bool = False
    is_average: bool = False
    is_like: bool = False
    is_about_us: bool = False
    words: tuple[str, ...] = ()


def understand(text: str, films: Any) -> Question:
    """Reads names first, then numbers and traits, then what is wanted; each takes its words out of the question."""
    reading = Reading(text)
    titles = read_titles(reading, films)
    people, any_will_do = read_people(reading)
    is_like = bool(titles) and reading.takes(LIKE)
    most = read_most(reading)
    conditions = [*read_conditions(reading, films), *playing(people, any_will_do=any_will_do)]
    number, superlative, aspects = read_number(reading), read_superlative(reading), read_aspects(reading)
    return Question(
        text=text,
        titles=titles,
        people=people,
        conditions=tuple({condition.words: condition for condition in conditions}.values()),
        superlative=of_aspects(superlative, aspects),
        number=number,
        aspects=aspects,
        most=most if {Aspect.CAST, Aspect.CATEGORY} & {*aspects} else "",
        is_count=reading.takes(COUNT),
        is_average=reading.takes(AVERAGE),
        is_like=is_like,
        is_about_us=ABOUT_US.fullmatch(text.strip(" ?.!")) is not None,
        words=left_over(reading),
    )


def read_conditions(reading: Reading, films: Any) -> list[Condition]:
    measured = read_measures(reading)
    named = [*read_features(reading, films), *read_categories(reading), *read_languages(reading)]
    return [*read_traits(reading), *named, *measured]


def playing(people: tuple[Person, ...], *, any_will_do: bool) -> list[Condition]:
    if not any_will_do:
        return [Condition(f"with {person.shown}", person.films) for person in people]
    q = Q()
    for person in people:
        q |= person.films
    return [Condition(f"with {' or '.join(person.shown for person in people)}", q)]


def left_over(reading: Reading) -> tuple[str, ...]:
    words = re.findall(r"[\w'-]+", reading.text.replace(TITLE, " ").replace(PERSON, " "))
    kept = (word.strip("'-").lower().removesuffix("'s") for word in words)
    return tuple(dict.fromkeys(word for word in kept if len(word) > 1 and word not in STOP))
