"""`/customers/`: who rents here, with what they owe; and one of them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pipeline.errors import Refusal
from pipeline.services import demand
from pipeline.views.access import caller, page_for
from pipeline.views.listing import done, filtered, given_of
from pipeline.views.paging import Page, page_of
from rentals.forms import CustomerFilter, MoneyForm, SubscriptionForm
from rentals.models import Charge, Customer, Hold, Payment, Rental, StreamingSubscription
from rentals.querysets import CustomerQuerySet
from rentals.services.ledger import give_refund, take_payment
from rentals.services.queue import cancel_hold
from rentals.services.returning import extend_rental, return_copy
from rentals.services.subscriptions import subscribe

CUSTOMERS_A_PAGE = 50
ROWS_A_PAGE = 20
# Of what is out, is waited for and was subscribed to, so much is shown.
MOST = 100
EXTENSION = 3
Row = dict[str, Any]
customer_page_for = page_for("rentals.view_customer")


@require_safe
@customer_page_for
def customer_list(request: HttpRequest) -> HttpResponse:
    form = CustomerFilter(request.GET)
    form.is_valid()
    given = given_of(request, form)
    context = listed(request, form.cleaned_data, given) | {"form": form, "given": given}
    return filtered(request, "rentals/customers", context, given)


def listed(request: HttpRequest, said: Mapping[str, Any], given: Mapping[str, str]) -> Row:
    """A page of customers: two queries."""
    customers = found(Customer.objects.visible_to(caller(request)), said)
    page = page_of(
        request.GET,
        total=customers.count(),
        size=CUSTOMERS_A_PAGE,
        address=lambda number: f"?{urlencode({**given, 'page': number})}",
    )
    rows = customers.with_balance().select_related("address__city").order_by("last_name", "first_name", "pk")
    return {"page": page, "rows": page.cut(rows)}


def found(customers: CustomerQuerySet, said: Mapping[str, Any]) -> CustomerQuerySet:
    """What the filters leave; one that makes no sense counts as not said."""
    if words := said.get("q"):
        customers = customers.matching(words)
    if active := said.get("active"):
        customers = customers.active() if active == "true" else customers.inactive()
    return customers


@require_safe
@customer_page_for
def customer_page(request: HttpRequest, customer_id: int) -> HttpResponse:
    return shown(request, customer_id)


def shown(request: HttpRequest, customer_id: int, **forms: Any) -> HttpResponse:
    by = caller(request)
    customers = Customer.objects.visible_to(by).with_balance().select_related("address__city__country", "store")
    customer: Any = customers.get(pk=customer_id)
    rentals = Rental.objects.filter(customer=customer_id)
    context = {
        "customer": customer,
        "credit": -customer.balance,
        "now": timezone.now(),
        "extension": EXTENSION,
        "out": rentals.open().as_rows().order_by("due_date", "rental_id")[:MOST],
        "holds": Hold.objects.filter(customer=customer_id).as_rows().order_by("-id")[:MOST],
        "plans": StreamingSubscription.objects.filter(customer=customer_id).order_by("-start_date")[:MOST],
        "today": timezone.localdate(),
        "money": MoneyForm(initial={"amount": max(customer.balance, 0) or None}),
        "plan": SubscriptionForm(initial={"start_date": timezone.localdate()}),
        "may_lend": by.has_perm("rentals.change_rental"),
        "may_pay": by.has_perm("rentals.add_payment"),
        "may_subscribe": by.has_perm("rentals.add_streamingsubscription"),
        "may_cancel": by.has_perm("rentals.delete_hold"),
    }
    parts = past_of(request, customer_id) | ledger_of(request, customer_id)
    return render(request, "rentals/customer.html", context | parts | forms)


def past_of(request: HttpRequest, customer_id: int) -> Row:
    rentals = Rental.objects.filter(customer=customer_id).returned()
    page = paged(request, customer_id, "past", rentals.count())
    return {"past_page": page, "past": page.cut(rentals.as_rows().order_by("-rental_id"))}


def ledger_of(request: HttpRequest, customer_id: int) -> Row:
    """Charges and payments together, the newest first; what lowers the debt stands below nothing."""
    kind = {"charge": F("kind"), "payment": Cast(Value("payment"), CharField())}
    charges = Charge.objects.filter(customer=customer_id).order_by().annotate(at=F("charge_date"), what=kind["charge"])
    payments = (
        Payment.objects.filter(customer=customer_id)
        .order_by()
        .annotate(at=F("payment_date"), what=kind["payment"], cost=-F("amount"), number=F("payment_id"))
    )
    names = ("at", "what", "cost", "rental_id", "number")
    entries = charges.annotate(cost=F("amount"), number=F("id")).values(*names).union(payments.values(*names), all=True)
    page = paged(request, customer_id, "ledger", charges.count() + payments.count())
    return {"ledger_page": page, "ledger": page.cut(entries.order_by("-at", "-number"))}


def paged(request: HttpRequest, customer_id: int, name: str, total: int) -> Page:
    """A list with pages of its own: `?past=2` or `?ledger=2`."""
    params = QueryDict(urlencode({"page": request.GET.get(name, "")[:10]}))
    return page_of(
        params,
        total=total,
        size=ROWS_A_PAGE,
        address=lambda number: f"{address_of(customer_id)}?{urlencode({name: number})}#{name}",
    )


@require_POST
@customer_page_for
def settle(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Money in, or given back; refused, the amount stays in the form."""
    by = caller(request)
    demand(by, "rentals.add_payment")
    write = give_refund if request.POST.get("act") == "refund" else take_payment
    form = MoneyForm(request.POST)
    entry = form.written(lambda amount: write(customer_id, by=by, amount=amount))
    if entry is None:
        return shown(request, customer_id, money=form)
    words = "came in" if entry.amount > 0 else "was given back"
    return done(request, f"{abs(entry.amount)} {words}.", address_of(customer_id))


@require_POST
@customer_page_for
def add_plan(request: HttpRequest, customer_id: int) -> HttpResponse:
    by = caller(request)
    demand(by, "rentals.add_streamingsubscription")
    form = SubscriptionForm(request.POST)
    made = form.written(lambda **values: subscribe(customer_id, by=by, **values))
    if made is None:
        return shown(request, customer_id, plan=form)
    return done(request, f"The plan {made.plan_name} is theirs.", address_of(customer_id))


@require_POST
@customer_page_for
def end_hold(request: HttpRequest, customer_id: int, hold_id: int) -> HttpResponse:
    demand(caller(request), "rentals.delete_hold")
    hold = Hold.objects.filter(customer=customer_id).get(pk=hold_id)
    cancel_hold(hold.pk, by=caller(request))
    return done(request, "The customer waits no longer.", address_of(customer_id))


@require_POST
@customer_page_for
def end_rental(request: HttpRequest, customer_id: int, rental_id: int) -> HttpResponse:
    """Takes a copy back, or lets the customer keep it for longer."""
    by = caller(request)
    demand(by, "rentals.change_rental")
    rental = Rental.objects.filter(customer=customer_id).get(pk=rental_id)
    try:
        if request.POST.get("act") == "extend":
            due = extend_rental(rental.pk, by=by, days=EXTENSION).due_date
            messages.success(request, f"Copy {rental.inventory_id} is due on {due:%-d %b %Y}.")
        else:
            owed = return_copy(rental.pk, by=by).owed
            messages.success(request, f"Copy {rental.inventory_id} is back. Owed for it: {owed}.")
    except Refusal as refusal:
        messages.error(request, refusal.detail)
    return redirect(address_of(customer_id))


def address_of(customer_id: int) -> str:
    return reverse("customer-page", args=[customer_id])
