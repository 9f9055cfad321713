"""What stands on the shelf of the demo's member: media that nobody has made, of all four kinds."""

from typing import Any, NamedTuple


class MediaPlan(NamedTuple):
    """An item of the demo; `state` and `rating` are the member's, `tags` theirs as well."""

    kind: str
    title: str
    year: int
    story: str
    details: dict[str, Any]
    tags: str
    state: str
    rating: str | None


CONSUMED, CURRENT, WANT, PAUSED, DROPPED = "consumed", "currently_consuming", "want_to_consume", "paused", "dropped"
MEDIA = (
    MediaPlan("book", "The Tide Clerk", 1908, "A harbour office counts what the sea gives back, and one day is short.",
              {"authors": ["Ida Marlowe"], "page_count": 312}, "slow burn, harbour", CONSUMED, "8.5"),
    MediaPlan("book", "Small Hours of a Large City", 1931, "Eleven night workers who never meet change one morning.",
              {"authors": ["Bruno Quill", "Ada Reed"], "page_count": 428}, "night", CURRENT, None),
    MediaPlan("book", "Grammar of Rain", 2014, "A linguist reads the weather reports of a dead uncle.",
              {"authors": ["Noor Valen"], "page_count": 189}, "slow burn", WANT, None),
    MediaPlan("book", "An Atlas of Closed Doors", 2021, "Every map in it was true for one day.",
              {"authors": ["Teo Lindqvist"], "page_count": 96}, "", DROPPED, "3.0"),
    MediaPlan("movie", "Lanterns on the Quay", 1957, "A customs officer lets one boat pass and waits for the bill.",
              {"runtime": 94, "directors": ["Margit Oland"]}, "harbour, night", CONSUMED, "9.2"),
    MediaPlan("movie", "The Second Shift", 2019, "Six nights in a bakery that is also a court.",
              {"tmdb_type": "tv", "runtime": 48, "directors": ["Rui Castell"]}, "night", CURRENT, None),
    MediaPlan("movie", "Weather for Thieves", 1974, "The fog was part of the plan until it stayed.",
              {"runtime": 101, "directors": ["Ines Faro"]}, "harbour", CONSUMED, "7.0"),
    MediaPlan("game", "Salt and Semaphore", 2018, "Keep nine lighthouses talking through one winter.",
              {"platforms": ["PC", "Switch"], "developers": ["Kelp Engine"]}, "harbour, slow burn", CONSUMED, "8.0"),
    MediaPlan("game", "Night Porter", 2022, "Everybody in the hotel wants a different key.",
              {"platforms": ["PC"], "developers": ["Two Ferns"]}, "night", PAUSED, "6.5"),
    MediaPlan("game", "Paper Armada", 2009, "Fold, launch, sink, begin again.",
              {"platforms": ["PC", "Xbox 360"], "developers": ["Odd Harbour"]}, "", WANT, None),
    MediaPlan("music", "Low Water", 1963, "The last take of a session that was meant as a rehearsal.",
              {"artist": "The Ebb Quartet", "album": "Moorings", "track_number": 4, "duration_ms": 412_000},
              "harbour, night", CONSUMED, "9.0"),
    MediaPlan("music", "Streetlight Etudes", 2016, "Twelve short pieces for a piano beside an open window.",
              {"artist": "Mina Osei", "album": "Streetlight Etudes", "duration_ms": 2_460_000}, "night", CURRENT, None),
    MediaPlan("music", "Foghorn Dub", 1981, "Bass, tape, and a harbour that did not know it was recorded.",
              {"artist": "Pier Nine", "album": "Foghorn Dub", "duration_ms": 331_000}, "harbour", CONSUMED, "7.5"),
)  # fmt: skip
MENU = "A night at the harbour"
MENU_STORY = "One evening by the water: begin slowly, stay up late, and leave with a tune."
# Each course: its title, what it is there for, and what is in it.
COURSES = (
    ("Something to read on the way", "To slow down", (("The Tide Clerk", "The first three chapters will do."),)),
    ("The main feature", "To be held in your seat",
     (("Lanterns on the Quay", "In black and white, lights out."), ("Weather for Thieves", "If still awake."))),
    ("To end on", "To carry home", (("Low Water", ""), ("Salt and Semaphore", "One winter night of it."))),
)  # fmt: skip
