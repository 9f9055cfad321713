from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from catalog.models import Film
from catalog.tests.factories import FilmFactory
from config.accounts.models import User
from config.celery import app
from config.workers import beat_schedule
from rentals.errors import CopyFree, CopyHeld, CustomerInactive, NoCopies, WaitsAlready
from rentals.models import Customer, Hold, Rental
from rentals.services.copies import change_copy, create_copy
from rentals.services.lending import check_out_copy
from rentals.services.queue import cancel_hold, expire_holds, place_hold
from rentals.services.returning import return_copy
from rentals.tests.factories import CustomerFactory, HoldFactory, InventoryFactory, RentalFactory

pytestmark = pytest.mark.django_db
# The database tells the time to readers, so the tests stand in the present.
NOW = timezone.now()
TWO_DAYS = timedelta(hours=48)


def wait(by: User, film: Film, customer: Customer | None = None) -> Hold:
    return place_hold(film.pk, by=by, customer_id=(customer or CustomerFactory()).pk, at=NOW)


def out() -> Rental:
    rental: Rental = RentalFactory(rental_date=NOW - timedelta(days=3))
    return rental


def rent(by: User, rental: Rental, customer: Customer, at: Any = NOW) -> Rental:
    return check_out_copy(customer.pk, by=by, inventory_id=rental.inventory_id, staff_id=rental.staff_id, at=at)


def states(film: Film) -> list[str]:
    return [row["state"] for row in Hold.objects.filter(film=film).order_by("pk").as_rows()]


@pytest.mark.sanity
def test_a_returned_copy_is_kept_for_the_first_for_two_days(clerk: User) -> None:
    rental = out()
    first, second = wait(clerk, rental.inventory.film), wait(clerk, rental.inventory.film)
    return_copy(rental.pk, by=clerk, at=NOW)
    first.refresh_from_db()
    assert (first.state, first.inventory, first.ready_until) == ("ready", rental.inventory, NOW + TWO_DAYS)
    assert Hold.objects.get(pk=second.pk).state == "waiting"


def test_places_in_the_queue_count_from_one(clerk: User) -> None:
    film = out().inventory.film
    holds = [wait(clerk, film) for _ in range(3)]
    cancel_hold(holds[0].pk, by=clerk)
    rows = Hold.objects.filter(film=film).order_by("pk").as_rows()
    assert [row["position"] for row in rows] == [1, 2]


def test_two_copies_come_back_for_two_who_wait(clerk: User) -> None:
    rental = out()
    other = RentalFactory(inventory__film=rental.inventory.film, rental_date=NOW)
    holds = [wait(clerk, rental.inventory.film) for _ in range(3)]
    for back in (other, rental):
        return_copy(back.pk, by=clerk, at=NOW)
    kept = dict(Hold.objects.values_list("pk", "inventory"))
    assert kept == {holds[0].pk: other.inventory_id, holds[1].pk: rental.inventory_id, holds[2].pk: None}


def test_a_kept_copy_is_refused_to_others_and_lent_to_who_waited(clerk: User) -> None:
    rental, waiting = out(), CustomerFactory()
    wait(clerk, rental.inventory.film, waiting)
    return_copy(rental.pk, by=clerk, at=NOW)
    with pytest.raises(CopyHeld) as caught:
        rent(clerk, rental, CustomerFactory())
    assert caught.value.facts["ready_until"] == NOW + TWO_DAYS
    assert rent(clerk, rental, waiting).customer == waiting
    assert not Hold.objects.exists()


def test_after_two_days_the_copy_is_kept_for_the_next(clerk: User) -> None:
    rental, second = out(), CustomerFactory()
    wait(clerk, rental.inventory.film)
    wait(clerk, rental.inventory.film, second)
    return_copy(rental.pk, by=clerk, at=NOW)
    later = NOW + TWO_DAYS
    with pytest.raises(CopyHeld):
        rent(clerk, rental, CustomerFactory(), at=later)
    assert rent(clerk, rental, second, at=later).customer == second


def test_after_two_days_whoever_comes_rents_what_nobody_waits_for(clerk: User) -> None:
    rental = out()
    wait(clerk, rental.inventory.film)
    return_copy(rental.pk, by=clerk, at=NOW)
    assert rent(clerk, rental, CustomerFactory(), at=NOW + TWO_DAYS).pk
    assert Hold.objects.get().state == "expired"


def test_a_hold_whose_time_is_over_is_shown_as_expired_before_anybody_swept(clerk: User) -> None:
    film = FilmFactory()
    HoldFactory(film=film, state="ready", inventory=InventoryFactory(film=film), ready_until=NOW - TWO_DAYS)
    HoldFactory(film=film)
    assert states(film) == ["expired", "waiting"]
    assert [row["position"] for row in Hold.objects.order_by("pk").as_rows()] == [None, 1]


def test_the_sweeper_passes_copies_on(clerk: User) -> None:
    rental = out()
    first, second = wait(clerk, rental.inventory.film), wait(clerk, rental.inventory.film)
    return_copy(rental.pk, by=clerk, at=NOW)
    assert (expire_holds(at=NOW + TWO_DAYS - timedelta(seconds=1)), expire_holds(at=NOW + TWO_DAYS)) == (0, 1)
    assert dict(Hold.objects.values_list("pk", "state")) == {first.pk: "expired", second.pk: "ready"}


def test_the_sweeper_gives_who_waits_what_was_passed_over(clerk: User) -> None:
    copy = InventoryFactory()
    hold = HoldFactory(film=copy.film)
    assert (expire_holds(at=NOW), expire_holds(at=NOW)) == (1, 0)
    hold.refresh_from_db()
    assert (hold.state, hold.inventory) == ("ready", copy)


def test_the_task_of_the_sweeper_is_known_and_asked_for() -> None:
    film = FilmFactory()
    hold = HoldFactory(film=film, state="ready", inventory=InventoryFactory(film=film), ready_until=NOW - TWO_DAYS)
    app.tasks["rentals.expire_holds"]()
    assert Hold.objects.get(pk=hold.pk).state == "expired"
    assert {entry["task"] for entry in beat_schedule.values()} <= app.tasks.keys()


def test_who_takes_a_kept_copy_back_leaves_it_to_the_next(clerk: User) -> None:
    rental = out()
    first, second = wait(clerk, rental.inventory.film), wait(clerk, rental.inventory.film)
    return_copy(rental.pk, by=clerk, at=NOW)
    cancel_hold(first.pk, by=clerk, at=NOW)
    assert Hold.objects.get().pk == second.pk
    assert Hold.objects.get().inventory == rental.inventory


def test_a_kept_copy_that_is_lost_puts_the_customer_back_into_the_queue(clerk: User) -> None:
    rental = out()
    hold = wait(clerk, rental.inventory.film)
    return_copy(rental.pk, by=clerk, at=NOW)
    change_copy(rental.inventory_id, by=clerk, state="lost", at=NOW)
    hold.refresh_from_db()
    assert (hold.state, hold.inventory, hold.ready_until) == ("waiting", None, None)


@pytest.mark.parametrize("how", ["new", "found"])
def test_a_new_copy_is_kept_for_who_waits(clerk: User, how: str) -> None:
    rental = out()
    hold = wait(clerk, rental.inventory.film)
    if how == "new":
        copy = create_copy(by=clerk, film_id=hold.film_id, store_id=rental.inventory.store_id)
    else:
        copy = InventoryFactory(film=hold.film, state="lost")
        change_copy(copy.pk, by=clerk, state="available")
    assert Hold.objects.get().inventory_id == copy.pk


def test_who_rents_another_copy_leaves_the_kept_one_to_the_next(clerk: User) -> None:
    rental, customer = out(), CustomerFactory()
    wait(clerk, rental.inventory.film, customer)
    next_one = wait(clerk, rental.inventory.film)
    other = RentalFactory(inventory__film=rental.inventory.film, rental_date=NOW)
    return_copy(rental.pk, by=clerk, at=NOW)
    Rental.objects.filter(pk=other.pk).update(return_date=NOW + TWO_DAYS)
    with pytest.raises(CopyHeld):
        rent(clerk, other, customer)
    assert Hold.objects.get(pk=next_one.pk).state == "waiting"


def test_nobody_waits_for_what_is_free(clerk: User) -> None:
    copy = InventoryFactory()
    with pytest.raises(CopyFree) as caught:
        wait(clerk, copy.film)
    assert caught.value.facts == {"next_free_inventory_id": copy.pk}


def test_nobody_waits_twice(clerk: User) -> None:
    rental, customer = out(), CustomerFactory()
    hold = wait(clerk, rental.inventory.film, customer)
    with pytest.raises(WaitsAlready) as caught:
        wait(clerk, rental.inventory.film, customer)
    assert caught.value.facts == {"hold_id": hold.pk}


def test_who_missed_the_time_may_wait_again(clerk: User) -> None:
    rental, customer = out(), CustomerFactory()
    wait(clerk, rental.inventory.film, customer)
    return_copy(rental.pk, by=clerk, at=NOW - TWO_DAYS)
    rent(clerk, rental, CustomerFactory())
    assert wait(clerk, rental.inventory.film, customer).state == "waiting"


@pytest.mark.parametrize("state", [None, "lost", "retired"])
def test_nobody_waits_for_a_film_without_copies(clerk: User, state: str | None) -> None:
    film = InventoryFactory(state=state).film if state else FilmFactory()
    with pytest.raises(NoCopies):
        wait(clerk, film)


def test_an_inactive_customer_does_not_wait(clerk: User) -> None:
    with pytest.raises(CustomerInactive):
        wait(clerk, out().inventory.film, CustomerFactory(active=0))


def test_an_unknown_customer_is_named_and_an_unknown_film_is_missing(clerk: User) -> None:
    with pytest.raises(ValidationError, match="customer_id"):
        place_hold(out().inventory.film_id, by=clerk, customer_id=2_000_000_000)
    with pytest.raises(Film.DoesNotExist):
        place_hold(2_000_000_000, by=clerk, customer_id=1)


def test_the_database_keeps_no_copy_of_another_film() -> None:
    film, strange = FilmFactory(), InventoryFactory()
    with pytest.raises(IntegrityError, match="film_hold_copy_of_film"):
        HoldFactory(film=film, state="ready", inventory=strange, ready_until=NOW)


def test_the_database_lets_nobody_wait_twice() -> None:
    hold = HoldFactory()
    with pytest.raises(IntegrityError, match="film_hold_once_a_customer"):
        HoldFactory(film=hold.film, customer=hold.customer)
