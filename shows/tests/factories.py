from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from shows.models import MediaType, Review, ReviewStatus, Sequence, Shot, Show, Version
from shows.services.media.storage import Part, media_storage, name_of

# Calling a factory makes a row, which its own types do not say.
Factory: Any = DjangoModelFactory
FILM = bytes(range(250)) * 4


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


class FilmedVersionFactory(VersionFactory):
    """A version with a video of 1,000 bytes, which nobody can play, and its small pictures."""

    class Meta:
        model = Version
        skip_postgeneration_save = True

    media_key: Any = factory.LazyFunction(uuid4)
    media_type = MediaType.MP4
    media_bytes = len(FILM)
    width = 1920
    height = 1080
    duration = 2.0
    frame_rate_numerator = 24
    frame_rate_denominator = 1
    frame_count = 48

    @factory.post_generation
    def files(self: Any, create: bool, extracted: Any, **options: Any) -> None:
        for part, content in ((Part.MEDIA, FILM), (Part.THUMBNAIL, b"small"), (Part.POSTER, b"poster")):
            with NamedTemporaryFile(delete=False) as file:
                file.write(content)
            media_storage().put(Path(file.name), name_of(self.media_key, part))


class ReviewFactory(Factory):
    """An open note about a shot of its own."""

    class Meta:
        model = Review

    shot: Any = factory.SubFactory(ShotFactory)
    author = "Sam Supervisor"
    status = ReviewStatus.NOTE
    body = "The edge flickers."
    is_open = True
