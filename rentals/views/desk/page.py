from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pipeline.services import demand
from pipeline.views.access import caller, page_for
from pipeline.views.listing import done
from pipeline.views.paging import page_of
from rentals.forms import MoneyForm
from rentals.models import Customer, Hold, Inventory, OverdueRental, Rental, Staff
from rentals.views.desk.acts import ACTS, BESIDE, MONEY, clerk_of
from rentals.views.desk.scanning import Scan, read
from rentals.views.desk.state import Desk, number_of

OVERDUE_A_PAGE = 50
# What one customer has out is shown up to here; more stands on the customer's page.
MOST_OUT = 50
# Who lends chooses among them, where the account is nobody's of the staff.
MOST_STAFF = 2000
Row = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
@page_for("rentals.add_rental")
def desk_page(request: HttpRequest) -> HttpResponse:
    desk = Desk.of(request.GET)
    act = request.POST.get("act", "")
    if act in MONEY:
        return settle(request, desk, act)
    if act in ACTS:
        return redirect(ACTS[act](request, desk))
    text = request.GET.get("scan", "").strip()[:200]
    scan = read(text, desk, caller(request)) if text and not desk.mode else Scan()
    return redirect(scan.address) if scan.address else shown(request, desk, scan=scan, text=text)


def settle(request: HttpRequest, desk: Desk, act: str) -> HttpResponse:
    """Money in or out; refused, the amount stays in the form with what is wrong about it."""
    by = caller(request)
    demand(by, "rentals.add_payment")
    customer = Customer.objects.get(pk=desk.customer or 0)
    form = MoneyForm(request.POST)
    written = form.written(lambda amount: MONEY[act](customer.pk, by=by, amount=amount))
    if written is None:
        return shown(request, desk, form=form)
    words = "came in" if written.amount > 0 else "was given back"
    return done(request, f"{abs(written.amount)} {words}.", desk.address())


def shown(
    request: HttpRequest, desk: Desk, *, scan: Scan | None = None, text: str = "", form: MoneyForm | None = None
) -> HttpResponse:
    found = scan or Scan()
    context = {
        "desk": desk,
        "scan": found,
        "matches": [(desk.address(customer=customer.pk), customer) for customer in found.customers],
        "add_copy": desk.with_copy(found.copy.pk) if found.copy else "",
        "text": text,
        "now": timezone.now(),
        "form": form,
    }
    by_mode = {"": renting, "returns": returning, "overdue": overdue}
    return render(request, "rentals/desk.html", context | by_mode[desk.mode](request, desk, form))


def renting(request: HttpRequest, desk: Desk, form: MoneyForm | None) -> Row:
    refusals, others = told(request)
    lines = lines_of(desk, refusals)
    customer = Customer.objects.with_balance().filter(pk=desk.customer).first() if desk.customer else None
    lenders = Staff.objects.filter(active=True).order_by("last_name", "first_name", "pk")
    staff = [] if clerk_of(caller(request), Desk()) else list(lenders[:MOST_STAFF])
    facts = customer_facts(customer, form) if customer else {}
    return {
        "messages": others,
        "lines": lines,
        "choices": choices_of(desk),
        "refused": any(line["problem"] for line in lines),
        "price": sum(line["price"] for line in lines),
        "customer": customer,
        "staff": staff,
        **facts,
    }


def choices_of(desk: Desk) -> list[tuple[str, str]]:
    """The state of the desk as hidden fields of the form that scans."""
    pairs = [("customer", desk.customer), *(("copy", number) for number in desk.copy), ("staff", desk.staff)]
    return [(name, str(value)) for name, value in pairs if value]


def customer_facts(customer: Any, form: MoneyForm | None) -> Row:
    """What a customer has, owes and waits for: two queries."""
    owed = max(customer.balance, 0)
    return {
        "out": Rental.objects.filter(customer=customer).open().as_rows().order_by("due_date", "pk")[:MOST_OUT],
        "kept": Hold.objects.kept().filter(customer=customer).values("inventory_id", "ready_until", "film__title"),
        "form": form or MoneyForm(initial={"amount": owed or None}),
        "credit": -customer.balance,
    }


def lines_of(desk: Desk, refusals: Mapping[int, str]) -> list[Row]:
    """The copies on the desk, in the order in which they came; what stands against one is said beside it."""
    rows = Inventory.objects.filter(pk__in=desk.copy).as_lines(desk.copy) if desk.copy else ()
    found = {row["inventory_id"]: row for row in rows}
    return [line_of(found[number], desk, refusals.get(number, "")) for number in desk.copy if number in found]


def told(request: HttpRequest) -> tuple[dict[int, str], list[Any]]:
    """What the last act said of single copies, and the messages for the head of the page."""
    beside, others = {}, []
    for message in messages.get_messages(request):
        number = number_of(str(message.extra_tags or "").removeprefix(BESIDE))
        if number is None:
            others.append(message)
        else:
            beside[number] = str(message.message)
    return beside, others


def line_of(row: Row, desk: Desk, refusal: str) -> Row:
    number, other = row["inventory_id"], row["next_free"]
    return row | {
        "problem": refusal or problem_of(row, desk),
        "away": desk.without(number),
        "instead": desk.instead(number, other) if other else "",
    }


def problem_of(row: Mapping[str, Any], desk: Desk) -> str:
    if row["state"] == "out":
        return f"{row['renter']} has it since {row['rented_since']:%-d %b %Y}, until {row['due_date']:%-d %b %Y}."
    if row["state"] == "held":
        # Without a customer nobody knows yet whether it is theirs.
        theirs = desk.customer in (None, row["kept_for"])
        return "" if theirs else f"It is kept for another customer until {row['kept_until']:%-d %b, %H:%M} UTC."
    return "" if row["state"] == "in" else f"It is {row['state']}, so it cannot be lent."


def returning(request: HttpRequest, desk: Desk, form: MoneyForm | None) -> Row:
    """What came back since the list was opened, the last first: two queries."""
    rentals = Rental.objects.filter(pk__in=desk.returned).as_rows() if desk.returned else []
    found = {row["rental_id"]: row for row in rentals}
    customers: Any = Customer.objects.filter(pk__in={row["customer_id"] for row in found.values()}).with_balance()
    balances = {customer.pk: customer.balance for customer in customers} if found else {}
    rows = [found[number] for number in desk.returned if number in found]
    return {"back": [row | {"balance": balances[row["customer_id"]]} for row in rows]}


def overdue(request: HttpRequest, desk: Desk, form: MoneyForm | None) -> Row:
    rows = OverdueRental.objects.all().visible_to(caller(request))
    page = page_of(
        request.GET,
        total=rows.count(),
        size=OVERDUE_A_PAGE,
        address=lambda number: f"?{urlencode({'mode': 'overdue', 'page': number})}",
    )
    return {"page": page, "rows": page.cut(rows.as_rows())}
