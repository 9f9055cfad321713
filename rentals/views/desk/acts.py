"""What the desk does: each act is one service call for each row that it writes, so that a refusal undoes no other."""

from django.contrib import messages
from django.http import HttpRequest

from pipeline.services import Actor
from pipeline.views.access import caller
from pipeline.views.attempts import attempted
from rentals.models import Rental, Staff
from rentals.services.ledger import give_refund, take_payment
from rentals.services.lending import check_out_copy
from rentals.services.queue import place_hold
from rentals.services.returning import return_copy
from rentals.views.desk.state import Desk, number_of

# Where the words of a refusal stand: beside this copy.
BESIDE = "copy-"


def clerk_of(by: Actor, desk: Desk) -> int | None:
    """Who lends: the account's own row of the staff, or who was chosen."""
    return Staff.objects.filter(user=by.pk).values_list("pk", flat=True).first() or desk.staff


def rent(request: HttpRequest, desk: Desk) -> str:
    """Lends what is on the desk; what is refused stays on it."""
    by, staff = caller(request), number_of(request.POST.get("staff_id", "")) or clerk_of(caller(request), desk)
    if desk.customer is None or staff is None:
        messages.error(request, "Say who rents first." if staff else "Choose who lends the copies.")
        return desk.address()
    left = tuple(number for number in desk.copy if not lent(request, desk.customer, number, by=by, staff_id=staff))
    rented = len(desk.copy) - len(left)
    if rented:
        messages.success(request, f"{rented} {'copy is' if rented == 1 else 'copies are'} rented.")
    return desk.address(copy=left, staff=desk.staff or number_of(request.POST.get("staff_id", "")))


def lent(request: HttpRequest, customer_id: int, inventory_id: int, *, by: Actor, staff_id: int) -> Rental | None:
    def act() -> Rental:
        return check_out_copy(customer_id, by=by, inventory_id=inventory_id, staff_id=staff_id)

    made: Rental | None = attempted(request, act, f"{BESIDE}{inventory_id}")
    return made


def take_back(request: HttpRequest, desk: Desk) -> str:
    """Ends a rental that a line names, or the one of the copy that was scanned."""
    rental_id = number_of(request.POST.get("rental", "")) or rental_of_scan(request)
    back = attempted(request, lambda: return_copy(rental_id, by=caller(request))) if rental_id else None
    if back is None:
        return desk.address()
    messages.success(request, f"Copy {back.rental.inventory_id} is back. Owed for it: {back.owed}.")
    if desk.mode == "returns":
        return desk.address(returned=(back.rental.pk, *desk.returned))
    return desk.address()


def rental_of_scan(request: HttpRequest) -> int | None:
    text = request.POST.get("scan", "").strip()[:50]
    number = number_of(text)
    rentals = Rental.objects.visible_to(caller(request)).filter(inventory=number)
    rental_id = rentals.open().values_list("pk", flat=True).first() if number else None
    if rental_id is None:
        messages.error(request, f"No copy with the number {text} is out." if text else "Scan a copy first.")
    return rental_id


def hold(request: HttpRequest, desk: Desk) -> str:
    """Puts the customer into the queue of a film of which nothing is free; its copy leaves the desk."""
    film_id, copy = (number_of(request.POST.get(name, "")) for name in ("film", "hold_for"))
    if film_id is None or desk.customer is None:
        messages.error(request, "Say who waits first.")
        return desk.address()
    customer_id = desk.customer
    placed = attempted(
        request, lambda: place_hold(film_id, by=caller(request), customer_id=customer_id), f"{BESIDE}{copy}"
    )
    if placed is None:
        return desk.address()
    messages.success(request, f"The customer waits for {placed.film}.")
    return desk.without(copy or 0)


ACTS = {"rent": rent, "return": take_back, "hold": hold}
MONEY = {"pay": take_payment, "refund": give_refund}
