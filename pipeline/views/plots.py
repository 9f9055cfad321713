"""`/pipeline/plots/`: how long jobs take."""

from django.db.models import DurationField, ExpressionWrapper, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pipeline.models import Job, JobStatus
from pipeline.plots import Plot, Series
from pipeline.views.access import caller, page_for

# So many of the newest jobs are looked at.
MOST_JOBS = 1000
# Up to so many seconds; the last has no end.
BOUNDS = ((1, "1 s"), (5, "5 s"), (30, "30 s"), (120, "2 min"), (600, "10 min"), (3600, "1 h"))
ENDS = ((JobStatus.COMPLETED, "good"), (JobStatus.ERROR, "bad"), (JobStatus.CANCELLED, "mute"))


@require_safe
@page_for()
def job_plots(request: HttpRequest) -> HttpResponse:
    """Of the jobs that the reader may see: one query, in the order of an index."""
    took = ExpressionWrapper(F("finished_at") - F("created_at"), output_field=DurationField())
    newest = Job.objects.visible_to(caller(request)).order_by("-pk")[:MOST_JOBS].values_list("state", took)
    found = [(state, time.total_seconds()) for state, time in newest if time is not None]
    return render(request, "components/plots.html", {"plots": [durations(found)]})


def durations(found: list[tuple[str, float]]) -> Plot:
    labels = [*(f"≤ {words}" for _, words in BOUNDS), f"> {BOUNDS[-1][1]}"]
    series = []
    for status, tone in ENDS:
        numbers = [0] * len(labels)
        for state, seconds in found:
            if state == status:
                numbers[sum(seconds > bound for bound, _ in BOUNDS)] += 1
        series.append(Series(str(status.label), numbers, tone))
    words = f"From start to end, of the newest {MOST_JOBS:,} jobs that you may see."
    return Plot("durations", "How long jobs took", labels, series, unit="jobs", help=words)
