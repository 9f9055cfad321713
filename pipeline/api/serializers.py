from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty
from rest_framework.utils import html

from pipeline.models import JobStatus, LogLevel, StepStatus
from pipeline.params import BIGGEST

BIGGEST_SEQ = 2**31 - 1


class AsItCame(serializers.JSONField):
    """A JSON value that nothing turns into another: 10.0, "10" and true are no whole numbers. A form sends its text."""

    def get_value(self, dictionary: Any) -> Any:
        value = super().get_value(dictionary)
        return empty if value == "" and html.is_html_input(dictionary) else value


@extend_schema_field({"type": "integer", "minimum": -BIGGEST, "maximum": BIGGEST})
class InitialValue(AsItCame):
    """A whole number as the pipeline `arithmetic` takes it."""


@extend_schema_field({"type": "object", "additionalProperties": True})
class Params(AsItCame):
    """What a pipeline is started with."""


@extend_schema_field({"description": "Any JSON value; null where there is none yet."})
class AnyValue(serializers.JSONField):
    """Whatever a step takes and gives."""


@extend_schema_field(
    {
        "type": ["object", "null"],
        "description": "Null until a step is completed. `final_result` comes with the last one.",
        "properties": {
            "partial": {"type": "object", "additionalProperties": True, "description": "The outputs so far, by step."},
            "final_result": {},
        },
        "required": ["partial"],
        "additionalProperties": False,
    }
)
class JobResult(serializers.JSONField):
    """What a job's steps have brought."""


class JobSubmission(serializers.Serializer[Any]):
    """Which job to start: `pipeline` and its `params`, or just the `initial_value` of the pipeline `arithmetic`."""

    initial_value = InitialValue(required=False)
    pipeline = serializers.CharField(required=False, max_length=50)
    params = Params(required=False, help_text="As `params_schema` of GET /pipeline/definitions says.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "initial_value" in attrs and len(attrs) > 1:
            raise serializers.ValidationError({"initial_value": "Give it alone, or inside of params."})
        if "pipeline" in attrs or "initial_value" in attrs:
            return attrs
        missing = "pipeline" if "params" in attrs else "initial_value"
        raise serializers.ValidationError({missing: "Give an initial_value, or a pipeline with its params."})


class JobStarted(serializers.Serializer[Any]):
    job_id = serializers.UUIDField()
    status = serializers.ChoiceField(
        choices=JobStatus.choices, help_text="`pending` where the broker has not taken the first step yet."
    )
    result = JobResult()


class JobSerializer(serializers.Serializer[Any]):
    """A job as lists show it."""

    id = serializers.IntegerField(help_text="Counts up with every new job.")
    job_id = serializers.UUIDField()
    pipeline = serializers.CharField()
    status = serializers.ChoiceField(choices=JobStatus.choices)
    progress = serializers.FloatField(min_value=0, max_value=1, help_text="The share of its steps that are completed.")
    result = JobResult()
    seq = serializers.IntegerField(help_text="Counts the changes of the job.")
    created_by = serializers.UUIDField(allow_null=True)
    created_by_name = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    row_version = serializers.IntegerField()


class StepSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    status = serializers.ChoiceField(choices=StepStatus.choices)
    input = AnyValue()
    output = AnyValue()
    attempt = serializers.IntegerField(help_text="How often it was begun.")
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    error = serializers.CharField(allow_null=True)


class JobChangeSerializer(serializers.Serializer[Any]):
    """A change of a job's status."""

    at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True, help_text="Null is Backlot itself.")
    to = serializers.ChoiceField(choices=JobStatus.choices)
    reason = serializers.CharField(allow_blank=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # A name that no attribute of a class can have.
        before = serializers.ChoiceField(choices=JobStatus.choices, allow_null=True)
        return super().get_fields() | {"from": before}


class JobDetail(JobSerializer):
    """A job with its steps and the newest of its changes."""

    params = serializers.DictField(help_text="Texts of more than 1,000 characters are cut.")
    steps = StepSerializer(many=True)
    changes = JobChangeSerializer(many=True, help_text="The newest 50, newest first.")
    changes_count = serializers.IntegerField()


class JobReason(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500, allow_blank=True, default="", help_text="Kept with the change.")


class LogQuery(serializers.Serializer[Any]):
    after = serializers.IntegerField(
        min_value=0, max_value=BIGGEST_SEQ, default=0, help_text="Only lines with a higher `seq`: the `next` so far."
    )


class LogLineSerializer(serializers.Serializer[Any]):
    seq = serializers.IntegerField()
    at = serializers.DateTimeField()
    step = serializers.CharField(allow_blank=True)
    level = serializers.ChoiceField(choices=LogLevel.choices)
    message = serializers.CharField()


class JobLog(serializers.Serializer[Any]):
    """At most 1,000 lines of a job's log."""

    lines = LogLineSerializer(many=True)
    next = serializers.IntegerField(help_text="The `after` that goes on from here.")


class PipelineDefinition(serializers.Serializer[Any]):
    """A pipeline that the caller may start."""

    name = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    params_schema = serializers.DictField(help_text="A JSON schema (2020-12) of its params.")
