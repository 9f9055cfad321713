"""What the catalogue has on a question: looked up first, and released, before anything is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalog.ai import builtin
from catalog.ai.questions import understand
from catalog.ai.sentences import Answer
from catalog.models import Film
from catalog.querysets.films import FilmQuerySet
from pipeline.services import Actor as Caller

MOST_ROWS, LONGEST_STORY = 12, 400
SHOWN = (
    *("film_id", "title", "description", "release_year", "language", "rental_duration", "rental_rate", "length"),
    *("rating", "streaming_available", "categories"),
)


@dataclass(frozen=True)
class Findings:
    """A question, what our own search answers, and the rows of the films that it names."""

    question: str
    answer: Answer
    rows: Sequence[dict[str, Any]] = ()

    @property
    def given(self) -> Sequence[dict[str, Any]]:
        """What a model gets to see."""
        return self.rows[:MOST_ROWS]

    @property
    def titles(self) -> dict[int, str]:
        return {row["film_id"]: row["title"] for row in self.rows}


def look_up(question: str, *, caller: Caller) -> Findings:
    """Asks the database, of what the caller may see."""
    films = Film.objects.visible_to(caller)
    answer = builtin.answer(understand(question, films), films)
    return Findings(question, answer, rows_of(answer.film_ids, films))


def rows_of(film_ids: Sequence[int], films: FilmQuerySet) -> list[dict[str, Any]]:
    """The rows in the order of the ids."""
    rows = {row["film_id"]: shown(row) for row in films.filter(pk__in=film_ids).as_rows()}
    return [rows[pk] for pk in film_ids if pk in rows]


def shown(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in SHOWN} | {"description": (row["description"] or "")[:LONGEST_STORY]}
