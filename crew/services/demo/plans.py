"""What the demo's people are booked for, and when they are away."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """A production: days since the first day and until the last one, who is booked, and what else is wanted."""

    title: str
    since: int
    until: int
    team: tuple[str, ...]
    # Places that nobody has yet, by role.
    open: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Away:
    """Time off, from and until in so many days."""

    who: str
    first: int
    last: int
    reason: str = "Holiday"


# Kestrel Bay follows Harbour Lights at once, with the same editor: see the docstring of `seed_crew`.
PRODUCTIONS = {
    "tallow": Plan(
        "The Tallow Coast: visual effects", 150, 45,
        ("wren", "supervisor", "producer", "coordinator", "artist", "yuki", "petra", "piotr", "caleb", "ruben", "tove"),
    ),
    "copper": Plan(
        "Copper Meridian: season one", 60, 120,
        ("ibrahim", "noor", "emeka", "cosima", "dmitri", "greta", "oskar", "jonas"),
    ),
    "marrow": Plan(
        "Marrow and Moss: animation", 30, 300,
        ("teodora", "ngaio", "milos", "freya", "noemi", "alasdair", "meera"),
    ),
    "orchard": Plan("Orchard Road: titles", 90, -61, ("hana", "dilan", "marek")),
    "quarry": Plan("Glass Quarry: crowd shots", 75, -20, ("kenji", "amara", "linnea")),
    "harbour": Plan("Harbour Lights: trailer", -10, 24, ("hana", "ifeoma", "zofia")),
    "kestrel": Plan("Kestrel Bay: reshoots", -25, 40, ("hana", "anselm", "lucho")),
    "weekend": Plan(
        "The Long Weekend: previs", -14, 60, ("einar", "shirin", "beau", "cassius"), open=(("Layout Artist", 2),)
    ),
    "salt": Plan("Salt and Static: commercial", -45, 59, ("anselm", "priya", "dilan", "isolde", "kenji")),
    "winter": Plan("Winter Ferry: pilot", -70, 160, ("gideon", "tobias", "hugo", "leocadia", "dilan", "paloma")),
}  # fmt: skip
AWAY = (
    Away("dilan", 5, 16),
    Away("linnea", 20, 26),
    Away("sunniva", -3, 3, "Moving house"),
    Away("greta", 310, 325),
    Away("caleb", 50, 63, "Parental leave"),
    Away("kenji", 12, 13, "Jury service"),
    Away("tobias", 61, 69),
)
