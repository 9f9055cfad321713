"""Numbers in a question: prices, lengths, years and days, and what they are compared with."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from catalog.ai.reading import Reading

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBER = rf"(?:\d{{1,6}}(?:\.\d{{1,2}})?|{'|'.join(NUMBERS)})"
MORE = (
    r"(?:more|longer|greater|higher|later|newer|pricier|dearer|more expensive) than|over|above|exceeding|after|>(?!=)"
)
LESS = r"(?:less|shorter|fewer|lower|older|earlier|cheaper|less expensive) than|under|below|before|<(?!=)"
FILLING = r"(?:exactly|only|just|about|at|for|of|is|in|from|equal to|=)\s+"
COMPARED = (
    rf"(?:(?P<no>(?:no|not)\s+)?(?:(?P<gt>{MORE})|(?P<lt>{LESS}))\s*"
    rf"|(?P<gte>at least|a minimum of|since|>=)\s*|(?P<lte>at most|up to|a maximum of|until|<=)\s*|(?:{FILLING})+)?"
)
TAIL = (
    r"(?:\s+(?:or|and)\s+(?:(?P<up>more|longer|over|above|up|upwards?|later|newer)"
    r"|(?P<down>less|shorter|under|below|cheaper|earlier|older)))?"
)
NEGATION = {"gt": "lte", "lt": "gte"}


@dataclass(frozen=True)
class Condition:
    """What films must be: `words` as they stand behind "films"."""

    words: str
    q: Q


@dataclass(frozen=True)
class Measure:
    """A column, and how people write an amount of it; `cue` is what must stand before."""

    column: str
    amount: str
    value: Callable[[str], Any]
    words: Mapping[str, str]
    cue: str = ""

    def patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        low, high = rf"(?P<low>{self.amount}|{NUMBER})", rf"(?P<high>{self.amount})"
        span = rf"(?<!\w){self.cue}(?:between|from)\s+{low}\s+(?:and|to)\s+{high}"
        single = rf"(?<![\w.]){self.cue}{COMPARED}(?P<amount>{self.amount}){TAIL}"
        return re.compile(span, re.IGNORECASE), re.compile(single, re.IGNORECASE)

    def read(self, reading: Reading) -> list[Condition]:
        span, single = self.patterns()
        spans = [self.between(taken.match) for taken in reading.take_all(span)]
        return spans + [self.compared(taken.match) for taken in reading.take_all(single)]

    def between(self, match: re.Match[str]) -> Condition:
        unit = re.sub(NUMBER, "", match["high"], count=1, flags=re.IGNORECASE)
        first = match["low"] if re.search(r"[a-z$]", match["low"], re.IGNORECASE) else f"{match['low']}{unit}"
        low, high = sorted((self.value(first), self.value(match["high"])))
        return Condition(self.words["range"].format(low, high), Q(**{f"{self.column}__range": (low, high)}))

    def compared(self, match: re.Match[str]) -> Condition:
        value, lookup = self.value(match["amount"]), lookup_of(match)
        return Condition(self.words[lookup].format(value), Q(**{f"{self.column}__{lookup}": value}))


def lookup_of(match: re.Match[str]) -> str:
    found = match.groupdict()
    if found["up"] or found["down"]:
        return "gte" if found["up"] else "lte"
    lookup = next((name for name in ("gt", "lt", "gte", "lte") if found[name]), "exact")
    return NEGATION[lookup] if found["no"] else lookup


def number(text: str) -> Decimal:
    text = text.strip().lower()
    return Decimal(NUMBERS.index(text) + 1) if text in NUMBERS else Decimal(text)


def whole(text: str) -> int:
    return int(number(text))


def money(text: str) -> Decimal:
    amount = Decimal(re.findall(r"\d+(?:\.\d+)?", text)[0])
    return (amount / 100 if "cent" in text.lower() else amount).quantize(Decimal("0.01"))


def minutes(text: str) -> int:
    """The minutes of "2 hours", "1 h 30", "an hour and a half", "half an hour", "90 minutes"."""
    text = text.lower()
    if "half an hour" in text:
        return 30
    hours = re.search(rf"({NUMBER}|\ban?)\s*-?h", text)
    rest = re.search(rf"({NUMBER})\s*-?m|h\w*\s+(?:and\s+)?({NUMBER})\s*$", text)
    found = 60 * (1 if hours[1] in ("a", "an") else number(hours[1])) if hours else 0
    found += number(rest[1] or rest[2]) if rest else 0
    return int(found) + (30 if "a half" in text else 0)


def words_of(exact: str, unit: str, gt: str, lt: str) -> dict[str, str]:
    return {
        "exact": f"{exact} {{}}{unit}",
        "gt": f"{gt} {{}}{unit}",
        "lt": f"{lt} {{}}{unit}",
        "gte": f"{exact} at least {{}}{unit}",
        "lte": f"{exact} at most {{}}{unit}",
        "range": f"{exact} {{}} to {{}}{unit}",
    }


HOURS = rf"(?:{NUMBER}|an?)\s*-?h(?:ours?|rs?)?\b(?:\s*(?:and\s+)?(?:a half|{NUMBER}(?:\s*-?m(?:in(?:ute)?s?)?\b)?))?"
MINUTES = rf"(?:half an hour|{HOURS}|{NUMBER}\s*-?min(?:ute)?s?\b)(?:\s+long)?"
MONEY = (
    r"(?:(?:us)?\$\s?\d{1,6}(?:\.\d{1,2})?|\d{1,6}(?:\.\d{1,2})?\s*(?:dollars?|bucks?|usd|cents?)\b|\d{1,6}\.\d\d\b)"
)
PLAIN_MONEY = r"\$?\d{1,6}(?:\.\d{1,2})?(?![\w.]|\s*-?\s*(?:min|hour|day|year))"
YEAR = r"(?:19|20|21)\d\d\b(?!-)"
PRICE = words_of("rented at", "", "rented for more than", "rented for less than") | {
    "gte": "rented for at least {}",
    "lte": "rented for at most {}",
}
REPLACEMENT = words_of(
    "whose replacement costs", "", "whose replacement costs more than", "whose replacement costs less than"
)
LENGTH = words_of("of", " minutes", "longer than", "shorter than")
YEARS = words_of("from", "", "released after", "released before") | {
    "gte": "from {} or later",
    "lte": "from {} or earlier",
}
DAYS = words_of("lent for", " days", "lent for more than", "lent for less than")
BY_PRICE = r"(?:(?:costs?|costing|priced|prices?|rental rates?|rates?|rent(?:ed|s|ing)?)\s+)"
MEASURES = (
    Measure("replacement_cost", PLAIN_MONEY, money, REPLACEMENT, r"replace(?:ment|s|d)?(?:\s+costs?)?\s+"),
    Measure("length", MINUTES, minutes, LENGTH),
    Measure("rental_duration", rf"{NUMBER}\s+days?\b", lambda text: whole(text.split()[0]), DAYS),
    Measure("rental_duration", rf"{NUMBER}\b", whole, DAYS, r"rental (?:duration|period)\s+"),
    Measure("rental_rate", MONEY, money, PRICE, rf"(?:{BY_PRICE})?"),
    Measure(
        "length",
        r"\d{1,4}\b(?!\.)",
        whole,
        LENGTH,
        r"(?:(?=(?:longer|shorter) than)|(?:length|runtime|running time)\s+)",
    ),
    Measure("rental_rate", PLAIN_MONEY, money, PRICE, rf"(?:(?=(?:cheaper|pricier) than)|{BY_PRICE})"),
    Measure("release_year", YEAR, int, YEARS, r"(?:(?:released|made|shot|produced)\s+)?(?:in\s+)?"),
)
DECADE = re.compile(r"(?<!\w)(?:(?:in|from|of)\s+)?(?:the\s+)?((?:19|20)\d)0s\b", re.IGNORECASE)


def read_measures(reading: Reading) -> list[Condition]:
    decades = [int(taken.match[1]) * 10 for taken in reading.take_all(DECADE)]
    found = [Condition(f"from the {first}s", Q(release_year__range=(first, first + 9))) for first in decades]
    return found + [condition for measure in MEASURES for condition in measure.read(reading)]
