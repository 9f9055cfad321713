"""Where a shot stands in the list that somebody came from."""

from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Upper
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import signed_in
from shows.models import Shot
from shows.tests.factories import SequenceFactory, ShotFactory, ShowFactory
from shows.views.review_place import ORDERINGS, Place, place_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor() -> User:
    return UserFactory.create(roles=["supervisor"])


def shots_of(*statuses: str) -> list[Shot]:
    sequence = SequenceFactory()
    return [ShotFactory(sequence=sequence, code=f"SH{n}", status=status) for n, status in enumerate(statuses)]


def place(shot: Shot, query: str, by: User) -> Place:
    return place_of(shot, QueryDict(query), by)


def beside(found: Place) -> tuple[str | None, str | None]:
    return tuple(one and one.code for one in (found.previous, found.next))  # type: ignore[return-value]


def test_without_filters_the_list_is_the_show(supervisor: User) -> None:
    shots = shots_of(*["review"] * 3)
    ShotFactory()
    found = place(shots[1], "", supervisor)
    assert (found.position, found.total, beside(found)) == (2, 3, ("SH0", "SH2"))


def test_the_first_and_the_last_have_nobody_beyond(supervisor: User) -> None:
    shots = shots_of("review", "review")
    assert [beside(place(shot, "", supervisor)) for shot in shots] == [(None, "SH1"), ("SH0", None)]


def test_a_show_goes_as_its_board_does_and_all_shows_by_id(supervisor: User) -> None:
    later = SequenceFactory(code="b20")
    shots = [ShotFactory(sequence=later), ShotFactory(sequence=SequenceFactory(show=later.show, code="B10"))]
    assert beside(place(shots[1], "", supervisor)) == (None, shots[0].code)
    assert beside(place(shots[1], "everywhere=1", supervisor)) == (shots[0].code, None)


def test_filters_leave_shots_out(supervisor: User) -> None:
    shots = shots_of("review", "final", "review", "final", "review")
    found = place(shots[2], "status=review", supervisor)
    assert (found.position, found.total, beside(found)) == (2, 3, ("SH0", "SH4"))


def test_a_shot_that_left_the_list_still_knows_the_way_on(supervisor: User) -> None:
    shots = shots_of("review", "approved", "review")
    found = place(shots[1], "status=review", supervisor)
    assert (found.position, found.total, beside(found)) == (None, 2, ("SH0", "SH2"))


def test_a_list_may_go_over_all_shows(supervisor: User) -> None:
    shot, other = ShotFactory(), ShotFactory()
    assert beside(place(shot, "everywhere=1", supervisor)) == (None, other.code)
    assert beside(place(shot, f"show_id={other.show_id}", supervisor)) == (None, other.code)


def test_a_filter_that_makes_no_sense_counts_as_none(supervisor: User) -> None:
    shots = shots_of("review", "final")
    assert place(shots[0], "status=nonsense&sequence_id=x", supervisor).total == 2
    assert place(shots[0], "ordering=password", supervisor).total == 2


def test_what_describes_the_list_travels_on_and_leads_back(supervisor: User) -> None:
    shot = ShotFactory()
    found = place(shot, "status=review&ordering=-code&notes=open&version=7&frame=1", supervisor)
    assert found.query == "status=review&ordering=-code&notes=open"
    assert found.address == f"/shows/{shot.show.code}/?status=review&ordering=-code&view=table"
    assert place(shot, "everywhere=1", supervisor).address == "/shots/"


def test_the_links_of_the_page_carry_the_list(supervisor: User) -> None:
    shots = shots_of("review", "review")
    page = signed_in(user=supervisor).get(f"/shots/{shots[0].pk}/?status=review&q=sh").content.decode()
    assert f'href="/shots/{shots[1].pk}/?status=review&amp;q=sh"' in page


@pytest.mark.performance
@pytest.mark.parametrize("query", ["", "ordering=-updated_at", "status=review&department=Roto&q=SH"])
def test_two_queries_find_the_place(query: str, supervisor: User) -> None:
    shots = shots_of(*["review"] * 20)
    caller = User.objects.caller(supervisor.pk)
    with CaptureQueriesContext(connection) as queries:
        place(shots[10], query, caller)
    assert len(queries) == 2


class AnyOrder(TestCase):
    @settings(deadline=None, max_examples=30)
    @given(codes=st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=6, unique=True), data=st.data())
    def test_steps_go_through_the_list_in_its_order(self, codes: list[str], data: Any) -> None:
        by = UserFactory.create(roles=["supervisor"])
        show = ShowFactory()
        sequences = [SequenceFactory(show=show, code=code) for code in ("B", "a")]
        statuses = st.sampled_from(["pending", "review"])
        for code in codes:
            sequence = data.draw(st.sampled_from(sequences))
            ShotFactory(sequence=sequence, code=code, status=data.draw(statuses))
        ordering = data.draw(st.sampled_from([sign + name for name in ORDERINGS for sign in ("", "-")]))
        assert walked(show.pk, ordering, by) == listed(show.pk, ordering)


def listed(show_id: int, ordering: str) -> list[int]:
    sign = "-" if ordering.startswith("-") else ""
    column = ORDERINGS[ordering.removeprefix("-")]
    shots = Shot.objects.filter(show_id=show_id).annotate(lane=Upper("sequence__code"))
    return list(shots.order_by(f"{sign}{column}", f"{sign}pk").values_list("pk", flat=True))


def walked(show_id: int, ordering: str, by: User) -> list[int]:
    """From the first shot of the list by the links, with each shot's number on the way."""
    shot = Shot.objects.get(pk=listed(show_id, ordering)[0])
    path = [shot.pk]
    while following := place_of(shot, QueryDict(f"ordering={ordering}"), by).next:
        shot = Shot.objects.get(pk=following.pk)
        path.append(shot.pk)
        assert place_of(shot, QueryDict(f"ordering={ordering}"), by).position == len(path)
    return path
