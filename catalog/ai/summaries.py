"""What is said of one film in short, by rule and never by a model."""

from decimal import Decimal
from typing import TypedDict

from catalog.models import Film, Rating

STRICTER_THAN_PG_13 = frozenset({Rating.R, Rating.NC_17})
CHEAP_BELOW = Decimal("3.00")


class Summary(TypedDict):
    title: str
    rating: str | None
    recommended: bool


def summary_of(film: Film) -> Summary:
    return {"title": film.title, "rating": film.rating, "recommended": is_recommended(film)}


def is_recommended(film: Film) -> bool:
    """Whether it is for grown-ups (R, NC-17) and rents for less than 3.00."""
    return film.rating in STRICTER_THAN_PG_13 and film.rental_rate < CHEAP_BELOW
