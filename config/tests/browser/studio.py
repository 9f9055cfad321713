"""A studio small enough to look at, with something of each kind on every page."""

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from catalog.tests.factories import ActorFactory, CategoryFactory, FilmFactory
from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from crew.services.bookings import book_time_off
from crew.services.productions import schedule_production
from crew.tests.factories import CrewMemberFactory, RoleFactory
from rentals.tests.factories import (
    ChargeFactory,
    HoldFactory,
    InventoryFactory,
    PaymentFactory,
    RentalFactory,
    SubscriptionFactory,
)
from shows.models import Shot, ShotStatus
from shows.services.shots import change_shot
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory, VersionFactory


def studio() -> Shot:
    """A show NT with a shot of every status, versions, notes and a change; answers the first of its shots."""
    show = ShowFactory(code="NT", title="Night Train")
    person = CrewMemberFactory(full_name="Ada Crew")
    sequence = SequenceFactory(show=show, code="SQ1", description="The harbour at dawn, seen from the lighthouse.")
    shots = [ShotFactory(sequence=sequence, status=status, assigned_to=person) for status in ShotStatus]
    for shot in shots[:3]:
        ReviewFactory(shot=shot, version=VersionFactory(shot=shot), frame_start=1010)
    change_shot(shots[0].pk, by=coordinator(), status="in_progress", reason="Plates arrived.")
    SequenceFactory(show=show, code="EMPTY")
    ShowFactory(code="NEW", title="A show without shots")
    return shots[0]


def crew() -> dict[str, int]:
    """Ada is booked for two productions, of which the first lacks people too, off later, and nobody afterwards.

    Answers the ids of her and of the first production, which clashes with the second five days later.
    """
    today = timezone.localdate()
    person = CrewMemberFactory(full_name="Ada", role=RoleFactory(name="Editor"), employment=until(today, 60))
    made = [
        schedule_production(
            title,
            by=coordinator(),
            start=today + timedelta(days=first),
            end=today + timedelta(days=last),
            requirements={"Editor": places},
            allow_gaps=True,
        )
        for title, first, last, places in (("Night Train", 3, 6, 2), ("Day Train", 8, 12, 1))
    ]
    book_time_off(person.pk, by=coordinator(), start=today + timedelta(days=20), end=today + timedelta(days=22))
    return {"person": person.pk, "production": made[0].pk}


def shop() -> dict[str, int]:
    """A customer who owes, has one copy too long, gave one back and waits for the film of a third, which is out."""
    late = RentalFactory(rental_date=timezone.now() - timedelta(days=9))
    customer, film = (
        late.customer,
        FilmFactory(
            title="Night Bus", description="A bus.", categories=[CategoryFactory()], actors=[ActorFactory()], rating="R"
        ),
    )
    out = RentalFactory(inventory__film=film)
    InventoryFactory(film=film)
    HoldFactory(film=film, customer=customer)
    back = RentalFactory(customer=customer, return_date=timezone.now() + timedelta(days=2000))
    ChargeFactory(rental=back)
    PaymentFactory(customer=customer, rental=back, amount="1.00")
    SubscriptionFactory(customer=customer)
    return {"film": film.pk, "customer": customer.pk, "copy": out.inventory_id, "rental": back.pk}


def until(today: date, days: int) -> DateRange:
    return DateRange(today, today + timedelta(days=days))


def coordinator() -> User:
    made: User = UserFactory.create(roles=["coordinator"], display_name="Cleo Hart")
    return made
