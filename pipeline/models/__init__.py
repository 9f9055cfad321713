from pipeline.models.job import Job, JobChange, JobStatus, LogLevel, LogLine
from pipeline.models.outbox import OutboxEvent, Pulse
from pipeline.models.step import Attempt, AttemptOutcome, Step, StepStatus
from pipeline.models.versioned import VersionedModel, counting_changes

__all__ = [
    "Attempt",
    "AttemptOutcome",
    "Job",
    "JobChange",
    "JobStatus",
    "LogLevel",
    "LogLine",
    "OutboxEvent",
    "Pulse",
    "Step",
    "StepStatus",
    "VersionedModel",
    "counting_changes",
]
