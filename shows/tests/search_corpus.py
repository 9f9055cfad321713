"""One set of notes, and what must be found in it, whichever engine looks."""

from typing import Any

from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory

NOTES = {
    "flicker": "The edge flickers on the left, from 1010 to 1024.",
    "flickering": "Flickering headlights. Roto is fine.",
    "focus": "Foreground is out of focus at the head.",
    "focused": "Focus pulls out of the shot too early.",
    "file": "Wrong file: key/fill in sq010_plate.mov, see edge.mov",
    "comp": "Comp looks great, ship it.",
    "accent": "Café sign reads wrong. \U0001f525",
    "hebrew": "שלום, the sign is mirrored.",
    "markup": "Use <b>bold</b> & <script>alert(1)</script> in the slate.",
    "long": "Background plate. " * 60 + "The meniscus breaks. " + "Grain is soft. " * 60,
}
# What is typed, and which notes it finds.
EXPECTATIONS = {
    "flicker": {"flicker", "flickering"},
    "FLICKERS": {"flicker", "flickering"},
    "flickeri": {"flicker", "flickering"},
    "flicekr": {"flicker", "flickering"},
    "the edge of the flicker": {"flicker"},
    '"out of focus"': {"focus"},
    "focus out": {"focus", "focused"},
    "flickers -roto": {"flicker"},
    'focus -"out of focus"': {"focused"},
    "fore": {"focus"},
    "flie": {"file"},
    "cmop": {"comp"},
    "coomp": {"comp"},
    "com": {"comp"},
    "cmo": set(),
    "1010": {"flicker"},
    "1011": set(),
    "fill": {"file"},
    "plate mov": {"file"},
    "edge.mov": {"file"},
    "edge": {"flicker", "file"},
    "café": {"accent"},
    "cafe": {"accent"},
    "שלום": {"hebrew"},
    "sign": {"accent", "hebrew"},
    "script": {"markup"},
    "menis": {"long"},
    "nowhere": set(),
}


def notes() -> dict[str, Any]:
    """The corpus as rows: two shows, two departments, two authors, three verdicts."""
    shots = [shot_in(show) for show in ("NORTH", "SOUTH")]
    return {
        name: ReviewFactory(
            shot=shots[number % 2],
            body=body,
            author=("Ida Roe", "Noor Haddad")[number % 2],
            department=("Roto", "Comp", None)[number % 3],
            status="approved" if name == "comp" else "note",
        )
        for number, (name, body) in enumerate(NOTES.items())
    }


def shot_in(show: str) -> Any:
    return ShotFactory(sequence=SequenceFactory(show=ShowFactory(code=show), code="SQ010"), code="0010")
