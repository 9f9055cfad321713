"""Work on the library that takes long: media taken in by the hundred."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from catalog.connectors import CONNECTORS, RateLimited, SourceFailure, Unavailable
from catalog.models import SourceName
from catalog.services.library.ingesting import FAILED, ingest_list
from pipeline.context import Context
from pipeline.errors import Refusal
from pipeline.models import Job
from pipeline.registry import Json, Pipeline, register_pipeline, step
from pipeline.services import Actor

MOST_IDS = 5000
AT_ONCE = 20
# A job is looked at as a whole, again and again.
MOST_NAMED = 100
Output = dict[str, Any]


class Unfounded(Refusal):
    """Who started the job is no longer there."""

    code = "unfounded"


def starter(context: Context) -> Actor:
    """Who started the job, with the rights of this moment."""
    job = Job.objects.select_related("created_by").get(job_id=context.job_id)
    if job.created_by is None:
        raise Unfounded("The account that started this job does not exist any more. Start it again.")
    by: Actor = job.created_by
    return by


@step(queue="slow", atomic=False, attempts=5, may_pass=(RateLimited, Unavailable))
def step_ingest_media(context: Context, value: Any) -> Output:
    """Takes the media in, twenty at a time; what is there stays when a later one fails, and is not asked for again."""
    params, by = context.params, starter(context)
    ids: list[str] = list(dict.fromkeys(params["external_ids"]))
    counts: Counter[str] = Counter()
    failed: list[Output] = []
    for start in range(0, len(ids), AT_ONCE):
        context.check()
        results = ingest_list(
            params["source"], ids[start : start + AT_ONCE], by=by, force_refresh=params.get("force_refresh", False)
        )
        counts.update(result["status"] for result in results)
        failed += [result["error"] for result in results if result["status"] == FAILED]
        context.log(f"{start + len(results)} of {len(ids)}: " + told(counts))
    for error in failed[:MOST_NAMED]:
        context.log(f"{error['external_id']}: {error['message']}", level="warning")
    return {**counts, "count": len(ids), "errors": failed[:MOST_NAMED], "errors_count": len(failed)}


def told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))


def not_configured(params: Json, by: Any) -> Mapping[str, str]:
    """What is wrong with params that fit their schema."""
    try:
        CONNECTORS[params["source"]].require_configured()
    except SourceFailure as failure:
        return {"source": failure.detail}
    return {}


register_pipeline(
    Pipeline(
        name="ingest_media",
        title="Take media in",
        description="Takes a long list of media in from a source, by their ids there.",
        params_schema={
            "type": "object",
            "properties": {
                "source": {"type": "string", "enum": SourceName.values},
                "external_ids": {
                    "type": "array",
                    "items": {"type": "string", "minLength": 1, "maxLength": 500},
                    "minItems": 1,
                    "maxItems": MOST_IDS,
                },
                "force_refresh": {"type": "boolean"},
            },
            "required": ["source", "external_ids"],
            "additionalProperties": False,
        },
        steps=("ingest_media",),
        first_input=lambda params: {"source": params["source"], "count": len(params["external_ids"])},
        mistakes=not_configured,
    )
)
