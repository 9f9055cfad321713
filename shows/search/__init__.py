"""The search of this app, and the only place in it that knows of an engine."""

from shows.search.asked import Found, ReviewsAsked
from shows.search.found import register
from shows.search.reviews import search_reviews

register()

__all__ = ["Found", "ReviewsAsked", "search_reviews"]
