"""What questions to plan by take and answer."""

import re
from typing import Any

from rest_framework import serializers

from crew.api.serializers import BIGGEST_ID, NamedPerson, NamedProduction
from crew.services import planning

MOST = planning.MOST_PEOPLE
# `Director:1,Actor:3`; a name may hold both signs.
PLACES = re.compile(r"(?P<role>[^,].*?):(?P<count>[+-]?[0-9]{1,9})(?:,|$)", re.DOTALL)
LONGEST_PLACES = 4000


class Page(serializers.Serializer[Any]):
    """Days, both ends included, and which of the people."""

    start = serializers.DateField()
    end = serializers.DateField()
    role = serializers.CharField(max_length=100, required=False, help_text="A role's name.")
    limit = serializers.IntegerField(min_value=1, max_value=MOST, default=MOST)
    offset = serializers.IntegerField(min_value=0, max_value=BIGGEST_ID - MOST, default=0)


class SchedulePage(Page):
    limit = serializers.IntegerField(min_value=1, max_value=MOST, default=50)


class FreePerson(NamedPerson):
    role = serializers.CharField()


class Availability(serializers.Serializer[Any]):
    """Who is free on all of the days: `roles` counts everybody, `members` are some of them, by name."""

    start = serializers.DateField()
    end = serializers.DateField()
    count = serializers.IntegerField()
    roles = serializers.DictField(child=serializers.IntegerField())
    members = FreePerson(many=True)


class ScheduledPerson(FreePerson):
    hire_date = serializers.DateField()
    fire_date = serializers.DateField(allow_null=True)


class ScheduledBooking(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    production = NamedProduction(allow_null=True)
    role = serializers.CharField(allow_null=True)
    start = serializers.DateField()
    end = serializers.DateField()
    reason = serializers.CharField()


class ScheduleRow(serializers.Serializer[Any]):
    crew_member = ScheduledPerson()
    bookings = ScheduledBooking(many=True)


class Schedule(serializers.Serializer[Any]):
    """What binds the people on the days; time off has no production."""

    start = serializers.DateField()
    end = serializers.DateField()
    count = serializers.IntegerField(help_text="How many people there are.")
    rows = ScheduleRow(many=True)


class PlacesText(serializers.CharField):
    """How many people of each role, as `Director:1,Actor:3`."""

    default_error_messages = {
        "malformed": "Write roles and numbers like Director:1,Actor:3.",
        "twice": "{role}: this role is named twice.",
    }

    def to_internal_value(self, data: Any) -> Any:
        text = super().to_internal_value(data)
        found = list(PLACES.finditer(text))
        if "".join(place[0] for place in found) != text:
            self.fail("malformed")
        places: dict[str, int] = {}
        for place in found:
            if place["role"] in places:
                self.fail("twice", role=place["role"])
            places[place["role"]] = int(place["count"])
        return places


class WindowQuery(serializers.Serializer[Any]):
    """How many days, for whom, and between which."""

    days = serializers.IntegerField()
    requirements = PlacesText(max_length=LONGEST_PLACES, help_text="Such as Director:1,Actor:3.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` is a word of Python's own, so it cannot be declared."""
        bounds = {
            "from": serializers.DateField(source="first", required=False, help_text="Today, unless given."),
            "to": serializers.DateField(source="last", required=False, help_text="A year later, unless given."),
        }
        return super().get_fields() | bounds


class Window(serializers.Serializer[Any]):
    start = serializers.DateField()
    end = serializers.DateField()


class Windows(serializers.Serializer[Any]):
    """At most five ranges of days, the earliest first, none overlapping."""

    results = Window(many=True)
