"""The services that know media, each asked in its own way and understood in ours."""

from catalog.connectors.connector import Connector
from catalog.connectors.found import Found
from catalog.connectors.google_books import GoogleBooks
from catalog.connectors.igdb import Igdb
from catalog.connectors.lastfm import LastFm
from catalog.connectors.outcomes import (
    BrokenAnswer,
    NotConfigured,
    NotFound,
    RateLimited,
    Refused,
    SourceFailure,
    TimedOut,
    Unavailable,
)
from catalog.connectors.tmdb import Tmdb

__all__ = [
    "CONNECTORS",
    "BrokenAnswer",
    "Connector",
    "Found",
    "NotConfigured",
    "NotFound",
    "RateLimited",
    "Refused",
    "SourceFailure",
    "TimedOut",
    "Unavailable",
]

CONNECTORS: dict[str, Connector] = {
    connector.source: connector for connector in (GoogleBooks(), Tmdb(), Igdb(), LastFm())
}
