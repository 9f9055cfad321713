from shows.models import ShotStatus, ShowStatus
from shows.services.demo.plan import SequencePlan, ShotPlan, ShowPlan, approve, note, revise, take

DELIVERED = (ShotStatus.FINAL, "Delivered to the grade")

ELEVATOR = SequencePlan(
    "ELV",
    "The lift stops between floors, and the shaft floods.",
    (
        ShotPlan(
            "0010",
            "Doors open on the flooded shaft; water is CG above the knee.",
            frames=(1001, 1077),
            days=(240, 205),
            artist="bruno",
            takes=(
                take(
                    "FX",
                    "Narrow band fluid, it sloshes with the cab.",
                    revise(
                        "noor",
                        "The waterline cuts through his trouser leg instead of wetting it. Roto the leg and add a "
                        "meniscus.",
                        1031,
                        1077,
                    ),
                ),
                take(
                    "Compositing",
                    "Leg rotoed, wet map out of the sim, meniscus added.",
                    approve("noor", "Wet cloth and meniscus sell it."),
                ),
            ),
            ends=DELIVERED,
        ),
        ShotPlan(
            "0020",
            "The mirror in the cab: camera and operator removed.",
            frames=(1001, 1044),
            days=(236, 210),
            artist="zofia",
            takes=(
                take(
                    "Paint",
                    "Camera gone, back wall rebuilt out of the clean plate.",
                    revise("noor", "The operator's shoe is still there, lower left.", 1009, 1044),
                ),
                take(
                    "Paint",
                    "Shoe gone, floor seam continued.",
                    approve("noor", "Nothing left of us in the mirror. Thank you."),
                ),
            ),
            ends=DELIVERED,
        ),
    ),
)

ROOF = SequencePlan(
    "ROF",
    "The roof at night, in the rain.",
    (
        ShotPlan(
            "0010",
            "Night exterior: city extension and rain.",
            frames=(1001, 1120),
            days=(228, 198),
            artist="dilan",
            takes=(
                take(
                    "Compositing",
                    "Matte painting in three depths, rain in two.",
                    note(
                        "noor",
                        "Near rain falls straight while the coat blows left. Shear it with the wind.",
                        1001,
                        1120,
                    ),
                ),
                take(
                    "Compositing",
                    "Rain sheared by the wind of the plate.",
                    approve("noor", "The wet bounce under the sign is a lovely touch."),
                ),
            ),
            ends=DELIVERED,
        ),
        ShotPlan(
            "0020",
            "The fall past the ninth floor: face replacement on the stunt double.",
            frames=(1001, 1053),
            days=(232, 196),
            artist="petra",
            takes=(
                take(
                    "Roto",
                    "Mattes of head and collar.",
                    revise(
                        "noor",
                        "The matte chatters along the ear when the hair whips. Soften by velocity, keep the jaw hard.",
                        1015,
                        1039,
                    ),
                ),
                take(
                    "Compositing",
                    "Face graded to the stunt plate.",
                    revise(
                        "noor",
                        "Eye line is two degrees low, and the jaw is sharper than the plate. Match the head blur.",
                        1020,
                        1034,
                    ),
                ),
                take(
                    "Compositing",
                    "Eye line raised, blur from the tracked head.",
                    approve("noor", "Would not know that it is a double."),
                ),
            ),
            ends=DELIVERED,
        ),
    ),
)

NINE_QUIET_FLOORS = ShowPlan("NQF", "Nine Quiet Floors", (ELEVATOR, ROOF), status=ShowStatus.COMPLETE)
