from django.db import models
from django.db.models.functions import Now

from pipeline.querysets import OutboxQuerySet


class OutboxEvent(models.Model):
    """What has to happen after the commit that wrote this row; the row goes when it has happened.

    `next_try_at` is also the lease of who delivers it. A dead one failed too often and waits for a person.
    """

    topic = models.CharField(max_length=50)
    key = models.CharField(max_length=100, blank=True, db_default="")
    payload = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())
    next_try_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveIntegerField(default=0, db_default=0)
    # Those of the attempts that failed for good; where the other side was down, nothing is held against the event.
    failures = models.PositiveIntegerField(default=0, db_default=0)
    dead_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, db_default="")

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], name="pipeline_outbox_due", condition=models.Q(dead_at__isnull=True)
            ),
            models.Index(fields=["dead_at"], name="pipeline_outbox_dead", condition=models.Q(dead_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"


class Pulse(models.Model):
    """When something that must happen again and again happened last, such as the sweep."""

    name = models.CharField(max_length=50, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
