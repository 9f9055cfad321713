"""Transactions of a request that its view opens by itself, after work that takes long."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from django.db import transaction
from django.http import HttpRequest
from django.urls import Resolver404, resolve

BEGIN = "backlot.begin"
Undo = Callable[[], None]


def nothing() -> None:
    """What a view that has not begun wants undone."""


class LateTransaction:
    """Not open before the view calls `begin`, with what undoes the work that it did outside of the database."""

    def __init__(self) -> None:
        self.opened = ExitStack()
        self.undo: Undo = nothing
        self.is_open = False
        self.has_failed = False

    def begin(self, undo: Undo) -> None:
        self.undo = undo
        self.opened.enter_context(transaction.atomic())
        self.is_open = True

    def fail(self) -> None:
        """Ends in a rollback."""
        self.has_failed = True
        if self.is_open:
            transaction.set_rollback(True)


@contextmanager
def late_transaction(request: HttpRequest) -> Iterator[LateTransaction]:
    """Offers the view a transaction; the view's work is undone when that, or its commit, comes to nothing."""
    late = LateTransaction()
    request.META[BEGIN] = late.begin
    try:
        with late.opened:
            yield late
    except BaseException:
        late.undo()
        raise
    if late.has_failed:
        late.undo()


def begins_itself(request: HttpRequest) -> bool:
    """Whether the view names this action, or method, in its `begins_itself`."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    action = getattr(view, "actions", {}).get("post", "post")
    return action in getattr(getattr(view, "cls", None), "begins_itself", ())
