"""What the one search finds of this app."""

from django.urls import reverse

from crew.documents import PersonDocument
from crew.models import CrewMember, Production
from pipeline.search.groups import Group, register_group
from pipeline.search.index import Index
from pipeline.search.kinds import Kind, register_kind
from pipeline.search.matching import found_rows
from pipeline.search.query import Query
from pipeline.services import Actor

PEOPLE = Index("people", PersonDocument)


def search_people(query: Query, user: Actor, limit: int) -> Group:
    rows = CrewMember.objects.visible_to(user).select_related("role")
    return found_rows(
        rows, query, limit, ("full_name", "role__name", "role__department"),
        lambda member: (f"{member.full_name}, {member.role.name}", reverse("crew-page", args=[member.pk])),
        index=PEOPLE,
    )  # fmt: skip


def search_productions(query: Query, user: Actor, limit: int) -> Group:
    return found_rows(
        Production.objects.visible_to(user), query, limit, ("title",),
        lambda production: (production.title, reverse("production-page", args=[production.pk])),
    )  # fmt: skip


register_kind(Kind("people", index=PEOPLE))
register_group("people", "People", may_read=lambda user: user.has_perm("crew.view_crewmember"), search=search_people)
register_group(
    "productions",
    "Productions",
    may_read=lambda user: user.has_perm("crew.view_production"),
    search=search_productions,
)
