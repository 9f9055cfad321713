"""Searches that people keep for themselves."""

from pipeline.errors import Refusal
from pipeline.services import Actor
from shows.models import SavedSearch

MOST_SAVED = 50


class TooManySearches(Refusal):
    """Somebody keeps as many searches as there may be."""

    code = "too_many_searches"
    title = "Too many searches"

    def __init__(self) -> None:
        super().__init__(f"You keep {MOST_SAVED} searches already. Remove one first.")


def save_search(*, name: str, query: str, by: Actor) -> SavedSearch:
    """Keeps a search for the actor; one of the same name is replaced. Raises TooManySearches."""
    own = SavedSearch.objects.filter(user_id=by.pk)
    if own.count() >= MOST_SAVED and not own.filter(name=name).exists():
        raise TooManySearches
    saved, _ = SavedSearch.objects.update_or_create(user_id=by.pk, name=name, defaults={"query": query})
    return saved


def remove_search(pk: int, *, by: Actor) -> None:
    """Forgets a search of the actor's own. Raises SavedSearch.DoesNotExist for anybody else's."""
    SavedSearch.objects.get(pk=pk, user_id=by.pk).delete()
