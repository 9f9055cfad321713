"""More requirements book more, fewer release."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from config.accounts.models import User
from crew.errors import CrewUnavailable
from crew.models import Role
from crew.services import bookings, productions
from crew.services.transactions import Written
from crew.tests.jobs import everything, names, off, people, schedule

pytestmark = pytest.mark.django_db


def require(by: User, written: Written, requirements: dict[str, int], **options: Any) -> Written:
    return productions.change_production(written.pk, by=by, requirements=requirements, **options)


def test_more_requirements_book_more(coordinator: User, director: Role, actor: Role) -> None:
    people(director, "Dora")
    people(actor, "Ada", "Ben")
    written = schedule(coordinator, 6, 17, {"Actor": 1})
    more = require(coordinator, written, {"Actor": 2, "Director": 1})
    assert names(more) == ["Ada", "Dora", "Ben"]
    assert more.row["requirements"] == {"Actor": 2, "Director": 1}


def test_more_than_there_are_is_refused_and_nothing_changes(coordinator: User, actor: Role) -> None:
    people(actor, "Ada")
    written = schedule(coordinator, 6, 17, {"Actor": 1})
    before = everything()
    with pytest.raises(CrewUnavailable) as refused:
        require(coordinator, written, {"Actor": 3})
    assert everything() == before
    short = refused.value.facts["shortages"][0]
    assert (short["required"], short["available"], short["busy"]) == (3, 1, [])


def test_fewer_requirements_release_who_was_booked_last(coordinator: User, actor: Role) -> None:
    people(actor, "Ada", "Ben", "Cleo")
    written = schedule(coordinator, 6, 17, {"Actor": 3})
    fewer = require(coordinator, written, {"Actor": 1})
    assert names(fewer) == ["Ada"]
    assert [booking["crew_member"]["full_name"] for booking in fewer.released] == ["Ben", "Cleo"]


def test_a_role_that_is_left_out_is_released(coordinator: User, director: Role, actor: Role) -> None:
    people(director, "Dora")
    people(actor, "Ada")
    written = schedule(coordinator, 6, 17, {"Actor": 1, "Director": 1})
    assert names(require(coordinator, written, {"Actor": 1})) == ["Ada"]
    assert names(require(coordinator, written, {})) == []


def test_who_was_booked_beyond_the_requirements_stays(coordinator: User, actor: Role) -> None:
    _, _, cleo = people(actor, "Ada", "Ben", "Cleo")
    written = schedule(coordinator, 6, 17, {"Actor": 2})
    bookings.add_booking(written.pk, cleo.pk, by=coordinator)
    assert len(names(require(coordinator, written, {"Actor": 1}))) == 2


def test_an_open_place_is_taken_away_before_anybody_is_released(coordinator: User, actor: Role) -> None:
    people(actor, "Ada")
    written = schedule(coordinator, 6, 17, {"Actor": 2}, allow_gaps=True)
    fewer = require(coordinator, written, {"Actor": 1})
    assert (names(fewer), fewer.row["open_requirements"]) == (["Ada"], {})


def test_a_number_that_stays_leaves_open_places_open(coordinator: User, actor: Role) -> None:
    people(actor, "Ada")
    written = schedule(coordinator, 6, 17, {"Actor": 2}, allow_gaps=True)
    people(actor, "Ben")
    assert names(require(coordinator, written, {"Actor": 2})) == ["Ada"]


def test_a_number_that_grows_fills_open_places_too(coordinator: User, actor: Role) -> None:
    people(actor, "Ada")
    written = schedule(coordinator, 6, 17, {"Actor": 2}, allow_gaps=True)
    people(actor, "Ben", "Cleo")
    assert names(require(coordinator, written, {"Actor": 3})) == ["Ada", "Ben", "Cleo"]


def test_more_people_on_new_dates_are_those_who_are_free_then(coordinator: User, actor: Role) -> None:
    _, ben, _ = people(actor, "Ada", "Ben", "Cleo")
    written = schedule(coordinator, 6, 10, {"Actor": 1})
    off(coordinator, ben, 12, 12)
    assert names(require(coordinator, written, {"Actor": 2}, end=date(2030, 5, 12))) == ["Ada", "Cleo"]


def test_fewer_people_on_new_dates_release_those_first_who_cannot(coordinator: User, actor: Role) -> None:
    ada, _ = people(actor, "Ada", "Ben")
    written = schedule(coordinator, 6, 10, {"Actor": 2})
    off(coordinator, ada, 12, 12)
    assert names(require(coordinator, written, {"Actor": 1}, end=date(2030, 5, 12))) == ["Ben"]


def test_more_people_and_stand_ins_come_together(coordinator: User, actor: Role) -> None:
    ada, *_ = people(actor, "Ada", "Ben", "Cleo")
    written = schedule(coordinator, 6, 10, {"Actor": 1})
    off(coordinator, ada, 12, 12)
    changed = require(coordinator, written, {"Actor": 2}, end=date(2030, 5, 12), on_conflict="replace")
    assert names(changed) == ["Ben", "Cleo"]


def test_a_new_title_leaves_everybody(coordinator: User, actor: Role) -> None:
    people(actor, "Ada")
    written = schedule(coordinator, 6, 10, {"Actor": 1})
    renamed = productions.change_production(written.pk, by=coordinator, title="Day Train")
    assert (renamed.row["title"], names(renamed), renamed.booked, renamed.released) == ("Day Train", ["Ada"], [], [])


def test_a_wrong_requirement_changes_nothing(coordinator: User, actor: Role) -> None:
    people(actor, "Ada")
    written = schedule(coordinator, 6, 10, {"Actor": 1})
    before = everything()
    with pytest.raises(ValidationError):
        require(coordinator, written, {"Actor": 0}, title="Day Train")
    assert everything() == before


def test_the_version_of_a_production_counts_who_is_required_and_booked(coordinator: User, actor: Role) -> None:
    _, ben = people(actor, "Ada", "Ben")
    written = schedule(coordinator, 6, 10, {"Actor": 1})
    versions = [written.row["row_version"], require(coordinator, written, {}).row["row_version"]]
    extra = bookings.add_booking(written.pk, ben.pk, by=coordinator)
    versions.append(productions.shown(written.pk)["row_version"])
    bookings.remove_booking(written.pk, extra.pk, by=coordinator)
    versions.append(productions.shown(written.pk)["row_version"])
    assert versions == sorted(set(versions))
    assert len(versions) == 4
