import pgtrigger
from django.db import models

from shows.querysets import ChangeQuerySet


class Change(models.Model):
    """One field of one row, before and after: written by triggers, so that no door can forget it."""

    class Subject(models.TextChoices):
        SHOW = "show"
        SEQUENCE = "sequence"
        SHOT = "shot"
        REVIEW = "review"

    subject = models.CharField(max_length=10, choices=Subject)
    subject_id = models.BigIntegerField()
    # No foreign keys: what was written down outlives the row.
    shot_id = models.BigIntegerField(null=True)
    field = models.CharField(max_length=50)
    from_value = models.JSONField(null=True)
    to_value = models.JSONField(null=True)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_name = models.TextField()
    reason = models.TextField()

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject", "subject_id", "-id"], name="shows_change_of_subject"),
            models.Index(
                fields=["shot_id", "-id"], name="shows_change_of_shot", condition=models.Q(shot_id__isnull=False)
            ),
            models.Index(
                fields=["subject_id", "id"], name="shows_change_of_status",
                condition=models.Q(subject="shot", field="status"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}: {self.field}"


COLUMNS = "subject, subject_id, shot_id, field, from_value, to_value, at, by_id, by_name, reason"
SPEAKER = """
    clock_timestamp(),
    (speaker.said ->> 'id')::uuid,
    coalesce(speaker.said ->> 'name', ''),
    coalesce(speaker.said ->> 'reason', '')
"""
SAID = "(SELECT nullif(current_setting('backlot.actor', true), '')::jsonb AS said) AS speaker"


def kept_history(subject: Change.Subject, *fields: str, shot: str = "NULL") -> pgtrigger.Trigger:
    """A trigger that writes a Change for each of `fields` that an update alters; `shot` is SQL for the shot's id."""
    return pgtrigger.Trigger(
        name="keep_history",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*fields),
        func=f"""
            INSERT INTO shows_change ({COLUMNS})
            SELECT '{subject.value}', NEW.id, {shot}, regexp_replace(now_.key, '^(assigned_to|production)_id$', '\\1'),
                   was.value, now_.value, {SPEAKER}
            FROM jsonb_each(to_jsonb(NEW)) AS now_ JOIN jsonb_each(to_jsonb(OLD)) AS was USING (key), {SAID}
            WHERE now_.key = ANY ('{{{",".join(fields)}}}') AND now_.value IS DISTINCT FROM was.value;
            RETURN NULL;
        """,  # noqa: S608 - names of our own columns, written into a migration
    )


def kept_deletion(subject: Change.Subject, *, text: str, shot: str) -> pgtrigger.Trigger:
    """A trigger that writes down what a deleted row said: SQL `text`."""
    return pgtrigger.Trigger(
        name="keep_deletion",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        func=f"""
            INSERT INTO shows_change ({COLUMNS})
            SELECT '{subject.value}', OLD.id, {shot}, '{subject.value}', to_jsonb({text}), NULL, {SPEAKER}
            FROM {SAID};
            RETURN NULL;
        """,  # noqa: S608 - names of our own columns, written into a migration
    )
