"""What films are asked to be, other than by name or number: rating, streaming, stock."""

import re

from django.db.models import Q

from catalog.ai.measures import Condition
from catalog.ai.reading import Reading, Taken, any_of
from catalog.ai.summaries import CHEAP_BELOW, STRICTER_THAN_PG_13
from catalog.hooks import Stock, stock
from catalog.models import Rating

LADDER = tuple(Rating.values)
SPELT = r"(?:NC-?17|PG-?13|PG)"
# Two ratings are letters that may be anything else, so they count in capitals, or beside "rated".
LETTERS = r"(?:(?<![\w'$-])[GR](?![\w'-])|(?<=[Rr]ated )[gr]\b|(?<![\w'-])[GRgr](?=-rated))"
ONE = rf"(?:(?i:{SPELT})|{LETTERS})"
BESIDE = r"(?:(?i:with an?|(?:are |is )?rated|(?:the )?ratings?(?: of| is)?)\s+)*"
CLIMBING = re.compile(
    rf"{BESIDE}(?:(?i:(?P<above>stricter|harsher|higher|above)|(?P<below>milder|softer|lower|below))"
    rf"\s+(?i:than\s+)?(?P<limit>{ONE}))"
)
ONWARDS = re.compile(
    rf"{BESIDE}(?P<limit>{ONE})\s+(?i:(?:or|and)\s+(?:(?P<above>stricter|harsher|higher|above)|(?P<below>milder|softer|lower|below)))"
)
RATED = re.compile(rf"{BESIDE}(?P<rating>{ONE})(?i:[ -]rated| rating)?(?![\w-])")
UNRATED = any_of("unrated", r"not rated(?=\s*[?.!]|\s*$)", "without (?:a )?rating")
STREAMED = any_of(
    r"(?:that |which )?(?:can |may |could )?(?:i |we |you )?(?:be )?(?:available )?(?:for |to |by |on )?"
    r"(?:stream(?:ing|ed|able|s)?|online)(?: available| service)?"
)
OUT_OF_STOCK = any_of("out of stock", "unavailable", "sold out", "rented out", "checked out", "all out")
IN_STOCK = any_of(
    r"(?:copies )?(?:available )?(?:in stock|on the shel(?:f|ves)|in (?:the|a|any) stores?)",
    r"available (?:to rent|for rent(?:al)?|(?:right )?now|today|copies)",
    r"(?<!how long )(?:can|could|may) (?:i|we|you|be) rent(?:ed)?(?: now| today)?",
    "available",
)
NO_COPIES = any_of(
    "(?:with|have|has|having) no cop(?:y|ies)", r"(?:without|not have|n't have) (?:any |a )?cop(?:y|ies)"
)
RECOMMENDED = any_of("recommended")


def read_traits(reading: Reading) -> list[Condition]:
    readers = (read_unrated, read_climbing, read_ratings, read_copies, read_streaming, read_stock, read_recommended)
    return [condition for reader in readers for condition in reader(reading)]


def rating_of(text: str) -> str:
    return re.sub(r"(?<=PG|NC)-?(?=\d)", "-", text.upper())


def read_unrated(reading: Reading) -> list[Condition]:
    return [Condition("without a rating", Q(rating=None))] if reading.takes(UNRATED) else []


def read_climbing(reading: Reading) -> list[Condition]:
    """Above and below a rating, without it; or from it on."""
    beyond = [climbed(taken.match, 1, "than ") for taken in reading.take_all(CLIMBING)]
    return beyond + [climbed(taken.match, 0, "or ") for taken in reading.take_all(ONWARDS)]


def climbed(match: re.Match[str], step: int, joined: str) -> Condition:
    limit = rating_of(match["limit"])
    place = LADDER.index(limit)
    among = LADDER[place + step :] if match["above"] else LADDER[: place + 1 - step]
    how = "stricter" if match["above"] else "milder"
    words = f"rated {how} than {limit}" if step else f"rated {limit} or {how}"
    return Condition(words, Q(rating__in=among))


def read_ratings(reading: Reading) -> list[Condition]:
    taken = reading.take_all(RATED)
    wanted = list(dict.fromkeys(rating_of(one.match["rating"]) for one in taken if not one.is_negated))
    refused = list(dict.fromkeys(rating_of(one.match["rating"]) for one in taken if one.is_negated))
    found = [Condition(f"rated {' or '.join(wanted)}", Q(rating__in=wanted))] if wanted else []
    return found + ([Condition(f"not rated {' or '.join(refused)}", ~Q(rating__in=refused))] if refused else [])


def read_streaming(reading: Reading) -> list[Condition]:
    return [
        Condition(
            "not available for streaming" if taken.is_negated else "available for streaming",
            Q(streaming_available=not taken.is_negated),
        )
        for taken in reading.take_all(STREAMED)
    ][:1]


def read_copies(reading: Reading) -> list[Condition]:
    known = stock()
    if known is None or not reading.takes(NO_COPIES):
        return []
    return [Condition("without a copy", ~Q(pk__in=known.owned()))]


def read_stock(reading: Reading) -> list[Condition]:
    """What nobody keeps stock of is left to be said not to be understood."""
    known = stock()
    if known is None:
        return []
    out = [Taken(taken.match, not taken.is_negated) for taken in reading.take_all(OUT_OF_STOCK)]
    return [stocked(known, taken) for taken in out + reading.take_all(IN_STOCK)][:1]


def stocked(known: Stock, taken: Taken) -> Condition:
    here = Q(pk__in=known.in_stock())
    if not taken.is_negated:
        return Condition("in stock", here)
    return Condition("out of stock", Q(pk__in=known.owned()) & ~here)


def read_recommended(reading: Reading) -> list[Condition]:
    if not reading.takes(RECOMMENDED):
        return []
    strict = Q(rating__in=STRICTER_THAN_PG_13, rental_rate__lt=CHEAP_BELOW)
    return [Condition("recommended by the rule of the house (R or NC-17, below 3.00)", strict)]
