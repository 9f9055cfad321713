"""A grammar of the trade: notes by the hundred thousand that a search has to tell apart."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

# What can be wrong, by department.
SUBJECTS = {
    "Compositing": (
        "The key on the hair", "Edge extension", "The light wrap", "Despill on the collar", "The holdout",
        "Grain over the patch", "The lens flare", "Depth haze",
    ),
    "Roto": ("The matte of the sleeve", "The roto shape", "The jaw line", "The matte of the far hand", "Motion path"),
    "Paint": ("The clean plate", "The wire removal", "The painted floor", "The marker patch", "The rig removal"),
    "Lighting": (
        "The rim light", "The key", "Bounce from the floor", "The contact shadow", "The practical", "The sky dome",
        "Specular on the hull",
    ),
    "Animation": (
        "The left foot", "Weight in the landing", "The eye line", "The head turn", "The wing beat", "The tail",
        "Anticipation before the jump",
    ),
    "Layout": ("The camera move", "The lens", "Headroom", "The set dressing", "The crowd card", "Screen direction"),
    "FX": ("The smoke sim", "The debris", "The splash", "Dust off the wheels", "The fire", "The cloth", "Snow fall"),
    "Matchmove": ("The camera solve", "The object track", "The ground plane", "Lens distortion"),
}  # fmt: skip
FAULTS = (
    "flickers", "pops", "slides against the plate", "drifts", "reads too soft", "reads too sharp", "arrives too early",
    "lags behind the action", "jitters", "loses its shape", "feels heavy", "feels weightless", "is a stop too hot",
    "is a stop too dark", "does not match the previous shot", "breaks at the frame edge", "boils", "ghosts",
    "strobes", "swims", "has no depth", "fights with the foreground", "pulls the eye", "clips in the highlights",
    "crushes in the shadows", "changes its scale", "looks cut out", "repeats itself", "stops too abruptly",
    "is hidden by the burn-in", "does not follow the survey", "is missing from the last render",
)  # fmt: skip
PLACES = (
    "on the turn", "behind the actor", "at the head of the shot", "at the tail of the shot", "in the last second",
    "under the bridge", "across the cut", "near the window", "left of frame", "right of frame", "in the reflection",
    "along the horizon", "below the waterline", "on the second step", "as she stands up", "when the door opens",
    "during the whip pan", "over the blue screen", "in the deep background", "through the glass",
)  # fmt: skip
ASKS = (
    "Please look at it at full size.", "Take it down by a third.", "Bring it up by half a stop.",
    "Offset it by two frames.", "Hold it for four frames more.", "Render it again with more samples.",
    "Soften the edge by a pixel.", "Use the newer plate.", "Match it to the shot before.", "Ask editorial for the cut.",
    "Try it without first.", "Keep the rest as it is.", "Let it settle before the cut.", "Lock it to the point.",
    "Give it a second pass.", "Show it next to the reference.", "Add a little noise.", "Break up the pattern.",
    "Half of it is enough.", "Leave it for the grade.", "Check the colour space.", "Publish it again.",
    "Project it from the other side.", "Split it into two layers.", "Slow it down a touch.", "Balance it to the plate.",
)  # fmt: skip
PRAISE = (
    "This sits well now.", "Approved, lovely work.", "Good to go.", "That is the one.", "Clean, nothing left to say.",
    "Signed off for delivery.", "Matches the reference, approved.", "The director is happy with it.",
)  # fmt: skip
# A tenth of all notes holds the one word that everybody types.
COMMON = (
    "See the comp.", "Fix it in comp.", "The slap comp will do.", "Comp can hide the rest.", "Wait for the next comp.",
)  # fmt: skip
COMMON_SHARE = 0.1
# A handful of notes among hundreds of thousands.
RARE = (
    "caustics", "penumbra", "moire", "newton rings", "parallax", "rolling shutter", "vignette", "chromatic fringe",
    "bokeh", "halation", "gate weave", "scintillation", "subsurface", "volumetrics", "retime", "tessellation",
    "quaternion", "spherical harmonics", "deep pixels", "cryptomatte", "ambient occlusion", "anamorphic", "iridescence",
    "fresnel", "gobo", "interlace", "keystone", "letterbox", "meniscus", "nodal offset", "overscan", "photogrammetry",
    "quincunx", "reticle", "stereo window", "thixotropy", "umbra", "vorticity", "wavelet", "zoetrope",
)  # fmt: skip
RARE_SHARE = 0.0004
TYPO_SHARE = 0.004
DEPARTMENTS = tuple(SUBJECTS)

FRAMINGS = ("Wide", "Close", "Medium", "Over the shoulder", "Insert", "Aerial", "Point of view", "Two shot", "Push in")
HEROES = (
    "the courier", "the captain", "the twins", "the diver", "the archivist", "the old robot", "the crowd", "the wolf",
    "the salvage crew", "the child", "the pilot", "the watchmaker", "the horse", "the inspector", "the storm",
)  # fmt: skip
ACTIONS = (
    "crosses", "runs into", "vanishes from", "looks out over", "falls towards", "waits outside", "breaks into",
    "returns to", "lights up", "circles", "hides in", "walks away from", "drives past", "wakes in", "floods",
)  # fmt: skip
SETS = (
    "the rope bridge", "the market hall", "the engine room", "the frozen lake", "the tower roof", "the night train",
    "the greenhouse", "the quarry", "the flooded street", "the control room", "the orchard", "the empty theatre",
    "the salt flats", "the harbour crane", "the observatory", "the tunnel mouth",
)  # fmt: skip
EXTRAS = ("", "", "CG sky.", "Set extension.", "Crowd from scans.", "Full CG.", "Rig removal.", "Driving plate.")
PROGRESS = (
    "First pass.", "Notes from the last round in.", "New plate, same grade.", "Blocking.", "Render of the night farm.",
    "Work in progress, for timing only.", "Cleaned up the edges.", "Cache published again.", "For review.",
)  # fmt: skip

Word = TypeVar("Word")


def picked(words: Sequence[Word], rng: Random) -> Word:
    # Much faster than choice(), and half a million notes have five of them each.
    return words[int(rng.random() * len(words))]


def place(rng: Random) -> str:
    return f"At {picked(SETS, rng)}."


def progress(rng: Random) -> str:
    return picked(PROGRESS, rng)


def description(rng: Random) -> str:
    action = f"{picked(HEROES, rng)} {picked(ACTIONS, rng)} {picked(SETS, rng)}"
    return f"{picked(FRAMINGS, rng)}: {action}. {picked(EXTRAS, rng)}".rstrip()


def criticism(department: str, rng: Random) -> str:
    fault = picked(FAULTS, rng)
    if rng.random() < TYPO_SHARE:
        fault = mistyped(fault, rng)
    return f"{picked(SUBJECTS[department], rng)} {fault} {picked(PLACES, rng)}. {picked(ASKS, rng)}{aside(rng)}"


def praise(rng: Random) -> str:
    return f"{picked(PRAISE, rng)}{aside(rng)}"


def aside(rng: Random) -> str:
    """The common word, a rare one, or nothing."""
    drawn = rng.random()
    if drawn < COMMON_SHARE:
        return f" {picked(COMMON, rng)}"
    if drawn < COMMON_SHARE + RARE_SHARE:
        return f" Mind the {picked(RARE, rng)}."
    return ""


def mistyped(words: str, rng: Random) -> str:
    """Two neighbouring letters of the first word change places."""
    first, *rest = words.split(" ", 1)
    at = int(rng.random() * (len(first) - 1))
    swapped = first[:at] + first[at + 1] + first[at] + first[at + 2 :]
    return " ".join([swapped, *rest])
