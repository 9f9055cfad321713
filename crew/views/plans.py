"""A production scheduled, changed and moved: first what would happen, then, when somebody confirms it, that."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from crew.errors import DatesClash
from crew.forms import PlanForm, ProductionForm
from crew.models import Production, Role
from crew.services.discretion import discreetly
from crew.services.moving import windows_for
from crew.services.productions import change_production, schedule_production
from crew.services.transactions import Written
from pipeline.services import demand
from pipeline.views.access import caller, is_part, page_for
from pipeline.views.listing import done

Row = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """A form that was sent, what it would do or did, and the production as it is now, if there is one."""

    form: PlanForm
    written: Written | None
    before: Row | None = None

    @property
    def is_answered(self) -> bool:
        return bool(self.written or self.form.refusal)

    @property
    def booked(self) -> list[tuple[str, list[Row]]]:
        return by_role(self.written.booked if self.written else [])

    @property
    def released(self) -> list[tuple[str, list[Row]]]:
        return by_role(self.written.released if self.written else [])

    @property
    def staying(self) -> int:
        """How many bookings go along."""
        return self.written.row["bookings_count"] - len(self.written.booked) if self.written else 0

    @property
    def moves(self) -> bool:
        if not (self.before and self.written):
            return False
        return any(self.before[name] != self.written.row[name] for name in ("start", "end"))

    @property
    def windows(self) -> list[Any]:
        """The nearest days that would do."""
        refusal = self.form.refusal
        if isinstance(refusal, DatesClash) and self.before:
            return windows_for(self.before["id"], self.form.said["start"], self.form.said["end"])
        return refusal.facts.get("windows", []) if refusal else []

    @property
    def has_stand_ins(self) -> bool:
        """Whether for anybody who cannot somebody else could come."""
        clashes = self.form.refusal.facts["clashes"] if self.form.refusal else []
        return any(clash["stand_ins"] for clash in clashes)

    @property
    def keeps_replacing(self) -> bool:
        return "replace" in self.form.data.get("choice", "").split()


def by_role(bookings: Any) -> list[tuple[str, list[Row]]]:
    ordered = sorted(bookings, key=lambda booking: booking["role"] or "")
    return [(role, list(rows)) for role, rows in groupby(ordered, key=lambda booking: booking["role"])]


@page_for()
def new_production(request: HttpRequest) -> HttpResponse:
    by = caller(request)
    demand(by, "crew.add_production")

    def write(*, on_conflict: str = "", **values: Any) -> Written:
        written: Written = discreetly(schedule_production)(by=by, dry_run=not form.is_decided, **values)
        return written

    form = ProductionForm(request.POST or None, initial=first_days(request.GET))
    return planned(request, Plan(form, carried_out(form, write)))


def first_days(params: QueryDict) -> Row:
    return {name: params[name] for name in ("start", "end", "title") if name in params}


@page_for()
def edit_production(request: HttpRequest, production_id: int) -> HttpResponse:
    demand(caller(request), "crew.change_production")
    before = stored(production_id)
    form = ProductionForm(request.POST or None, initial=before)
    return planned(request, Plan(form, changed(request, form, production_id), before))


@require_POST
@page_for()
def move_production(request: HttpRequest, production_id: int) -> HttpResponse:
    """New days alone, as somebody drags a bar in the schedule."""
    demand(caller(request), "crew.change_production")
    before = stored(production_id)
    form = PlanForm(request.POST)
    return planned(request, Plan(form, changed(request, form, production_id), before))


def stored(production_id: int) -> Row:
    row: Row = Production.objects.as_rows().get(pk=production_id)
    return row


def changed(request: HttpRequest, form: PlanForm, production_id: int) -> Written | None:
    def write(**values: Any) -> Written:
        version = form.cleaned_data.get("row_version")
        written: Written = discreetly(change_production)(
            production_id, by=caller(request), expected_version=version, dry_run=not form.is_decided, **values
        )
        return written

    return carried_out(form, write, partial(stored, production_id))


def carried_out(form: PlanForm, write: Callable[..., Written], stored: Callable[[], Row] = dict) -> Written | None:
    """What was written, or would be; None for a form that is only opened, refused or one row longer."""
    if form.data.get("act") == "row":
        return None
    written: Written | None = form.written(write, stored)
    return written


def planned(request: HttpRequest, plan: Plan) -> HttpResponse:
    if plan.written and not plan.written.dry_run:
        return settled(request, plan.written, plan.before)
    context = {"plan": plan, "form": plan.form, "action": request.path, "before": plan.before}
    if is_part(request) and (plan.is_answered or not isinstance(plan.form, ProductionForm)):
        return render(request, "crew/plan/answer.html", context)
    context |= {"roles": Role.objects.all()}
    if is_part(request):
        response = render(request, "crew/plan/form.html", context)
        response.headers["HX-Retarget"] = "#plan-form"
        response.headers["HX-Reswap"] = "outerHTML"
        return response
    return render(request, "crew/plan/page.html", context)


def settled(request: HttpRequest, written: Written, before: Row | None) -> HttpResponse:
    row = written.row
    words = f"{row['title']} is {'changed' if before else 'scheduled'}: {told(written)}."
    if request.POST.get("from") == "schedule" and is_part(request):
        response = done(request, words, "")
        return refreshed(response)
    return done(request, words, reverse("production-page", args=[row["id"]]))


def refreshed(response: HttpResponse) -> HttpResponse:
    """The page that asked is loaded again."""
    del response.headers["HX-Redirect"]
    response.headers["HX-Refresh"] = "true"
    return response


def told(written: Written) -> str:
    parts = [
        counted(len(written.booked), "booked"),
        counted(len(written.released), "released"),
        counted(sum(written.row["open_requirements"].values()), "still open"),
    ]
    return ", ".join(filter(None, parts)) or "nobody comes or goes"


def counted(number: int, what: str) -> str:
    return f"{number} {what}" if number else ""
