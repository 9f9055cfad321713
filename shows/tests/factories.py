from typing import Any

import factory
from factory.django import DjangoModelFactory

from shows.models import Review, ReviewStatus, Sequence, Shot, Show, Version

# Calling a factory makes a row, which its own types do not say.
Factory: Any = DjangoModelFactory


class ShowFactory(Factory):
    class Meta:
        model = Show

    title = "Night Train"
    code: Any = factory.Sequence(lambda n: f"NT{n}")


class SequenceFactory(Factory):
    class Meta:
        model = Sequence

    show: Any = factory.SubFactory(ShowFactory)
    code: Any = factory.Sequence(lambda n: f"SQ{n:03d}")


class ShotFactory(Factory):
    """A shot in the show of its sequence; `sequence__show=` chooses the show."""

    class Meta:
        model = Shot

    sequence: Any = factory.SubFactory(SequenceFactory)
    show: Any = factory.SelfAttribute("sequence.show")
    code: Any = factory.Sequence(lambda n: f"SH{n:04d}")


class VersionFactory(Factory):
    """v001 of a shot of its own, unless `shot` and `number` say otherwise."""

    class Meta:
        model = Version

    shot: Any = factory.SubFactory(ShotFactory)
    number = 1
    department = "Compositing"


class ReviewFactory(Factory):
    """An open note about a shot of its own."""

    class Meta:
        model = Review

    shot: Any = factory.SubFactory(ShotFactory)
    author = "Sam Supervisor"
    status = ReviewStatus.NOTE
    body = "The edge flickers."
    is_open = True
