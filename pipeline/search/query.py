"""What somebody typed into a search box, told apart once, so that both engines look for the same."""

import re
import unicodedata
from dataclasses import dataclass

from pipeline.errors import Refusal

LONGEST = 500
MOST_WORDS = 32
# A quote that nobody closed goes on to the end.
PIECE = re.compile(r'(?P<minus>-*)(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
# Beside other words these say nothing about what is looked for.
FILLERS = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "in", "is", "it", "its", "of", "on"),
        *("or", "that", "the", "these", "this", "those", "to", "was", "were", "with"),
    )
)

Words = tuple[str, ...]


class NothingToSearch(Refusal):
    """There is no word in it that could be found."""

    status = 400
    code = "nothing_to_search"
    title = "The input has mistakes"

    def __init__(self, detail: str = "Type at least one word to look for, of letters or digits.") -> None:
        super().__init__(detail, field="q")


@dataclass(frozen=True, slots=True)
class Query:
    """`words` must all be there, and `phrases` as they stand; `without` must not; `prefix` is how a word begins.

    All words are in small letters, and of letters and digits only.
    """

    words: Words = ()
    phrases: tuple[Words, ...] = ()
    without: tuple[Words, ...] = ()
    prefix: str = ""

    @property
    def positive(self) -> Words:
        """Every word that has to be there."""
        return (*self.words, *(word for phrase in self.phrases for word in phrase), *filter(None, [self.prefix]))


def words_of(text: str) -> Words:
    """The words of a text as the database tells them apart: runs of letters, digits and marks on letters."""
    folded = unicodedata.normalize("NFKC", text).lower()
    spaced = "".join(letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in folded)
    return tuple(spaced.split())


def read_query(text: str) -> Query:
    """`"out of focus" -roto edge flick`: a phrase, a word that must not be there, a word, and how the last one begins.

    Raises NothingToSearch for text without a word to look for, or with too many.
    """
    phrases: list[Words] = []
    without: list[Words] = []
    loose: list[str] = []
    is_open = False
    for piece in PIECE.finditer(text.translate(QUOTES)):
        words = words_of(piece["word"] if piece["quoted"] is None else piece["quoted"])
        is_open = bool(words) and not piece["minus"] and piece["quoted"] is None
        if words and piece["minus"]:
            without.append(words)
        elif words and piece["quoted"] is not None:
            phrases.append(words)
        else:
            loose.extend(words)
    query = narrowed(loose, phrases, without, is_open)
    refuse_empty(query)
    return query


def narrowed(loose: list[str], phrases: list[Words], without: list[Words], is_open: bool) -> Query:
    """Leaves fillers out where something else is looked for; `is_open` says that the last loose word may go on."""
    prefix = loose[-1] if is_open else ""
    closed = loose[:-1] if is_open else loose
    telling = [word for word in closed if word not in FILLERS]
    if telling or phrases or (prefix and prefix not in FILLERS):
        closed, prefix = telling, "" if prefix in FILLERS else prefix
    return Query(tuple(dict.fromkeys(closed)), tuple(phrases), tuple(without), prefix)


def refuse_empty(query: Query) -> None:
    if not query.positive:
        raise NothingToSearch
    if len(query.positive) + sum(map(len, query.without)) > MOST_WORDS:
        raise NothingToSearch(f"Look for at most {MOST_WORDS} words at once.")
