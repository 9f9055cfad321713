import pgtrigger
from django.db import models


class VersionedModel(models.Model):
    """A row that counts its changes, whoever makes them: the number stands in its ETag and orders its events."""

    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="count_change",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["row_version"]),
                func="NEW.row_version = OLD.row_version + 1; RETURN NEW;",
            )
        ]
