"""What the one search finds of the pipeline itself."""

from typing import TYPE_CHECKING, Any

from pipeline.models import Job
from pipeline.search.groups import Group, register_group
from pipeline.search.matching import found_rows
from pipeline.search.query import Query

if TYPE_CHECKING:
    from pipeline.services import Actor


def search_jobs(query: Query, user: "Actor", limit: int) -> Group:
    rows = Job.objects.visible_to(user).select_related("created_by")
    return found_rows(
        rows, query, limit, ("pipeline", "job_id", "state", "created_by__display_name"),
        lambda job: (title_of(job), f"/pipeline/{job.job_id}/"),
    )  # fmt: skip


def title_of(job: Any) -> str:
    return f"{job.pipeline}, by {job.created_by.display_name}" if job.created_by else job.pipeline


def register() -> None:
    register_group("jobs", "Jobs", may_read=lambda user: True, search=search_jobs)
