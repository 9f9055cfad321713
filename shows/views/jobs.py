"""Work on a show that goes on by itself, as a job."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pipeline.errors import ImportRefused
from pipeline.models import Job
from pipeline.services.importing.files import text_of
from pipeline.services.jobs import submit_job
from pipeline.views.access import caller
from shows.forms import CutForm
from shows.models import Show
from shows.views.review_access import studio_page
from shows.views.writing import show_coded


@require_POST
@studio_page
def export(request: HttpRequest, code: str) -> HttpResponse:
    """Starts an export of the show."""
    show = show_coded(request, code)
    job = submit_job("export_show", {"show_id": show.pk}, by=caller(request))
    return watched(request, job)


def import_as_job(request: HttpRequest, show: Show, form: CutForm) -> HttpResponse | None:
    """Starts an import of the form's cut; None, with an error on the form, when that cannot be."""
    given: dict[str, Any] = form.cleaned_data
    for name in ("sequence", "rate"):
        if given[name]:
            form.add_error(name, "A job takes the timeline's own. Leave this empty, or check the cut first.")
    if form.errors:
        return None
    file: File = given["file"]
    try:
        params = {"show_id": show.pk, "filename": (file.name or "cut")[-200:], "content": text_of(file)}
        job = submit_job("import_timeline", params, by=caller(request))
    except (ValidationError, ImportRefused) as error:
        form.add_error("file", error.messages if isinstance(error, ValidationError) else error.detail)
        return None
    return watched(request, job)


def watched(request: HttpRequest, job: Job) -> HttpResponse:
    """On to the job's page."""
    messages.success(request, "The job is started.")
    return redirect("job", job_id=job.job_id)
