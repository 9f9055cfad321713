from django.db import models
from django.db.models import Q

from pipeline.models.job import Job
from pipeline.querysets import StepQuerySet


class StepStatus(models.TextChoices):
    PENDING = "pending"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETED = "completed"
    ERROR = "error"
    CANCELLED = "cancelled"


class Step(models.Model):
    """One link of a job's chain, and its result, of which there is one.

    Its turn has come when so many steps of the job are done as stand before it. A worker owns it while `lease_until`
    lies ahead, and may end it only with the `fence` of its claim. `attempt` counts all claims; `failures`, `losses` and
    `sends` count since the step's turn came, or since the job was retried.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="steps", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=50)
    # The registered step that does the work.
    runs = models.CharField(max_length=50)
    status = models.CharField(max_length=20, choices=StepStatus, default=StepStatus.PENDING)
    input = models.JSONField(null=True)
    output = models.JSONField(null=True)
    attempt = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    losses = models.PositiveSmallIntegerField(default=0)
    sends = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=200, blank=True)
    # Not before; empty is as soon as its turn has come.
    next_try_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["job", "position"]
        constraints = [
            # One row a step, so one result. No index holds what a claim or an end changes: that would make them dearer.
            models.UniqueConstraint(fields=["job", "position"], name="pipeline_step_position_unique"),
            models.UniqueConstraint(fields=["job", "name"], name="pipeline_step_result_unique"),
            models.CheckConstraint(condition=Q(status__in=StepStatus.values), name="pipeline_step_status_known"),
            models.CheckConstraint(
                condition=Q(status=StepStatus.COMPLETED, output__isnull=False)
                | (~Q(status=StepStatus.COMPLETED) & Q(output__isnull=True)),
                name="pipeline_step_output_when_completed",
            ),
            models.CheckConstraint(
                condition=Q(status=StepStatus.IN_PROGRESS, lease_until__isnull=False)
                | (~Q(status=StepStatus.IN_PROGRESS) & Q(lease_until__isnull=True)),
                name="pipeline_step_leased_when_running",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AttemptOutcome(models.TextChoices):
    COMPLETED = "completed"
    FAILED = "failed"
    LOST = "lost"
    CANCELLED = "cancelled"
    RELEASED = "released"


class Attempt(models.Model):
    """A claim of a step that has ended: by which worker, when, and how. A lost one never answered."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="attempts", db_index=False)
    number = models.PositiveIntegerField()
    worker = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=AttemptOutcome)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["step", "number"]
        constraints = [
            models.UniqueConstraint(fields=["step", "number"], name="pipeline_attempt_number_unique"),
            models.CheckConstraint(
                condition=Q(outcome__in=AttemptOutcome.values), name="pipeline_attempt_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.number}: {self.outcome}"
