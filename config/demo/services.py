from collections import Counter
from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from psycopg import sql

from catalog.models import Film, MediaItem, MediaState, Menu, Tag, TaggedMedia
from catalog.services.demo import remove_library, seed_library
from config.accounts.services import seed_demo_accounts
from config.demo import films
from config.demo.errors import DemoElsewhere, SeedingGoesOn
from config.demo.models import DemoRow
from config.demo.rows import Roots, recall, remember, together
from crew.models import Booking, CrewMember, Production, Requirement, Role
from crew.services.demo import DemoCrew, remove_crew, seed_crew
from pipeline.progress import Tell, say_nothing
from pipeline.services import Actor, attributed
from shows.models import Change, Review, Sequence, Shot, Show, Version
from shows.services.demo import Cast, DemoMedia, remove_shows, seed_scale, seed_shows, stored_takes
from shows.services.media.handing_in import Begin, begin_nothing

# Any number that nobody else locks.
LOCK = 7_236_310_451
LOADED: tuple[type[Model], ...] = (
    *(Role, CrewMember, Production, Requirement, Booking),
    *(Show, Sequence, Shot, Version, Review, Change),
    *films.LOADED,
    *(MediaItem, MediaState, TaggedMedia),
)


def seed_demo(
    *, scale: int = 0, by: Actor | None = None, tell: Tell = say_nothing, begin: Begin = begin_nothing
) -> dict[str, int]:
    """Replaces the demo by a new one, and answers how many rows of each kind it made.

    What hangs on the demo's rows goes with them, whoever made it; rows of others stay and at most lose a reference.
    With `scale` there are so many shots and five times as many reviews besides. All or nothing, one at a time; the
    pictures are drawn and stored before a transaction is open, `begin` opens the caller's after that. Raises
    DemoElsewhere outside the local default, SeedingGoesOn.
    """
    refuse_elsewhere()
    tell("Drawing the pictures", 0, 0)
    with stored_takes() as media:
        begin(media.discard)
        with attributed(by, "The demo was seeded again"):
            if not claimed("pg_try_advisory_xact_lock"):
                raise SeedingGoesOn
            return replace(scale, tell, media)


def seed_demo_once(*, tell: Tell = say_nothing) -> dict[str, int] | None:
    """Seeds the demo into a database that never had it; None where it had, whatever became of it.

    Waits while another seeding goes on. Raises DemoElsewhere outside the local default.
    """
    refuse_elsewhere()
    if DemoRow.objects.exists():
        return None
    tell("Drawing the pictures", 0, 0)
    with stored_takes() as media, transaction.atomic():
        claimed("pg_advisory_xact_lock")
        if DemoRow.objects.exists():
            media.discard()
            return None
        return replace(0, tell, media)


def refuse_elsewhere() -> None:
    if not settings.IS_LOCAL:
        raise DemoElsewhere


def claimed(lock: str) -> bool:
    """Whether the transaction has the demo to itself."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [LOCK])
        return cursor.fetchone()[0] is not False


def replace(scale: int, tell: Tell, media: DemoMedia) -> dict[str, int]:
    tell("Removing the earlier demo", 0, 0)
    kept = remove()
    tell("Making the demo", 0, 0)
    accounts = seed_demo_accounts()
    crew = seed_crew(accounts)
    cast = Cast(crew.people, crew.productions, accounts)
    made = [seed_shows(cast, media.takes), *([seed_scale(scale, cast, tell)] if scale else [])]
    business, rented = films.seed_business(accounts)
    shelf = seed_library(accounts["member"], films=business[Film])
    tell("Checking", 0, 0)
    connection.check_constraints()
    remember(together(kept, crew.roots, {Show: [pk for part in made for pk in part.shows]}, business, shelf.roots))
    # Robust: what is committed does not fail any more.
    transaction.on_commit(partial(count_anew, vacuum=bool(scale)), robust=True)
    return (
        counts_of(crew, len(accounts))
        | dict(sum((Counter(part.counts) for part in made), Counter()))
        | rented
        | shelf.counts
    )


def remove() -> Roots:
    """Removes the demo's rows from the top of the arrows down; answers those that must stay."""
    roots = recall()
    media, tags, menus = (roots.get(model, []) for model in (MediaItem, Tag, Menu))
    remove_library(media=media, tags=tags, menus=menus)
    kept = films.remove_business(roots)
    shows, roles, people, productions = (roots.get(model, []) for model in (Show, Role, CrewMember, Production))
    remove_shows(shows=shows, people=people, productions=productions)
    return kept | {Role: remove_crew(roles=roles, people=people, productions=productions)}


def counts_of(crew: DemoCrew, accounts: int) -> dict[str, int]:
    return {
        "accounts": accounts,
        "roles": len(crew.roles),
        "crew": len(crew.people),
        "productions": len(crew.productions),
        "requirements": crew.requirements,
        "bookings": crew.bookings,
    }


def count_anew(*, vacuum: bool) -> None:
    """Tells the planner what the tables hold now, and with `vacuum` that index-only scans may trust their pages."""
    tables: Iterable[sql.Composable] = (sql.Identifier(model._meta.db_table) for model in LOADED)
    statement = sql.SQL("VACUUM (ANALYZE) {}" if vacuum else "ANALYZE {}").format(sql.SQL(", ").join(tables))
    with connection.cursor() as cursor:
        cursor.execute(statement)
