from collections.abc import Collection, Iterable
from functools import partial
from uuid import UUID

import pgtrigger
from django.db import connection, transaction
from django.utils import timezone

from shows.models import Shot, Show
from shows.services.media.storing import remove_media

# Who adds to a show, a sequence or a shot must lock its row for the reference: these locks keep everybody out, so that
# nothing is hung onto a row between the deletion of what hangs on it and its own.
LOCKS = (
    "SELECT count(*) FROM (SELECT FROM shows_show WHERE id = ANY(%s) ORDER BY id FOR UPDATE) AS locked",
    "SELECT count(*) FROM (SELECT FROM shows_sequence WHERE show_id = ANY(%s) ORDER BY id FOR UPDATE) AS locked",
    "SELECT count(*) FROM (SELECT FROM shows_shot WHERE show_id = ANY(%s) ORDER BY id FOR UPDATE) AS locked",
)
FILMED = (
    "SELECT media_key FROM shows_version WHERE media_key IS NOT NULL "
    "AND shot_id IN (SELECT id FROM shows_shot WHERE show_id = ANY(%s))"
)
DELETIONS = (
    "DELETE FROM shows_review WHERE shot_id IN (SELECT id FROM shows_shot WHERE show_id = ANY(%s))",
    "DELETE FROM shows_version WHERE shot_id IN (SELECT id FROM shows_shot WHERE show_id = ANY(%s))",
    "DELETE FROM shows_change WHERE shot_id IN (SELECT id FROM shows_shot WHERE show_id = ANY(%s))",
    "DELETE FROM shows_change WHERE subject = 'sequence' "
    "AND subject_id IN (SELECT id FROM shows_sequence WHERE show_id = ANY(%s))",
    "DELETE FROM shows_change WHERE subject = 'show' AND subject_id = ANY(%s)",
    "DELETE FROM shows_shot WHERE show_id = ANY(%s)",
    "DELETE FROM shows_sequence WHERE show_id = ANY(%s)",
    "DELETE FROM shows_show WHERE id = ANY(%s)",
)


def remove_shows(*, shows: Collection[int], people: Collection[int], productions: Collection[int]) -> None:
    """Deletes these shows with all that hangs on them, whoever made it, their history included.

    Shots and shows of others that refer to one of the people or productions lose that reference, and their history
    says so. Locks the shows with their sequences and shots against new references. A fixed number of statements; runs
    in the caller's transaction, and removes the files of the versions after that is committed.
    """
    # History of what goes altogether would be written only to be deleted, half a million rows of it.
    with pgtrigger.ignore("shows.Review:keep_deletion"), connection.cursor() as cursor:
        for statement in LOCKS:
            cursor.execute(statement, [list(shows)])
        cursor.execute(FILMED, [list(shows)])
        keys = [key for (key,) in cursor]
        for statement in DELETIONS:
            cursor.execute(statement, [list(shows)])
    transaction.on_commit(partial(remove_all_media, keys), robust=True)
    Shot.objects.filter(assigned_to__in=people).update(assigned_to=None, updated_at=timezone.now())
    Show.objects.filter(production__in=productions).update(production=None)


def remove_all_media(keys: Iterable[UUID]) -> None:
    for key in keys:
        remove_media(key)
