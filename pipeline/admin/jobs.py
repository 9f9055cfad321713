"""Jobs, to be looked at, cancelled and started again."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django_celery_results.models import GroupResult, TaskResult
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, FieldTextFilter
from unfold.decorators import display

from pipeline.admin.confirmation import Question, ReasonForm, answer, ask, chosen
from pipeline.admin.models import ServiceAdmin, StudioAdmin
from pipeline.admin.reading import OnlyRead
from pipeline.admin.refused import actor
from pipeline.models import Attempt, Job, JobChange, JobStatus, LogLine, Step
from pipeline.querysets import Shortened
from pipeline.services.jobs import cancel_job, retry_job

MOST_JOBS = 100
COLORS = {
    JobStatus.PENDING: "default",
    JobStatus.IN_PROGRESS: "info",
    JobStatus.COMPLETED: "success",
    JobStatus.ERROR: "danger",
    JobStatus.CANCELLING: "warning",
    JobStatus.CANCELLED: "warning",
    JobStatus.STALLED: "danger",
}
Act = Callable[..., Job]


class OfJob(OnlyRead, TabularInline):
    """What hangs on a job, for who may see all jobs."""

    seen_with = "pipeline.view_job"
    per_page = 50


class StepInline(OfJob):
    model = Step
    show_change_link = True
    fields = readonly_fields = ("name", "status", "input", "output", "attempt", "started_at", "finished_at", "error")


class ChangeInline(OfJob):
    model = JobChange
    verbose_name_plural = "changes"
    fields = readonly_fields = ("at", "by_name", "from_status", "to_status", "reason")


class LogInline(OfJob):
    model = LogLine
    verbose_name_plural = "log"
    fields = readonly_fields = ("seq", "at", "step", "level", "message")


class AttemptInline(OfJob):
    model = Attempt
    fields = readonly_fields = ("number", "worker", "started_at", "finished_at", "outcome", "error")


class StatusFilter(DropdownFilter):
    """What is true now, and not what was written down last."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(status.value, str(status.label)) for status in JobStatus]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.in_status(self.value()) if self.value() in JobStatus.values else queryset


def act_on(name: str, words: str, act: Act) -> Any:
    """An action that asks for the reason, and then does the same to every job, or to none."""

    @admin.action(description=f"{words} …", permissions=["run"])
    def acting(model_admin: Any, request: HttpRequest, queryset: QuerySet[Job]) -> HttpResponse | None:
        rows = chosen(queryset, MOST_JOBS)
        form = ReasonForm(answer(request))
        if not form.is_valid():
            now = [(str(job), JobStatus(job.status).label) for job in rows]
            return ask(model_admin, request, form, Question(f"{words}: {len(rows)}", "How they are now", now, words))
        for job in rows:
            act(job.job_id, by=actor(request), reason=form.cleaned_data["reason"])
        model_admin.message_user(request, f"Done: {len(rows)}.", messages.SUCCESS)
        return None

    acting.__name__ = name
    return acting


@admin.register(Job)
class JobAdmin(OnlyRead, ServiceAdmin):
    seen_with = "pipeline.view_job"
    list_display = ("job_id", "pipeline", "status_label", "done", "created_by", "created_at", "finished_at")
    list_filter = (StatusFilter, ("pipeline", FieldTextFilter))
    list_select_related = ("created_by",)
    date_hierarchy = "created_at"
    search_fields = ("job_id__exact", "pipeline", "created_by__email", "created_by__display_name", "request_id__exact")
    search_help_text = "The job's id, its pipeline, who started it, or the id of the request that did."
    fields = readonly_fields = (
        *("job_id", "pipeline", "status_label", "done", "given", "created_by", "request_id"),
        *("created_at", "updated_at", "finished_at"),
    )
    inlines = (StepInline, ChangeInline, LogInline)
    actions = (act_on("cancel", "Cancel the jobs", cancel_job), act_on("retry", "Retry the jobs", retry_job))

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset: Any = super().get_queryset(request)
        # A job may carry a whole file.
        return queryset.with_status().defer("params")

    def has_run_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("pipeline.manage_job")

    @display(description="status", label={status.value: color for status, color in COLORS.items()})
    def status_label(self, job: Any) -> tuple[str, str]:
        return job.status, str(JobStatus(job.status).label)

    @admin.display(description="steps")
    def done(self, job: Job) -> str:
        return f"{job.steps_done} of {job.steps_count}"

    @admin.display(description="params")
    def given(self, job: Job) -> Any:
        return Job.objects.filter(pk=job.pk).values_list(Shortened("params"), flat=True).get()


@admin.register(Step)
class StepAdmin(OnlyRead, StudioAdmin):
    """A step with its attempts, reached from its job."""

    seen_with = "pipeline.view_job"
    list_display = ("name", "job", "status", "attempt", "started_at", "finished_at")
    list_filter = (("status", ChoicesDropdownFilter),)
    list_select_related = ("job",)
    fields = readonly_fields = (
        *("job", "position", "name", "runs", "status", "input", "output", "attempt", "failures", "losses", "sends"),
        *("fence", "worker", "lease_until", "next_try_at", "started_at", "finished_at", "error"),
    )
    inlines = (AttemptInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("job__params")


# Celery's own records of the tasks that ran the steps.
admin.site.unregister([TaskResult, GroupResult])


@admin.register(TaskResult)
class TaskResultAdmin(OnlyRead, StudioAdmin):
    seen_with = "pipeline.view_job"
    list_display = ("task_id", "task_name", "status", "worker", "date_created", "date_done")
    list_filter = (("status", FieldTextFilter), ("task_name", FieldTextFilter))
    search_fields = ("task_id", "task_name", "task_kwargs")
    search_help_text = "The task's id or name, or the id of its job."
    fields = readonly_fields = (
        *("task_id", "task_name", "status", "worker", "task_kwargs", "result", "date_created", "date_done"),
        "traceback",
    )
