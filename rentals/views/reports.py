"""`/reports/`: who is late, what came in, who pays most; each with its rows as CSV from the API."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pipeline.plots import Plot, Series
from pipeline.views.access import caller, page_for
from pipeline.views.paging import page_of
from rentals.models import BestCustomer, OverdueRental
from rentals.querysets.revenue import BY, By, rentals_by_month, revenue

ROWS_A_PAGE = 50
# A plot has so many columns at most.
MOST_MONTHS = 24
# The CSV holds as much as one answer of the API may.
REPORTS = {"": "Overdue", "revenue": "Revenue", "rentals": "Rentals", "customers": "Best customers"}
Row = dict[str, Any]


@require_safe
@page_for("rentals.view_payment")
def report_page(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("report", "")
    report = asked if asked in REPORTS else ""
    makers = {"": overdue, "revenue": income, "rentals": lent, "customers": best}
    context = {"report": report, "reports": REPORTS.items()}
    return render(request, "rentals/reports.html", context | makers[report](request))


def overdue(request: HttpRequest) -> Row:
    return listed(request, OverdueRental.objects.all().visible_to(caller(request)), {}) | {
        "csv": f"{reverse('report-overdue-list')}?format=csv"
    }


def best(request: HttpRequest) -> Row:
    context = listed(request, BestCustomer.objects.all().visible_to(caller(request)), {"report": "customers"})
    most = max((Decimal(row["paid"]) for row in context["rows"]), default=Decimal(0))
    rows = [row | {"part": part_of(row["paid"], most)} for row in context["rows"]]
    return context | {"rows": rows, "csv": f"{reverse('report-customers-list')}?format=csv"}


def income(request: HttpRequest) -> Row:
    """One statement over all payments, for the one way of adding them up that is asked for."""
    by: By = next((way for way in BY if way == request.GET.get("by")), "month")
    found = revenue(by)
    most = max((Decimal(row["revenue"]) for row in found), default=Decimal(0))
    rows = [row | {"key": row[by], "part": part_of(row["revenue"], most)} for row in found]
    csv = f"{reverse('report-revenue-list')}?{urlencode({'by': by, 'format': 'csv'})}"
    plot = money_plot(rows) if by == "month" else None
    return {"rows": rows, "by": by, "ways": BY, "csv": csv, "plot": plot}


def money_plot(rows: list[Row]) -> Plot:
    """The newest months; what was paid back in a month that took in less draws nothing."""
    shown = rows[-MOST_MONTHS:]
    revenue = Series("Revenue", [float(row["revenue"]) for row in shown], "good")
    return Plot("revenue", "Revenue by month", [row["month"] for row in shown], [revenue])


def lent(request: HttpRequest) -> Row:
    """How many copies went out in each month: one statement, over an index alone."""
    rows = rentals_by_month()
    shown = rows[-MOST_MONTHS:]
    series = Series("Rentals", [number for _, number in shown], "info")
    return {"rows": rows, "plot": Plot("rentals", "Rentals by month", [month for month, _ in shown], [series])}


def listed(request: HttpRequest, rows: Any, given: dict[str, str]) -> Row:
    page = page_of(
        request.GET,
        total=rows.count(),
        size=ROWS_A_PAGE,
        address=lambda number: f"?{urlencode({**given, 'page': number})}",
    )
    return {"page": page, "rows": list(page.cut(rows.as_rows()))}


def part_of(amount: str, most: Decimal) -> str:
    """How long a bar is, in percent of the longest; below nothing there is none."""
    return f"{max(Decimal(amount), Decimal(0)) * 100 / most:.2f}" if most > 0 else "0"
