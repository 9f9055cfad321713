from typing import cast

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from crew.models import CrewMember
from pipeline.services import Actor, demand
from shows.models import Shot
from shows.views.review_access import studio_page

MOST = 12


@require_safe
@studio_page
def people(request: HttpRequest, shot_id: int) -> HttpResponse:
    """Who can be assigned: people under contract today whose name or job has the words `q`."""
    by = cast(Actor, request.user)
    demand(by, "shows.change_shot")
    shot = Shot.objects.visible_to(by).get(pk=shot_id)
    words = request.GET.get("q", "").replace("\0", "").strip()
    named = Q(full_name__icontains=words) | Q(role__name__icontains=words)
    employed = CrewMember.objects.employed_on(timezone.localdate()).filter(named)
    found = employed.select_related("role").order_by("full_name", "pk")[:MOST]
    return render(request, "shows/review/people.html", {"shot": shot, "people": found})
