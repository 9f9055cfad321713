import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pipeline.querysets import JobQuerySet


class JobStatus(models.TextChoices):
    PENDING = "pending"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETED = "completed"
    ERROR = "error"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    STALLED = "stalled"

    @property
    def is_final(self) -> bool:
        """Nothing more happens by itself."""
        return self in FINAL


FINAL = (JobStatus.COMPLETED, JobStatus.ERROR, JobStatus.CANCELLED)


class Job(models.Model):
    """A chain of steps that somebody started. This row and its steps are the truth, not the broker's messages.

    `seq` counts what was told about the job, `log_seq` its log lines; both without a gap.
    """

    job_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pipeline = models.CharField(max_length=50)
    params = models.JSONField()
    # The status as it was last written down; `JobQuerySet.with_status` tells what is true at this moment.
    state = models.CharField(max_length=20, choices=JobStatus, default=JobStatus.PENDING)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="jobs", db_index=False
    )
    steps_count = models.PositiveSmallIntegerField()
    steps_done = models.PositiveSmallIntegerField(default=0)
    seq = models.PositiveIntegerField(default=1)
    log_seq = models.PositiveIntegerField(default=0)
    # Of the request that started it; stands in every line that its steps log.
    request_id = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobStatus.values), name="pipeline_job_state_known"),
            models.CheckConstraint(
                condition=Q(steps_count__gte=1, steps_done__lte=F("steps_count")), name="pipeline_job_steps_in_bounds"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINAL, finished_at__isnull=False)
                | (~Q(state__in=FINAL) & Q(finished_at__isnull=True)),
                name="pipeline_job_finished_when_final",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="pipeline_job_by_state"),
            models.Index(fields=["pipeline", "-id"], name="pipeline_job_of_pipeline"),
            models.Index(fields=["created_by", "-id"], name="pipeline_job_of_account"),
        ]
        permissions = [("manage_job", "Can cancel and retry everybody's jobs")]

    def __str__(self) -> str:
        return f"{self.pipeline} {self.job_id}"


class JobChange(models.Model):
    """A job's status before and after, with who changed it and why; nobody is the product itself."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="changes", db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    by_name = models.TextField(blank=True)
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20, choices=JobStatus)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["job", "id"], name="pipeline_jobchange_of_job")]

    def __str__(self) -> str:
        return f"{self.from_status or 'nothing'} to {self.to_status}"


class LogLevel(models.TextChoices):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogLine(models.Model):
    """What a job said."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="log_lines", db_index=False)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    step = models.CharField(max_length=50, blank=True)
    level = models.CharField(max_length=10, choices=LogLevel)
    message = models.TextField()

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["job", "seq"], name="pipeline_logline_seq_unique"),
            models.CheckConstraint(condition=Q(level__in=LogLevel.values), name="pipeline_logline_level_known"),
        ]

    def __str__(self) -> str:
        return self.message
