import pgtrigger
from django.db import models


def counting_changes(*, but: str = "") -> pgtrigger.Trigger:
    """A trigger that counts the changes of a row in `row_version`, whatever number a writer brings along.

    A change of the column `but` alone does not count.
    """
    old, new = (f"to_jsonb({row}) - '{but}'" if but else row for row in ("OLD", "NEW"))
    return pgtrigger.Trigger(
        name="count_change",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            NEW.row_version = OLD.row_version;
            IF {new} IS DISTINCT FROM {old} THEN
                NEW.row_version = OLD.row_version + 1;
            END IF;
            RETURN NEW;
        """,
    )


class VersionedModel(models.Model):
    """A row that counts its changes, whoever makes them: the number stands in its ETag and orders its events."""

    row_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        abstract = True
        triggers = [counting_changes()]
