from shows.models import ShotStatus
from shows.services.demo.plan import SequencePlan, ShotPlan, ShowPlan, approve, note, revise, take

BOG = SequencePlan(
    "BOG",
    "The bog wakes: Moss dares the stepping roots.",
    (
        ShotPlan(
            "BOG_0010",
            "Moss crosses the roots; first full look at his coat.",
            frames=(101, 212),
            days=(26, 4),
            artist="greta",
            takes=(
                take(
                    "Animation",
                    "Second blocking, contacts locked.",
                    revise(
                        "noor",
                        "Left hind foot slides through its third contact. Pin it, the hip does the work.",
                        152,
                        160,
                    ),
                    note("wren", "He is too sure of himself. One look back before the last root, please.", 188),
                ),
                take(
                    "Animation",
                    "Contact pinned, and he looks back.",
                    approve("wren", "There he is. Approved for animation."),
                ),
            ),
        ),
        ShotPlan(
            "BOG_0020",
            "Close: Moss sniffs at the marsh lantern. Groom and subsurface.",
            frames=(101, 133),
            days=(18, 2),
            artist="farid",
            takes=(
                take(
                    "Lighting",
                    "Look development rig, groom at full density.",
                    revise(
                        "noor",
                        "Fur is noisy on the dark side of the muzzle. Raise the hair samples and clamp the indirect.",
                        101,
                        133,
                    ),
                    note("supervisor", "The nose is waxy: halve the subsurface radius.", 118),
                ),
            ),
        ),
        ShotPlan(
            "BOG_0030",
            "Bubbles rise and burst around the frightened beetle.",
            frames=(101, 158),
            days=(15, 1),
            artist="kenji",
            takes=(
                take(
                    "FX",
                    "Bubbles with surface tension, bursts keyed to the chirps.",
                    note("hana", "The bursts come a frame late against sound. Slip them, no new sim.", 118, 122),
                ),
                take("FX", "Slipped by a frame; the third burst holds back for the gag."),
            ),
        ),
    ),
)

NEST = SequencePlan(
    "NST",
    "The nest: Marrow counts her eggs, and one is missing.",
    (
        ShotPlan(
            "NST_0010",
            "Crane down through the canopy into the nest. Master layout of the sequence.",
            frames=(101, 236),
            days=(29, 7),
            artist="jonas",
            takes=(
                take(
                    "Layout",
                    "35 mm, canopy on cards.",
                    revise(
                        "noor",
                        "The cards show below the second branch. Swap in geometry for the nearest ten metres.",
                        170,
                        224,
                    ),
                ),
                take(
                    "Layout",
                    "Real branches up to twelve metres, cards behind.",
                    approve("wren", "Composition holds at both ends. Lock the camera and publish it."),
                ),
            ),
        ),
        ShotPlan(
            "NST_0020",
            "Marrow counts the eggs.",
            frames=(101, 184),
            days=(16, 1),
            artist="amara",
            takes=(
                take(
                    "Animation",
                    "Acting pass on the dialogue.",
                    revise(
                        "wren",
                        "The brows lead every line and it turns mechanical. Let the eyes lead on the third count.",
                        140,
                        166,
                    ),
                    note("hana", "Dialogue moved by four frames in the new turnover; the offset stands in the edit."),
                ),
            ),
        ),
        ShotPlan(
            "NST_0030",
            "An egg rolls: cloth and feathers give way.",
            frames=(101, 149),
            days=(9, 4),
            artist="oskar",
            ends=(ShotStatus.ON_HOLD, "Feather rig is not published yet"),
        ),
    ),
)

FLIGHT = SequencePlan(
    "FLT",
    "First flight along the reeds.",
    (
        ShotPlan(
            "FLT_0010",
            "Running take-off along the bank.",
            frames=(101, 171),
            days=(8, 1),
            artist="greta",
            takes=(
                take(
                    "Animation",
                    "Spline pass, reeds on proxies.",
                    note("noor", "The wing tip's arc breaks on the downstroke. Look at it from the top.", 122, 131),
                ),
            ),
        ),
        ShotPlan(
            "FLT_0020",
            "Wide over the bog at dusk, god rays through the alders.",
            frames=(101, 196),
            days=(13, 1),
            artist="ruben",
            takes=(
                take(
                    "Lighting",
                    "Sun at eight degrees, volumes at half resolution.",
                    revise(
                        "noor", "God rays band in the gradient. Dither them, or render the volume in float.", 101, 196
                    ),
                ),
                take("Lighting", "Volume at full resolution, the banding is gone."),
            ),
        ),
        ShotPlan("FLT_0030", "Her point of view: treetops rush by.", frames=(101, 140), days=(5, 5)),
    ),
)

MARROW_AND_MOSS = ShowPlan("MAM", "Marrow and Moss", (BOG, NEST, FLIGHT), production="marrow")
