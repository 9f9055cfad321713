"""Several desks at once. Each race is shown to happen first, without the lock and the constraint that prevent it."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from random import Random
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from config.accounts.models import User
from config.accounts.tests.parallel import at_once
from pipeline.errors import Refusal
from pipeline.querysets import VersionedQuerySet
from rentals.errors import Collided
from rentals.models import Charge, Customer, Hold, Inventory, Payment, Rental, StreamingSubscription
from rentals.services import ledger, lending
from rentals.services.ledger import balance_of, give_refund, take_payment
from rentals.services.lending import check_out_copy
from rentals.services.queue import cancel_hold, expire_holds, place_hold
from rentals.services.returning import return_copy
from rentals.services.subscriptions import subscribe
from rentals.tests.factories import CustomerFactory, InventoryFactory, PaymentFactory, RentalFactory

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
DESKS = 8
FIVE = Decimal("5.00")


@pytest.fixture(autouse=True)
def rights(clerk: User) -> None:
    """Asked once, so that the desks do not all ask at once."""
    clerk.has_perm("rentals.add_rental")


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(VersionedQuerySet, "locked", lambda rows: rows)


@contextmanager
def without(model: Any, name: str) -> Iterator[None]:
    """The table without one of its constraints, which comes back when the rows that break it are gone."""
    constraint = next(found for found in model._meta.constraints if found.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)


def meet_after(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """Lets every desk wait for all others after it called a function: whatever that looked at is old then."""
    barrier, plain = Barrier(DESKS), getattr(module, name)

    def met(*values: Any) -> Any:
        found = plain(*values)
        barrier.wait(30)
        return found

    monkeypatch.setattr(module, name, met)


def outcome(act: Callable[[], Any]) -> str:
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return "done"


def rented(clerk: User, copy: Inventory, customer: Customer) -> Counter[str]:
    staff = copy.store.manager_staff_id
    return Counter(
        at_once(
            DESKS,
            lambda: outcome(lambda: check_out_copy(customer.pk, by=clerk, inventory_id=copy.pk, staff_id=staff)),
        )
    )


@pytest.mark.usefixtures("unlocked")
def test_without_lock_and_constraint_every_desk_lends_the_same_copy(
    clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet_after(monkeypatch, lending, "take_from_queue")
    with without(Rental, "rental_one_open_a_copy"):
        assert rented(clerk, InventoryFactory(), CustomerFactory()) == {"done": DESKS}


@pytest.mark.usefixtures("unlocked")
def test_the_constraint_alone_lets_one_desk_lend_it(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_after(monkeypatch, lending, "take_from_queue")
    found = rented(clerk, InventoryFactory(), CustomerFactory())
    assert found == {"done": 1, "copy_out": DESKS - 1}


def test_of_many_desks_one_lends_a_copy_in_each_round(clerk: User, at_full_size: bool) -> None:
    copy, customer = InventoryFactory(), CustomerFactory()
    for _ in range(200 if at_full_size else 20):
        assert rented(clerk, copy, customer) == {"done": 1, "copy_out": DESKS - 1}
        return_copy(Rental.objects.open().get().pk, by=clerk)
    assert balance_of(customer.pk) == Rental.objects.count() * Decimal("2.99")


def test_who_comes_too_late_is_told_of_another_copy(clerk: User) -> None:
    copy, told = InventoryFactory(), []
    other = InventoryFactory(film=copy.film)
    customer, staff = CustomerFactory(), copy.store.manager_staff_id

    def rent() -> None:
        try:
            check_out_copy(customer.pk, by=clerk, inventory_id=copy.pk, staff_id=staff)
        except Refusal as refusal:
            told.append(refusal.facts["next_free_inventory_id"])

    at_once(DESKS, rent)
    assert told == [other.pk] * (DESKS - 1)


def test_a_copy_that_many_take_back_is_charged_once(clerk: User) -> None:
    rental = RentalFactory(rental_date=timezone.now())
    found = Counter(at_once(DESKS, lambda: outcome(lambda: return_copy(rental.pk, by=clerk))))
    assert found == {"done": 1, "returned_already": DESKS - 1}
    assert Charge.objects.get().amount == Decimal("2.99")


def refunded(clerk: User, customer_id: int) -> Counter[str]:
    return Counter(at_once(DESKS, lambda: outcome(lambda: give_refund(customer_id, by=clerk, amount=Decimal("3.00")))))


@pytest.mark.usefixtures("unlocked")
def test_without_the_lock_more_is_given_back_than_was_paid(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_after(monkeypatch, ledger, "sum_of")
    customer = PaymentFactory(amount=FIVE).customer_id
    assert refunded(clerk, customer) == {"done": DESKS}


def test_no_more_is_given_back_than_was_paid(clerk: User) -> None:
    customer = PaymentFactory(amount=FIVE).customer_id
    assert refunded(clerk, customer) == {"done": 1, "refund_too_large": DESKS - 1}
    assert balance_of(customer) == Decimal("-2.00")


def subscribed(clerk: User, customer: Customer) -> Counter[str]:
    plan: dict[str, Any] = {"plan_name": "Everything", "start_date": date(2030, 5, 1)}
    return Counter(at_once(DESKS, lambda: outcome(lambda: subscribe(customer.pk, by=clerk, **plan))))


@pytest.mark.usefixtures("unlocked")
def test_without_lock_and_constraint_plans_overlap(clerk: User) -> None:
    with without(StreamingSubscription, "streaming_subscription_one_at_a_time"):
        assert subscribed(clerk, CustomerFactory()) == {"done": DESKS}


def test_a_customer_has_one_plan_at_a_time(clerk: User) -> None:
    assert subscribed(clerk, CustomerFactory()) == {"done": 1, "subscription_overlaps": DESKS - 1}


def test_payments_of_many_desks_add_up_to_the_cent(clerk: User) -> None:
    customer = CustomerFactory()
    at_once(DESKS, lambda: [take_payment(customer.pk, by=clerk, amount=Decimal("0.01")) for _ in range(10)])
    assert balance_of(customer.pk) == -DESKS * Decimal("0.10")


class Evening:
    """Desks that lend, take back, queue and unqueue, as it comes, few copies to few customers."""

    def __init__(self, clerk: User) -> None:
        self.clerk = clerk
        first, second = InventoryFactory(), InventoryFactory()
        self.copies = [first, second, *(InventoryFactory(film=copy.film) for copy in (first, second))]
        self.customers = [CustomerFactory().pk for _ in range(5)]

    def run(self, chance: Random, acts: int) -> Counter[str]:
        return Counter(outcome(lambda: self.act(chance)) for _ in range(acts))

    def act(self, chance: Random) -> None:
        copy, customer = chance.choice(self.copies), chance.choice(self.customers)
        match chance.choice(["rent", "rent", "return", "return", "hold", "hold", "cancel"]):
            case "rent":
                staff = copy.store.manager_staff_id
                check_out_copy(customer, by=self.clerk, inventory_id=copy.pk, staff_id=staff)
            case "return" if rental := Rental.objects.open().order_by("?").first():
                return_copy(rental.pk, by=self.clerk)
            case "hold":
                place_hold(copy.film_id, by=self.clerk, customer_id=customer)
            case "cancel":
                self.cancel(chance)

    def cancel(self, chance: Random) -> None:
        try:
            cancel_hold(chance.choice([*Hold.objects.values_list("pk", flat=True), 0]), by=self.clerk)
        except Hold.DoesNotExist:
            """Somebody was quicker."""


def test_an_evening_at_many_desks_leaves_everything_in_order(clerk: User, at_full_size: bool) -> None:
    evening, seeds = Evening(clerk), iter(range(DESKS))
    acts = 300 if at_full_size else 30
    found = sum(at_once(DESKS, lambda: evening.run(Random(next(seeds)), acts)), Counter())
    assert found["done"] > DESKS
    assert found[Collided.code] == 0
    expire_holds()
    # Nobody waits for what lies on the shelf, and no copy is kept that somebody has.
    assert not Inventory.objects.on_shelf().filter(film__holds__state="waiting").exists()
    assert not Rental.objects.open().filter(inventory__holds__state="ready").exists()
    returned = Rental.objects.returned().count()
    assert (Charge.objects.count(), Payment.objects.count()) == (returned, 0)
