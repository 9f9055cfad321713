"""How answers are put into words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.ai.measures import Condition
from catalog.models import Film


@dataclass(frozen=True)
class Answer:
    """What is said, sentence by sentence, and the films that it names; `is_found` is false for "I cannot tell"."""

    sentences: tuple[str, ...]
    film_ids: tuple[int, ...] = ()
    is_found: bool = True


def said(*sentences: str, films: Iterable[Film] = (), is_found: bool = True) -> Answer:
    kept = tuple(sentence for sentence in sentences if sentence)
    return Answer(kept, tuple(dict.fromkeys(film.pk for film in films)), is_found)


def joined(parts: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""


def many(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def described(conditions: Sequence[Condition]) -> str:
    """As it stands behind "films": empty, or with a blank before it."""
    return f" {joined([condition.words for condition in conditions])}" if conditions else ""


def in_short(film: Film) -> str:
    """A film in a list: the title with what people choose by."""
    known = [film.release_year, film.rating, f"{film.length} min" if film.length else None, film.rental_rate]
    return f"{film.title} ({', '.join(str(value) for value in known if value is not None)})"


def listed(films: Sequence[Film]) -> str:
    return joined([in_short(film) for film in films])


def titles(films: Sequence[Film]) -> str:
    return joined([film.title for film in films])


def measured(column: str, value: object) -> str:
    """A value of a column as people say it."""
    units = {"length": " minutes", "rental_duration": " days"}
    text = f"{value:.2f}" if isinstance(value, Decimal) else str(value)
    return f"{text}{units.get(column, '')}"
