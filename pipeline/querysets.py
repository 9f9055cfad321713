"""Questions that any row with a version answers, and those about jobs and the outbox."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Aggregate, Case, Count, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.fields import CharField
from django.db.models.functions import Coalesce, JSONObject, Least, Now, NullIf, Power, Round

from pipeline.errors import StaleVersion

if TYPE_CHECKING:
    # The base classes and signatures name them.
    from pipeline.models import Job, OutboxEvent, Step  # noqa: F401
    from pipeline.services import Actor

M = TypeVar("M", bound=models.Model, covariant=True)
# Dictionaries by the names that the API gives the columns.
Rows = models.QuerySet[Any, Any]
TILE = (
    *("id", "job_id", "pipeline", "status", "progress", "seq", "created_by", "created_by_name"),
    *("created_at", "updated_at", "finished_at"),
)
# A list inside a detail holds so many.
NEWEST = 50


class VersionedQuerySet(models.QuerySet[M]):
    """Rows whose `row_version` counts their changes."""

    def locked(self) -> Self:
        """The rows locked for a change until the transaction ends; what refers to them may go on being written."""
        return self.select_for_update(of=("self",), no_key=True)

    def lock_one(self, pk: object, *, expected_version: int | None = None) -> M:
        """The row `pk`, locked.

        Raises DoesNotExist, or StaleVersion when the caller read another version than is stored now.
        """
        row = self.locked().get(pk=pk)
        current: int = row.row_version  # type: ignore[attr-defined]
        if expected_version not in (None, current):
            raise StaleVersion(current=current)
        return row


def model(name: str) -> Any:
    return apps.get_model("pipeline", name)


class OutputsByStep(Aggregate):
    """The outputs of a job's completed steps as one JSON object by the steps' names."""

    function = "jsonb_object_agg"
    template = "%(function)s(%(expressions)s)"
    output_field = models.JSONField()


class Shortened(Func):
    """An object whose long texts are cut, for whoever looks at it: a job may carry whole files."""

    # The length in bytes is known without a look at the text.
    template = (
        "(SELECT coalesce(jsonb_object_agg(key, CASE WHEN octet_length(value #>> '{}') > 1000 "
        "THEN to_jsonb(left(value #>> '{}', 1000) || '…') ELSE value END), '{}') FROM jsonb_each(%(expressions)s))"
    )
    output_field = models.JSONField()


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: "Actor") -> Self:
        """All jobs to those who may read all, to others the jobs that they started."""
        return self if user.has_perm("pipeline.view_job") else self.filter(created_by=user.pk)

    def locked(self) -> Self:
        """The rows locked for a change until the transaction ends; whoever changes a step locks its job first."""
        return self.select_for_update(of=("self",), no_key=True)

    def with_status(self) -> Self:
        """Each with its `status`: what is true at this moment, before a sweep has written it down as its state.

        A job in progress whose worker's lease ran out is stalled; one that no worker took in time is pending again.
        """
        return self.annotate(
            status=Case(
                When(Q(state="in_progress") & Exists(steps_of_job().abandoned()), then=Value("stalled")),
                When(Q(state="in_progress") & Exists(steps_of_job().untaken()), then=Value("pending")),
                default=F("state"),
                output_field=CharField(),
            )
        )

    def in_status(self, *statuses: str) -> Self:
        """Jobs that are in one of these statuses at this moment."""
        # What was written down, which has an index, leaves few whose present status must be found out.
        states = {*statuses, *(("in_progress",) if {"pending", "stalled"} & {*statuses} else ())}
        return self.with_status().filter(state__in=states, status__in=statuses)

    def count_by_status(self) -> dict[str, int]:
        """How many of the jobs are in each status at this moment."""
        return dict(self.with_status().order_by().values_list("status").annotate(n=Count("pk")))

    def as_tiles(self) -> Rows:
        """What the board shows; results may be large, and stand in lists and details only."""
        return self.with_status().values(
            "id",
            "job_id",
            "pipeline",
            "status",
            "created_by",
            "created_at",
            "updated_at",
            "finished_at",
            "seq",
            created_by_name=F("created_by__display_name"),
            progress=progress(),
        )

    def as_rows(self) -> Rows:
        """What lists show; `seq` is the row's version too."""
        return self.as_tiles().values(*TILE, result=result(), row_version=F("seq"))

    def as_details(self) -> Rows:
        """What is shown of one job: its steps in their order, and the newest of its changes, newest first."""
        return self.as_rows().values(
            *TILE,
            "result",
            "row_version",
            params=Shortened("params"),
            steps=steps(),
            changes=changes(),
            changes_count=counted(of_job("JobChange")),
        )

    def as_csv_rows(self) -> Rows:
        return self.as_tiles().values(*TILE[1:])


class StepQuerySet(models.QuerySet["Step"]):
    def abandoned(self) -> Self:
        """Steps whose worker has not renewed its lease in time."""
        running = self.at_turn().filter(job__state__in=("in_progress", "cancelling"), status="in_progress")
        return running.filter(lease_until__lt=Now())

    def at_turn(self) -> Self:
        """The step of each job that comes after those that are done: an index leads from a job to it."""
        return self.filter(position=F("job__steps_done"))

    def waiting(self) -> Self:
        """Steps that a worker may take, or may take after `next_try_at`; `since` when is annotated."""
        open_jobs = self.at_turn().filter(job__state__in=("pending", "in_progress", "stalled"), status="pending")
        return open_jobs.annotate(since=Coalesce("next_try_at", "job__updated_at"))

    def untaken(self) -> Self:
        """Steps that a worker may take, and none took within the time of a lease."""
        return self.waiting().filter(since__lt=Now() - settings.PIPELINE_LEASE)

    def to_send_again(self) -> Self:
        """Untaken steps, the first time after one lease, then after two, four and eight, for queues may be long."""
        patience = Value(settings.PIPELINE_LEASE) * Power(2, Least(F("sends"), 3))
        return self.waiting().filter(since__lt=Now() - patience)


class OutboxQuerySet(models.QuerySet["OutboxEvent"]):
    def due(self) -> Self:
        """What is to be delivered now, first what waits longest."""
        return self.filter(dead_at=None, next_try_at__lte=Now()).order_by("next_try_at", "id")

    def waiting(self) -> Self:
        return self.filter(dead_at=None)

    def dead(self) -> Self:
        """What failed so often that a person has to look at it."""
        return self.filter(dead_at__isnull=False)


def of_job(name: str) -> Any:
    return model(name).objects.filter(job=OuterRef("pk")).order_by()


def counted(rows: models.QuerySet[Any]) -> Coalesce:
    numbers = rows.values("job").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(numbers, output_field=models.IntegerField()), 0)


def steps_of_job() -> Any:
    return of_job("Step")


def steps() -> ArraySubquery:
    """A job's steps as the API shows them."""
    own = ("name", "status", "input", "output", "attempt", "started_at", "finished_at")
    shown = {name: name for name in own} | {"error": NullIf("error", Value(""))}
    return ArraySubquery(steps_of_job().order_by("position").values(step=JSONObject(**shown)))


def changes() -> ArraySubquery:
    """A job's newest changes as the API shows them; nobody is the product itself."""
    shown = {
        "at": "at",
        "by": NullIf("by_name", Value("")),
        "from": NullIf("from_status", Value("")),
        "to": "to_status",
        "reason": "reason",
    }
    return ArraySubquery(of_job("JobChange").order_by("-pk").values(change=JSONObject(**shown))[:NEWEST])


def progress() -> Round:
    """The share of completed steps, 0 to 1 with two digits."""
    return Round(F("steps_done") * 1.0 / F("steps_count"), 2)


def result() -> Case:
    """`{"partial": {...}}` once a step is completed, and `final_result` beside it when all are; before that, null."""
    outputs = steps_of_job().filter(status="completed").values("job")
    partial = Subquery(outputs.annotate(all=OutputsByStep("name", "output")).values("all"))
    last = steps_of_job().filter(position=OuterRef("steps_count") - 1).values("output")
    final = JSONObject(partial=partial, final_result=Subquery(last))
    return Case(
        When(state="completed", then=final),
        When(steps_done__gt=0, then=JSONObject(partial=partial)),
        default=None,
        output_field=models.JSONField(),
    )
