"""The pipelines that come with the ground floor: three sums, and a rehearsal for looking at jobs."""

import time
from collections.abc import Iterable

from pipeline.context import Context
from pipeline.errors import TryAgain
from pipeline.params import BIGGEST
from pipeline.registry import Json, Pipeline, Planned, register_pipeline, step

TICK = 0.2


@step(atomic=False)
def step_add_5(context: Context, value: int) -> int:
    return value + 5


@step(atomic=False)
def step_multiply_2(context: Context, value: int) -> int:
    return value * 2


@step(atomic=False)
def step_subtract_10(context: Context, value: int) -> int:
    return value - 10


register_pipeline(
    Pipeline(
        name="arithmetic",
        title="Arithmetic",
        description="Adds 5, multiplies by 2 and subtracts 10.",
        params_schema={
            "type": "object",
            "properties": {"initial_value": {"type": "integer", "minimum": -BIGGEST, "maximum": BIGGEST}},
            "required": ["initial_value"],
            "additionalProperties": False,
        },
        steps=("add_5", "multiply_2", "subtract_10"),
        first_input=lambda params: params["initial_value"],
    )
)


class Stumbled(TryAgain):
    """A step of a rehearsal fails as it was told to."""


@step(atomic=False, queue="slow")
def step_rehearse(context: Context, value: object) -> dict[str, object]:
    """Works for so many seconds, in a way that can be cancelled, or fails if it was told to."""
    params = context.params
    if context.position + 1 == params.get("fail_at") and context.attempt <= params.get("fail_times", 1):
        context.log("Failing, as I was told to.", level="warning")
        raise Stumbled("This step was told to fail.")
    ends = time.monotonic() + params["seconds"]
    while (left := ends - time.monotonic()) > 0:
        time.sleep(min(left, TICK))
        context.check()
    return {"attempt": context.attempt, "seconds": params["seconds"]}


def rehearsed(params: Json) -> Iterable[Planned]:
    return (Planned(f"part_{number}", "rehearse") for number in range(1, params["steps"] + 1))


register_pipeline(
    Pipeline(
        name="rehearsal",
        title="Rehearsal",
        description="Shows slow, failing and retried jobs without doing anything.",
        params_schema={
            "type": "object",
            "properties": {
                "steps": {"type": "integer", "minimum": 1, "maximum": 20},
                "seconds": {"type": "number", "minimum": 0, "maximum": 600},
                "fail_at": {"type": ["integer", "null"], "minimum": 1, "maximum": 20},
                "fail_times": {"type": "integer", "minimum": 0, "maximum": 100},
            },
            "required": ["steps", "seconds"],
            "additionalProperties": False,
        },
        plan=rehearsed,
        only_local=True,
    )
)
