import pytest

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import signed_in
from crew.models import Production
from crew.services import people, productions
from crew.tests.factories import CrewMemberFactory, ProductionFactory
from pipeline.errors import StillHolds
from shows.tests.factories import ShotFactory, ShowFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return UserFactory.create(roles=["coordinator"])


def test_somebody_with_shots_is_not_deleted(coordinator: User) -> None:
    member = CrewMemberFactory()
    ShotFactory.create_batch(2, assigned_to=member)
    with pytest.raises(StillHolds, match="shots: 2") as refused:
        people.delete_member(member.pk, by=coordinator)
    assert refused.value.facts == {"holds": {"shots": 2}}


def test_a_production_of_a_show_is_not_deleted(coordinator: User) -> None:
    show = ShowFactory(production=ProductionFactory())
    with pytest.raises(StillHolds, match="shows: 1"):
        productions.cancel_production(show.production_id, by=coordinator)


def test_the_page_of_a_production_that_a_show_points_to_says_the_way_out() -> None:
    show = ShowFactory(production=ProductionFactory())
    answer = signed_in("coordinator").post(f"/productions/{show.production_id}/cancel/", follow=True)
    assert "Take it off the shows first" in answer.content.decode()
    assert Production.objects.count() == 1
