"""Somebody's own tags."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from catalog.errors import Full, TagTaken
from catalog.models import MediaItem, Tag, TaggedMedia
from catalog.services.library.writing import named_media, own, written
from pipeline import services
from pipeline.services import Actor

MOST_TAGS = 1000


def create_tag(*, by: Actor, name: str) -> Tag:
    """A new tag of the actor's own. Raises TagTaken, regardless of case, and Full."""
    if Tag.objects.visible_to(by).count() >= MOST_TAGS:
        raise Full(f"You have {MOST_TAGS} tags already. Delete one first.")
    with transaction.atomic():
        return services.saved(
            Tag(user_id=by.pk, name=name.strip()), {"catalog_tag_name_unique": lambda tag: TagTaken(tag.name)}
        )


def delete_tag(tag_id: int, *, by: Actor) -> None:
    """Deletes a tag and takes it off all media. Raises Tag.DoesNotExist for anybody else's."""
    own(Tag, tag_id, by).delete()


def tag_media(tag_id: int, *, by: Actor, media_id: UUID) -> tuple[TaggedMedia, bool]:
    """Puts a tag on an item; says whether it was not there before.

    Raises Tag.DoesNotExist for anybody else's, ValidationError for `media_id`.
    """
    tag, item = own(Tag, tag_id, by), named_media(media_id, by)
    return TaggedMedia.objects.get_or_create(tag=tag, media_item=item)


def untag_media(tag_id: int, *, by: Actor, media_id: UUID) -> None:
    """Takes a tag off an item. Raises TaggedMedia.DoesNotExist where it was not on it."""
    TaggedMedia.objects.visible_to(by).get(tag=tag_id, media_item=media_id).delete()


def tag_many(tag_id: int, *, by: Actor, media_ids: Sequence[UUID]) -> int:
    """Puts a tag on all of the items that there are, in one statement; answers on how many it is now."""
    with written():
        tag = own(Tag, tag_id, by)
        known = sorted(MediaItem.objects.visible_to(by).filter(pk__in=media_ids).values_list("pk", flat=True))
        TaggedMedia.objects.bulk_create((TaggedMedia(tag=tag, media_item_id=pk) for pk in known), ignore_conflicts=True)
    return len(known)


def untag_many(tag_id: int, *, by: Actor, media_ids: Sequence[UUID]) -> int:
    """Takes a tag off the items; answers how many carried it."""
    return TaggedMedia.objects.visible_to(by).filter(tag=tag_id, media_item__in=media_ids).delete()[0]
