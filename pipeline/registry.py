"""What jobs are made of: the apps register steps and pipelines in their `steps.py`, found at start."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from pipeline.errors import UnknownPipeline

# What a step does: takes its context and its input, answers its output; both are JSON values.
Work = Callable[[Any, Any], Any]
Json = Mapping[str, Any]
PREFIX = "step_"


class Asker(Protocol):
    """Who asks what may be started."""

    def has_perm(self, perm: str, obj: Any = None) -> bool: ...


@dataclass(frozen=True)
class RegisteredStep:
    """Work under a name. Its Celery task is called `step_<name>`.

    `is_atomic`: what the step writes to the database commits together with its result, or not at all. `attempts` is
    how often it is tried when it fails with `TryAgain` or one of `may_pass`; any other error ends the job. After
    `longest` seconds it counts as hanging, and another worker takes it over.
    """

    name: str
    work: Work
    is_atomic: bool
    attempts: int
    may_pass: tuple[type[Exception], ...]
    queue: str
    longest: float

    @property
    def task_name(self) -> str:
        return f"{PREFIX}{self.name}"


class Planned(NamedTuple):
    """A step of one job: its name there, and the registered step that does it."""

    name: str
    runs: str


@dataclass(frozen=True)
class Pipeline:
    """A named chain of steps. The first one's input is made of the params, every other's is the output before it.

    `params_schema` is a JSON schema (2020-12) of an object. `permission` is what starting needs beside an account.
    `plan` answers the steps of a job from its params, where they are not always the same. `mistakes` answers, by param,
    what no schema can say of them, such as that a row does not exist; it is asked when somebody starts a job.
    """

    name: str
    title: str
    description: str
    params_schema: Json
    steps: tuple[str, ...] = ()
    plan: Callable[[Json], Iterable[Planned]] | None = None
    permission: str | None = None
    first_input: Callable[[Json], Any] = dict
    mistakes: Callable[[Json, Any], Json] = lambda params, by: {}
    only_local: bool = False

    def planned(self, params: Json) -> list[Planned]:
        """The steps of a job with these params, in order."""
        return list(self.plan(params)) if self.plan else [Planned(name, name) for name in self.steps]

    def may_start(self, user: Asker) -> bool:
        return self.permission is None or user.has_perm(self.permission)


STEPS: dict[str, RegisteredStep] = {}
PIPELINES: dict[str, Pipeline] = {}


def step(
    *,
    atomic: bool = True,
    attempts: int = 3,
    may_pass: tuple[type[Exception], ...] = (),
    queue: str = "steps",
    longest: float = 3600,
) -> Callable[[Work], Work]:
    """Registers a function called `step_<name>` as the step `<name>`."""

    def register(work: Work) -> Work:
        name = getattr(work, "__name__", "")
        if not name.startswith(PREFIX):
            raise ImproperlyConfigured(f"The function of a step is called {PREFIX}<name>, not {name}.")
        found = RegisteredStep(name.removeprefix(PREFIX), work, atomic, attempts, may_pass, queue, longest)
        if STEPS.setdefault(found.name, found).work is not work:
            raise ImproperlyConfigured(f"There are two steps {found.name}.")
        return work

    return register


def register_pipeline(pipeline: Pipeline) -> Pipeline:
    if PIPELINES.setdefault(pipeline.name, pipeline) is not pipeline:
        raise ImproperlyConfigured(f"There are two pipelines {pipeline.name}.")
    unknown = [name for name in pipeline.steps if name not in STEPS]
    if unknown:
        raise ImproperlyConfigured(f"The pipeline {pipeline.name} names steps that do not exist: {unknown}.")
    return pipeline


def pipeline_named(name: str) -> Pipeline:
    """Raises UnknownPipeline, also for one that exists in the local default only."""
    found = PIPELINES.get(name)
    if found is None or (found.only_local and not settings.IS_LOCAL):
        raise UnknownPipeline(name)
    return found


def startable_by(user: Asker) -> list[Pipeline]:
    """The pipelines that the user may start, by name."""
    offered = [found for found in PIPELINES.values() if settings.IS_LOCAL or not found.only_local]
    return sorted((found for found in offered if found.may_start(user)), key=lambda found: found.name)
