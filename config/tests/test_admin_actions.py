"""What holds for every action of every admin: it says what will change, and writes nothing before somebody agreed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import signed_in
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory
from pipeline.tests.factories import JobFactory, OutboxEventFactory
from rentals.tests.factories import HoldFactory, InventoryFactory, PaymentFactory, RentalFactory
from shows.tests.factories import ReviewFactory, ShotFactory, ShowFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
# Asks by a page of Django's own.
DELETION = "delete_selected"
ROWS: dict[str, Callable[[], Any]] = {
    "accounts.user": lambda: UserFactory(password=None),
    "crew.booking": BookingFactory,
    "crew.crewmember": CrewMemberFactory,
    "crew.production": ProductionFactory,
    "pipeline.job": JobFactory,
    "pipeline.outboxevent": OutboxEventFactory,
    "rentals.hold": HoldFactory,
    "rentals.inventory": InventoryFactory,
    "rentals.payment": PaymentFactory,
    "rentals.rental": RentalFactory,
    "shows.review": ReviewFactory,
    "shows.shot": ShotFactory,
    "shows.show": ShowFactory,
}


def lists_with_actions(client: Client) -> dict[str, list[str]]:
    """The actions of each list, as the page offers them to an administrator."""
    request = client.get("/admin/").wsgi_request
    named = {model._meta.label_lower: model_admin for model, model_admin in admin.site._registry.items()}
    offered = {label: sorted({*found.get_actions(request)} - {DELETION}) for label, found in named.items()}
    return {label: names for label, names in offered.items() if names}


def test_every_action_says_what_will_change_and_asks_first() -> None:
    client = signed_in("admin")
    lists = lists_with_actions(client)
    assert set(lists) == set(ROWS)
    for label, names in lists.items():
        row = ROWS[label]()
        before = type(row).objects.filter(pk=row.pk).values().get()
        for name in names:
            sent = {"action": name, "_selected_action": [row.pk]}
            asked = client.post(f"/admin/{label.replace('.', '/')}/", sent)
            assert asked.templates[0].name == "admin/confirm_action.html", (label, name)
            assert [len(effect) for _, effect in asked.context["effects"]] != [0], (label, name)
        assert type(row).objects.filter(pk=row.pk).values().get() == before


def test_an_invitation_is_not_sent_to_more_than_a_page_can_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.accounts.admin.MOST_INVITED", 1)
    users = UserFactory.create_batch(2, password=None)
    sent = {"action": "invite_again", "_selected_action": [user.pk for user in users], "confirmed": "yes"}
    answer = signed_in("admin").post("/admin/accounts/user/", sent, follow=True)
    assert "Choose at most 1 accounts" in answer.content.decode()
