from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog.models import Film
from pipeline.services import Actor, demand
from rentals import prices
from rentals.errors import CopyHeld, CopyNotLent, CopyOut, CustomerInactive
from rentals.models import LIVE, CopyState, Customer, Hold, Inventory, Rental, Staff
from rentals.services.queue import serve_queue
from rentals.services.writing import named, saved, written


def check_out_copy(
    customer_id: int, *, by: Actor, inventory_id: int, staff_id: int, at: datetime | None = None
) -> Rental:
    """Lends a copy to a customer; any clerk lends any store's copy. Locks the copy, then the customer.

    The customer's own hold on the film ends with it. Raises CopyOut, CopyNotLent, CopyHeld, CustomerInactive,
    ValidationError for an unknown copy or clerk, Customer.DoesNotExist.
    """
    demand(by, "rentals.add_rental")
    with written():
        copy = named(Inventory.objects.locked().select_related("film"), inventory_id, "inventory_id")
        customer = Customer.objects.lock_one(customer_id)
        # Not before the locks are held: a return that went first has ended by now.
        now = at or timezone.now()
        clerk = named(Staff.objects.all(), staff_id, "staff_id")
        refuse_what_is_not_lent(copy, customer, clerk)
        is_queued = take_from_queue(copy, customer, now)
        rental = Rental(
            inventory=copy,
            customer=customer,
            staff=clerk,
            rental_date=now,
            due_date=prices.due_after(now, copy.film.rental_duration),
        )
        saved(rental, dict.fromkeys(("rental_one_open_a_copy", "rental_once_a_moment"), out))
        if is_queued:
            # Another copy may have been kept for this customer.
            serve_queue(copy.film_id, now)
        return rental


def refuse_what_is_not_lent(copy: Inventory, customer: Customer, clerk: Staff) -> None:
    if not customer.is_active:
        raise CustomerInactive(customer.pk)
    if not clerk.active:
        raise ValidationError({"staff_id": f"{clerk} does not work here any more."})
    if copy.state != CopyState.AVAILABLE:
        raise CopyNotLent(copy.pk, state=copy.state, next_free=next_free(copy))
    if copy.rentals.filter(return_date=None).exists():
        raise out(Rental(inventory=copy))


def out(refused: Rental) -> CopyOut:
    """The refusal for a copy that somebody has, with the facts of that rental."""
    there = Rental.objects.filter(inventory=refused.inventory_id, return_date=None).first()
    return CopyOut(
        refused.inventory_id,
        rented_since=there.rental_date if there else None,
        due_date=there.due_date if there else None,
        next_free=next_free(refused.inventory),
    )


def next_free(copy: Inventory) -> int | None:
    """Another copy of the film that can be rented now, of the same store where there is one."""
    others = Inventory.objects.filter(film=copy.film_id).exclude(pk=copy.pk).free()
    return others.nearest_to(copy.store_id).values_list("pk", flat=True).first()


def take_from_queue(copy: Inventory, customer: Customer, now: datetime) -> bool:
    """Ends the customer's place in the film's queue; says whether there is a queue, which is locked then.

    Raises CopyHeld when the copy is kept for somebody else.
    """
    queue = Hold.objects.filter(film=copy.film_id, state__in=LIVE)
    if not queue.exists():
        return False
    Film.objects.lock_one(copy.film_id)
    serve_queue(copy.film_id, now)
    held = queue.filter(inventory=copy).exclude(customer=customer).first()
    if held and held.ready_until:
        raise CopyHeld(copy.pk, ready_until=held.ready_until, next_free=next_free(copy))
    queue.filter(customer=customer).delete()
    return True
