"""A library read in: what the file says is there afterwards; nothing is taken away that it does not name."""

from collections.abc import Callable
from typing import IO, Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction

from catalog.services.library.transfer.entries import carry_out_media, carry_out_tag
from catalog.services.library.transfer.menus import carry_out_menu
from catalog.services.library.transfer.reading import MEDIA, MENU, TAG, Entry, entries_of
from catalog.services.library.writing import written
from pipeline.errors import Refusal, RowsRefused
from pipeline.services import Actor
from pipeline.services.importing.rows import Action, outcome

Ids = dict[str, UUID]
CARRY_OUT: dict[str, Callable[[dict[str, Any], Actor, Ids], Action]] = {
    TAG: carry_out_tag,
    MEDIA: carry_out_media,
    MENU: carry_out_menu,
}


def import_library(file: IO[bytes], *, by: Actor, dry_run: bool = False, partial: bool = False) -> dict[str, Any]:
    """Reads a library in, JSON or CSV; answers what became of each row, and how many of each action.

    An item is known by its id, else by a source's id, else it is added. States become what the file says; tags are put
    on, never taken off; a menu of one's own with the slug is replaced, and one whose slug is somebody else's gets a new
    one. All or nothing, unless `partial`. Raises ImportRefused, FileTooLarge, RowsRefused.
    """
    entries = entries_of(file)
    ids: Ids = {}
    with written():
        for entry in entries:
            carry_out(entry, by, ids)
        result = outcome(entries, dry_run=dry_run)
        if result["failed"] and not (partial or dry_run):
            raise RowsRefused(result)
        if dry_run:
            transaction.set_rollback(True)
    return result


def carry_out(entry: Entry, by: Actor, ids: Ids) -> None:
    """One row in a savepoint of its own; what is refused becomes its errors."""
    if entry.errors:
        return
    try:
        with transaction.atomic():
            entry.action = CARRY_OUT[entry.kind](entry.values, by, ids)
    except ValidationError as error:
        for column, messages in getattr(error, "message_dict", {entry.kind: error.messages}).items():
            entry.refuse(column, " ".join(messages))
    except Refusal as refusal:
        entry.refuse(refusal.field or entry.kind, refusal.detail, refusal.code)
    except (ObjectDoesNotExist, TypeError, ValueError, AttributeError, LookupError):
        entry.refuse(entry.kind, "This is not what an export of ours looks like.")
