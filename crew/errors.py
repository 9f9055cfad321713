from datetime import date
from typing import Any

from pipeline.errors import AlreadyExists, Refusal

Facts = dict[str, Any]


class RoleNameTaken(AlreadyExists):
    """Role names are unique regardless of case."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a role {name!r} already. Choose another name, or use that one.", field="name")


class AccountTaken(AlreadyExists):
    """An account is one crew member's at most."""

    def __init__(self) -> None:
        super().__init__("That account belongs to another crew member. Choose another, or none.", field="user")


class CrewUnavailable(Refusal):
    """Too few people are free.

    `shortages` are `{role, required, available, busy, busy_count, outside_contract}`, `windows` the days nearest to
    those asked for in which there would be enough.
    """

    code = "crew_unavailable"
    title = "Not enough people are free"

    def __init__(self, shortages: list[Facts], windows: list[Facts]) -> None:
        lacking = ", ".join(f"{short['role']} ({short['available']} of {short['required']})" for short in shortages)
        way_out = "Choose one of the windows" if windows else "Choose other days or fewer people"
        super().__init__(
            f"Not enough people are free: {lacking}. Nobody was booked. {way_out}, or leave open what is lacking "
            "(allow_gaps).",
            shortages=shortages,
            windows=windows,
        )


class DatesClash(Refusal):
    """New dates do not suit everybody who is booked.

    `clashes` are `{crew_member, production, start, end, reason, stand_ins}`; `reason` is `booked`, `time_off` or
    `contract`, and `production` is null but for `booked`. `start` and `end` are the days of what stands against it.
    """

    code = "dates_clash"
    title = "Not everybody can on these days"

    def __init__(self, count: int, clashes: list[Facts]) -> None:
        names = ", ".join(sorted({clash["crew_member"]["full_name"] for clash in clashes})[:5])
        super().__init__(
            f"The new dates do not suit everybody who is booked: {names}{' and others' if count > 5 else ''}. Nothing "
            "was changed. Choose other dates, or let stand-ins replace those who cannot (on_conflict: replace).",
            field="start",
            clashes=clashes,
            clashes_count=count,
        )


class PersonBound(Refusal):
    """Somebody is bound already on some of the days; `bookings` say by what."""

    code = "person_bound"
    title = "Booked already"

    def __init__(self, person: Facts, count: int, bookings: list[Facts]) -> None:
        super().__init__(
            f"{person['full_name']} is bound already on some of these days ({told(count, bookings)}). "
            "Choose other days or somebody else, or take that booking away first.",
            crew_member=person,
            bookings=bookings,
            bookings_count=count,
        )


class OutsideContract(Refusal):
    """The days do not all lie within the person's contract."""

    code = "outside_contract"
    title = "Not under contract"

    def __init__(self, person: Facts, hire_date: date, fire_date: date | None) -> None:
        until = f"to {fire_date}" if fire_date else "without an end"
        super().__init__(
            f"{person['full_name']} is under contract from {hire_date} {until}, and not on all of these days. "
            "Choose other days or somebody else, or change the contract first.",
            crew_member=person,
            hire_date=hire_date,
            fire_date=fire_date,
        )


class ContractStillNeeded(Refusal):
    """A contract cannot be cut short of bookings; `bookings` are those outside of what would be left."""

    code = "contract_still_needed"
    title = "Bookings stand outside of that contract"

    def __init__(self, field: str, count: int, bookings: list[Facts]) -> None:
        super().__init__(
            f"That contract would not cover what the person is booked for ({told(count, bookings)}). "
            "Take these bookings away first, or choose another date.",
            field=field,
            bookings=bookings,
            bookings_count=count,
        )


class BookingsCollided(Refusal):
    """Others changed the same rows at the same moment, and no turn came in which they stood still."""

    code = "bookings_collided"

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed the same people or productions at the same moment, and nothing was written. "
            "Send it again."
        )


def told(count: int, bookings: list[Facts]) -> str:
    """The first of some bookings in words."""
    first = bookings[0]
    what = first["production"]["title"] if first["production"] else "time off"
    more = f" and {count - 1} more" if count > 1 else ""
    return f"{what}, {first['start']} to {first['end']}{more}"
