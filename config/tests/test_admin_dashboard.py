"""The admin's first page, its label and its search."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.tests.factories import FilmFactory
from config import dashboard
from config.administration import NAVIGATION
from config.tests.admin_pages import signed_in
from crew.tests.factories import CrewMemberFactory
from pipeline.tests.factories import OutboxEventFactory
from rentals.tests.factories import CustomerFactory, RentalFactory
from shows.tests.factories import ReviewFactory, ShotFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
SEARCH = "/admin/search/?extended=1&s="


def titles(client: Client, words: str) -> list[str]:
    answer = client.get(SEARCH + words)
    return [found.title for found in answer.context["results"]] if answer.content else []


def test_every_number_leads_to_the_rows_that_it_counts() -> None:
    ReviewFactory(shot=ShotFactory(status="review"))
    ShotFactory(status="on_hold")
    RentalFactory()
    CrewMemberFactory()
    OutboxEventFactory()
    client = signed_in("admin")
    for group in client.get("/admin/").context["figures"]:
        for figure in group["figures"]:
            listed = client.get(figure["address"])
            assert (listed.status_code, listed.context["cl"].result_count) == (200, figure["number"]), figure


def test_numbers_are_for_those_who_may_see_what_they_count() -> None:
    groups = [group["title"] for group in signed_in("clerk").get("/admin/").context["figures"]]
    assert groups == ["Rentals"]
    assert signed_in("member").get("/admin/").status_code == 302


def test_nobody_counts_further_than_people_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dashboard, "MOST", 1)
    ShotFactory.create_batch(3, status="review")
    shows = signed_in("supervisor").get("/admin/").context["figures"][0]
    assert [figure["number"] for figure in shows["figures"]] == ["1+", 0, 0]


def test_a_part_that_is_down_is_said_and_the_page_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise OperationalError

    monkeypatch.setitem(dashboard.health.CHECKS, "redis", broken)
    answer = signed_in("supervisor").get("/admin/")
    words = {part["title"]: part["word"] for part in answer.context["health"]}
    assert (words["Redis"], words["PostgreSQL"]) == ("down", "well")


def test_the_label_tells_the_studio_from_the_demo(settings: Any) -> None:
    client = signed_in("supervisor")
    assert client.get("/admin/").context["environment"] == ("Local", "info")
    settings.IS_LOCAL = False
    assert client.get("/admin/").context["environment"] == ("Production", "danger")


def test_one_search_finds_rows_of_every_kind_as_far_as_their_lists_are_the_callers() -> None:
    FilmFactory(title="Zanzibar Nights")
    CustomerFactory(last_name="Zanzibar")
    CrewMemberFactory(full_name="Zora Zanzibar")
    assert len(titles(signed_in("admin"), "zanzibar")) == 3
    assert "Zora Zanzibar" not in titles(signed_in("clerk"), "zanzibar")
    assert "Zora Zanzibar" in titles(signed_in("supervisor"), "zanzibar")
    assert len(titles(signed_in("clerk"), "zanzibar")) == 2


def test_more_than_a_few_of_a_kind_lead_to_their_list() -> None:
    CrewMemberFactory.create_batch(7, full_name="Quill Quentin")
    found = titles(signed_in("producer"), "quentin")
    assert len(found) == 6
    assert found[-1].endswith("with “quentin”")


@pytest.mark.parametrize("words", ["", "a", "%25%27", "c478387b", "9" * 30, "2^63"])
def test_whatever_somebody_types_is_answered(words: str) -> None:
    assert signed_in("admin").get(SEARCH + words).status_code == 200


def test_a_kind_that_takes_too_long_is_left_to_its_list(monkeypatch: pytest.MonkeyPatch) -> None:
    shots = admin.site._registry[ShotFactory._meta.model]

    def slow(*_: Any) -> Any:
        raise OperationalError

    monkeypatch.setattr(shots, "get_search_results", slow)
    CrewMemberFactory(full_name="Slowly Steady")
    found = titles(signed_in("producer"), "slowly")
    assert len(found) == 2
    assert "Slowly Steady" in found


def test_the_search_asks_as_often_for_many_rows_as_for_few(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in("admin")
    CrewMemberFactory.create_batch(9, full_name="Quill Quentin")
    with django_assert_max_num_queries(5 * len(admin.site._registry)):
        titles(client, "quentin")


def test_the_search_is_for_staff_alone() -> None:
    assert signed_in("member").get(SEARCH + "shot").status_code == 302


def test_every_list_of_the_admin_stands_in_its_navigation() -> None:
    named = {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry}
    offered = {item[1] for _, items in NAVIGATION for item in items}
    assert named == offered
