from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from config.accounts.models import User
from crew.models import Production
from crew.services import productions
from crew.tests.factories import ProductionFactory
from pipeline.errors import NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db
SPRING = date(2030, 3, 1)
SUMMER = date(2030, 8, 31)


@pytest.mark.parametrize(("start", "end"), [(SPRING, SUMMER), (SPRING, SPRING), (date.min, date(9999, 12, 30))])
def test_a_production_begins_and_ends_on_the_days_that_were_given(start: date, end: date, coordinator: User) -> None:
    productions.schedule_production("Night Train", by=coordinator, start=start, end=end)
    kept = Production.objects.get()
    assert (kept.start, kept.end) == (start, end)


def test_a_production_that_ends_before_it_begins_is_refused(coordinator: User) -> None:
    with pytest.raises(ValidationError, match="end"):
        productions.schedule_production("Night Train", by=coordinator, start=SUMMER, end=SPRING)


def test_a_production_that_never_ends_is_refused(coordinator: User) -> None:
    with pytest.raises(ValidationError, match="end"):
        productions.schedule_production("Night Train", by=coordinator, start=SPRING, end=date.max)


@pytest.mark.parametrize("missing", ["start", "end"])
def test_a_production_without_a_day_to_begin_or_to_end_is_refused(missing: str, coordinator: User) -> None:
    fields: dict[str, Any] = {missing: None}
    with pytest.raises(ValidationError, match=missing):
        productions.change_production(ProductionFactory().pk, by=coordinator, **fields)


def test_a_production_without_a_title_is_refused(coordinator: User) -> None:
    with pytest.raises(ValidationError, match="title"):
        productions.schedule_production("", by=coordinator, start=SPRING, end=SUMMER)


def test_a_new_last_day_leaves_the_first_one(coordinator: User) -> None:
    production = ProductionFactory()
    changed = productions.change_production(production.pk, by=coordinator, end=SUMMER)
    assert (changed.row["start"], changed.row["end"]) == (production.start, SUMMER)


def test_a_change_of_a_production_that_was_changed_meanwhile_is_refused(coordinator: User) -> None:
    with pytest.raises(StaleVersion):
        productions.change_production(ProductionFactory().pk, by=coordinator, expected_version=7, title="Day Train")


def test_a_production_of_no_show_is_deleted(coordinator: User) -> None:
    productions.cancel_production(ProductionFactory().pk, by=coordinator)
    assert not Production.objects.exists()


@pytest.mark.security
def test_a_supervisor_writes_no_production(supervisor: User) -> None:
    production = ProductionFactory()
    with pytest.raises(NotAllowed):
        productions.schedule_production("Night Train", by=supervisor, start=SPRING, end=SUMMER)
    with pytest.raises(NotAllowed):
        productions.change_production(production.pk, by=supervisor, title="Day Train")
    with pytest.raises(NotAllowed):
        productions.cancel_production(production.pk, by=supervisor)
