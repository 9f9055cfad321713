"""`/crew/schedule/`: who works where and when, drawn as bars on days."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

import orjson
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from crew.models import Production, Role
from crew.services import planning
from crew.services.discretion import sees_productions
from crew.views.gantt import ZOOMS, Piece, Span, span_of
from crew.views.people import crew_page
from pipeline.services import Actor
from pipeline.views.access import caller
from pipeline.views.paging import Page, page_of

PEOPLE_A_PAGE = 50
# Productions above the people; the list of productions has all.
MOST_JOBS = 30
# So many colours tell productions apart, beside their titles.
TONES = 10
ONE_DAY = timedelta(days=1)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bar:
    """What binds somebody, or a production's own days; `tone` is its colour, `kind` work, off or busy."""

    piece: Piece
    title: str
    start: date
    end: date
    kind: str = "work"
    tone: int = 0
    address: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """Somebody's line; `outside` are the days that the contract does not have."""

    person: Row
    bars: list[Bar]
    outside: list[Piece]


@dataclass(frozen=True, slots=True)
class Job:
    """A production's line, and what of its requirements is open."""

    row: Row
    bar: Bar
    open: str


@require_safe
@crew_page
def schedule_page(request: HttpRequest) -> HttpResponse:
    by, today = caller(request), timezone.localdate()
    span = span_asked(request.GET, today)
    role = request.GET.get("role", "").replace("\0", "")
    manners = {"zoom": span.zoom.name, **({"role": role} if role else {})}
    page, groups = people_of(request.GET, span, role, manners | {"start": span.start}, by)
    kept = {"start": span.start} if "start" in request.GET else {}
    context = {
        "span": span,
        "today": today if span.holds(today) else None,
        "today_at": span.at(today),
        "groups": groups,
        "page": page,
        "role": role,
        "roles": Role.objects.all(),
        "zooms": [(zoom, f"?{urlencode(manners | kept | {'zoom': zoom.name})}") for zoom in ZOOMS.values()],
        "earlier": f"?{urlencode(manners | {'start': span.moved(-1)})}",
        "later": f"?{urlencode(manners | {'start': span.moved(1)})}",
        "now": f"?{urlencode(manners)}",
        "may_change": by.has_perm("crew.change_production"),
        "may_add": by.has_perm("crew.add_production"),
    }
    return render(request, "crew/schedule.html", context | jobs_of(span, by))


def span_asked(params: QueryDict, today: date) -> Span:
    zoom = ZOOMS.get(params.get("zoom", ""), ZOOMS["week"])
    return span_of(zoom, day_of(params.get("start", "")), today)


def day_of(text: str) -> date | None:
    """The day, or None for what is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def people_of(params: QueryDict, span: Span, role: str, given: Row, by: Actor) -> tuple[Page, list[tuple[str, Any]]]:
    """A page of people by role: one statement, and a second only for a page behind the end."""
    asked = page_of(params, total=10**9, size=PEOPLE_A_PAGE, address=str)
    total, text = planning.schedule(span.start, span.end, role=role or None, offset=asked.start, limit=PEOPLE_A_PAGE)
    address = f"?{urlencode(given)}&page="
    page = page_of(params, total=total, size=PEOPLE_A_PAGE, address=lambda number: f"{address}{number}")
    if page.start != asked.start:
        total, text = planning.schedule(span.start, span.end, role=role or None, offset=page.start, limit=PEOPLE_A_PAGE)
    sees = sees_productions(by)
    lanes = [lane_of(row, span, sees) for row in orjson.loads(text)]
    return page, [(name, list(rows)) for name, rows in groupby(lanes, key=lambda lane: lane.person["role"])]


def lane_of(row: Row, span: Span, sees_productions: bool) -> Lane:
    person = row["crew_member"]
    bars = [bar_of(booking, span, sees_productions) for booking in row["bookings"]]
    return Lane(person, bars, outside_of(person, span))


def outside_of(person: Row, span: Span) -> list[Piece]:
    hired, fired = date.fromisoformat(person["hire_date"]), person["fire_date"]
    last = date.fromisoformat(fired) if fired else None
    before = [span.piece(span.start, hired - ONE_DAY)] if hired > span.start else []
    return before + ([span.piece(last + ONE_DAY, None)] if last and last < span.end else [])


def bar_of(booking: Row, span: Span, sees_productions: bool) -> Bar:
    start, end = (date.fromisoformat(booking[name]) for name in ("start", "end"))
    production = booking["production"]
    piece = span.piece(start, end)
    if production is None:
        return Bar(piece, booking["reason"] or "Time off", start, end, "off")
    if not sees_productions:
        return Bar(piece, "Busy", start, end, "busy")
    address = reverse("production-page", args=[production["id"]])
    return Bar(piece, production["title"], start, end, tone=production["id"] % TONES, address=address)


def jobs_of(span: Span, by: Actor) -> Row:
    """The productions of these days, in the order in which they begin; one more than are shown tells of others."""
    productions = Production.objects.visible_to(by).overlapping(span.start, span.end)
    rows = list(productions.as_bars().order_by("start", "id")[: MOST_JOBS + 1])
    return {"jobs": [job_of(row, span) for row in rows[:MOST_JOBS]], "more_jobs": len(rows) > MOST_JOBS}


def job_of(row: Row, span: Span) -> Job:
    bar = Bar(
        span.piece(row["start"], row["end"]),
        row["title"],
        row["start"],
        row["end"],
        tone=row["id"] % TONES,
        address=reverse("move-production", args=[row["id"]]),
    )
    return Job(row, bar, ", ".join(f"{number} × {role}" for role, number in row["open_requirements"].items()))
