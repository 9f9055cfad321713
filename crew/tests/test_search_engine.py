"""People found by a real Elasticsearch."""

from typing import Any

import pytest
from elasticsearch import Elasticsearch

from config.accounts.tests.factories import UserFactory
from crew.models import Role
from crew.search import PEOPLE, search_people
from crew.tests.factories import CrewMemberFactory
from pipeline import outbox
from pipeline.search.query import read_query

pytestmark = pytest.mark.django_db


def deliver(client: Elasticsearch) -> None:
    while outbox.deliver_due():
        pass
    client.indices.refresh(index=PEOPLE.alias)


def test_people_are_found_by_name_and_by_what_they_do_now(search_engine: Elasticsearch, settings: Any) -> None:
    member = CrewMemberFactory(full_name="Ida Roe", role__name="Gaffer", role__department="Light")
    CrewMemberFactory(full_name="Noor Haddad")
    deliver(search_engine)
    Role.objects.filter(pk=member.role_id).update(name="Grip")
    deliver(search_engine)
    user = UserFactory.create(roles=["supervisor"])
    found = {text: search_people(read_query(text), user, 5) for text in ("ida", "grip light", "gaffer")}
    assert [group.engine for group in found.values()] == ["elasticsearch"] * 3
    assert [[hit.title for hit in group.results] for group in found.values()] == [["Ida Roe, Grip"]] * 2 + [[]]
