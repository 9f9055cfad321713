"""The studio's roles: which permissions each holds. An app that brings models adds its rows here.

`post_migrate` writes the table into Django's groups; a superuser is the role "admin" and holds everything.
"""

from collections.abc import Mapping
from itertools import product

ADMIN = "admin"
SHOTS = ("shows.show", "shows.sequence", "shows.shot")
TAKES = ("shows.version", "shows.review")
CREW = ("crew.role", "crew.crewmember", "crew.production", "crew.requirement", "crew.booking")
FILMS = ("catalog.film", "catalog.category", "catalog.actor", "catalog.language")
# Everybody has a library of their own, and changes the media that they added; who holds these, all media.
MEDIA = ("catalog.mediaitem", "catalog.mediasource")
PLACES = ("rentals.country", "rentals.city", "rentals.address")
SHOP = ("rentals.store", "rentals.staff", "rentals.customer", "rentals.inventory")
DESK = (*SHOP, "rentals.hold", "rentals.streamingsubscription")
LEDGER = ("rentals.payment", "rentals.charge")


def may(actions: str, *models: str) -> frozenset[str]:
    """`may("view add", "shows.shot")` names `shows.view_shot` and `shows.add_shot`."""
    pairs = (model.split(".") for model in models)
    return frozenset(f"{app}.{action}_{name}" for (app, name), action in product(pairs, actions.split()))


# Everybody reads, cancels and retries their own jobs; who holds these, all jobs.
SEE_JOBS = may("view", "pipeline.job")
RUN_JOBS = SEE_JOBS | {"pipeline.manage_job"}

# Who may add a review may also change and delete it when it is their own: the service looks at that.
LOOK_AND_COMMENT = may("view", *SHOTS, *TAKES) | may("add", *TAKES) | may("change delete", "shows.review")
SEE_OWN_DAYS = may("view", "crew.role") | {"crew.view_own_crewmember"}
SEE_CREW = may("view", *CREW) | SEE_OWN_DAYS
RUN_SHOWS = (
    may("view add change delete", *SHOTS, *TAKES)
    | {"shows.set_shot_status", "shows.judge_review", "shows.import_shots"}
    | may("view add change delete", *CREW)
    | SEE_OWN_DAYS
    | RUN_JOBS
)

RUN_RENTALS = (
    may("view add change delete", *FILMS, *PLACES, *DESK)
    | may("view add change delete", *MEDIA)
    | may("view add change", "rentals.rental")
    | may("view", *LEDGER)
    | may("add", "rentals.payment")
)

RIGHTS: Mapping[str, frozenset[str]] = {
    "artist": LOOK_AND_COMMENT | SEE_OWN_DAYS | {"shows.set_own_shot_status"} | SEE_JOBS,
    "supervisor": LOOK_AND_COMMENT | {"shows.set_shot_status", "shows.judge_review"} | SEE_CREW | SEE_JOBS,
    "coordinator": RUN_SHOWS,
    "producer": RUN_SHOWS | {"crew.view_day_rate"} | may("view", *FILMS, *PLACES, *DESK, "rentals.rental", *LEDGER),
    "clerk": RUN_RENTALS,
}
ROLES = tuple(RIGHTS)
# Who holds one of these may open the admin.
STAFF_ROLES = ("supervisor", "coordinator", "producer", "clerk")


def roles_with(permission: str) -> tuple[str, ...]:
    """Who holds `permission` ("shows.add_shot"), the admin included."""
    return (*(role for role in ROLES if permission in RIGHTS[role]), ADMIN)
