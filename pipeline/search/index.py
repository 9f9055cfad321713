"""The documents of one kind in the engine: an alias that searches read, and an index behind it that can be replaced.

A document's version is its row's, so that a late write cannot overwrite a newer one. A deleted row never comes back,
so its document is deleted with a version that nothing surpasses.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from elastic_transport import ApiError, TransportError
from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.exceptions import UnsupportedProductError

from pipeline.errors import TryAgain
from pipeline.search import engine

GONE = 2**62
FINE = (200, 201)
NOT_THERE, NEWER = 404, 409


class IndexMissing(Exception):
    """The engine answers, and has no such index: it is new, or came back empty."""


@dataclass(frozen=True)
class Index:
    """`document` describes the fields and prepares a row; `kind` is the name of the events about it.

    `key` is the column of the numbers by which events and documents know the rows: one that no row gets twice.
    """

    kind: str
    document: Any
    key: str = "pk"

    @property
    def alias(self) -> str:
        return f"{settings.ELASTICSEARCH_PREFIX}-{self.kind}"

    @property
    def next_alias(self) -> str:
        """The alias of an index that is being filled."""
        return f"{self.alias}-next"

    @property
    def rows(self) -> QuerySet[Any]:
        found: QuerySet[Any] = self.document().get_queryset().order_by(self.key)
        return found

    def rows_among(self, ids: Collection[int]) -> QuerySet[Any]:
        return self.rows.filter(**{f"{self.key}__in": ids})

    def rows_after(self, last: int) -> QuerySet[Any]:
        return self.rows.filter(**{f"{self.key}__gt": last})

    def id_of(self, row: Any) -> int:
        return int(getattr(row, self.key))

    def follow(self, ids: Collection[int]) -> None:
        """Writes the documents of these rows as the rows are now, and deletes those of rows that are gone.

        Raises TryAgain while the engine does not answer, IndexMissing when it has nothing to write to.
        """
        if not engine.is_configured():
            return
        with answering() as client:
            # Asked before the rows are read: an index that is begun later reads them later too.
            aliases = [alias for alias in (self.alias, self.next_alias) if client.indices.exists_alias(name=alias)]
            if not aliases:
                raise IndexMissing(self.alias)
            rows = list(self.rows_among(ids))
            gone = set(ids) - {self.id_of(row) for row in rows}
            for alias in aliases:
                self.write(client, alias, rows, gone)

    def write(self, client: Elasticsearch, alias: str, rows: Iterable[Any], gone: Iterable[int] = ()) -> None:
        operations = [*self.indexing(rows), *self.deleting(gone)]
        if not operations:
            return
        answer = client.bulk(index=alias, operations=operations, require_alias=True)
        for item in answer["items"]:
            (result,) = item.values()
            self.check(result, is_delete="delete" in item)

    def check(self, result: dict[str, Any], *, is_delete: bool) -> None:
        """Raises unless the write was carried out, or needed not to be."""
        status, error = result["status"], result.get("error") or {}
        if status == NOT_THERE and error.get("type") == "index_not_found_exception":
            raise IndexMissing(self.alias)
        if not (status in FINE or status == NEWER or (is_delete and status == NOT_THERE)):
            raise TryAgain(f"The search engine refused a document: {str(error)[:500]}")

    def indexing(self, rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
        document = self.document()
        for row in rows:
            yield {"index": {"_id": str(self.id_of(row)), "version": row.row_version, "version_type": "external_gte"}}
            yield document.prepare(row)

    def deleting(self, gone: Iterable[int]) -> Iterator[dict[str, Any]]:
        for pk in gone:
            yield {"delete": {"_id": str(pk), "version": GONE, "version_type": "external_gte"}}

    def begin(self, client: Elasticsearch) -> str:
        """Makes a new empty index in place of one that was being filled; answers its name."""
        for unfinished in self.behind(client, self.next_alias):
            client.indices.delete(index=unfinished, ignore_unavailable=True)
        name = f"{self.alias}-{timezone.now():%Y%m%d%H%M%S%f}"
        body = self.document._index.to_dict()
        client.indices.create(
            index=name, settings=body["settings"], mappings=body["mappings"], aliases={self.next_alias: {}}
        )
        return name

    def adopt(self, client: Elasticsearch) -> None:
        """Has searches read the index that was filled, and removes the one before, in one step."""
        client.indices.refresh(index=self.next_alias)
        (name,) = self.behind(client, self.next_alias)
        actions: list[dict[str, Any]] = [
            {"remove": {"index": name, "alias": self.next_alias}},
            {"add": {"index": name, "alias": self.alias}},
        ]
        actions += [{"remove_index": {"index": before}} for before in self.behind(client, self.alias) if before != name]
        client.indices.update_aliases(actions=actions)

    def behind(self, client: Elasticsearch, alias: str) -> list[str]:
        """The indexes behind an alias: one, or none."""
        try:
            return list(client.indices.get_alias(name=alias))
        except NotFoundError:
            return []


@contextmanager
def answering() -> Iterator[Elasticsearch]:
    """The engine's client for writing. What has no index is an IndexMissing, what is not answered a TryAgain."""
    try:
        yield engine.writer()
    except NotFoundError as error:
        raise IndexMissing("The search engine has no such index.") from error
    except (ApiError, TransportError, UnsupportedProductError) as error:
        raise TryAgain(f"The search engine does not answer: {type(error).__name__}.") from error
