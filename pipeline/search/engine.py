"""The way to the search engine: short of patience, because PostgreSQL can answer too."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from functools import cache
from typing import Any

import structlog
from django.conf import settings
from elastic_transport import ApiError, TransportError
from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.exceptions import UnsupportedProductError

log = structlog.get_logger(__name__)

# How long nobody asks an engine that did not answer; each failure after that doubles it.
FIRST_REST, LONGEST_REST = 1.0, 15.0
# What a writer waits for one answer; nobody looks on then.
WRITE_SECONDS = 20
TROUBLE = (ApiError, TransportError, UnsupportedProductError, TookTooLong, KeyError, TypeError, ValueError)
ASKING = ThreadPoolExecutor(max_workers=8, thread_name_prefix="search")


class EngineDown(Exception):
    """The engine does not answer, or not in time, or nonsense."""


class Circuit:
    """Open after a failure, so that who comes next does not wait for the same; then it is tried, beside the callers."""

    def __init__(self) -> None:
        self.failures = 0
        self.try_again_at = 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self.try_again_at

    def close(self) -> None:
        self.failures, self.try_again_at = 0, 0.0

    def trip(self) -> None:
        self.failures += 1
        self.rest(min(FIRST_REST * 2 ** min(self.failures - 1, 10), LONGEST_REST))

    def rest(self, seconds: float) -> None:
        self.try_again_at = time.monotonic() + seconds


circuit = Circuit()


def is_configured() -> bool:
    return bool(settings.ELASTICSEARCH_URL)


@cache
def client(url: str, seconds: float) -> Elasticsearch:
    """One for all threads; it never tries twice by itself."""
    return Elasticsearch(url, request_timeout=seconds, max_retries=0, retry_on_timeout=False)


def reader() -> Elasticsearch:
    return client(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_TIMEOUT)


def writer() -> Elasticsearch:
    return client(settings.ELASTICSEARCH_URL, WRITE_SECONDS)


def ask(question: Callable[[Elasticsearch], Any]) -> Any:
    """What `question` makes of the engine's answer, within ELASTICSEARCH_TIMEOUT in all.

    Raises EngineDown; the timeout of a socket alone would let an answer drip in for ever.
    """
    if circuit.is_open:
        raise EngineDown("It did not answer a moment ago.")
    if circuit.failures:
        # Nobody waits for the answer: this caller does without, as the others until it is there.
        circuit.rest(LONGEST_REST)
        ASKING.submit(try_again, question)
        raise EngineDown("It is being tried again.")
    asked: Future[Any] = ASKING.submit(question, reader())
    try:
        answer = asked.result(timeout=settings.ELASTICSEARCH_TIMEOUT)
    except TROUBLE as error:
        asked.cancel()
        circuit.trip()
        log.warning("search_engine_down", error=repr(error)[:200])
        raise EngineDown(type(error).__name__) from error
    circuit.close()
    return answer


def try_again(question: Callable[[Elasticsearch], Any]) -> None:
    """Closes the circuit when the engine answers, be it that it has no such index: who asks next sees to that."""
    try:
        question(reader())
    except NotFoundError:
        circuit.close()
    except TROUBLE:
        circuit.trip()
    else:
        circuit.close()
