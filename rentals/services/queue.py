"""Who waits for a film, and which copy is kept for whom."""

from datetime import datetime, timedelta

from django.utils import timezone

from catalog.models import Film
from pipeline.services import Actor, demand
from rentals.errors import CopyFree, CustomerInactive, NoCopies, WaitsAlready
from rentals.models import LIVE, CopyState, Customer, Hold, HoldState, Inventory
from rentals.services.writing import named, saved, written

KEPT_FOR = timedelta(hours=48)


def place_hold(film_id: int, *, by: Actor, customer_id: int, at: datetime | None = None) -> Hold:
    """Puts a customer at the end of the queue for a film, whose row is locked.

    Raises CopyFree while one lies on the shelf, WaitsAlready, NoCopies, CustomerInactive, ValidationError for an
    unknown customer, Film.DoesNotExist.
    """
    demand(by, "rentals.add_hold")
    with written():
        film = Film.objects.lock_one(film_id)
        customer = named(Customer.objects.all(), customer_id, "customer_id")
        if not customer.is_active:
            raise CustomerInactive(customer.pk)
        serve_queue(film.pk, at or timezone.now())
        refuse_needless(film, customer)
        hold = Hold(film=film, customer=customer)
        return saved(hold, {"film_hold_once_a_customer": lambda row: WaitsAlready(None)})


def refuse_needless(film: Film, customer: Customer) -> None:
    own = Hold.objects.filter(film=film, customer=customer, state__in=LIVE).first()
    if own:
        raise WaitsAlready(own.pk)
    free = Inventory.objects.filter(film=film).free().order_by("pk").first()
    if free:
        raise CopyFree(free.pk)
    if not film.copies.filter(state=CopyState.AVAILABLE).exists():
        raise NoCopies


def cancel_hold(hold_id: int, *, by: Actor, at: datetime | None = None) -> None:
    """Takes a customer out of a queue; a copy that was kept for them is kept for the next. Locks the film.

    Raises Hold.DoesNotExist.
    """
    demand(by, "rentals.delete_hold")
    with written():
        film_id = Hold.objects.values_list("film_id", flat=True).get(pk=hold_id)
        Film.objects.lock_one(film_id)
        Hold.objects.get(pk=hold_id).delete()
        serve_queue(film_id, at or timezone.now())


def serve_queue(film_id: int, at: datetime) -> None:
    """Ends the holds whose time is over, and keeps each free copy for who waits longest.

    The caller has locked the film, so that the queue is one after the other's. Copies that somebody is just renting are
    passed over: nobody who holds the film's lock waits for a copy's.
    """
    states = Hold.objects.filter(film=film_id, state__in=LIVE)
    if not states.exists():
        return
    states.over(at).update(state=HoldState.EXPIRED, inventory=None)
    copies = Inventory.objects.filter(film=film_id, state=CopyState.AVAILABLE).order_by("pk")
    ours = list(copies.select_for_update(no_key=True, skip_locked=True).values_list("pk", flat=True))
    # Asked anew, now that nobody else can take them.
    free = copies.filter(pk__in=ours).on_shelf().values_list("pk", flat=True)
    served = list(zip(states.filter(state=HoldState.WAITING).order_by("pk"), free, strict=False))
    for hold, copy in served:
        hold.state, hold.inventory_id, hold.ready_until = HoldState.READY, copy, at + KEPT_FOR
    Hold.objects.bulk_update([hold for hold, _ in served], ["state", "inventory", "ready_until"])


def expire_holds(*, at: datetime | None = None, most: int = 500) -> int:
    """For the sweeper: ends holds whose time is over and passes their copies on; says of how many films.

    Also where somebody waits for what lies on the shelf, because a desk had the copy in hand, and was refused, while
    others passed copies on.
    """
    now = at or timezone.now()
    stuck = Hold.objects.over(now) | Hold.objects.missed()
    films = list(stuck.order_by("film").values_list("film", flat=True).distinct()[:most])
    for film_id in films:
        with written():
            Film.objects.lock_one(film_id)
            serve_queue(film_id, now)
    return len(films)
