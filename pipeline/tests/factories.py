from typing import Any

import factory
from factory.django import DjangoModelFactory

from pipeline.models import Job, OutboxEvent, Step

# Calling a factory makes a row, which its own types do not say.
Factory: Any = DjangoModelFactory
NAMES = ("add_5", "multiply_2", "subtract_10")


class StepFactory(Factory):
    class Meta:
        model = Step

    position = 0
    name: Any = factory.LazyAttribute(lambda step: NAMES[step.position])
    runs: Any = factory.SelfAttribute("name")


class JobFactory(Factory):
    """An arithmetic job as it was just submitted: its first step waits for a worker."""

    class Meta:
        model = Job
        skip_postgeneration_save = True

    pipeline = "arithmetic"
    params: Any = factory.LazyFunction(lambda: {"initial_value": 10})
    steps_count = len(NAMES)

    @factory.post_generation
    def steps(self: Any, create: bool, extracted: Any, **options: Any) -> None:
        StepFactory(job=self, input=self.params["initial_value"])
        for position in range(1, len(NAMES)):
            StepFactory(job=self, position=position)


class OutboxEventFactory(Factory):
    class Meta:
        model = OutboxEvent

    topic = "tests.noted"
    key = "1"
    payload: Any = factory.LazyFunction(dict)
