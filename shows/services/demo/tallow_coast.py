from shows.models import ShotStatus
from shows.services.demo.plan import SequencePlan, ShotPlan, ShowPlan, approve, note, revise, take

HARBOUR = SequencePlan(
    "HRB",
    "Harbour at dawn: the mail packet leaves under fog, and the smugglers' signal goes up.",
    (
        ShotPlan(
            "HRB_0010",
            "Wide over the breakwater: the packet clears the harbour mouth. CG sea, mast extension, painted town.",
            frames=(1001, 1132),
            days=(46, 9),
            artist="artist",
            takes=(
                take(
                    "Compositing",
                    "First pass: sea and sky balanced to the plate, town at 60 % haze.",
                    revise(
                        "supervisor",
                        "Horizon is too clean: the CG sea meets the plate in a hard line. Break it with two layers of "
                        "haze and let the swell cross it.",
                        1001,
                        1040,
                    ),
                    note("wren", "Love the gulls. Keep them sparse, they must not read as weather."),
                ),
                take(
                    "Compositing",
                    "Horizon broken up, haze split in depth, gulls thinned out.",
                    note(
                        "supervisor",
                        "Grain on the sea is finer than the plate's. Match it channel by channel, blue is the worst.",
                        1060,
                        1132,
                    ),
                ),
                take(
                    "Compositing",
                    "Sea regrained from a sample of the plate.",
                    approve("supervisor", "Sits in the plate now. Good at full range."),
                ),
            ),
            ends=(ShotStatus.FINAL, "Delivered to the grade"),
        ),
        ShotPlan(
            "HRB_0020",
            "Medium on deck: the pilot at the tiller, blue screen behind the rigging.",
            frames=(1001, 1074),
            days=(30, 3),
            artist="artist",
            takes=(
                take(
                    "Roto",
                    "Hands and tiller articulated, ropes as shapes of their own.",
                    revise(
                        "supervisor",
                        "Roto on the tiller rope boils where it crosses his sleeve. Track the shape instead of keying "
                        "every frame.",
                        1023,
                        1047,
                    ),
                ),
                take(
                    "Compositing",
                    "Keyed with the new roto, despill on collar and wig.",
                    revise(
                        "supervisor",
                        "Despill has turned the wig grey. Bring back some of the warm bounce from the deck.",
                        1010,
                        1018,
                    ),
                    note("wren", "Can the far ships drift a touch? They look pinned to a card."),
                ),
            ),
        ),
        ShotPlan(
            "HRB_0030",
            "Close on the signal flag going up. Rig removal on the halyard.",
            frames=(1001, 1096),
            days=(25, 2),
            artist="caleb",
            takes=(
                take(
                    "Paint",
                    "Rig and markers removed, clean plate projected on the mast.",
                    revise(
                        "supervisor",
                        "Clean plate slides against the mast from the tilt on. Reproject it with the solved camera.",
                        1066,
                        1090,
                    ),
                ),
                take("Paint", "Reprojected, grain restored over the patch."),
            ),
        ),
        ShotPlan(
            "HRB_0040",
            "A fog bank rolls over the quay and swallows the lanterns.",
            frames=(1001, 1150),
            days=(22, 1),
            artist="tove",
            takes=(
                take(
                    "FX",
                    "Fog sim at a tenth of a metre, two emitters off the water.",
                    note(
                        "noor",
                        "Density reads well, but it arrives as a wall. Let fingers of it run ahead between the boats.",
                        1015,
                        1070,
                    ),
                    revise(
                        "supervisor", "The fog ignores the boats. Add the hulls as collision and give it some drag."
                    ),
                ),
            ),
        ),
    ),
)

LIGHTHOUSE = SequencePlan(
    "LTH",
    "The lighthouse: up the spiral stair, and the lamp is put out.",
    (
        ShotPlan(
            "LTH_0010",
            "Push in on the lamp room: the flame in the lenses, all CG glass.",
            frames=(1001, 1048),
            days=(38, 8),
            artist="linnea",
            takes=(
                take(
                    "Lighting",
                    "Key from the flame card, glass with six bounces.",
                    revise(
                        "supervisor",
                        "Flicker is in the key but not in the bounce on the ceiling. Drive both from one curve.",
                        1001,
                        1048,
                    ),
                ),
                take(
                    "Lighting",
                    "One curve drives key, bounce and glow.",
                    approve("supervisor", "Beautiful. The caustics on the rail sell it."),
                ),
            ),
        ),
        ShotPlan(
            "LTH_0020",
            "Smugglers on the spiral stair, their torch light extended.",
            frames=(1001, 1088),
            days=(33, 12),
            artist="ruben",
            takes=(
                take(
                    "Lighting",
                    "Torch rig with true falloff, two passes.",
                    note(
                        "wren",
                        "Faces go muddy on the turn. I need to read her eyes before she blows it out.",
                        1055,
                        1072,
                    ),
                ),
            ),
            ends=(ShotStatus.ON_HOLD, "Waiting for the recut of reel two"),
        ),
        ShotPlan("LTH_0030", "The beam sweeps the bay a last time and dies.", frames=(1001, 1120), days=(14, 14)),
    ),
)

WRECK = SequencePlan(
    "WRK",
    "The wreck: the diver finds the packet's nameplate. Full CG but for hands and glove.",
    (
        ShotPlan(
            "WRK_0010",
            "Diver's view: the hull looms out of the murk.",
            frames=(1001, 1144),
            days=(28, 2),
            artist="bruno",
            takes=(
                take(
                    "Layout",
                    "Camera and hull blocked from the previs.",
                    note(
                        "supervisor",
                        "Camera banks too early. Hold level until the nameplate is in frame, then let it roll.",
                        1030,
                        1058,
                    ),
                ),
                take(
                    "FX",
                    "Marine snow, and silt kicked up by the fin.",
                    revise(
                        "supervisor",
                        "Silt falls as it would in air. Slow it to a quarter and let it hang.",
                        1044,
                        1101,
                    ),
                ),
            ),
        ),
        ShotPlan(
            "WRK_0020",
            "A hand wipes the nameplate: the glove is practical, the silt is not.",
            frames=(1001, 1067),
            days=(20, 1),
            artist="artist",
            takes=(
                take(
                    "Compositing",
                    "Slap comp with the first silt pass.",
                    note(
                        "supervisor",
                        "Fine for the cut as a slap comp. For the next one hold out the silt behind the ring finger.",
                        1019,
                        1025,
                    ),
                ),
                take("Compositing", "Deep holdouts for the fingers, silt graded down half a stop."),
            ),
        ),
        ShotPlan(
            "WRK_0030",
            "The air hose tears, bubbles race to the surface.",
            frames=(1001, 1080),
            days=(27, 16),
            artist="kenji",
            ends=(ShotStatus.OMITTED, "Cut from the reel"),
        ),
    ),
)

TALLOW_COAST = ShowPlan("TAL", "The Tallow Coast", (HARBOUR, LIGHTHOUSE, WRECK), production="tallow")
