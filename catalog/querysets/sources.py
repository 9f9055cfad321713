from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    # The base class names it.
    from catalog.models import MediaSource  # noqa: F401


class MediaSourceQuerySet(models.QuerySet["MediaSource"]):
    def of(self, source_name: str) -> Self:
        return self.filter(source_name=source_name)

    def fetched_before(self, instant: datetime) -> Self:
        return self.filter(fetched_at__lt=instant)
