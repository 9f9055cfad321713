"""Rows that are known by a few short texts, in the engine: found as PostgreSQL finds them, by any part of a text."""

from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from pipeline.search.engine import EngineDown, ask
from pipeline.search.index import Index
from pipeline.search.query import Query, Words
from pipeline.search.rebuilding import start_rebuild


def matching_ids(index: Index, query: Query, limit: int, *, most_counted: int) -> tuple[list[int], int]:
    """The newest that match, and how many do. The documents hold their texts in `said`. Raises EngineDown."""
    return found_ids(index, conditions(query), [{"id": "desc"}], limit, most_counted=most_counted)


def found_ids(
    index: Index, wanted: dict[str, Any], order: list[dict[str, str]], limit: int, *, most_counted: int
) -> tuple[list[int], int]:
    """The first ids of what is wanted, a query of the engine's kind `bool`, and how many there are.

    Raises EngineDown; where the engine has no such index, a worker is told to fill one.
    """

    def question(client: Elasticsearch) -> tuple[list[int], int]:
        answer = client.search(
            index=index.alias,
            query={"bool": wanted},
            size=limit,
            sort=order,
            track_total_hits=most_counted,
            source=False,
        )
        return read(answer.body, most_counted)

    try:
        found: tuple[list[int], int] = ask(question)
    except EngineDown as error:
        if isinstance(error.__cause__, NotFoundError):
            start_rebuild(index)
        raise
    return found


def conditions(query: Query) -> dict[str, Any]:
    words = [(word,) for word in (*query.words, query.prefix) if word]
    return {
        "filter": [anywhere(text) for text in (*words, *query.phrases)],
        "must_not": [anywhere(text) for text in query.without],
    }


def anywhere(words: Words) -> dict[str, Any]:
    """Words are of letters and digits, so that none is taken for a sign of the pattern."""
    return {"wildcard": {"said": {"value": f"*{' '.join(words)}*"}}}


def read(answer: Any, most_counted: int) -> tuple[list[int], int]:
    """Raises KeyError, TypeError or ValueError for an answer that makes no sense."""
    hits = answer["hits"]
    return [int(hit["_id"]) for hit in hits["hits"]], min(int(hits["total"]["value"]), most_counted)
