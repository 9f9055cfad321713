import factory
from factory.django import DjangoModelFactory

from shows.models import Review, ReviewStatus, Sequence, Shot, Show, Version


class ShowFactory(DjangoModelFactory[Show]):
    class Meta:
        model = Show

    title = "Night Train"
    code = factory.Sequence(lambda n: f"NT{n}")


class SequenceFactory(DjangoModelFactory[Sequence]):
    class Meta:
        model = Sequence

    show = factory.SubFactory(ShowFactory)
    code = factory.Sequence(lambda n: f"SQ{n:03d}")


class ShotFactory(DjangoModelFactory[Shot]):
    """A shot in the show of its sequence; `sequence__show=` chooses the show."""

    class Meta:
        model = Shot

    sequence = factory.SubFactory(SequenceFactory)
    show = factory.SelfAttribute("sequence.show")
    code = factory.Sequence(lambda n: f"SH{n:04d}")


class VersionFactory(DjangoModelFactory[Version]):
    """v001 of a shot of its own, unless `shot` and `number` say otherwise."""

    class Meta:
        model = Version

    shot = factory.SubFactory(ShotFactory)
    number = 1
    department = "Compositing"


class ReviewFactory(DjangoModelFactory[Review]):
    """An open note about a shot of its own."""

    class Meta:
        model = Review

    shot = factory.SubFactory(ShotFactory)
    author = "Sam Supervisor"
    status = ReviewStatus.NOTE
    body = "The edge flickers."
    is_open = True
