"""Review search by Elasticsearch: the query as PostgreSQL's side understood it, in the engine's own words."""

from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from pipeline.search.engine import EngineDown, ask
from pipeline.search.index import Index
from pipeline.search.rebuilding import start_rebuild
from shows.documents import ReviewDocument
from shows.search.asked import FACETS, MOST_COUNTED, MOST_VALUES, Hits, ReviewsAsked
from shows.search.postgresql import show_id
from shows.search.words import Term, Understood

REVIEWS = Index("reviews", ReviewDocument)
Body = dict[str, Any]
FIELDS = {"show": "show_id", "department": "department", "status": "status", "author": "author"}


def find_reviews(asked: ReviewsAsked, understood: Understood) -> Hits:
    """Raises EngineDown; where the engine has no such index, a worker is told to fill one."""
    request = request_of(asked, understood)

    def question(client: Elasticsearch) -> Hits:
        return read(client.search(index=REVIEWS.alias, **request).body)

    try:
        found: Hits = ask(question)
    except EngineDown as error:
        if isinstance(error.__cause__, NotFoundError):
            start_rebuild(REVIEWS)
        raise
    return found


def request_of(asked: ReviewsAsked, understood: Understood) -> Body:
    is_near = asked.offset + asked.limit <= MOST_COUNTED
    return {
        "query": {"bool": conditions(asked, understood)},
        "size": asked.limit if is_near else max(0, MOST_COUNTED - asked.offset),
        "from_": min(asked.offset, MOST_COUNTED),
        "track_total_hits": MOST_COUNTED,
        "source": False,
        "sort": [{"_score": "desc"}, {"id": "desc"}],
        "aggs": {name: {"terms": {"field": FIELDS[name], "size": MOST_VALUES}} for name in FACETS},
    }


def conditions(asked: ReviewsAsked, understood: Understood) -> Body:
    days = {"gte": asked.after, "lte": asked.before}
    range_ = {name: f"{day.isoformat()}||/d" for name, day in days.items() if day}
    exact = {"department": asked.department, "status": asked.status, "author": asked.author}
    filters: list[Body] = [{"term": {name: value}} for name, value in exact.items() if value]
    filters += [{"term": {"show_id": show_id(asked.show)}}] if asked.show else []
    filters += [{"range": {"created_at": range_}}] if range_ else []
    phrases = [{"match_phrase": {"body": " ".join(words)}} for words in understood.phrases]
    without = [{"match_phrase": {"body": " ".join(words)}} for words in understood.without]
    return {"must": [*map(alternatives, understood.terms), *phrases], "must_not": without, "filter": filters}


def alternatives(term: Term) -> Body:
    """Any of what the word may stand for; stems are terms of the index as they are."""
    stems = dict.fromkeys([term.stem, *term.meant.values(), *term.beginnings])
    found: list[Body] = [{"term": {"body": stem}} for stem in stems]
    found += [{"prefix": {"body": term.word}}, {"prefix": {"body.words": term.word}}] if term.is_prefix else []
    return {"bool": {"should": found, "minimum_should_match": 1}}


def read(answer: Any) -> Hits:
    """Raises KeyError, TypeError or ValueError for an answer that makes no sense."""
    hits = answer["hits"]
    facets = {
        name: {bucket["key"]: int(bucket["doc_count"]) for bucket in answer["aggregations"][name]["buckets"]}
        for name in FACETS
    }
    scores = {int(hit["_id"]): float(hit["_score"]) for hit in hits["hits"]}
    return Hits(scores, min(int(hits["total"]["value"]), MOST_COUNTED), facets)
