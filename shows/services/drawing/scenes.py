"""Which scene a shot is set in."""

from collections.abc import Callable
from random import Random

from shows.services.drawing import city, coast, marsh, space
from shows.services.drawing.canvas import Layer, Size

Scene = Callable[[Random, Size], list[Layer]]
# By show and sequence.
SCENES: dict[tuple[str, str], Scene] = {
    ("TAL", "HRB"): coast.harbour,
    ("TAL", "LTH"): coast.lighthouse,
    ("TAL", "WRK"): coast.wreck,
    ("CPM", "DCK"): space.dock,
    ("CPM", "RNG"): space.ring,
    ("CPM", "OBS"): space.deck,
    ("MAM", "BOG"): marsh.bog,
    ("MAM", "NST"): marsh.nest,
    ("MAM", "FLT"): marsh.flight,
    ("NQF", "ELV"): city.lift,
    ("NQF", "ROF"): city.roof,
}
