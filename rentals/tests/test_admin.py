"""The admin calls the same services as the API: what they refuse is shown, and nothing of it is written."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Film
from catalog.tests.factories import FilmFactory
from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import errors_of, send, signed_in
from rentals.models import Charge, Customer, Hold, Inventory, Payment, Rental, Staff, StreamingSubscription
from rentals.services.ledger import balance_of
from rentals.tests.factories import (
    AddressFactory,
    ChargeFactory,
    CustomerFactory,
    HoldFactory,
    InventoryFactory,
    PaymentFactory,
    RentalFactory,
    StaffFactory,
    StoreFactory,
    SubscriptionFactory,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
RENTALS = "/admin/rentals"
FILMS = "/admin/catalog/film/"
WRITTEN = ("customer", "inventory", "hold", "payment", "streamingsubscription", "store", "staff", "address", "city",
           "country")  # fmt: skip
READ = ("rental", "charge")


@pytest.fixture
def desk(clerk: User) -> Client:
    return signed_in(user=clerk)


def everything() -> None:
    charge = ChargeFactory()
    HoldFactory(film=charge.rental.inventory.film)
    PaymentFactory(customer=charge.customer, rental=charge.rental)
    SubscriptionFactory(customer=charge.customer)


def chosen(client: Client, model: str, action: str, *rows: Any, **entered: Any) -> Any:
    sent = {"action": action, "_selected_action": [row.pk for row in rows], "confirmed": "yes"}
    return client.post(f"{RENTALS}/{model}/", sent | entered, follow=True)


@pytest.mark.parametrize("model", [*WRITTEN, *READ])
@pytest.mark.parametrize("role", ["clerk", "producer"])
def test_every_list_and_row_opens(role: str, model: str) -> None:
    everything()
    client = signed_in(role)
    page = client.get(f"{RENTALS}/{model}/")
    row = page.context["cl"].result_list[0]
    assert client.get(f"{RENTALS}/{model}/{row.pk}/change/").status_code == 200
    assert client.get(f"{RENTALS}/{model}/?q=1").status_code == 200


@pytest.mark.parametrize("model", WRITTEN)
def test_a_clerk_may_add_what_is_written_by_hand(desk: Client, model: str) -> None:
    assert desk.get(f"{RENTALS}/{model}/add/").status_code == 200
    assert signed_in("producer").get(f"{RENTALS}/{model}/add/").status_code == 403


@pytest.mark.security
@pytest.mark.parametrize("model", READ)
def test_nobody_edits_what_the_desk_wrote(desk: Client, model: str) -> None:
    everything()
    row = desk.get(f"{RENTALS}/{model}/").context["cl"].result_list[0]
    statuses = [desk.get(f"{RENTALS}/{model}/add/").status_code]
    statuses += [
        desk.post(f"{RENTALS}/{model}/{row.pk}/{act}/", {"post": "yes"}).status_code for act in ("change", "delete")
    ]
    assert statuses == [403, 403, 403]


@pytest.mark.security
@pytest.mark.parametrize("role", ["artist", "supervisor", "coordinator"])
def test_the_shop_is_closed_to_others(role: str) -> None:
    statuses = {signed_in(role).get(f"{RENTALS}/{model}/").status_code for model in (*WRITTEN, *READ)}
    assert statuses <= {302, 403}


def test_a_customer_is_added_made_inactive_and_shows_what_is_owed(desk: Client) -> None:
    sent = {"first_name": "Bruno", "last_name": "Quill", "store": StoreFactory().pk, "address": AddressFactory().pk}
    answer = send(desk, f"{RENTALS}/customer/add/", **sent)
    assert answer.status_code == 302, errors_of(answer)
    customer = Customer.objects.active().get()
    ChargeFactory(rental__customer=customer, amount="12.97")
    page = desk.get(f"{RENTALS}/customer/{customer.pk}/change/")
    assert b"12.97" in page.content
    send(desk, f"{RENTALS}/customer/{customer.pk}/change/", active="")
    assert Customer.objects.inactive().get() == customer


def test_plans_are_written_below_their_customer_and_do_not_overlap(desk: Client) -> None:
    customer = SubscriptionFactory(start_date="2026-01-01", end_date="2026-01-31").customer
    row = {"subscriptions__TOTAL_FORMS": 2, "subscriptions__1__plan_name": "Weekend"}
    url = f"{RENTALS}/customer/{customer.pk}/change/"
    refused = send(desk, url, **row, subscriptions__1__start_date="2026-01-31")
    assert list(errors_of(refused)) == ["subscriptions-1-start_date"]
    assert send(desk, url, **row, subscriptions__1__start_date="2026-02-01").status_code == 302
    assert StreamingSubscription.objects.count() == 2


def test_copies_are_taken_back_from_the_list(desk: Client) -> None:
    rentals = [RentalFactory(rental_date=timezone.now() - timedelta(hours=1)) for _ in range(2)]
    asked = desk.post(f"{RENTALS}/rental/", {"action": "give_back", "_selected_action": [rentals[0].pk]})
    assert (asked.status_code, Rental.objects.open().count()) == (200, 2)
    chosen(desk, "rental", "give_back", *rentals)
    assert (Rental.objects.open().count(), Charge.objects.count()) == (0, 2)


def test_one_that_is_back_already_keeps_all_of_them_out(desk: Client) -> None:
    rental, back = (
        RentalFactory(rental_date=timezone.now()),
        RentalFactory(return_date=timezone.now() + timedelta(9999)),
    )
    answer = chosen(desk, "rental", "give_back", rental, back)
    assert "ended on" in str(*answer.context["messages"])
    assert Rental.objects.open().get() == rental


def test_rentals_are_extended_by_the_days_that_are_entered(desk: Client) -> None:
    rental = RentalFactory()
    chosen(desk, "rental", "extend", rental, days=0)
    assert Rental.objects.get().due_date == rental.due_date
    chosen(desk, "rental", "extend", rental, days=2)
    assert Rental.objects.get().due_date == rental.due_date + timedelta(days=2)


@pytest.mark.security
def test_a_producer_takes_nothing_back() -> None:
    rental = RentalFactory()
    chosen(signed_in("producer"), "rental", "give_back", rental)
    assert Rental.objects.open().get() == rental


def test_copies_are_added_and_marked_but_not_while_they_are_out(desk: Client) -> None:
    sent = {"film": FilmFactory().pk, "store": StoreFactory().pk, "state": "available"}
    assert send(desk, f"{RENTALS}/inventory/add/", **sent).status_code == 302
    copy = Inventory.objects.get()
    chosen(desk, "inventory", "mark_lost", copy)
    assert Inventory.objects.get().state == "lost"
    out = RentalFactory().inventory
    assert "is out" in str(*chosen(desk, "inventory", "mark_lost", out).context["messages"])


def test_copies_are_added_and_marked_below_their_film(desk: Client) -> None:
    copy, store = InventoryFactory(), StoreFactory()
    rows = {"copies__TOTAL_FORMS": 2, "copies__0__state": "lost", "copies__1__store": store.pk}
    answer = send(desk, f"{FILMS}{copy.film_id}/change/", **rows, copies__1__state="available")
    assert answer.status_code == 302, errors_of(answer)
    assert sorted(copy.film.copies.values_list("state", flat=True)) == ["available", "lost"]


def test_a_film_with_copies_is_not_deleted_and_the_page_says_why(desk: Client) -> None:
    film = InventoryFactory().film
    answer = desk.post(f"{FILMS}{film.pk}/delete/", {"post": "yes"}, follow=True)
    assert "copies: 1" in str(*answer.context["messages"])
    assert Film.objects.exists()


def test_somebody_is_put_into_a_queue_and_taken_out(desk: Client) -> None:
    film, customer = RentalFactory().inventory.film, CustomerFactory()
    send(desk, f"{RENTALS}/hold/add/", film=film.pk, customer=customer.pk)
    chosen(desk, "hold", "cancel", Hold.objects.get())
    assert not Hold.objects.exists()


def test_nobody_queues_for_a_free_copy(desk: Client) -> None:
    film = InventoryFactory().film
    answer = send(desk, f"{RENTALS}/hold/add/", film=film.pk, customer=CustomerFactory().pk)
    assert "is free" in errors_of(answer)["__all__"][0]


def test_money_is_taken_by_a_form_and_given_back_by_an_action(desk: Client) -> None:
    customer = CustomerFactory()
    assert list(errors_of(send(desk, f"{RENTALS}/payment/add/", customer=customer.pk, amount="-1"))) == ["amount"]
    assert send(desk, f"{RENTALS}/payment/add/", customer=customer.pk, amount="4.00").status_code == 302
    payment = Payment.objects.get()
    chosen(desk, "payment", "refund", payment)
    assert balance_of(customer.pk) == 0
    again = chosen(desk, "payment", "refund", payment)
    assert "can be given back" in str(*again.context["messages"])


def test_somebody_of_the_staff_gets_an_account_that_is_nobodys(desk: Client) -> None:
    free, taken = (
        UserFactory.create(display_name="Zora"),
        StaffFactory(user=UserFactory.create(display_name="Zora Two")),
    )
    offered = desk.get(f"{RENTALS}/staff/accounts/", {"term": "zora"}).json()["results"]
    assert [choice["id"] for choice in offered] == [str(free.pk)]
    person = StaffFactory()
    refused = send(desk, f"{RENTALS}/staff/{person.pk}/change/", user=taken.user_id)
    assert list(errors_of(refused)) == ["user"]
    send(desk, f"{RENTALS}/staff/{person.pk}/change/", user=free.pk)
    assert Staff.objects.get(pk=person.pk).user == free


@pytest.mark.security
def test_pagilas_passwords_are_shown_nowhere(desk: Client) -> None:
    person = StaffFactory(password="hashed-by-pagila")
    for page in ("", f"{person.pk}/change/", f"{person.pk}/history/"):
        assert b"hashed-by-pagila" not in desk.get(f"{RENTALS}/staff/{page}").content
    assert signed_in("producer").get(f"{RENTALS}/staff/accounts/").status_code == 403


@pytest.mark.parametrize(("value", "number"), [("open", 2), ("overdue", 1), ("returned", 1), ("no-such", 3)])
def test_rentals_are_filtered_by_what_became_of_them(desk: Client, value: str, number: int) -> None:
    now = timezone.now()
    RentalFactory(rental_date=now)
    RentalFactory(rental_date=now - timedelta(days=9))
    RentalFactory(rental_date=now - timedelta(days=9), return_date=now)
    assert len(desk.get(f"{RENTALS}/rental/?out={value}").context["cl"].result_list) == number


@pytest.mark.parametrize(
    ("model", "query"),
    [("customer", "store__store_id__exact={}"),
     ("staff", "store__store_id__exact={}"), ("inventory", "state__exact=available")],
)  # fmt: skip
def test_lists_are_filtered_by_what_they_offer(desk: Client, model: str, query: str) -> None:
    everything()
    store = Customer.objects.earliest("pk").store_id
    found = desk.get(f"{RENTALS}/{model}/?{query.format(store)}")
    assert found.status_code == 200
    assert found.context["cl"].result_list


@pytest.mark.performance
@pytest.mark.parametrize("model", [*WRITTEN, *READ])
def test_a_list_costs_the_same_number_of_queries_however_long(desk: Client, model: str) -> None:
    counts = []
    for more in (2, 8):
        for _ in range(more):
            everything()
        with CaptureQueriesContext(connection) as captured:
            desk.get(f"{RENTALS}/{model}/")
        counts.append(len(captured))
    assert counts[0] == counts[1]
