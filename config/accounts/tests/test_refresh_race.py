"""Fifty refreshes of one token at once: first without the lock, then with it."""

import threading

import pytest

from config.accounts.errors import TokenRefused
from config.accounts.models import TokenFamily
from config.accounts.services import families, refresh_family, start_family
from config.accounts.tests.factories import UserFactory
from config.accounts.tests.parallel import at_once
from config.accounts.tokens import Claims

pytestmark = [pytest.mark.race, pytest.mark.security, pytest.mark.django_db(transaction=True)]
CLIENTS = 50


def winners(token: str, clients: int) -> list[str]:
    def refresh() -> str | None:
        try:
            return refresh_family(token).refresh_token
        except TokenRefused:
            return None

    return [answer for answer in at_once(clients, refresh) if answer]


def test_without_the_lock_several_win(monkeypatch: pytest.MonkeyPatch) -> None:
    everybody_has_read = threading.Barrier(5)

    def unlocked(claims: Claims) -> TokenFamily | None:
        found = TokenFamily.objects.filter(pk=claims.family_id).select_related("user").first()
        everybody_has_read.wait(30)
        return found

    monkeypatch.setattr(families, "_locked", unlocked)
    assert len(winners(start_family(UserFactory.create()).refresh_token, 5)) == 5


def test_with_the_lock_one_wins_and_goes_on() -> None:
    found = winners(start_family(UserFactory.create()).refresh_token, CLIENTS)
    assert len(found) == 1
    assert refresh_family(found[0]).refresh_token != found[0]
