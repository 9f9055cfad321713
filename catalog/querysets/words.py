"""How media are searched: PostgreSQL reads the words of a search the way it reads those of the media."""

from django.contrib.postgres.search import SearchQueryField
from django.db import models
from django.db.models import F, Func, Value


class Plain(Func):
    """Words without accents, case and punctuation."""

    function = "catalog_plain"
    output_field = models.TextField()


class MediaQuery(Func):
    """All words of a text, the last one as the beginning of a word.

    `weights` are the parts in which they are to stand: A the titles, B the names of who made it, C the description;
    blank is anywhere, which the index answers alone.
    """

    function = "catalog_media_query"
    output_field = SearchQueryField()

    def __init__(self, text: str, weights: str = "") -> None:
        super().__init__(Value(text, output_field=models.TextField()), Value(weights, output_field=models.TextField()))


class Holds(Func):
    """Whether an item's words are what a query asks for."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = models.BooleanField()

    def __init__(self, query: MediaQuery) -> None:
        super().__init__(F("words"), query)


class Likeness(Func):
    """How much the first text is like some words of the second, 0 to 1."""

    function = "word_similarity"
    output_field = models.FloatField()


class IsLike(Func):
    """Whether that is as much as the session demands; an index of trigrams answers it."""

    template = "(%(expressions)s)"
    arg_joiner = " <%% "
    output_field = models.BooleanField()
