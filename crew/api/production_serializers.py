"""What the API takes and answers about productions."""

from typing import Any

from rest_framework import serializers

from crew.api.serializers import NamedPerson
from crew.models import MOST_PLACES

MOST_ROLES = 200


class PlacesField(serializers.DictField):
    """How many people of each role, by the role's name."""

    child = serializers.IntegerField(min_value=1, max_value=MOST_PLACES)

    def to_internal_value(self, data: Any) -> dict[str, int]:
        if isinstance(data, dict) and len(data) > MOST_ROLES:
            raise serializers.ValidationError(f"At most {MOST_ROLES} roles.")
        places: dict[str, int] = super().to_internal_value(data)
        return places


class ProductionBooking(serializers.Serializer[Any]):
    """A booking, as its production shows it."""

    id = serializers.IntegerField()
    crew_member = NamedPerson()
    role = serializers.CharField()
    start = serializers.DateField()
    end = serializers.DateField()


class ProductionSerializer(serializers.Serializer[Any]):
    """A job from its first to its last day, whom it wants, and who is booked for it.

    `open_requirements` are the people who are still wanted, by role.
    """

    id = serializers.IntegerField(read_only=True)
    title = serializers.CharField(max_length=200)
    start = serializers.DateField()
    end = serializers.DateField(help_text="The last day; before 9999-12-31.")
    requirements = PlacesField(default=dict, help_text="How many of each role are wanted, by the role's name.")
    allow_gaps = serializers.BooleanField(
        write_only=True, default=False, help_text="Books whom it can, and leaves the others open."
    )
    bookings = ProductionBooking(many=True, read_only=True, help_text="The first 1,000.")
    bookings_count = serializers.IntegerField(read_only=True)
    open_requirements = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    row_version = serializers.IntegerField(read_only=True)


class ProductionChange(ProductionSerializer):
    """Changes of a production; its bookings follow. `booked` and `released` are those who came and went."""

    on_conflict = serializers.ChoiceField(
        choices=["refuse", "replace"],
        write_only=True,
        default="refuse",
        help_text="Whether people whom new dates do not suit refuse these, or are replaced by others.",
    )
    booked = ProductionBooking(many=True, read_only=True)
    released = ProductionBooking(many=True, read_only=True)
