"""What a question wants to hear: a number, the longest, who plays, what it costs."""

import re
from dataclasses import dataclass
from enum import StrEnum

from catalog.ai.measures import NUMBERS, whole
from catalog.ai.reading import TITLE, Reading, any_of


class Aspect(StrEnum):
    """What can be told of one film."""

    CAST = "cast"
    LENGTH = "length"
    DAYS = "days"
    REPLACEMENT = "replacement"
    PRICE = "price"
    RATING = "rating"
    YEAR = "year"
    LANGUAGE = "language"
    CATEGORY = "category"
    FEATURES = "features"
    STOCK = "stock"
    STORY = "story"


@dataclass(frozen=True)
class Superlative:
    """`word` of films is the one that comes first by `column`."""

    word: str
    column: str
    descending: bool


HIGHEST = r"[- ](?:price[ds]?|rental rates?|rates?|costs?)"
SUPERLATIVES = (
    (r"longest|longer", "longest", "length", True),
    (r"shortest|shorter", "shortest", "length", False),
    (rf"cheap(?:est|er)?|inexpensive|lowest(?:(?= replacement)|{HIGHEST})|le(?:ast|ss) expensive", "cheapest",
     "rental_rate", False),
    (rf"mo(?:st|re) expensive|highest(?:(?= replacement)|{HIGHEST})|pric(?:iest|ier)|dearest|costliest",
     "most expensive", "rental_rate", True),
    (r"newest|latest|most recent|newer", "newest", "release_year", True),
    (r"oldest|earliest|older", "oldest", "release_year", False),
    (r"strictest|stricter", "strictest", "rating", True),
    (r"mildest|milder", "mildest", "rating", False),
)  # fmt: skip
PATTERNS = tuple((any_of(row[0]), Superlative(*row[1:])) for row in SUPERLATIVES)
COUNT = any_of("how many", "(?:the )?(?:total )?number of", "count(?: of)?")
AVERAGE = any_of("(?:the )?averages?", "mean", "on average")
LIKE = re.compile(
    r"(?:\b(?:like|similar to|resembl\w+|akin to|comparable (?:to|with)|as|in the (?:style|vein) of)\s+"
    rf"(?:the\s+)?(?:film\s+|movie\s+)?{TITLE})"
    rf"|{TITLE}\s+similar|\b(?:similar|i (?:really )?(?:liked?|loved?|enjoyed))\b(?=.*{TITLE})",
    re.IGNORECASE,
)
MOST = re.compile(
    r"(?<!at )\b(?P<which>most|fewest|least)\b(?!\s+(?:expensive|recent|popular|costly))"
    r"(?=\s+(?:[\w-]+\s+){0,3}(?:films|movies|titles)\b)|\b(?:films|movies)\s+the\s+(?P<often>most)\b",
    re.IGNORECASE,
)
SMALL = rf"(?:\d{{1,2}}|{'|'.join(NUMBERS)})"
TOP = re.compile(
    rf"\b(?:top|first)\s+({SMALL})\b|(?<![\w.])({SMALL})\s+"
    rf"(?=(?:[\w-]+\s+){{0,2}}(?:{'|'.join(row[0] for row in SUPERLATIVES)}|films|movies|titles|actors|categories)\b)",
    re.IGNORECASE,
)
ABOUT_US = any_of(
    r"who are you", "what are you", r"what can (?:you|i) (?:do|ask|answer)[^?.!]*", "help", "hello", "hi",
    r"are you (?:an? )?(?:ai|bot|human|model)[^?.!]*",
)  # fmt: skip
ACT = "plays?|playing|played|stars?|starring|starred|acts?|acting|acted|appears?|appeared|appearing|performs?"
ASPECTS = (
    (Aspect.CAST, any_of(rf"who(?:'s| is| are| was| were)?(?: all)?(?: (?:{ACT}))?(?: in)?(?= *{TITLE})",
                         rf"who (?:{ACT})",
                         r"(?:the )?(?:cast|actors?|actresses|people)(?: (?:of|in|play|star|are)\b)*",
                         ACT)),
    (Aspect.DAYS, any_of(r"(?:for )?how many days", "rental (?:duration|period)",
                         rf"how long (?:can|may|could|do|am)\b[^?.!{TITLE}]*?(?:keep|rent|borrow|have|kept|lent)")),
    (Aspect.REPLACEMENT, any_of(r"replac\w+(?: costs?| price)?", "if i (?:lose|lost) it")),
    (Aspect.LENGTH, any_of("how long", "how many minutes", "length", "runtime", "running time", "duration", "long",
                           "minutes")),
    (Aspect.PRICE, any_of("how much", "costs?", "prices?", "priced", "rental rates?", "rates?", "charge", "expensive",
                          "rental (?:cost|price|fee)")),
    (Aspect.RATING, any_of("rated", "ratings?", "certificate", "age", "suitable", "mpaa")),
    (Aspect.YEAR, any_of("when", "(?:what|which) year", "year", r"releas\w+(?: date| year)?", "how old")),
    (Aspect.LANGUAGE, any_of("languages?", "spoken", "speak")),
    (Aspect.CATEGORY, any_of("categor(?:y|ies)", "genres?", "(?:kind|type|sort) of (?:film|movie)")),
    (Aspect.FEATURES, any_of("(?:special )?features", "extras?", "bonus(?: material)?")),
    (Aspect.STOCK, any_of("copy", "copies")),
    (Aspect.STORY, any_of("about", r"descri\w+", "plot", "story", "happens", r"summar\w+", "synopsis",
                          "tell me(?: more)?")),
)  # fmt: skip


def read_number(reading: Reading) -> int | None:
    found = reading.take(TOP)
    return max(1, whole(found[1] or found[2])) if found else None


def read_most(reading: Reading) -> str:
    """Whether the question is who has the most films, or the fewest."""
    found = reading.take(MOST)
    if found is None:
        return ""
    return "most" if found["often"] or found["which"].lower() == "most" else "fewest"


def read_superlative(reading: Reading) -> Superlative | None:
    return next((order for pattern, order in PATTERNS if reading.takes(pattern)), None)


def of_aspects(order: Superlative | None, aspects: tuple[Aspect, ...]) -> Superlative | None:
    """The most expensive "to replace", the longest "to rent": said elsewhere in the question."""
    if order and order.column == "rental_rate" and Aspect.REPLACEMENT in aspects:
        return Superlative(order.word, "replacement_cost", order.descending)
    if order and order.column == "length" and Aspect.DAYS in aspects:
        return Superlative(order.word, "rental_duration", order.descending)
    return order


def read_aspects(reading: Reading) -> tuple[Aspect, ...]:
    return tuple(aspect for aspect, pattern in ASPECTS if reading.take_all(pattern))
