from pipeline.errors import Refusal


class DemoElsewhere(Refusal):
    """The demo belongs to the local default: its accounts have a password that everybody knows."""

    status = 403
    code = "local_only"
    title = "Not here"

    def __init__(self) -> None:
        super().__init__("The demo is for the local default alone (BACKLOT_ENV=local). Nothing was changed.")


class SeedingGoesOn(Refusal):
    """One seeding at a time."""

    code = "seeding_goes_on"

    def __init__(self) -> None:
        super().__init__("The demo is being seeded right now. Wait until that is done; nothing was changed.")
