import pytest

from config.accounts.tests.factories import UserFactory
from crew.services.demo import LINKED, seed_crew
from shows.services.demo import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The demo's crew, and its accounts."""
    accounts = {key: UserFactory.create(display_name=f"The {key}") for key in LINKED}
    crew = seed_crew(accounts)
    return Cast(crew.people, crew.productions, accounts)
