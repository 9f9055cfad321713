"""`/pipeline/`: the jobs that the reader may see, what can be done with many of them, and the way to new ones."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pipeline.models import Job, JobStatus
from pipeline.querysets import JobQuerySet
from pipeline.registry import PIPELINES, Pipeline, startable_by
from pipeline.services.jobs import submit_job
from pipeline.services.many import ACTS, act_on_jobs
from pipeline.views.access import caller, is_part, page_for
from pipeline.views.schema_forms import ParamsForm

JOBS_A_PAGE = 50


class JobFilterForm(forms.Form):
    """Which jobs the board shows; `before` is the number of the last one of the page before."""

    status = forms.ChoiceField(choices=JobStatus.choices, required=False)
    pipeline = forms.CharField(max_length=50, required=False)
    mine = forms.BooleanField(required=False)
    before = forms.IntegerField(min_value=1, max_value=2**53, required=False)


@require_safe
@page_for()
def job_board(request: HttpRequest) -> HttpResponse:
    form = JobFilterForm(request.GET)
    form.is_valid()
    said = form.cleaned_data
    given = {name: request.GET[name] for name in ("status", "pipeline", "mine") if said.get(name)}
    context = listed(request, said, given) | {"given": given, "is_first": not said.get("before")}
    if is_part(request):
        response = render(request, "pipeline/board/results.html", context)
        if "push" in request.GET:
            response.headers["HX-Push-Url"] = f"{request.path}?{urlencode(given)}" if given else request.path
        return response
    return render(request, "pipeline/board.html", context | {"startable": startable_by(caller(request))})


def listed(request: HttpRequest, said: dict[str, Any], given: dict[str, str]) -> dict[str, Any]:
    """A page of jobs, newest first, and how many there are in each status: two queries."""
    by = caller(request)
    visible = Job.objects.visible_to(by)
    rows = list(found(visible, said, by).order_by("-pk").as_tiles()[: JOBS_A_PAGE + 1])
    page = rows[:JOBS_A_PAGE]
    older = urlencode(given | {"before": page[-1]["id"]}) if len(rows) > JOBS_A_PAGE else ""
    return {
        "rows": [row | titled(row) for row in page],
        "older": older,
        "counts": counts(visible, given),
        "pipelines": sorted(PIPELINES.values(), key=lambda pipeline: pipeline.title),
        "sees_all": by.has_perm("pipeline.view_job"),
    }


def found(jobs: JobQuerySet, said: dict[str, Any], by: Any) -> JobQuerySet:
    """What the filters leave; one that makes no sense counts as not said."""
    if status := said.get("status"):
        jobs = jobs.in_status(status)
    if pipeline := said.get("pipeline"):
        jobs = jobs.filter(pipeline=pipeline)
    if said.get("mine"):
        jobs = jobs.filter(created_by=by.pk)
    if before := said.get("before"):
        jobs = jobs.filter(pk__lt=before)
    return jobs


def counts(jobs: JobQuerySet, given: dict[str, str]) -> list[dict[str, Any]]:
    """How many jobs stand in each status, with the way to them."""
    number = jobs.count_by_status()
    others = {name: value for name, value in given.items() if name != "status"}
    return [
        {
            "status": status,
            "label": label,
            "count": number.get(status, 0),
            "address": f"?{urlencode(others if given.get('status') == status else others | {'status': status})}",
            "is_on": given.get("status") == status,
        }
        for status, label in JobStatus.choices
    ]


def titled(row: dict[str, Any]) -> dict[str, Any]:
    pipeline = PIPELINES.get(row["pipeline"])
    return {
        "title": pipeline.title if pipeline else row["pipeline"],
        "label": JobStatus(row["status"]).label,
        "percent": round(row["progress"] * 100),
    }


@require_POST
@page_for()
def act_on_many(request: HttpRequest) -> HttpResponse:
    """Cancels or retries the jobs that were chosen; tells what was refused, and does the rest."""
    act = request.POST.get("act", "")
    chosen = [UUID(text) for text in request.POST.getlist("job") if is_uuid(text)]
    if act not in ACTS or not chosen:
        messages.error(request, "Choose jobs first, and what is to be done with them.")
        return redirect("job-board")
    refused = act_on_jobs(act, chosen, by=caller(request), reason=request.POST.get("reason", "")[:500])
    done = len(chosen) - len(refused)
    if done:
        messages.success(request, f"{done} {'job is' if done == 1 else 'jobs are'} {WORDS[act]}.")
    for refusal in refused:
        messages.error(request, refusal)
    return redirect("job-board")


WORDS = {"cancel": "cancelled", "retry": "started again"}


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@page_for()
def start_job(request: HttpRequest, name: str) -> HttpResponse:
    """A form made from the schema of a pipeline; what the schema refuses stands beside the fields."""
    pipeline = startable(request, name)
    form = ParamsForm(pipeline, request.POST or None)
    # A pipeline without params has a form without fields, which is sent all the same.
    if request.method == "POST":
        job = form.written(lambda params: submit_job(name, params, by=caller(request), prefix=""))
        if job:
            messages.success(request, f"{pipeline.title} is started.")
            return redirect(reverse("job", args=[job.job_id]))
    return render(request, "pipeline/start.html", {"pipeline": pipeline, "form": form})


def startable(request: HttpRequest, name: str) -> Pipeline:
    """Raises Http404 for a pipeline that the reader may not start."""
    for pipeline in startable_by(caller(request)):
        if pipeline.name == name:
            return pipeline
    raise Http404
