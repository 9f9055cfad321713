"""`/pipeline/<id>/`: one job, step by step, as it goes."""

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pipeline.api.statements import json_rows
from pipeline.errors import Refusal
from pipeline.models import Attempt, Job, JobStatus, LogLine, StepStatus
from pipeline.registry import PIPELINES
from pipeline.services.jobs import cancel_job, retry_job
from pipeline.views.access import caller, is_part, page_for

# A page shows so many of a job's lines at first, and so many attempts of all its steps.
NEWEST_LINES = 200
LONGEST_REASON = 500
MOST_ATTEMPTS = 200
# Values are shown up to this length; the API has them whole.
LONGEST_VALUE = 4000
# Params whose texts were cut make no command that could be run.
CUT = "…"
Row = dict[str, Any]
ACTS = {"cancel": (cancel_job, "The job is cancelled."), "retry": (retry_job, "The job goes on from where it stopped.")}


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a step lies between the job's first and last moment, in percent."""

    start: float
    width: float


@require_safe
@page_for()
def job_page(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The page, or to a script the parts of it that change; two queries, and a third for the log."""
    context = shown(request, job_id)
    if is_part(request):
        return render(request, "pipeline/job/parts.html", context)
    lines = newest_lines(context["job"]["id"])
    return render(request, "pipeline/job.html", context | {"lines": lines, "last_line": last_of(lines)})


@require_safe
@page_for()
def job_lines(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """What the job said after a line, as rows to put below."""
    job = Job.objects.visible_to(caller(request)).filter(job_id=job_id).values("pk").first()
    if job is None:
        raise Http404
    asked = request.GET.get("after", "0")
    after = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    lines = list(LogLine.objects.filter(job=job["pk"], seq__gt=after)[:NEWEST_LINES])
    return render(request, "pipeline/job/lines.html", {"lines": lines, "last_line": last_of(lines) or after})


def shown(request: HttpRequest, job_id: UUID) -> Row:
    by = caller(request)
    found = json_rows(Job.objects.visible_to(by).filter(job_id=job_id), "as_details")
    if not found:
        raise Http404
    job: Row = orjson.loads(found[0])
    pipeline = PIPELINES.get(job["pipeline"])
    is_mine = job["created_by"] == str(by.pk) or by.has_perm("pipeline.manage_job")
    status = JobStatus(job["status"])
    return {
        "job": job | {"label": status.label, "percent": round(job["progress"] * 100)},
        "title": pipeline.title if pipeline else job["pipeline"],
        "pipeline": pipeline,
        "steps": steps_of(job),
        "files": files_of(job),
        "changes": [change | told(change) for change in job["changes"]],
        "params": pretty(job["params"]),
        "result": None if job["result"] is None else pretty(job["result"]),
        "curl": curl_of(request, job),
        "may_cancel": is_mine and not status.is_final and status != JobStatus.CANCELLING,
        "may_retry": is_mine and status in (JobStatus.ERROR, JobStatus.CANCELLED) and bool(pipeline),
        "is_final": status.is_final,
        **instants(job, "created_at", "finished_at"),
    }


def told(change: Row) -> Row:
    return instants(change, "at") | {"label": JobStatus(change["to"]).label}


def steps_of(job: Row) -> list[Row]:
    """The steps with their values in words, their attempts, and where they lie in the job's time."""
    attempts = attempts_of(job["id"])
    steps = [step | instants(step, "started_at", "finished_at") for step in job["steps"]]
    span = span_of(steps)
    return [
        step
        | {
            "label": StepStatus(step["status"]).label,
            "input": pretty(step["input"]),
            "output": pretty(step["output"]) if step["status"] == StepStatus.COMPLETED else None,
            "attempts": [attempt for attempt in attempts if attempt["position"] == position],
            "bar": bar_of(step, span),
            "seconds": seconds_of(step),
        }
        for position, step in enumerate(steps)
    ]


def attempts_of(job: int) -> list[Row]:
    """The attempts of all steps, newest first."""
    columns = ("number", "worker", "outcome", "error", "started_at", "finished_at")
    found = Attempt.objects.filter(step__job=job).order_by("-pk")
    return list(found.values(*columns, position=F("step__position"))[:MOST_ATTEMPTS])


def instants(row: Row, *names: str) -> Row:
    """PostgreSQL wrote them as text."""
    return {name: datetime.fromisoformat(row[name]) if row[name] else None for name in names}


def span_of(steps: Iterable[Row]) -> tuple[datetime, float] | None:
    """When the first step began, and how many seconds all of them took so far."""
    begun = [step for step in steps if has_begun(step)]
    if not begun:
        return None
    first = min(step["started_at"] for step in begun)
    return first, max((max(map(end_of, begun)) - first).total_seconds(), 0.001)


def has_begun(step: Row) -> bool:
    """A step that waits for its next try has no end that could be drawn."""
    return bool(step["started_at"]) and step["status"] != StepStatus.PENDING


def end_of(step: Row) -> datetime:
    ended: datetime = step["finished_at"] or timezone.now()
    return ended


def bar_of(step: Row, span: tuple[datetime, float] | None) -> Bar | None:
    if span is None or not has_begun(step):
        return None
    first, seconds = span
    start = 100 * (step["started_at"] - first).total_seconds() / seconds
    return Bar(round(start, 2), round(max(100 * (seconds_of(step) or 0) / seconds, 0.5), 2))


def seconds_of(step: Row) -> float | None:
    return max((end_of(step) - step["started_at"]).total_seconds(), 0) if has_begun(step) else None


def files_of(job: Row) -> list[str]:
    """The addresses of files that the steps made."""
    outputs = [step["output"] for step in job["steps"]]
    return [output["file_url"] for output in outputs if isinstance(output, dict) and output.get("file_url")]


def pretty(value: Any) -> str:
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}{CUT}"


def curl_of(request: HttpRequest, job: Row) -> str:
    """A command that starts the same job again; empty where the params are too long to show."""
    if any(isinstance(value, str) and value.endswith(CUT) for value in job["params"].values()):
        return ""
    body = orjson.dumps({"pipeline": job["pipeline"], "params": job["params"]}).decode()
    address = request.build_absolute_uri(reverse("job-list"))
    headers = """-H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json\""""
    return f"curl -X POST {headers} -d {shlex.quote(body)} {shlex.quote(address)}"


def newest_lines(job: int) -> list[LogLine]:
    return list(LogLine.objects.filter(job=job).order_by("-seq")[:NEWEST_LINES])[::-1]


def last_of(lines: Sequence[LogLine]) -> int:
    return lines[-1].seq if lines else 0


@require_POST
@page_for()
def act_on_job(request: HttpRequest, job_id: UUID, act: str) -> HttpResponse:
    """Cancels or retries the job; a refusal is told on its page."""
    service, words = ACTS[act]
    try:
        service(job_id, by=caller(request), reason=request.POST.get("reason", "").strip()[:LONGEST_REASON])
        messages.success(request, words)
    except Refusal as refusal:
        messages.error(request, refusal.detail)
    return redirect("job", job_id=job_id)
