from shows.models import ShotStatus
from shows.services.demo.plan import SequencePlan, ShotPlan, ShowPlan, approve, note, revise, take

DOCK = SequencePlan(
    "DCK",
    "Docking bay: the salvage tug comes in hot.",
    (
        ShotPlan(
            "DCK_0010",
            "The tug overshoots the clamps, sparks along the gantry.",
            frames=(1001, 1110),
            days=(41, 5),
            artist="oskar",
            takes=(
                take(
                    "Animation",
                    "Blocking on twos, weight on the second clamp.",
                    revise(
                        "supervisor",
                        "No weight in the overshoot. She carries forty tonnes: give the clamps three frames more to "
                        "stop her.",
                        1034,
                        1049,
                    ),
                ),
                take(
                    "Animation",
                    "Splined; the clamps compress and rebound.",
                    note("ibrahim", "Yes. That little settle at the end sells it, do not lose it in polish.", 1088),
                ),
                take(
                    "Lighting",
                    "Bay lights, and the sparks light the hull.",
                    approve("supervisor", "Approved with the lighting. Nice rim on the clamps."),
                ),
            ),
        ),
        ShotPlan(
            "DCK_0020",
            "Deck crew ducks under the gantry. Set extension above four metres.",
            frames=(1001, 1064),
            days=(19, 1),
            artist="yuki",
            takes=(
                take(
                    "Compositing",
                    "Extension lined up to the survey, dust on the lens kept.",
                    revise(
                        "supervisor",
                        "The extension floats: parallax of the upper gantry does not follow the dolly. Check the "
                        "height in the survey.",
                        1001,
                        1064,
                    ),
                ),
                take("Compositing", "Solved again with the surveyed points, the extension is locked."),
            ),
        ),
        ShotPlan(
            "DCK_0030",
            "Insert: the pressure gauge shatters.",
            frames=(1001, 1037),
            days=(35, 11),
            artist="caleb",
            takes=(
                take(
                    "Paint",
                    "Reflection of the crew painted out of the glass.",
                    approve("supervisor", "Clean. I could not find the patch at 400 %."),
                ),
            ),
            ends=(ShotStatus.FINAL, "Delivered with episode two"),
        ),
    ),
)

RING = SequencePlan(
    "RNG",
    "The ring comes apart above the night side.",
    (
        ShotPlan(
            "RNG_0010",
            "The hub sheds its first panel: rigid bodies, 1,200 pieces.",
            frames=(1001, 1096),
            days=(32, 2),
            artist="kenji",
            takes=(
                take(
                    "FX",
                    "Rigid bodies, fracture in clusters.",
                    revise(
                        "supervisor",
                        "Pieces are all of a size and pop out in order. Fracture by stress along the ribs and stagger "
                        "the release.",
                        1020,
                        1075,
                    ),
                    note("noor", "Secondary dust is missing. In vacuum it travels straight, it must not billow."),
                ),
                take(
                    "FX",
                    "Fracture follows the ribs, ballistic dust.",
                    revise(
                        "supervisor",
                        "Much better. Motion blur strobes on the fast shards: more substeps, or cache velocities.",
                        1061,
                        1070,
                    ),
                ),
            ),
        ),
        ShotPlan(
            "RNG_0020",
            "Wide: the ring folds over the terminator.",
            frames=(1001, 1168),
            days=(24, 2),
            artist="linnea",
            takes=(
                take(
                    "Lighting",
                    "Sun and planet bounce, no stars yet.",
                    note("ibrahim", "The night side is too bright to be lonely. Take the fill down until I worry."),
                    revise(
                        "supervisor",
                        "The shadow line aliases on the ribs. More light samples, please; do not blur it.",
                        1090,
                        1140,
                    ),
                ),
            ),
        ),
        ShotPlan("RNG_0030", "A shard goes through the cupola glass.", frames=(1001, 1052), days=(12, 12)),
    ),
)

OBSERVATION = SequencePlan(
    "OBS",
    "Observation deck: the crew watches on its screens.",
    (
        ShotPlan(
            "OBS_0010",
            "Inserts on three consoles, handheld.",
            frames=(1001, 1082),
            days=(37, 6),
            artist="dilan",
            takes=(
                take(
                    "Compositing",
                    "Burn-ins tracked, reflections kept from the plate.",
                    revise(
                        "supervisor",
                        "Insert on console B swims against its bezel when focus racks. Take the planar track of the "
                        "frame, not of the glass.",
                        1040,
                        1062,
                    ),
                    note("hana", "Editorial changed the graphics on console C: please pick up the new turnover."),
                ),
                take(
                    "Compositing",
                    "Tracked on the frames, new graphics on C, lens breathing matched.",
                    approve("supervisor", "Inserts are locked and breathe with the lens. Done."),
                ),
            ),
        ),
        ShotPlan(
            "OBS_0020",
            "The captain at the window: stars and ring in her visor.",
            frames=(1001, 1091),
            days=(17, 2),
            artist="artist",
            takes=(
                take(
                    "Compositing",
                    "Visor reflection keyed, edges extended.",
                    revise(
                        "supervisor",
                        "Blacks of the star field are lifted. Sit them on the floor of the plate and watch the toe.",
                    ),
                    note(
                        "ibrahim",
                        "Let the reflection tell the story: the ring is whole here, it breaks two shots later.",
                        1012,
                        1080,
                    ),
                ),
            ),
        ),
        ShotPlan(
            "OBS_0030",
            "The sun clears the ring: one flare, anamorphic.",
            frames=(1001, 1058),
            days=(6, 1),
            artist="artist",
        ),
    ),
)

COPPER_MERIDIAN = ShowPlan("CPM", "Copper Meridian", (DOCK, RING, OBSERVATION), production="copper")
