"""Compares what the engine has with the rows, and repairs what differs."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
from elasticsearch import Elasticsearch

from pipeline.search.index import Index, answering

CHUNK = 1000


@dataclass
class Differences:
    """Ids of rows without a document, with another one, and of documents without a row."""

    rows: int = 0
    missing: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    ghosts: list[int] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        return [*self.missing, *self.stale, *self.ghosts]


def compared(index: Index) -> Differences:
    """Walks through rows and documents side by side, in the order of their ids.

    What is written meanwhile may show up as a difference; repairing it does no harm.
    """
    found = Differences()
    with answering() as client:
        client.indices.refresh(index=index.alias)
        for rows, documents in spans(client, index):
            found.rows += len(rows)
            found.missing += sorted(rows.keys() - documents.keys())
            found.ghosts += sorted(documents.keys() - rows.keys())
            found.stale += sorted(pk for pk in rows.keys() & documents.keys() if rows[pk] != documents[pk])
    return found


def spans(client: Elasticsearch, index: Index) -> Iterator[tuple[dict[int, str], dict[int, str]]]:
    """Hashes by id of rows and of documents, a span of ids at a time."""
    after = 0
    while True:
        rows = row_hashes(index, after)
        last = max(rows) if len(rows) == CHUNK else None
        documents = dict(document_hashes(client, index, after, last))
        if rows or documents:
            yield rows, documents
        if last is None:
            return
        after = last


def row_hashes(index: Index, after: int) -> dict[int, str]:
    document = index.document()
    rows = index.rows_after(after)[:CHUNK]
    return {index.id_of(row): hash_of(document.prepare(row)) for row in rows}


def document_hashes(client: Elasticsearch, index: Index, after: int, last: int | None) -> Iterator[tuple[int, str]]:
    """Of the documents behind `after`, up to `last` or to the end."""
    bounds = {"gt": after} | ({"lte": last} if last is not None else {})
    while True:
        answer = client.search(
            index=index.alias, query={"range": {"id": bounds}}, sort=[{"id": "asc"}], size=CHUNK, source=True
        )
        hits = answer["hits"]["hits"]
        yield from ((int(hit["_id"]), hash_of(hit["_source"])) for hit in hits)
        if len(hits) < CHUNK:
            return
        bounds["gt"] = int(hits[-1]["_id"])


def hash_of(document: dict[str, Any]) -> str:
    """The same for equal documents, whether fresh or back from the engine."""
    text = orjson.dumps(document, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC, default=str)
    return hashlib.sha256(text.replace(b"+00:00", b"Z")).hexdigest()
