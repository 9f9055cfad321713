"""Work on shows that takes long: a cut read in, a show written out."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.urls import reverse

from pipeline.context import Context
from pipeline.errors import Refusal, RowsRefused
from pipeline.files import keep_file
from pipeline.models import Job
from pipeline.registry import Json, Pipeline, register_pipeline, step
from pipeline.services import Actor
from pipeline.services.importing.rows import Action
from shows.errors import ImportCollided
from shows.models import Show
from shows.services.exports import export_show
from shows.services.imports.from_timeline import import_timeline

BIGGEST_ID = 2**53
LONGEST_CONTENT = 5_000_000
# A job is looked at as a whole, again and again; a cut has tens of thousands of rows.
MOST_ROWS = 200
SHOW_ID = {"type": "integer", "minimum": 1, "maximum": BIGGEST_ID}
Output = dict[str, Any]


class Unfounded(Refusal):
    """What the job is about, or who started it, is no longer there."""

    code = "unfounded"


def starter(context: Context) -> Actor:
    """Who started the job, with the rights of this moment."""
    job = Job.objects.select_related("created_by").get(job_id=context.job_id)
    if job.created_by is None:
        raise Unfounded("The account that started this job does not exist any more. Start it again.")
    by: Actor = job.created_by
    return by


def show_of(context: Context, by: Actor) -> Show:
    show = Show.objects.visible_to(by).filter(pk=context.params["show_id"]).first()
    if show is None:
        raise Unfounded(f"There is no show {context.params['show_id']}, or it is no longer for you.")
    return show


def no_such_show(params: Json, by: Any) -> Mapping[str, str]:
    """What is wrong with params that fit their schema."""
    is_there = Show.objects.visible_to(by).filter(pk=params["show_id"]).exists()
    return {} if is_there else {"show_id": "There is no such show."}


@step(queue="slow", may_pass=(ImportCollided,))
def step_check_timeline(context: Context, value: Any) -> Output:
    """Reads the file and says what it would do, row by row; a file that is wrong ends the job here."""
    context.log(f"Reading {context.params['filename']}, {len(context.params['content']):,} characters.")
    return carried_out(context, dry_run=True)


@step(queue="slow", may_pass=(ImportCollided,))
def step_import_timeline(context: Context, value: Any) -> Output:
    """Creates and updates the sequence and the shots."""
    return carried_out(context, dry_run=False)


def carried_out(context: Context, *, dry_run: bool) -> Output:
    by = starter(context)
    show = show_of(context, by)
    file = BytesIO(context.params["content"].encode())
    try:
        outcome = import_timeline(show.pk, file=file, filename=context.params["filename"], by=by, dry_run=dry_run)
    except RowsRefused as refusal:
        log_failed(context, refusal.facts["rows"])
        detail = f"{refusal.facts['failed']} of {len(refusal.facts['rows'])} rows have errors, and nothing was written."
        raise Unfounded(f"{detail} The log names them.") from refusal
    counts = ", ".join(f"{outcome[action]} {action}" for action in Action if action != Action.FAILED)
    context.log(f"Sequence {outcome['sequence']}: {counts}.")
    return outcome | {"rows": outcome["rows"][:MOST_ROWS], "rows_count": len(outcome["rows"])}


def log_failed(context: Context, rows: list[Output]) -> None:
    failed = [row for row in rows if row["errors"]]
    for row in failed[:MOST_ROWS]:
        said = " ".join(error["message"] for error in row["errors"])
        context.log(f"Line {row['line']}, {row['code'] or 'without a code'}: {said}", level="error")
    if len(failed) > MOST_ROWS:
        context.log(f"And {len(failed) - MOST_ROWS} more rows.", level="error")


@step(queue="slow", atomic=False, may_pass=(OSError,))
def step_export_show(context: Context, value: Any) -> Output:
    """Writes the show's tables into a zip, which is kept for a week."""
    by = starter(context)
    show = show_of(context, by)
    name = f"export_{show.code}.zip"
    settings.UPLOADS_IN_PROGRESS.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.UPLOADS_IN_PROGRESS) as folder:
        target = Path(folder) / name
        counts = export_show(show, target, by=by, pause=context.check)
        size = target.stat().st_size
        keep_file(context.job_id, name, target)
    context.log(f"Wrote {counts['shots']:,} shots and {counts['reviews']:,} reviews into {name}.")
    return {"file_url": reverse("job-files", args=[context.job_id, name]), "bytes": size, **counts}


register_pipeline(
    Pipeline(
        name="import_timeline",
        title="Import a cut",
        description="Creates and updates a sequence and its shots from an EDL or OTIO file.",
        params_schema={
            "type": "object",
            "properties": {
                "show_id": SHOW_ID,
                "filename": {"type": "string", "minLength": 1, "maxLength": 200},
                "content": {"type": "string", "minLength": 1, "maxLength": LONGEST_CONTENT},
            },
            "required": ["show_id", "filename", "content"],
            "additionalProperties": False,
        },
        steps=("check_timeline", "import_timeline"),
        permission="shows.import_shots",
        first_input=lambda params: {"show_id": params["show_id"], "filename": params["filename"]},
        mistakes=no_such_show,
    )
)
register_pipeline(
    Pipeline(
        name="export_show",
        title="Export a show",
        description="Writes a show's shots and reviews as CSV tables into a zip, which is kept for a week.",
        params_schema={
            "type": "object",
            "properties": {"show_id": SHOW_ID},
            "required": ["show_id"],
            "additionalProperties": False,
        },
        steps=("export_show",),
        permission="shows.view_show",
        mistakes=no_such_show,
    )
)
